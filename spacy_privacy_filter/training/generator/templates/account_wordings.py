"""Account numbers in letters, forms, chats and notes, beside numbers that name nobody (English)."""

from __future__ import annotations

from ..render import Template
from .reading import between_rules, one_a_line

LINES = one_a_line(
    "account",
    "en",
    r"""
{{account:iban}} ({{account:bic}}), {{org}}
{{account:iban}}\n{{account:bic}}\n{{person:full}}
IBAN{{account:iban}}
IBAN/{{account:iban}}/BIC/{{account:bic}}
BIC {{account:bic}}, IBAN {{account:iban}}, amount {{price}}
Please use IBAN: {{account:iban}} - reference {{order}}.
our new IBAN is {{account:iban}}, the old one closes on {{date}}
The refund went to the wrong IBAN ({{account:iban}}).
Is {{account:iban}} still your account?
Direct debit from {{account:iban}}, mandate {{account:mandate}}, first on {{date}}.
Mandate reference: {{account:mandate}}\nCreditor: {{org}}\nAmount: {{price}}
Standing order: {{price}} to {{account:bank}} every month.
acct#{{account:bank}}
acct no.{{account:bank}} sort{{account:sortcode}}
a/c {{account:bank}} s/c {{account:sortcode}} ref {{order}}
account no: {{account:grouped}}; order no: {{order}}
Account nr {{account:grouped}} was overdrawn by {{price}}.
Checking account {{account:bank}}, routing {{account:routing}}
{{account:routing}} / {{account:bank}} / {{person:full}}
Wire {{price}}: ABA {{account:routing}}, account {{account:bank}}, attn {{person:full}}.
please pay into {{account:bank}}, not into {{account:bank}}
I sent {{price}} to {{account:bank}} by mistake, can you call it back?
From: {{account:iban}}\nTo: {{account:iban}}\nSum: {{price}}\nValue date: {{date}}
Remittance: invoice {{order}}, customer {{account:customer}}, {{price}}
Quote {{account:customer}} in all letters; our phone is {{phone}}.
Customer no. {{account:customer}} / invoice no. {{order}} / due {{date}}
Your customer number is {{account:customer}}, the order number is {{order}}.
customer#{{account:customer}} complains about order #{{order}}
Client №{{account:customer}}, {{person:full}}
Client number {{account:grouped}}, order {{order}}, total {{price}}
My account? {{account:customer}}. My phone? {{phone}}.
Agent: your account number please?\nCustomer: {{account:customer}}
Agent: And the card?\nCustomer: {{account:card}}, it expires soon.
hi, acc {{account:customer}} here, parcel {{order}} never came
can u check {{account:customer}}? i was charged {{price}} twice
card {{account:card}} blocked pls help
the last card was {{account:card}}; the new one starts on {{date}}
Visa {{account:card}} exp {{ignored:09/27}}
MC {{account:card}}, {{person:full}}, {{price}}
Charge {{account:card}} with {{price}}, approval {{order}}.
Claim: policy {{account:policy}}, damage on {{date}}, estimate {{price}}.
Policyholder {{person:full}}, policy {{account:policy}}, claim {{order}}
policy no.{{account:policy}} has lapsed
Under no. {{account:policy}} you are insured against fire and water.
Insured person: {{person:full#1}} ({{account:member}}), born {{date:birth}}
Health card {{account:member}}, valid until {{date}}
Subscriber ID: {{account:member}} Group: {{n}} Plan: {{ignored:Silver}}
Medicare no. {{account:grouped}}, {{person:full}}
Member #{{account:member}}: claim {{order}} for {{price}} denied.
Beneficiary number {{account:beneficiary}}, date of service {{date}}
Lab request {{order}}: patient {{account:mrn}}, sample {{number}}
Sample {{order}} of patient {{account:mrn}} was hemolysed.
Patient ID {{account:mrn}} | Specimen {{order}} | Collected {{date}}
MRN: {{account:mrn}} Acc: {{order}} DOB: {{date:birth}}
pt {{account:mrn}}, {{n}} y, {{illness}}
hospital no {{account:hospital}} seen by {{person:family}}, bleep {{n}}
Hosp. no.: {{account:hospital}}\nWard: {{n}}\nConsultant: Dr {{person:family}}
Rx {{account:prescription}}: {{drug}} {{measure}}, take {{n}} daily
Prescription no. {{account:prescription}}, refills: {{n}}, {{person:full}}
{{drug}} {{measure}}\nRx no. {{account:prescription}}\n{{person:full}}\nQty {{n}}
NHS number {{account:nhs}} matches {{person:full}}, {{date:birth}}.
Payroll number {{account:employee}}, NI number {{account:ni}}, gross {{price}}
NI no: {{account:ni}}
National insurance {{account:ni}} for {{person:full}}
SSN{{account:ssn}}
soc sec {{account:ssn}}, dob {{date:birth}}
last name {{person:family}}, ssn {{account:ssn}}, tel {{phone}}
W-2: employee {{person:full}}, SSN {{account:ssn}}, EIN {{account:tax}}, wages {{price}}
Taxpayer {{person:full}}, TIN {{account:tax}}, refund {{price}}
UTR {{account:digits10}}, tax year ended; pay {{price}} by {{date}}.
VAT no. {{account:vat}}, invoice {{order}}, net {{price}}
Employee {{account:employee}}, shift from {{hour}} to {{hour}}
Personnel no. {{account:employee}} has {{n}} days left.
Badge #{{account:employee}} lost on {{date:day}}, call {{phone}}.
Student {{person:full}} ({{account:student}}) may sit the exam on {{date}}.
Matriculation number: {{account:student}}, course {{n}}
School ID {{account:student}}, locker {{n}}
Library card {{account:library}} has {{n}} loans, fine {{price}}.
Reader {{account:library}} returned ISBN {{number}}.
Your library card number is {{account:library}} and your books are due on {{date}}.
Loyalty card {{account:loyalty}}: {{n}} points
Frequent flyer {{account:loyalty}}, booking {{order}}, seat {{n}}A
Add my miles to {{account:loyalty}}, ticket {{order}}.
Guest {{person:full}}, room {{n}}, bonus card {{account:loyalty}}
Gym member {{account:loyalty}} cancelled on {{date}}.
Meter {{account:meter}} reads {{n}}{{n}}{{n}} on {{date}}.
Electricity meter no. {{account:meter}}, reading {{n}}{{n}} kWh
Gas meter: {{account:meter}}; contract: {{account:contract}}; address: {{address}}
Supply contract {{account:contract}} for {{address}} ends on {{date}}.
Contract no. {{account:contract}} (internet), monthly {{price}}
contract {{account:contract}} cancelled, confirmation {{order}}
Broadband account {{account:contract}}, line {{phone}}
SIM {{account:sim}}, number {{phone}}
Loan {{account:contract}}: rate {{price}}, {{n}} months
Mortgage account {{account:grouped}}, {{address}}
Tenant no. {{account:contract}}, rent {{price}}, flat at {{address}}
Pension no. {{account:grouped}}, born {{date:birth}}
Passport {{account:passport}} (expires {{date}}), flight {{order}}
Passenger {{person:sorted}}, passport no. {{account:passport}}, seat {{n}}C
passport#{{account:passport}} visa#{{account:digits8}}
ID no.: {{account:grouped}}
ID: {{account:national}}, name: {{person:full}}
Id number is {{account:national}}
the ID on the card reads {{account:national}}
Driving licence {{account:license}}, issued {{date}}, categories A and B
DL no {{account:license}}, plate {{account:plate}}
V5C: registration {{account:plate}}, chassis {{account:vin}}, keeper {{person:full}}
Fine {{order}} for vehicle {{account:plate}}: {{price}}
plate# {{account:plate}} seen at {{hour}}
Blue hatchback, {{account:plate}}, parked on the lawn
Taxi {{account:plate}} picked me up at {{hour}}.
Boat trailer {{account:plate}} is for sale, {{price}}, call {{phone}}.
In case {{docket}} the defendant's account {{account:bank}} was frozen.
The court froze {{account:iban}} and {{account:iban}}.
Exhibit {{n}}: statement of account {{account:bank}}, {{date}}
Attorney {{person:full}}, bar no. {{account:bar}}
Registered nurse, licence {{account:cert}}, renewed {{date}}
Doctor {{person:full}}, NPI {{account:npi}}, phone {{phone}}
Send the coins to {{account:crypto}} please, about {{price}}
wallet={{account:crypto}} amount=0.{{n}}
My address ({{account:crypto}}) got {{price}} in dust.
Device {{account:imei}}, serial {{account:serial}}, model {{product}}
S/N: {{account:serial}}\nBought: {{date}}
Pacemaker serial no. {{account:serial}}, implanted {{date}}
Accounts: {{account:bank}}, {{account:bank}} and {{account:bank}}
Cards on file: {{account:card}}; {{account:card}}
Patients today: {{account:mrn}}, {{account:mrn}}, {{account:mrn}}, {{account:mrn}}
Policies {{account:policy}} and {{account:policy}} are merged.
Missing badges: {{account:employee}} {{account:employee}} {{account:employee}}
{{account:mrn}} discharged, {{account:mrn}} in theatre, {{account:mrn}} waiting
""",
)

BLOCKS = between_rules(
    "account",
    "en",
    r"""
SEPA Direct Debit Mandate
Debtor: {{person:full}}
IBAN: {{account:iban}}
BIC: {{account:bic}}
Mandate: {{account:mandate}}
Date: {{date}}
---
INVOICE {{order}}
Customer no.    {{account:customer}}
Meter no.       {{account:meter}}
Contract        {{account:contract}}
Total           {{price}}
Due             {{date}}
---
Account number
{{account:bank}}
Sort code
{{account:sortcode}}
Reference
{{order}}
---
Pharmacy label
{{person:full}}
{{drug}} {{measure}}
Rx {{account:prescription}}
Refill before {{date}}
---
Payslip
Employee no: {{account:employee}}
Tax no: {{account:tax}}
Paid into: {{account:iban}}
Net: {{price}}
---
Passenger: {{person:full}}
Booking: {{order}}
Passport: {{account:passport}}
Card: {{account:card}}
Loyalty: {{account:loyalty}}
---
Claim form
1. Policy: {{account:policy}}
2. Vehicle: {{account:plate}}
3. Phone: {{phone}}
4. Pay to: {{account:iban}}
---
Customer: {{account:customer}}
Ticket: {{order}}
Build: {{version}}
Commit: {{hash}}
""".strip("\n"),
)


def _table(head: str, line: str) -> Template:
    return Template(line, "en", "table", head=head, rows=(2, 6))


TABLES = [
    _table("meter,reading,date\n", "{{account:meter}},{{n}}{{n}},{{date:iso}}"),
    _table("IBAN\tBIC\tAmount\n", "{{account:iban}}\t{{account:bic}}\t{{price}}"),
    _table("| Card no. | Books |\n|---|---|\n", "| {{account:library}} | {{n}} |"),
    _table("contract;tenant;rent\n", "{{account:contract}};{{person:sorted}};{{price}}"),
    _table("Rx / drug / qty\n", "{{account:prescription}} / {{drug}} / {{n}}"),
    _table("order,customer,card\n", "{{order}},{{account:customer}},{{account:card}}"),
    _table("sample  patient  result\n", "{{order}}  {{account:mrn}}  {{measure}}"),
    _table("id|passport|visa until\n", "{{n}}|{{account:passport}}|{{date}}"),
]

TEMPLATES = [*LINES, *BLOCKS, *TABLES]
