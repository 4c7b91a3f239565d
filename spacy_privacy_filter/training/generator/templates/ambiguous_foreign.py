"""Short notes with a lone name, and everyday talk without one, in other languages."""

from __future__ import annotations

from .reading import one_a_line

NAMES = {
    "es": r"""
Sr. {{person:family}}, su pedido {{order}} está listo.
{{person:given}} y {{person:given}} no vienen hoy.
Autorizar a {{person}} para abrir la oficina.
""",
    "fr": r"""
M. {{person:family}} est absent, voir avec {{person:given}}.
{{person:given}} et {{person:given}} arrivent à {{hour}}.
Autorisation accordée à {{person}}.
""",
    "de": r"""
Herr {{person:family}} ist heute nicht da, bitte an {{person:given}} wenden.
{{person:given}} und {{person:given}} kommen später.
Freigabe für {{person}} erteilt.
""",
    "it": r"""
Il sig. {{person:family}} oggi non c'è, chiedere a {{person:given}}.
Permesso concesso a {{person}}.
""",
    "pt": r"""
O Sr. {{person:family}} não veio, falar com {{person:given}}.
Liberar o acesso de {{person}}.
""",
    "nl": r"""
Dhr. {{person:family}} is er niet, vraag het {{person:given}}.
Toegang verlenen aan {{person}}.
""",
    "pl": r"""
Pan {{person:full}} prosi o kontakt.
{{person:full}}, przypominamy o wizycie {{date}}.
""",
    "tr": r"""
{{person:given}} Bey bugün yok, {{person:given}} Hanım'a sorun.
{{person:full}} için izin verildi.
""",
    "ru": r"""
{{person:full}}, напоминаем о записи на {{date}}.
Пропуск: {{person:full}}.
""",
    "zh": r"""
{{person:full}}先生,您的订单{{order}}已到。
请提醒{{person:full}}明天开会。
""",
    "ja": r"""
{{person:family}}様、ご予約は{{date}}です。
担当は{{person:full}}です。
""",
    "ko": r"""
{{person:full}} 고객님, 예약은 {{date}}입니다.
담당자는 {{person:full}}입니다.
""",
    "ar": r"""
السيد {{person:full}}، نذكركم بالموعد يوم {{date}}.
الموظف المسؤول هو {{person:full}}.
""",
    "hi": r"""
{{person:full}} जी, आपकी अगली जाँच {{date}} को है।
अनुमति: {{person:full}} को दी गई।
""",
    "sw": r"""
Bw. {{person:family}} hayupo leo, muulize {{person:given}}.
""",
    "id": r"""
Pak {{person:given}} tidak masuk, tanya Bu {{person:given}}.
""",
    "tl": r"""
Wala si {{person:given}} ngayon, tanungin si {{person:given}}.
""",
    "hi-Latn": r"""
{{person:given}} aaj nahi aayega, {{person:given}} se pooch lo
""",
}
PLAIN = {
    "es": r"""
Florencia es una ciudad preciosa y Victoria es un lago enorme.
La reunión del lunes se aplaza; el cliente pagó {{price}}.
¿Alguien sabe cómo cambiar la rueda de un {{product}}?
""",
    "fr": r"""
Florence est une ville d'Italie, Victoria est un grand lac.
La réunion de lundi est reportée ; le client a payé {{price}}.
Quelqu'un sait comment réparer un {{product}} ?
""",
    "de": r"""
Die Sitzung am Montag entfällt; der Kunde hat {{price}} bezahlt.
Der Mieter und der Vermieter vereinbaren eine Frist von {{n}} Tagen.
Weiß jemand, wie man einen {{product}} zurücksetzt?
""",
    "it": r"""
Firenze è bella, Vittoria è una città della Sicilia.
Il conduttore e il locatore concordano un termine di {{n}} giorni.
""",
    "pt": r"""
O locatário e o locador concordam com o prazo de {{n}} dias.
Alguém sabe arrumar um {{product}}?
""",
    "ru": r"""
Арендатор и арендодатель договорились о сроке {{n}} дней.
Подскажите, как настроить {{product}}?
""",
    "zh": r"""
甲方应在{{n}}天内向乙方支付{{price}}。
请问{{product}}怎么设置?
""",
    "ja": r"""
甲は乙に対し{{n}}日以内に{{price}}を支払う。
{{product}}の設定方法を教えてください。
""",
    "ko": r"""
임차인은 {{n}}일 이내에 임대인에게 {{price}}을 지급한다.
{{product}} 설정 방법을 알려 주세요.
""",
    "ar": r"""
يلتزم المستأجر بدفع {{price}} خلال {{n}} يوما.
كيف أضبط إعدادات {{product}}؟
""",
    "hi": r"""
किरायेदार {{n}} दिनों में {{price}} का भुगतान करेगा।
{{product}} की सेटिंग कैसे बदलें?
""",
}
TEMPLATES = [
    *(t for code, text in NAMES.items() for t in one_a_line("names", code, text)),
    *(t for code, text in PLAIN.items() for t in one_a_line("plain", code, text)),
]
