# ruff: noqa: E501  (one template a line)
"""Links of every shape, with marks around them, in prose, markup, data, logs and many languages."""

from __future__ import annotations

from .reading import one_a_line

LINES = one_a_line(
    "link",
    "en",
    r"""
Have you seen {{url:domain}}?
Ever heard of {{url:domain}}, {{url:domain}} or {{url:domain}}?
It's all on {{url:domain}}!
They copied us ({{url:domain}}).
according to {{url:domain}}: prices rise
{{url:domain}} is for sale for {{price}}.
{{url:domain}}, founded in {{place}}, sells boots.
Mail from {{url:domain}} lands in spam.
The certificate of {{url:domain}} expires on {{date}}.
I bought it at {{url:domain}}... never again
{{url:domain}}/{{url:domain}} both redirect
DNS for {{url:domain}} points to {{ip}}.
allow {{url:domain}}; deny all
blocked: {{url:domain}},{{url:domain}},{{url:domain}}
site:{{url:domain}} refund policy
See "{{url:full}}".
See <{{url:full}}>, please.
See [{{url:full}}].
({{url:full}}), ({{url:full}})
{{url:full}}?
{{url:full}}!!!
{{url:full}} <- this
1) {{url:full}}\n2) {{url:full}}
* {{url}}\n* {{url}}\n* {{url}}
Link: {{url:full}}; mirror: {{url:full}}
[1]: {{url:full}} "docs"
[^2]: {{url:full}}, retrieved {{date}}
See [the form]({{url:full}}), [the map]({{url:full}}).
> {{url:full}}\nlol what is this
<a href={{url:full}}>here</a>
<iframe src="{{url:full}}" height="{{n}}"></iframe>
<meta property="og:url" content="{{url:full}}" />
<loc>{{url:full}}</loc>
background: url({{url:full}});
@import url("{{url:full}}");
{"href": "{{url:full}}", "rel": "self"}
{"links":["{{url:full}}","{{url:full}}"]}
callback_url: {{url:full}}
- uses: {{url:repo}}
git clone {{url:repo}}
git remote add origin {{url:repo}}
"repository": "{{url:repo}}"
pip install {{url:repo}}
submodule at {{url:repo}}, commit {{hash}}
Open in the app: {{url:deep}}
adb shell am start -d "{{url:deep}}"
QR: {{url:deep}}
The button leads to {{url:deep}}, which does nothing on {{product}}.
Files are at {{url:share}}
mount {{url:share}}, then copy {{file}}
backup target: {{url:share}}
{{person:given}} put the photos on {{url:share}}
{{date:stamp}} 301 {{url:full}} -> {{url:full}}
{{date:stamp}} crawl {{url:full}} depth={{n}} status=200
{{date:stamp}} WARN blocked by CORS: {{url:full}}
WARC-Target-URI: {{url:full}}
{{ip}} "{{url:full}}" {{n}}ms
wget -r {{url:full}}
open {{url:full}} &
GET {{url:full}} HTTP/1.1\nHost: {{url:domain}}
{{person:given}}: {{url:full}}\n{{person:given}}: nice
yo check {{url:full}} its sooo good
insta? no but my blog is {{url:domain}}
dm me or order at {{url:domain}} 🎂
Join {{url:full}} at {{hour}}, passcode in the mail.
Her CV is at {{url:full}}, her mail is {{email}}.
{{person:full}}, {{url:full}}, {{phone}}
Imprint: {{org}}, {{address}}, {{url:domain}}
Tracking: {{url:full}} (order {{order}})
Petition of {{person:full}}: {{url:full}}
Donate at {{url:domain}} or by post to {{address}}.
Scam warning: {{url:domain}} is not {{url:domain}}.
Subdomains {{url:domain}} and {{url:domain}} were sinkholed.
Your parcel is waiting: {{url:full}}\nReply STOP to opt out
""",
)

FOREIGN = {
    "de": "Mehr dazu auf {{url:domain}}.\nSchau mal: {{url:full}}\nDie Seite {{url:domain}} ist offline, {{url:domain}} geht.\nAnmeldung unter {{url:full}} bis {{date}}",
    "fr": "Plus d'infos sur {{url:domain}}.\nRegarde ça : {{url:full}} !\nLe site {{url:domain}} ne marche plus.\nInscription sur {{url:full}} avant le {{date}}",
    "es": "Más en {{url:domain}}.\nMira esto: {{url:full}}\nLa página {{url:domain}} no carga.\nInscripción en {{url:full}} hasta el {{date}}",
    "it": "Altro su {{url:domain}}.\nGuarda qui: {{url:full}}\nIl sito {{url:domain}} non funziona.",
    "pt": "Mais em {{url:domain}}.\nOlha isso: {{url:full}}\nO site {{url:domain}} caiu.",
    "nl": "Meer op {{url:domain}}.\nKijk eens: {{url:full}}\nDe site {{url:domain}} ligt plat.",
    "sv": "Mer på {{url:domain}}.\nKolla här: {{url:full}}",
    "pl": "Więcej na {{url:domain}}.\nZobacz: {{url:full}}\nStrona {{url:domain}} nie działa.",
    "cs": "Více na {{url:domain}}.\nPodívej: {{url:full}}",
    "tr": "Ayrıntılar {{url:domain}} adresinde.\nŞuna bak: {{url:full}}",
    "ru": "Подробнее на {{url:domain}}.\nСмотри: {{url:full}}\nСайт {{url:domain}} не открывается.",
    "uk": "Більше на {{url:domain}}.\nДивись: {{url:full}}",
    "el": "Περισσότερα στο {{url:domain}}.\nΔες εδώ: {{url:full}}",
    "ar": "المزيد على {{url:domain}}.\nانظر: {{url:full}}",
    "he": "עוד באתר {{url:domain}}.\nתראו: {{url:full}}",
    "hi": "अधिक जानकारी {{url:domain}} पर है।\nयह देखो: {{url:full}}",
    "zh": "详见{{url:domain}}。\n看看这个:{{url:full}}\n网站{{url:domain}}打不开。",
    "ja": "詳細は{{url:domain}}へ。\nこれ見て:{{url:full}}\n{{url:domain}}が開かない。",
    "ko": "자세한 것은 {{url:domain}} 참고.\n이거 봐: {{url:full}}\n{{url:domain}}이 안 열려요.",
    "th": "ดูเพิ่มที่ {{url:domain}}\nดูนี่ {{url:full}}",
    "vi": "Xem thêm tại {{url:domain}}.\nXem này: {{url:full}}",
    "id": "Selengkapnya di {{url:domain}}.\nLihat ini: {{url:full}}",
}
DECOYS = one_a_line(
    "decoy",
    "en",
    r"""
Run {{file}}, then {{file}} and/or main.rs.
We moved from Node.js to Vue.js and ASP.NET last year.
Set obj.name, self.value and config.get before calling run().
e.g. bread, i.e. food, etc.
Open File/Save as, then Edit/Undo.
The path is src/app/main.py:{{n}}:{{n}}
import java.util.List; import os.path
Ratio 16:9, size {{n}}x{{n}}, score {{score}}.
n/a, w/o, c/o, 24/7, yes/no
The URL field is empty. Enter a valid web address.
Sites such as news portals and blogs are blocked here.
""",
)

TEMPLATES = [
    *LINES,
    *(t for code, text in FOREIGN.items() for t in one_a_line("link", code, text)),
    *DECOYS,
]
