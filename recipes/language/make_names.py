"""Unicode's CLDR, and what it lacks -> the names of months and weekdays that the package ships.

Run it with Babel installed: `python recipes/language/make_names.py`. The package itself needs no
Babel. `by_hand.json` says which forms of a language are taken, and holds those that CLDR lacks.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import babel
from babel import Locale

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "spacy_privacy_filter" / "language" / "data"
# The forms of CLDR that a language has without a list of its own. A form that repeats another is
# left out.
MONTH_FORMS = {"day": "format wide", "alone": "stand-alone wide", "short": "format abbreviated"}
CONTEXTS = [f"{context} {width}" for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")]  # fmt: skip

Rows = dict[str, list[dict[str, Any]]]


def main() -> None:
    """Write months.json and weekdays.json."""
    argparse.ArgumentParser(description=__doc__).parse_args()  # takes none, and says so
    by_hand = json.loads((HERE / "by_hand.json").read_text(encoding="utf-8"))
    locales = {
        code: Locale.parse(by_hand["locales"].get(code, code))
        for code in (*by_hand["preferred"], *by_hand["others"])
    }
    weekdays = make_weekdays(by_hand, locales)
    months = make_months(by_hand, locales)
    taken = set(words_of(weekdays)) | set(by_hand["words"])
    source = f"CLDR as Babel {babel.__version__} has it, and recipes/language/by_hand.json"
    write("months", {
        "source": source,
        "preferred": by_hand["preferred"],
        "capitalised": by_hand["capitalised"],
        "unread": find_unread(months, by_hand, locales, taken),
        "languages": months,
    })  # fmt: skip
    write("weekdays", {
        "source": source,
        "preferred": by_hand["weekdays"]["preferred"],
        "languages": weekdays,
    })  # fmt: skip


def make_months(by_hand: dict[str, Any], locales: dict[str, Locale]) -> Rows:
    """The rows of each language: its own list, or CLDR's forms and what is added to them."""
    default = [{"form": form, "cldr": cldr} for form, cldr in MONTH_FORMS.items()]
    months: Rows = {}
    for code, locale in locales.items():
        rows: list[dict[str, Any]] = []
        wanted = by_hand["months"]["rows"].get(code) or (
            default + by_hand["months"]["more"].get(code, [])
        )
        for row in wanted:
            names = row["names"].split() if "names" in row else cldr_months(locale, row["cldr"])
            if len(names) != 12 or any(char.isdigit() for name in names for char in name):
                raise ValueError(f"The row {row['form']!r} of {code!r} has no twelve names.")
            if all(names != other["names"] for other in rows):
                rows.append({"form": row["form"], "names": list(map(nfc, names))})
        months[code] = rows
    return months


def cldr_months(locale: Locale, form: str) -> list[str]:
    """Names of CLDR, without the dot of a short form."""
    context, width = form.split()
    return [name.rstrip(".") for name in locale.months[context][width].values()]


def make_weekdays(by_hand: dict[str, Any], locales: dict[str, Locale]) -> Rows:
    """Rows by hand, and CLDR's full names of the languages that are not preferred.

    A name that is also one of a preferred language whose weekdays are not read would have its dates
    read as another language's, so then none of a language are taken.
    """
    weekdays: Rows = {
        code: [{"form": row["form"], "names": row["names"].split()} for row in rows]
        for code, rows in by_hand["weekdays"]["rows"].items()
    }
    read = set(words_of(weekdays))
    silent = {
        fold(name)
        for code in by_hand["preferred"]
        if code not in weekdays
        for context in ("format", "stand-alone")
        for name in locales[code].days[context]["wide"].values()
    }
    for code in by_hand["others"]:
        names = [nfc(name) for name in locales[code].days["format"]["wide"].values()]
        names = names[1:] + names[:1]  # CLDR begins on Sunday here
        if not {fold(name) for name in names} & silent - read:
            weekdays[code] = [{"form": "full", "names": names}]
    return weekdays


def find_unread(
    months: Rows, by_hand: dict[str, Any], locales: dict[str, Locale], taken: set[str]
) -> list[str]:
    """Names that are written but not read: another month elsewhere, a weekday, a word of dates.

    The name beside a day is read even so: where it is another month of a preferred language, the
    words about it tell.
    """
    numbers: dict[str, set[int]] = {}
    for names in (*all_cldr(locales.values()), *(row["names"] for row in rows_of(months))):
        for number, name in enumerate(names):
            numbers.setdefault(fold(name), set()).add(number)
    preferred = {fold(name) for code in by_hand["preferred"] for name in words_of(months, code)}
    unread = set()
    for code in by_hand["others"]:
        for row in months[code]:
            for name in map(fold, row["names"]):
                clashes = row["form"] != "day" and len(numbers[name]) > 1
                if (clashes or name in taken) and name not in preferred:
                    unread.add(name)
    return sorted(unread)


def all_cldr(locales: Iterable[Locale]) -> Iterator[list[str]]:
    """The names of months of all languages in all forms of CLDR, read or not."""
    return (cldr_months(locale, form) for locale in locales for form in CONTEXTS)


def rows_of(table: Rows, code: str = "") -> Iterator[dict[str, Any]]:
    """The rows of a language, or of all."""
    return (row for own, rows in table.items() if code in ("", own) for row in rows)


def words_of(table: Rows, code: str = "") -> Iterator[str]:
    """The names of a language, or of all, as they are compared."""
    return (fold(name) for row in rows_of(table, code) for name in row["names"])


def nfc(text: str) -> str:
    """Compose the letters of a name."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Write a name as it is compared."""
    return nfc(text).casefold()


def write(name: str, table: dict[str, Any]) -> None:
    """Write a table with a row a line."""
    rows = {
        code: "[\n" + ",\n".join(f"      {line(row)}" for row in own) + "\n    ]"
        for code, own in table["languages"].items()
    }
    languages = ",\n".join(f"    {line(code)}: {own}" for code, own in rows.items())
    head = "".join(f"  {line(key)}: {line(table[key])},\n" for key in table if key != "languages")
    text = f'{{\n{head}  "languages": {{\n{languages}\n  }}\n}}\n'
    (DATA / f"{name}.json").write_text(text, encoding="utf-8")


def line(value: Any) -> str:
    """Write a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
