# ruff: noqa: E501  (one template a line)
"""Mail, letters and threads (English)."""

from __future__ import annotations

from .reading import between_rules

TEMPLATES = between_rules(
    "mail",
    "en",
    """
From: {{person:full#1}} <{{email#1}}>
To: {{person:full#2}} <{{email#2}}>
Date: {{date:stamp}}
Subject: Re: {{topic}}

Hi {{person:given#2}},

thanks for your note. I spoke to {{person:full#3}} and we can meet on {{date}}. My mobile is {{phone}}.

Best,
{{person:given#1}}
---
Dear {{person:full#1}},

Your application {{order}} of {{date}} has been received. Please quote customer number {{account:customer}} whenever you write to us.

Yours sincerely,
{{person:full#2}}
{{org}}
---
{{person:full#1}}
{{address:lines}}

{{date:long}}

Dear Sir or Madam,

I hereby terminate my contract (policy no. {{account:policy}}) as of {{date}}. Please refund {{price}} to {{account:iban}}.

Sincerely,
{{person:full#1}}
---
On {{date:stamp}}, {{person:full#1}} <{{email#1}}> wrote:
> Can you send me the address of {{person:given#2}}?
> {{person:given#1}}

Sure: {{person:full#2}}, {{address}}, {{phone}}.
{{person:given#3}}
---
-----Original Message-----
From: {{person:sorted#1}} [mailto:{{email#1}}]
Sent: {{date:long}} {{hour}}
To: {{person:sorted#2}}
Cc: {{person:sorted#3}}; {{person:sorted#4}}
Subject: FW: {{topic}}

{{person:given#2}} - see below, need this by {{date:day}}. {{person:given#1}}
---
Hello team,

please welcome {{person:full#1}}, who joins us as {{job}} on {{date}}. {{person:given#1}} can be reached at {{email#1}} or ext. {{ignored:4410}}.

Regards
{{person:full#2}}
Tel: {{phone}}
Fax: {{phone}}
{{url}}
---
--
{{person:full#1}} | {{job}} | {{org}}
M: {{phone}}  T: {{phone}}
{{address}}
{{email#1}} | {{url:domain}}
---
Hi {{person:given#1}}!

The new login for the portal ({{url}}) is:
user: {{email#1}}
password: {{secret:password}}

Please don't forward this. {{person:given#2}}
---
Subject: Invoice {{order}}

Dear {{person:full#1}}, attached is the invoice over {{price}} due on {{date}}.
Bank: {{org}}
IBAN: {{account:iban}}
BIC: {{account:bic}}
Reference: {{order}}

With kind regards
{{person:full#2}}, accounts
---
Dear {{person:given#1}} and {{person:given#2}},

We would love to have you at our wedding on {{date:long}} at {{address}}. RSVP to {{email}} or {{phone}} by {{date:day}}.

Love,
{{person:given#3}} & {{person:given#4}}
---
Hi,
this is an automatic reply. I am out of office until {{date}}. In urgent cases contact {{person:full#1}} ({{email#1}}, {{phone}}).
{{person:full#2}}
---
To whom it may concern,

{{person:full#1}} (born {{date:birth}}) was employed by {{org}} as {{job}} from {{date}} to {{date}}. Staff number: {{account:employee}}.

{{person:full#2}}
Head of HR
---
Dear Ms. {{person:family}},

we have changed your tax number to {{account:tax}}. If your address {{address}} is no longer right, tell us by {{date}} on {{phone}}.

{{person:initial}}
---
Attn: {{person:full}}
c/o {{person:full}}
{{address:lines}}
Tel. {{phone}}
---
hi {{person:given#1}}

forwarding {{person:given#2}}'s details as promised
{{phone}}
{{email#2}}
{{address}}

cheers {{person:given}}
---
Dear hiring manager,

my name is {{person:full#1}} and I am writing about the position of {{job}}. You can find my work at {{url}} and reach me at {{email#1}} or {{phone}}.

Yours faithfully,
{{person:full#1}}
{{address}}
---
From: {{email}}
To: {{email}}
Subject: your key

The API key for staging is {{secret:key}}. It expires on {{date}}. Ask {{person:given}} if it stops working.
---
Return-Path: <{{email}}>
Received: from {{url:domain}} ([{{ip}}]) by {{url:domain}} with ESMTPS id {{ignored:h12csp2289}}; {{date:stamp}}
Message-ID: <{{uuid}}>
From: "{{person:full#1}}" <{{email#1}}>
To: {{email}}
---
Dear parents,

{{person:full#1}} (class 4b) has lost a blue jacket. Please call {{person:full#2}} on {{phone}}. The next meeting is on {{date}} at {{hour}}.
---
{{person:full#1}} wrote on {{date}}:
"{{person:given#2}} and I will be at {{address:street}} from {{hour}}."

> {{person:given#2}} wrote:
> fine by me. Number again: {{phone}}
""".strip("\n"),
)
