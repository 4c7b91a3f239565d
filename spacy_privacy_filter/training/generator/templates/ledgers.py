# ruff: noqa: E501  (one template a line)
"""Account numbers first, last and among others: tables, sentences, forms, many languages."""

from __future__ import annotations

from ..render import Template
from .reading import one_a_line


def _table(head: str, line: str, tail: str = "") -> Template:
    return Template(line, "en", "table", head=head, tail=tail, rows=(2, 6))


TABLES = [
    _table("client\tbalance\tname\n", "{{account:customer}}\t{{price}}\t{{person:full}}"),
    _table("member;since;name\n", "{{account:member}};{{date}};{{person:sorted}}"),
    _table("acct,holder,phone\n", "{{account:bank}},{{person:full}},{{phone}}"),
    _table("Account\tOwner\tStreet\n", "{{account:bank}}\t{{person:full}}\t{{address}}"),
    _table("id\tstreet\n", "{{account:customer}}\t{{address}}"),
    _table("policy|holder|paid\n", "{{account:policy}}|{{person:full}}|{{price}}"),
    _table("plate,colour,driver\n", "{{account:plate}},red,{{person:full}}"),
    _table("emp\tname\thours\n", "{{account:employee}}\t{{person:full}}\t{{n}}"),
    _table("student_id name grade\n", "{{account:student}} {{person:full}} {{n}}"),
    _table("MRN\tBorn\tWard\n", "{{account:mrn}}\t{{date:birth}}\t{{n}}"),
    _table("| Card | Holder |\n|---|---|\n", "| {{account:card}} | {{person:full}} |"),
    _table("| Customer | Order |\n|---|---|\n", "| {{account:customer}} | {{order}} |"),
    _table("order;client;sum\n", "{{order}};{{account:customer}};{{price}}"),
    _table("to,account,sort code\n", "{{person:full}},{{account:bank}},{{account:sortcode}}"),
    _table("Transfers\n", "{{date}} {{account:bank}} {{price}}"),
    _table("Parking\n", "{{account:plate}} {{hour}} level {{n}}"),
]

SENTENCES = one_a_line(
    "account",
    "en",
    r"""
Beneficiary {{person:full}}, {{account:bank}}.
Paid to {{person:full}}, {{account:bank}}, on {{date}}.
{{person:full}}, {{account:bank}}, {{price}}
Refund {{price}} to {{account:bank}} ({{person:full}}).
{{account:bank}} is the account, {{phone}} the phone.
phone {{phone}}, account {{account:bank}}, born {{date:birth}}
The cheque was drawn on {{account:bank}}.
Debit {{account:bank}}; credit {{account:bank}}; value {{date}}.
Transfer to {{account:bank}}, ref. {{order}}, {{price}}
He parked his car ({{account:plate}}) outside.
Water damage at {{address}}, insured as {{account:policy}}.
Exchange wallet {{account:crypto}} is empty.
A van, registration {{account:plate}}, left at {{hour}}.
Vehicle {{account:plate}}, chassis {{account:vin}}, insured by {{person:full}}.
The bus with the number plate {{account:plate}} stopped in {{city}}.
tow {{account:plate}} please
Reg {{account:plate}}, VIN {{account:vin}}
My plates are {{account:plate}} and {{account:plate}}.
Chassis number {{account:vin}}; policy {{account:policy}}.
Under policy {{account:policy}} we pay {{price}}.
Pay {{account:crypto}} within {{n}} hours
0.{{n}} ETH went to {{account:crypto}}
Donate: {{account:crypto}}
client={{account:customer}}
customer {{account:customer}} called again
Customer {{account:customer}} ({{person:full}}) moved to {{address}}.
Member {{account:member}} is {{person:full}}, {{phone}}
patient_id: {{account:mrn}}, seen {{date}}
mrn:{{account:mrn}}
Case {{account:mrn}} was discharged, call {{phone}}.
record {{account:mrn}}, {{n}} years, {{illness}}
Aadhaar {{account:aadhaar}}, PIN {{ignored:400001}}
Aadhaar: {{account:aadhaar}} / mobile {{phone}}
NHS {{account:nhs}}, tel {{phone}}
ID card {{account:national}}; phone {{phone}}
National number {{account:national}} of {{person:full}}
{{person:full}} ({{account:national}}), {{date:birth}}
Student {{account:student}} failed {{n}} tests.
Badge {{account:employee}} opened door {{n}} at {{hour}}.
Staff no {{account:employee}}, tel {{phone}}
licence {{account:license}} and passport {{account:passport}}
Sort code {{account:sortcode}}, number {{account:bank}}
IBAN {{account:iban}} of {{person:full}}, phone {{phone}}
{{account:iban}} or {{account:card}}?
Card {{account:card}}, account {{account:bank}}, phone {{phone}}
Tax file {{account:tax}}, {{person:full}}
VAT {{account:vat}}, bank {{account:bank}}
IMEI {{account:imei}}, number {{phone}}
""",
)

FOREIGN = [
    template
    for language, text in {
        "hi": "आधार: {{account:aadhaar}}\nआधार {{account:aadhaar}}, मोबाइल {{phone}}\nखाता संख्या {{account:bank}}\nरोगी संख्या {{account:mrn}}",
        "mr": "आधार: {{account:aadhaar}}\nआधार क्रमांक {{account:aadhaar}}, फोन {{phone}}\nखाते {{account:bank}}",
        "gu": "આધાર: {{account:aadhaar}}\nખાતું {{account:bank}}, ફોન {{phone}}",
        "ta": "ஆதார்: {{account:aadhaar}}\nகணக்கு {{account:bank}}, தொலைபேசி {{phone}}",
        "te": "ఆధార్: {{account:aadhaar}}\nఖాతా {{account:bank}}, ఫోన్ {{phone}}",
        "kn": "ಆಧಾರ್: {{account:aadhaar}}\nಖಾತೆ {{account:bank}}, ಫೋನ್ {{phone}}",
        "ml": "ആധാർ: {{account:aadhaar}}\nഅക്കൗണ്ട് {{account:bank}}, ഫോൺ {{phone}}",
        "bn": "আধার: {{account:aadhaar}}\nহিসাব {{account:bank}}, ফোন {{phone}}",
        "ur": "آدھار: {{account:aadhaar}}\nاکاؤنٹ {{account:bank}}، فون {{phone}}",
        "zh": "账号:{{account:bank}}\n账户{{account:bank}},户名{{person:full}}\n身份证{{account:china_id}},电话{{phone}}",
        "ja": "口座番号:{{account:bank}}\n患者番号{{account:mrn}}、電話{{phone}}",
        "ko": "계좌번호 {{account:bank}}, 예금주 {{person:full}}\n환자 번호: {{account:mrn}}",
        "es": "Matrícula {{account:plate}}, póliza {{account:policy}}\nCuenta {{account:bank}}, teléfono {{phone}}\nN.º de cliente {{account:customer}}",
        "pt": "Conta {{account:bank}}, telefone {{phone}}\nPlaca {{account:plate}}, chassi {{account:vin}}\nProntuário {{account:mrn}}",
        "fr": "Compte {{account:bank}}, tél. {{phone}}\nImmatriculation {{account:plate}}\nDossier patient {{account:mrn}}",
        "de": "Konto {{account:bank}}, Tel. {{phone}}\nKennzeichen {{account:plate}}\nKundennummer {{account:customer}}\nPatientennummer {{account:mrn}}",
        "it": "Conto {{account:bank}}, tel. {{phone}}\nTarga {{account:plate}}\nCartella clinica {{account:mrn}}",
        "pl": "Konto {{account:bank}}, tel. {{phone}}\nNr rejestracyjny {{account:plate}}",
        "cs": "Účet {{account:bank}}, tel. {{phone}}\nIBAN {{account:iban}}, majitel {{person:full}}",
        "ru": "Счёт {{account:bank}}, тел. {{phone}}\nНомер карты пациента {{account:mrn}}",
        "tr": "Hesap {{account:bank}}, tel. {{phone}}\nPlaka {{account:plate}}",
    }.items()
    for template in one_a_line("account", language, text)
]

TEMPLATES = [*TABLES, *SENTENCES, *FOREIGN]
