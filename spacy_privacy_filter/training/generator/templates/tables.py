# ruff: noqa: E501  (one template a line)
"""Tables: a line that is repeated, in CSV, JSON, XML, Markdown and plain text (English)."""

from __future__ import annotations

from ..render import Template


def _table(head: str, line: str, tail: str = "", joiner: str = "\n") -> Template:
    return Template(line, "en", "table", head=head, tail=tail, rows=(2, 7), joiner=joiner)


TEMPLATES = [
    _table("name,email,phone\n", "{{person:full#1}},{{email#1}},{{phone}}"),
    _table(
        "id;last;first;born;city\n",
        "{{n}};{{person:family}};{{person:given}};{{date:birth}};{{city}}",
    ),
    _table(
        "customer_id\tname\taddress\ttotal\n",
        "{{account:customer}}\t{{person:full}}\t{{address}}\t{{price}}",
    ),
    _table("| Name | Role | Phone |\n|---|---|---|\n", "| {{person:full}} | {{job}} | {{phone}} |"),
    _table(
        "| Version | Released | Size |\n|---|---|---|\n", "| {{version}} | {{date}} | {{measure}} |"
    ),
    _table("SKU,product,qty,price\n", "{{order}},{{product}},{{n}},{{price}}"),
    _table("[\n", '  {"name": "{{person:full#1}}", "email": "{{email#1}}"}', "\n]", ",\n"),
    _table(
        '{"customers": [',
        '{"id": "{{account:customer}}", "name": "{{person:full}}", "card": "{{account:card}}", "dob": "{{date:birth}}"}',
        "]}",
        ", ",
    ),
    _table('{"results": [', '{"id": "{{uuid}}", "score": {{n}}, "url": "{{url:full}}"}', "]}", ","),
    _table(
        '<?xml version="1.0"?>\n<people>\n',
        "  <person><first>{{person:given}}</first><last>{{person:family}}</last><tel>{{phone}}</tel></person>",
        "\n</people>",
    ),
    _table(
        "<ul>\n",
        '  <li><a href="mailto:{{email#1}}">{{person:full#1}}</a>, {{address}}</li>',
        "\n</ul>",
    ),
    _table(
        "<tr><th>Patient</th><th>MRN</th></tr>\n",
        "<tr><td>{{person:sorted}}</td><td>{{account:mrn}}</td></tr>",
    ),
    _table("Attendees:\n", "- {{person:full}} ({{org}})"),
    _table("Phone list\n", "{{person:sorted}} ...... {{phone}}"),
    _table("Team roster\n\n", "{{n}}  {{person:initial}}  {{job}}"),
    _table("Date        Description        Amount\n", "{{date:iso}}  {{org}}  {{price}}"),
    _table("date,payee,iban,amount\n", "{{date:iso}},{{person:full}},{{account:iban}},{{price}}"),
    _table("ssn|name|dob\n", "{{account:ssn}}|{{person:full}}|{{date:birth}}"),
    _table("Results 5 km\n", "{{n}}. {{person:full}} ({{city}}) 21:{{n}}"),
    _table("key,owner,created\n", "{{secret:key}},{{email}},{{date:iso}}"),
    _table("user:password\n", "{{handle}}:{{secret:password}}"),
    _table(
        "BEGIN:VCARD\n",
        "FN:{{person:full#1}}\nTEL:{{phone}}\nEMAIL:{{email#1}}\nADR:{{address}}",
        "\nEND:VCARD",
        "\nEND:VCARD\nBEGIN:VCARD\n",
    ),
    _table("- users:\n", "  - name: {{person:full#1}}\n    mail: {{email#1}}\n    site: {{url}}"),
    _table("Plate\tOwner\tVIN\n", "{{account:plate}}\t{{person:sorted}}\t{{account:vin}}"),
    _table(
        "employee_id,name,start_date,manager\n",
        "{{account:employee}},{{person:full}},{{date}},{{person:full}}",
    ),
    _table("Deliveries for {{date}}\n", "{{person:full}}, {{address}}, {{phone}}: {{n}} boxes"),
    _table("Cast\n", "{{person:full}} as {{ignored:the neighbour}}"),
    _table("hash  message\n", "{{hash}}  {{version}} fix {{topic}}"),
]
