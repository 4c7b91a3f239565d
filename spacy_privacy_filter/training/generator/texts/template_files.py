r"""data/templates -> templates, in the order of the index.

How these files are written stands in data/README.md: what the file is about, then sections, each
a header "=== key: value; key: value" and templates, one a line or with a line "---" between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Final

from ..languages import load_languages
from ..tables import INDEX, Line, read_lines, read_order, read_table
from .records import make_templates
from .segments import SLOTS
from .templates import SLOT, Template

RULE: Final = "---"
HEADER: Final = "=== "
RECORDS: Final = "records"  # in the index: what is put together from the files of languages
KEYS: Final = {
    **dict.fromkeys(("group", "language", "languages", "dated"), re.compile(".+")),
    "layout": re.compile("lines|blocks|tables"),
    "rows": re.compile(r"[0-9]+-[0-9]+"),
    "each": re.compile("[1-9][0-9]*"),
}
ESCAPES: Final = ((r"\n", "\n"), (r"\t", "\t"), (r"\s", " "))


@cache
def load_templates() -> tuple[Template, ...]:
    """Read all templates, in the order of the index; draws depend on it."""
    return tuple(chain.from_iterable(_load(name) for name in read_order("templates")))


def load_weights() -> Mapping[str, float]:
    """Read how often a row is of a group; "language" is everything but English."""
    weights: dict[str, float] = read_table(f"templates/{INDEX}")["weights"]
    return weights


def _load(name: str) -> Iterator[Template]:
    if name == RECORDS:
        return chain.from_iterable(make_templates(each) for each in load_languages().values())
    return read_templates(read_lines(f"templates/{name}.txt"))


def read_templates(lines: Iterable[Line]) -> Iterator[Template]:
    """Read the sections of a file. A key of a header holds until another header changes it.

    RAISES (ValueError): A header with an unknown key or layout, or without a language, a group
        without a weight, a slot that does not exist. The message names file and line.
    """
    settings: dict[str, str] = {}
    header: Line | None = None
    body: list[Line] = []
    for line in chain(lines, [Line("", HEADER)]):
        if not line.text.startswith(HEADER):
            body.append(line)
            continue
        if header is not None:  # what comes before the first one says what the file is about
            settings = {**settings, **_read_header(header)}
            yield from _read_section(settings, header, body)
        header, body = line, []


def _read_header(line: Line) -> dict[str, str]:
    header = {}
    for part in line.text.removeprefix(HEADER).split("; "):
        key, _, value = part.partition(": ")
        if key not in KEYS or not KEYS[key].fullmatch(value):
            shapes = "; ".join(f"{key}: {shape.pattern}" for key, shape in KEYS.items())
            raise ValueError(f"{line.place}: {part!r} is none of: {shapes}.")
        header[key] = value
    groups = {header[key] for key in ("group", "dated") if key in header}
    if groups - set(load_weights()):
        raise ValueError(
            f"{line.place}: no weight in templates/{INDEX} for {', '.join(sorted(groups))}."
        )
    return header


def _read_section(
    settings: Mapping[str, str], header: Line, body: Sequence[Line]
) -> Iterator[Template]:
    for line in body:
        _check_slots(line)
    lacking = {"group", "languages" if "each" in settings else "language"} - set(settings)
    if lacking:
        raise ValueError(f"{header.place}: this section lacks: {', '.join(sorted(lacking))}.")
    layout = settings.get("layout", "lines")
    if layout == "tables":
        yield from _read_tables(settings, body)
        return
    texts = list(_read_single(body) if layout == "lines" else _read_blocks(body))
    if "each" in settings:
        yield from _deal(settings, texts)
        return
    for text in texts:
        # a date has a label of its own: a text that holds one is not without personal data
        dated = "dated" in settings and "{{date" in text
        yield Template(text, settings["language"], settings["dated" if dated else "group"])


def _deal(settings: Mapping[str, str], texts: Sequence[str]) -> Iterator[Template]:
    """Give each language some of the texts, in turn, so that all of them are used."""
    each = int(settings["each"])
    for i, code in enumerate(settings["languages"].split()):
        for j in range(each):
            yield Template(texts[(i * each + j) % len(texts)], code, settings["group"])


def _check_slots(line: Line) -> None:
    for match in SLOT.finditer(line.text):
        if match[1] not in SLOTS:
            raise ValueError(
                f"{line.place}: unknown slot {match[1]!r}. Choose one of: {', '.join(SLOTS)}."
            )


def _read_single(body: Sequence[Line]) -> Iterator[str]:
    r"""Read templates of one line each; \n stands for a line break inside one."""
    for line in body:
        if line.text:
            yield line.text.replace(r"\n", "\n")


def _read_blocks(body: Sequence[Line]) -> Iterator[str]:
    """Read templates of several lines, with a line of three dashes between them."""
    for block in _cut(body):
        text = "\n".join(line.text for line in block).strip("\n")
        if not text:
            raise ValueError(f"{block[0].place if block else body[-1].place}: an empty template.")
        yield text


def _read_tables(settings: Mapping[str, str], body: Sequence[Line]) -> Iterator[Template]:
    r"""Read tables, each of lines "head: ", "line: ", "tail: ", "joiner: "; \n, \t, \s in them."""
    low, high = (int(number) for number in settings.get("rows", "2-7").split("-"))
    for block in _cut(body):
        parts: dict[str, str] = {}
        for line in block:
            if not line.text:
                continue
            key, colon, value = line.text.partition(": ")
            if not colon or key not in ("head", "line", "tail", "joiner"):
                raise ValueError(
                    f"{line.place}: {key!r} is no part of a table: head, line, tail, joiner."
                )
            for written, meant in ESCAPES:
                value = value.replace(written, meant)
            parts[key] = value
        if "line" not in parts:
            raise ValueError(f"{block[0].place}: this table has no part 'line: '.")
        text, language, group = parts.pop("line"), settings["language"], settings["group"]
        yield Template(text, language, group, rows=(low, high), **parts)


def _cut(body: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in body:
        if line.text == RULE:
            blocks.append([])
        else:
            blocks[-1].append(line)
    return blocks
