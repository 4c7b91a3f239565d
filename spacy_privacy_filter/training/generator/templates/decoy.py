# ruff: noqa: E501  (one template a line)
"""Texts without personal data that look as if they had some (English)."""

from __future__ import annotations

from .reading import between_rules, one_a_line

LINES = one_a_line(
    "decoy",
    "en",
    r"""
Upgrade {{product}} from {{version}} to {{version}} before running the tests.
Order {{order}} has shipped, total {{price}} for {{n}} items.
Commit {{hash}} broke the build; revert to {{hash}}.
Request {{uuid}} failed after {{measure}} with status 503.
The weather in {{place}} will be sunny, around {{measure}}.
We flew from {{place}} to {{place}} and stayed {{n}} days.
{{place}} is larger than {{place}} but has fewer people.
The bridge over the river in {{place}} is {{measure}} long.
{{org}} and {{org}} announced a merger worth {{price}}.
Our audit covers {{standard}} and {{standard}}.
Under {{standard}}, the limit is {{measure}}.
{{ignored:Rovers}} won {{score}} against {{place}} in front of 12,000 fans.
The set ended {{score}} after {{n}} minutes.
The war began in {{year}} and ended in {{year}}.
In {{year}} the population was {{number}}.
ISBN {{number}}, {{n}} pages, {{price}}
const MAX = {{number}};
x = {{number}} + {{number}} * 2
if (count > {{number}}) return -1;
color: {{colour}}; background: {{colour}}; margin: {{n}}px
Take {{drug}} {{measure}} twice a day with water.
How do I treat {{illness}}? My doctor mentioned {{drug}}.
I drive a {{product}} and my husband wants a {{product}}.
Is {{product}} better than {{product}}? Price is {{price}} vs {{price}}.
Preheat to {{measure}}, add {{n}} g of flour and bake for {{n}} minutes.
sha256: {{hash}}{{hash}}
pip install requests=={{version}}
The invoice {{order}} over {{price}} is overdue.
Ticket {{order}} was closed as duplicate of {{order}}.
Chapter {{n}}, page {{n}}, line {{n}}
Roll {{n}}d6 and add {{n}} to the damage.
Part number {{order}} fits {{product}}.
Run {{file}} and then open {{file}}.
error code {{number}} in module {{file}}
Sirens were heard at {{hour}}; nobody was hurt.
He said he would be there soon, but the {{job}} never came.
Why do men always forget {{topic}}? Serious answers only.
What is the capital of {{place}} and who wrote about it?
my mom and dad are fighting about {{topic}} again, what should i do
The patient denies chest pain. Exam normal. BP 120/80, HR {{n}}, temp {{measure}}.
The employee shall give notice of {{n}} days in writing to the employer.
The tenant must pay the rent of {{price}} in advance.
Dear customer, your parcel {{order}} will arrive soon.
Dear Sir or Madam, thank you for your letter about {{topic}}.
Hello, how are you? I need help with {{topic}}.
Hi team, quick reminder about {{topic}}. Thanks!
The {{job}} told the {{job}} to restart the server on port {{port}}.
{{org}} hired a new {{job}} for {{price}} a year.
Read {{ignored:Romeo and Juliet}} or {{ignored:Harry Potter}} before class.
Add Parmesan, Worcestershire sauce and a Caesar salad; serve with Earl Grey.
Use the Fourier transform and a Gaussian filter with sigma {{n}}.
Bayes, Markov and Poisson models were compared on {{n}} data sets.
The Nobel Prize and the Pulitzer Prize are awarded every year.
The Doppler effect shifts {{measure}} to {{measure}}.
Open the Christmas presents after Easter? No, on Boxing Day.
Set the timeout to {{measure}} and the retry count to {{n}}.
Lat/long {{coordinates}}, altitude {{measure}}
MAC {{mac}} has the address {{ip}} on the guest network.
Password must have at least {{n}} characters, one digit and one symbol.
Never share your password or your PIN with anyone.
How can I reset my password? I don't get the mail.
Enter your name, address and phone number in the form below.
Please state your date of birth and your account number.
The API key is missing. Set it in the settings page.
Name: ____________  Date: ____________  Signature: ____________
Name: N/A, Phone: none, E-mail: -
password: ********
api_key: <YOUR_API_KEY>
token = os.environ["API_TOKEN"]
Phone: not given. Address: unknown.
{{n}} of {{n}} tests passed in {{measure}}
Sunday roast, Friday feeling, Monday blues.
Open Monday to Friday, {{hour}} to {{hour}}.
Summer sale: up to {{n}}% off {{product}}, now {{price}}!
May I ask what will happen? Mark my words, hope and grace matter.
Will the rose bloom in june? Art and joy for all.
I read about {{topic}} in {{org}} magazine.
Room {{n}}, floor {{n}}, seat {{n}}B, gate C{{n}}
Flight UA{{n}}4 to {{place}} is delayed by {{n}} minutes.
The ratio is {{n}}:{{n}} and the odds are {{n}}/{{n}}.
Scores: {{score}}, {{score}}, {{score}}
Q{{ignored:3}} revenue rose {{n}}% to {{price}}.
Interest is {{n}}% on amounts above {{price}}.
The file has {{number}} bytes and {{number}} lines.
The barcode reads {{number}}.
phone-like: {{number}} is just the population
Serial {{order}}, model {{product}}, made in {{place}}
The king, the queen and the bishop are on e4, d5 and f7.
Mix {{measure}} of resin with {{measure}} of hardener.
Dr Pepper and Mr. Clean are brands, not people.
St. Patrick's Day and Martin Luther King Day are holidays.
""",
)

BLOCKS = between_rules(
    "decoy",
    "en",
    r"""
## Changelog
- {{version}}: faster start
- {{version}}: fix crash in {{file}}
- {{version}}: support {{product}}
---
def area(r):
    return 3.14159 * r ** 2

print(area({{n}}), {{number}})
---
{"status": "ok", "id": "{{uuid}}", "items": {{n}}, "total": "{{price}}", "sku": "{{order}}"}
---
Ingredients
{{n}} g butter, {{n}} g sugar, {{n}} eggs
Bake at {{measure}}.
---
commit: {{hash}}
branch: main
build: {{number}}
size: {{measure}}
---
Problem {{n}}. A train leaves {{place}} at {{hour}} with {{measure}}. How far does it get in {{n}} hours?
---
Terms of service
1. {{org}} may change these terms.
2. Section {{n}} applies to orders above {{price}}.
3. The law of {{place}} applies.
---
diff --git a/{{file}} b/{{file}}
index {{hash}}..{{hash}} 100644
@@ -{{n}},7 +{{n}},7 @@
-timeout = {{n}}
+timeout = {{n}}
---
Question: what is the best laptop for school?
I have {{price}} and I like {{product}}. Should I wait for the {{product}}?
---
Quarter  Revenue  Change
Q1  {{price}}  {{n}}%
Q2  {{price}}  {{n}}%
""".strip("\n"),
)

TEMPLATES = [*LINES, *BLOCKS]
