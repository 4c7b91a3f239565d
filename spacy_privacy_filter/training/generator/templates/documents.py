# ruff: noqa: E501  (one template a line)
"""Forms, clinical notes, legal texts, bank letters, CVs (English)."""

from __future__ import annotations

from .reading import between_rules

FORMS = between_rules(
    "form",
    "en",
    """
Name: {{person:full#1}}
Date of birth: {{date:birth}}
Address: {{address}}
Phone: {{phone}}
E-mail: {{email#1}}
---
LAST NAME: {{person:family#1}}    FIRST NAME: {{person:given#1}}    MI: {{ignored:J}}
DOB: {{date:birth}}    SSN: {{account:ssn}}    SEX: M
STREET/CITY/ZIP: {{address}}
HOME PH: {{phone}}    CELL: {{phone}}
---
Applicant ........ {{person:full#1}}
Passport no. ..... {{account:passport}}
Nationality ...... Canadian
Issued ........... {{date}}
Expires .......... {{date}}
---
Emergency contact: {{person:full}} (mother), {{phone}}
Family doctor: Dr {{person:family}}, {{phone}}
Allergies: none
Insurance no.: {{account:member}}
---
☐ Mr ☒ Ms   Surname {{person:family#1}}   Given name(s) {{person:given#1}}
National ID {{account:national}}   Tel {{phone}}
Signature: {{person:initial#1}}   Date: {{date}}
---
**Name**: {{person:full#1}}
**Email**: {{email#1}}
**Website**: {{url}}
**Message**: I would like to know more about {{product}}.
---
Vehicle: {{product}}
VIN: {{account:vin}}
Plate: {{account:plate}}
Keeper: {{person:full}}
Mileage: {{measure}}
Next inspection: {{date}}
---
Visitor log {{date}}
1. {{person:full}} - {{org}} - in {{hour}} - badge {{n}}
2. {{person:full}} - {{org}} - in {{hour}} - badge {{n}}
---
Payee: {{person:full}}
Routing number: {{account:routing}}
Account number: {{account:bank}}
Amount: {{price}}
Memo: {{topic}}
---
CURRICULUM VITAE
{{person:full#1}}
{{address}}
{{phone}} · {{email#1}} · {{url}}
Born {{date:birth}}

2015 to 2019: {{job}}, {{org}}
References: {{person:full#2}}, {{phone}}
---
Guest registration
Guest: {{person:sorted#1}}
Arrival {{date}} / departure {{date}}
Room {{n}}{{n}}, rate {{price}}
Credit card {{account:card}}
Licence plate {{account:plate}}
---
Q1. What is your full name? {{person:full}}
Q2. What is your postal address? {{address}}
Q3. How many people live there? {{n}}
Q4. Mobile? {{phone}}
---
Tenant: {{person:full}}, ID {{account:national}}
Landlord: {{person:full}}, tax no. {{account:tax}}
Property: {{address}}
Rent: {{price}} per month, deposit {{price}}, starting {{date}}
---
Employee ID: {{account:employee}}
Employee: {{person:sorted#1}}
Department: Logistics
Manager: {{person:full}}
Hired: {{date}}
Bank: {{account:iban}}
---
Beneficiary: {{person:full}}
IBAN: {{account:iban}}
SWIFT/BIC: {{account:bic}}
Amount: {{price}}
Purpose: {{order}}
Value date: {{date}}
""".strip("\n"),
)

CLINICAL = between_rules(
    "clinical",
    "en",
    """
{{person:full#1}} is a {{n}}-year-old with {{illness}}, admitted on {{date}} under Dr. {{person:family#2}}. MRN {{account:mrn}}. BP 128/82, HR {{n}}, temp {{measure}}.
---
DISCHARGE SUMMARY
Patient: {{person:sorted#1}}
MRN: {{account:mrn}}   DOB: {{date:birth}}
Admitted: {{date}}   Discharged: {{date}}
Attending: {{person:full#2}}, MD

Mr. {{person:family#1}} was treated for {{illness}} with {{drug}} {{measure}}. Follow-up with Dr. {{person:family#2}} on {{date:day}}; call {{phone}}.
---
Pt {{person:initial#1}} seen {{date}}. c/o cough x {{n}} days. Hx {{illness}}. Rx {{drug}} 20mg bd. Daughter {{person:given#2}} {{phone}} is NOK.
---
Referral from Dr {{person:full}} (NPI {{account:npi}}) for {{person:full#1}}, DOB {{date:birth}}, insurance ID {{account:member}}: {{illness}}.
---
{{date}} {{hour}}: RN {{person:given}} called {{person:full#1}}'s wife at {{phone}}. She reports he took {{drug}} {{measure}} and felt better.
---
Specimen {{order}} / {{person:sorted}} / {{date:birth}} / Dr {{person:family}}
Haemoglobin 13.2 g/dL, leukocytes 7.1, CRP {{measure}}
---
NHS No: {{account:nhs}}
Re: {{person:full#1}}, {{address}}
Thank you for seeing this pleasant {{n}} year old {{job}} with {{illness}}.
---
Rx: {{drug}} {{measure}} #30, refill 2
For: {{person:full}}   {{address}}
DEA {{account:license}}   Dr. {{person:full}}
---
Vaccination record for {{person:full}} ({{date:birth}}): MMR {{date}}, lot {{ignored:K4412}}; tetanus {{date}}.
---
I saw {{person:given#1}} with her mother {{person:given#2}} in clinic on {{date}}. {{person:given#1}} has done well since {{illness}} in {{year}}.
""".strip("\n"),
)

LEGAL = between_rules(
    "legal",
    "en",
    """
This Agreement is made on {{date}} between {{person:full#1}}, residing at {{address}} (the "Seller"), and {{org}} (the "Buyer").
---
IN WITNESS WHEREOF, the parties have executed this Agreement as of {{date}}.

By: /s/ {{person:full#1}}
Name: {{person:full#1}}
Title: Chief Executive Officer
---
{{person:full#1}}, Plaintiff, v. {{person:full#2}} and {{org}}, Defendants. Case No. {{docket}}. Filed {{date}}. Counsel: {{person:full#3}} (Bar No. {{account:bar}}), {{phone}}.
---
1. The applicant, {{person:full#1}}, is a national who was born on {{date:birth}} and lives in {{city}}. He was represented by Mr {{person:initial}}, a lawyer practising there.
2. On {{date}} the applicant complained under {{standard}} of the Convention.
---
LAST WILL AND TESTAMENT
I, {{person:full#1}}, of {{address}}, born {{date:birth}}, leave my house to my daughter {{person:full#2}} and {{price}} to {{org}}.
---
The Borrower shall repay the Loan of {{price}} by {{date}}. Notices go to {{person:full}}, {{address}}, fax {{phone}}.
---
Witness statement of {{person:full#1}}
I live at {{address}}. On {{date}} at about {{hour}} I saw {{person:full#2}} drive a {{product}} with the plate {{account:plate}}. {{person:family#2}} did not stop.
---
NOTARY: On this {{date}} before me, {{person:full}}, personally appeared {{person:full}}, identified by driver's licence {{account:license}}.
---
The Company granted {{person:full#1}} an option on {{date}}. Mr. {{person:family#1}} and Ms. {{person:family#2}} serve on the audit committee under {{standard}}.
---
Deposition of {{person:full#1}}, {{date}}
Q. State your name. A. {{person:full#1}}.
Q. Address? A. {{address}}.
Q. Do you know Mr. {{person:family#2}}? A. Yes, {{person:given#2}} was my neighbour.
""".strip("\n"),
)

BANK = between_rules(
    "bank",
    "en",
    """
Dear {{person:full#1}}, your account {{account:bank}} was debited {{price}} on {{date}}. Balance: {{price}}. Not you? Call {{phone}}.
---
Statement {{date}}
Account holder {{person:full}}
IBAN {{account:iban}}  BIC {{account:bic}}
{{date}}  Card payment {{org}}  {{price}}
{{date}}  Transfer from {{person:full}}  {{price}}
{{date}}  Standing order {{account:iban}}  {{price}}
---
Transfer of {{price}} from {{account:iban}} to {{account:iban}} ({{person:full}}) on {{date}}, reference {{order}}.
---
Card {{account:card}} in the name of {{person:full}} has been blocked. A new card goes to {{address}}.
---
W-9: {{person:full}}, TIN {{account:ssn}}, {{address}}
---
Claim under policy {{account:policy}}: on {{date}} a tree fell on the insured's car ({{account:plate}}, VIN {{account:vin}}). Payee {{person:full}}, {{account:bank}}.
---
Wallet {{account:crypto}} received 0.0{{n}} BTC from {{account:crypto}} on {{date:stamp}}.
---
Tax ID {{account:tax}}; VAT {{account:vat}}; taxable amount {{price}}; filed by {{person:full}} on {{date}}.
---
SSN: {{account:ssn}}
Card: {{account:card}}
Routing: {{account:routing}}
---
acct# {{account:bank}} rtn# {{account:routing}} {{person:full}} checking
""".strip("\n"),
)

TEMPLATES = [*FORMS, *CLINICAL, *LEGAL, *BANK]
