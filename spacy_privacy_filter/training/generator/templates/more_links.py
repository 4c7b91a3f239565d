"""More wordings of links, addresses of mail and account numbers (English and others)."""

from __future__ import annotations

from .reading import between_rules, one_a_line

LINKS = one_a_line(
    "link",
    "en",
    r"""
visit {{url:domain}} today
Go to {{url:domain}} and sign up.
Our website {{url:domain}} is down again.
my site is {{url:domain}}, check it out
Check {{url:full}}, then {{url:full}}, then call us.
URL={{url:full}}
URL: {{url}}
url = "{{url:full}}"
BASE_URL={{url:full}}\nTIMEOUT={{n}}
"url":"{{url:full}}","status":200
'href': '{{url:full}}'
<{{url:full}}>
({{url:full}})
"{{url:full}}"
**{{url}}**
[link]({{url:full}}) and [mirror]({{url:full}})
![logo]({{url:full}})
<img src="{{url:full}}" alt="logo">
<script src='{{url:full}}'></script>
<link rel="canonical" href="{{url:full}}"/>
<p>More at <b>{{url}}</b></p>
curl -sL {{url:full}} | tar xz
$ ping {{url:domain}}
ssh deploy@{{ip}}; open {{url:full}}
docker pull {{url:domain}}/app:{{version}}
POST {{url:full}} 404 {{measure}}
{{date:stamp}} GET {{url:full}} 500
{{date:stamp}} ERROR upstream {{url:full}} timed out
requests.get("{{url:full}}", timeout={{n}})
fetch('{{url:full}}').then(r => r.json())
const API = "{{url:full}}";
Referer: {{url:full}}
Location: {{url:full}}
Host: {{url:domain}}
Origin: {{url:full}}
WEBSITE\t{{url}}
Website / {{url}} / E-mail / {{email}}
Portfolio: {{url}} | Mail: {{email#1}} | {{person:full#1}}
Profile of {{person:full}}: {{url:full}}
{{person:given}} sent me this link: {{url:full}}
The article at {{url:full}} mentions {{person:full}}.
He blogs at {{url:domain}} under a pen name.
She runs the shop {{url:domain}} from {{city}}.
Unsubscribe here: {{url:full}}
Reset your password: {{url:full}}
Verify your account at {{url:full}} within {{n}} hours.
Join the call: {{url:full}}
watch it here -> {{url:full}}
lmao look {{url:full}}
source?? {{url:full}}
anyone else cant open {{url} }
I tried {{url:domain}} and {{url:domain}}, both too expensive.
WWW: {{url:domain}}
Booking at {{url:domain}} or {{phone}}.
Complaints: {{url:full}}, {{email}}, {{phone}}.
see also {{url:full}}; {{url:full}}; {{url:full}}
retrieved from {{url:full}} on {{date}}
the docs ({{url:full}}) say version {{version}}
Image credit {{url:full}}
QR code leads to {{url:full}}.
Your invoice is ready:\n{{url:full}}\nThank you!
whois {{url:domain}}: registered on {{date}}
nginx: server_name {{url:domain}};
CNAME {{url:domain}} -> {{url:domain}}
""".replace("{{url} }", "{{url}}"),
)

EMAILS = one_a_line(
    "link",
    "en",
    r"""
<{{email}}>
({{email}})
"{{email}}"
'{{email}}',
[{{email}}]
{{email}},{{email}};{{email}}
mail:{{email}}
email:{{email}},phone:{{phone}}
E-Mail={{email}}
mailto:{{email}}?subject=Hello
<a href='mailto:{{email#1}}'>{{person:full#1}}</a>
<b>{{email}}</b><br/>{{phone}}
<td>{{email}}</td><td>{{phone}}</td>
**{{email}}**, `{{email}}`
_{{person:full#1}}_ <{{email#1}}>
{{person:full#1}} ({{email#1}})
{{person:full#1}}[{{email#1}}]
{{person:full#1}}/{{email#1}}/{{phone}}
To:{{email}};Cc:{{email}}
from={{email}} to={{email}} size={{n}}
contact {{email}}!
did you get my mail from {{email}}?
it bounced...{{email}}...again
reply to {{email}}/{{email}}.
user {{email}} not found
Sent to:{{email}}.
{{email}}:{{secret:password}}
{{phone}}/{{phone}}
tel:{{phone}}
call{{phone}}
<{{phone}}>
""",
)

ACCOUNTS = one_a_line(
    "account",
    "en",
    r"""
ACCOUNT_NUMBER={{account:bank}}
ACCOUNT NUMBER: {{account:bank}}\nFAX NUMBER: {{phone}}
FAX_NUMBER={{phone}}\nPHONE_NUMBER={{phone}}\nEMAIL={{email}}
URL={{url:full}}\nIP_ADDRESS={{ip}}
HEALTH_PLAN_BENEFICIARY_NUMBER={{account:beneficiary}}
HEALTH_PLAN_BENEFICIARY_NUMBER={{account:beneficiary}}\nMEDICAL_RECORD_NUMBER={{account:mrn}}
MEDICAL_RECORD_NUMBER={{account:mrn}}; SSN={{account:ssn}}
CERTIFICATE_LICENSE_NUMBER={{account:cert}}
CERTIFICATE/LICENSE NUMBER: {{account:cert}}
VEHICLE_IDENTIFIER={{account:vin}}\nLICENSE_PLATE={{account:plate}}
DEVICE_SERIAL_NUMBER={{account:serial}}
SERIAL_NUMBER={{account:serial}}, IMEI={{account:imei}}
IMEI: {{account:imei}}
imei {{account:imei}} of the stolen phone
Serial number {{account:serial}}, bought by {{person:full}} on {{date}}
NAME={{person:full}}\nDATE_OF_BIRTH={{date:birth}}\nSSN={{account:ssn}}
name={{person:full#1}};dob={{date:iso}};email={{email#1}};mrn={{account:mrn}}
PATIENT_NAME={{person:full}} ADMISSION_DATE={{date}} ACCOUNT_NUMBER={{account:bank}}
ADDRESS={{address}}\nZIP={{postcode}}
patient.id={{account:mrn}}
customer_id={{account:customer}}&plan=basic
acct={{account:bank}}, amount={{price}}, order={{order}}
iban={{account:iban}}
IBAN {{account:iban}} BIC {{account:bic}}
card={{account:card}} exp={{ignored:11/28}} cvc={{ignored:401}}
{"iban": "{{account:iban}}", "amount": {{n}}}
{"card_number": "{{account:card}}", "holder": "{{person:full}}"}
{"account_number": "{{account:bank}}", "routing_number": "{{account:routing}}"}
{"ssn": "{{account:ssn}}", "order_id": "{{uuid}}"}
<iban>{{account:iban}}</iban>
<AccountNo>{{account:bank}}</AccountNo><Ref>{{order}}</Ref>
{{mrzname}}\n{{account:mrz_number}}{{mrztail}}
MRZ: {{mrzname}} / {{account:mrz_number}}{{mrztail}}
Scan of the passport:\n{{mrzname}}\n{{account:mrz_number}}{{mrztail}}\nChecked at {{hour}}
Passport no. {{account:mrz_number}}, issued {{date}}, expires {{date}}
passport: {{account:passport}} nationality: Dutch
Passport {{account:passport}} belongs to {{person:full}}.
The account {{account:bank}} was closed on {{date}}.
Please debit account {{account:bank}} and credit {{account:bank}}.
Send the money to account number {{account:bank}}, sort code {{account:sortcode}}.
My bank account is {{account:bank}} and the routing number is {{account:routing}}.
I want to open a savings account; my current one is {{account:bank}}.
Account {{account:bank}}, not order {{order}}, was charged {{price}}.
Order {{order}} was paid with card {{account:card}}.
Invoice {{order}}: {{price}} from IBAN {{account:iban}}
Build {{number}} of {{product}}; licence holder {{account:customer}}
my card {{account:card}} got declined twice
whats wrong with card {{account:card}}??
they asked for my social, it's {{account:ssn}}
The social security number {{account:ssn}} does not match {{person:full}}.
social security: {{account:ssn}}
SSN {{account:ssn}} / DOB {{date:birth}}
Tax number {{account:tax}}, VAT {{account:vat}}
TIN: {{account:tax}}
Driver's license number {{account:license}}, state of issue unknown
DL# {{account:license}} DOB {{date:birth}}
Licence {{account:license}} suspended until {{date}}.
Member ID {{account:member}}, group {{n}}
Insurance: {{account:member}}, plan {{ignored:Gold}}
Policy number {{account:policy}} renewed on {{date}}
Claim for policy {{account:policy}}, reference {{order}}
MRN {{account:mrn}}
MRN#{{account:mrn}} {{person:sorted}} {{date:birth}}
Chart {{account:mrn}}: {{person:full}}, {{n}} y/o
Employee no. {{account:employee}} asked for {{n}} days of leave.
Staff ID {{account:employee}} ({{person:full}}) entered at {{hour}}.
Student number {{account:student}} has enrolled for {{n}} courses.
Loan account {{account:bank}} is {{n}} days overdue.
Wallet address: {{account:crypto}}
send BTC to {{account:crypto}}
tx from {{account:crypto}} to {{account:crypto}}
Membership card {{account:member}} expired on {{date:day}}.
VIN {{account:vin}}, colour blue, mileage {{measure}}
The van with plate {{account:plate}} blocks the exit.
plate {{account:plate}} / VIN {{account:vin}}
Wire to {{account:iban}} ({{account:bic}}), beneficiary {{person:full}}
BIC: {{account:bic}}
{{date:stamp}} INFO charged card={{account:card}} amount={{price}}
{{date:stamp}} WARN account {{account:bank}} locked after {{n}} attempts
{{date:stamp}} ERROR duplicate ssn {{account:ssn}} request={{uuid}}
SELECT * FROM accounts WHERE iban = '{{account:iban}}';
UPDATE patients SET mrn = '{{account:mrn}}' WHERE id = {{n}};
assert validate("{{account:card}}")
account_id: {{account:customer}}
| Account | Balance |\n|---|---|\n| {{account:bank}} | {{price}} |
Meter reading {{number}} for customer {{account:customer}}
NHS no. {{account:nhs}}, ward {{n}}
NPI {{account:npi}} Dr. {{person:family}}
Fax: {{phone}}
Fax to {{phone}}, attention {{person:full}}
Tel {{phone}} Fax {{phone}}
""",
)

HIPAA = between_rules(
    "account",
    "en",
    """
NAME: {{person:full}}
TELEPHONE_NUMBER: {{phone}}
FAX_NUMBER: {{phone}}
EMAIL_ADDRESS: {{email}}
SOCIAL_SECURITY_NUMBER: {{account:ssn}}
MEDICAL_RECORD_NUMBER: {{account:mrn}}
HEALTH_PLAN_BENEFICIARY_NUMBER: {{account:beneficiary}}
---
ACCOUNT_NUMBER={{account:bank}}
CERTIFICATE_NUMBER={{account:cert}}
DEVICE_IDENTIFIER={{account:serial}}
URL={{url:full}}
---
Bank: {{org}}
Account: {{account:bank}}
Ticket: {{order}}
Opened: {{date}}
---
Device: {{product}}
Serial: {{account:serial}}
IMEI: {{account:imei}}
Firmware: {{version}}
Owner: {{person:full}}
---
Passport: {{account:passport}}
Visa: {{account:digits8}}
Booking: {{order}}
Guest: {{person:full}}
""".strip("\n"),
)

TEMPLATES = [*LINKS, *EMAILS, *ACCOUNTS, *HIPAA]
