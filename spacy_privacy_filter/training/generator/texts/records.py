"""Short notes of clinics, offices, banks and help desks, in every language of data/languages.

A template is put together once, from the field words of a language and a generator of its own,
so that it never changes; the values in it are drawn anew for each row.
"""

from __future__ import annotations

from random import Random

from ..languages import Language
from .templates import Template

PER_LANGUAGE = 36
CJK = ("zh", "ja")
SEPARATORS = (". ", ". ", ", ", ", ", "; ", " | ", " / ", "\n", "\n", " - ", " ")
CJK_SEPARATORS = ("，", "。", "；", "、", "\n", " ", "｜", "", ",")
LINKS = (" ", " ", ": ", ": ", ":", "=", " - ", " : ")
CJK_LINKS = ("：", "：", ":", "", "", " ", "為")
SMALL = ("{{n}}", "{{measure}}", "{{price}}", "{{order}}", "{{drug}} {{measure}}", "{{n}}/{{n}}")


def make_templates(language: Language) -> list[Template]:
    """List the templates of a language: composed records, its own sentences, and plain ones."""
    code = language.code
    records = {compose(language, Random(f"record/{code}/{i}")): None for i in range(PER_LANGUAGE)}
    return [
        *(Template(text, code, "record") for text in records),
        *(Template(text, code, "record") for text in language.frames),
        *(Template(text, code, "plain") for text in language.plain),
        *(Template(text, code, "plain") for text in plain_records(language)),
    ]


def compose(language: Language, rng: Random) -> str:
    """Put a record together: some fields in some order, one separator, one link."""
    cjk = language.code in CJK
    separator = rng.choice(CJK_SEPARATORS if cjk else SEPARATORS)
    link = rng.choice(CJK_LINKS if cjk else LINKS)
    fields = field_texts(language, link, rng)
    head = fields.pop("head")
    chosen = rng.sample(sorted(fields), rng.randint(2, 5))
    parts = [fields[key] for key in chosen]
    if rng.random() < 0.75:
        parts.insert(0 if rng.random() < 0.8 else rng.randint(0, len(parts)), head)
    if language.plain and rng.random() < 0.3:
        parts.append(rng.choice(language.plain))
    text = separator.join(parts)
    return text + rng.choice(["。" if cjk else ".", "", "", "\n" if separator == "\n" else ""])


def field_texts(language: Language, link: str, rng: Random) -> dict[str, str]:
    """Write each field once: its word, the link, its slot."""
    words = language.words
    head = rng.choice((words.patient, words.client, words.name))
    names = rng.choice(("{{person:full}}", "{{person:full}}", "{{person}}", "{{person:sorted}}"))
    own, kind = rng.choice(language.ids)
    other, other_kind = rng.choice(language.ids)
    verdict = rng.choice(["", "", f" ({words.valid})"])
    at = rng.choice((words.visit, words.follow_up))
    return {
        "head": f"{head}{link}{names}",
        "born": f"{words.born}{link}{{{{date:birth}}}}",
        "age": words.age.format("{{n}}"),
        "id": f"{own}{link}{{{{account:{kind}}}}}{verdict}",
        "other": f"{other}{rng.choice([link, ' '])}{{{{account:{other_kind}}}}}",
        "record": f"{words.record}{link}{{{{account:dossier}}}}",
        "hospital": f"{words.record}{link}{{{{account:{rng.choice(('hospital', 'mrn'))}}}}}",
        "account": f"{words.account}{link}{{{{account:{rng.choice(('bank', 'iban', 'bank'))}}}}}",
        "phone": f"{words.phone}{link}{{{{phone}}}}",
        "mobile": f"{words.mobile}{link}{{{{phone}}}}",
        "address": f"{words.address}{link}{{{{address}}}}",
        "postcode": f"{words.postcode}{link}{{{{postcode}}}}",
        "email": f"{words.email}{link}{{{{email}}}}",
        "visit": f"{at}{link}{{{{date}}}}",
        "password": f"{words.password}{link}{{{{secret:password}}}}",
        "website": f"{words.website}{link}{{{{url}}}}",
    }


def plain_records(language: Language) -> list[str]:
    """Write records that have the words but no personal data behind them."""
    words = language.words
    rng = Random(f"plain/{language.code}")
    picks = [rng.sample(words[:11] + words[12:], 4) for _ in range(6)]
    values = [rng.choice(SMALL) for _ in picks]
    picked = [[part.replace("{}", "{{n}}") for part in pick] for pick in picks]
    return [
        f"{picked[0][0]}: ____ {picked[0][1]}: ____ {picked[0][2]}: ____",
        f"{picked[1][0]}, {picked[1][1]}, {picked[1][2]}",
        f"{picked[2][0]}: -\n{picked[2][1]}: -\n{values[2]}",
        f"{words.visit} {values[3]}; {words.valid}",
        f"{words.patient}: {words.age.format('{{n}}')}, {{{{measure}}}}",
        f"{words.client} {{{{order}}}} {{{{price}}}}, {words.valid}",
        f"{words.postcode}? {words.email}? {words.phone}?",
        f"{words.address} {words.valid}. {words.follow_up}: {{{{n}}}}",
    ]
