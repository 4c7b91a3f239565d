"""Many generated documents: nothing that was found is left in any byte, the rest is equal."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from email import message_from_bytes
from itertools import pairwise

import docx
import numpy as np
import openpyxl
import pptx
import pytest

from spacy_privacy_filter.documents.formats import open_document

from .makers import hide, leaks, mail_file, pdf_file, save, sheet_file, slide_file

GIVEN = "Kai Mia Ada José Zoë Łukasz Nadia Søren".split()
FAMILY = "Lund Berg O'Neill Núñez Żak de-Vries Marlowe Quist".split()
WORDS = 'the plan was seen at noon and all went well & <fine>; sum 12.50 (ok) "so" it\'s'.split()
MADE = "[PERSON_1]"
N_QUICK = 300
# More take long; 10,000 are asked for by the environment now and then.
N_SLOW = int(os.environ.get("ROUND_TRIPS", "1200"))


class Text:
    """A text with values in it, and the same with placeholders."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.values: list[str] = []
        self.rng = rng

    def value(self) -> str:
        number = self.rng.integers(1_000_000, 10_000_000)
        name = f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"
        mail = f"{self.rng.choice(GIVEN).lower()}{number}@example.org"
        self.values.append(str(self.rng.choice([name, mail, f"+49 30 {number}"])))
        return self.values[-1]

    def line(self) -> str:
        words = [str(word) for word in self.rng.choice(WORDS, self.rng.integers(1, 6))]
        if self.rng.random() < 0.6:
            words.insert(self.rng.integers(len(words) + 1), self.value())
        return " ".join(words)

    def hidden(self, line: str) -> str:
        for value in sorted(set(self.values), key=len, reverse=True):
            line = line.replace(value, MADE)
        return line


def word_lines(content: bytes) -> list[str]:
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [p.text for p in file.paragraphs] + cells + [file.sections[0].header.paragraphs[0].text]


def make_word(text: Text) -> bytes:
    file = docx.Document()
    for _ in range(text.rng.integers(1, 5)):
        paragraph, line = file.add_paragraph(), text.line()
        cuts = sorted({0, len(line), *text.rng.integers(0, len(line) + 1, 4).tolist()})
        for start, end in pairwise(cuts):
            paragraph.add_run(line[start:end]).bold = bool(text.rng.random() < 0.5)
    file.add_table(1, 2).rows[0].cells[1].text = text.line()
    file.sections[0].header.paragraphs[0].text = text.line()
    return save(file)


def sheet_lines(content: bytes) -> list[str]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row]


def make_sheet(text: Text) -> bytes:
    rows = [[text.line(), int(text.rng.integers(99)), text.line()] for _ in range(4)]
    return sheet_file([["Note", "Number", "Other"], *rows])


def slide_lines(content: bytes) -> list[str]:
    return [s.shapes.title.text for s in pptx.Presentation(io.BytesIO(content)).slides]


def make_slides(text: Text) -> bytes:
    return slide_file([text.line() for _ in range(3)])


def mail_lines(content: bytes) -> list[str]:
    body = message_from_bytes(content).get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode().splitlines()


def make_mail(text: Text) -> bytes:
    return mail_file("".join(f"{text.line()}\n" for _ in range(5)), To=text.value())


def page_lines(content: bytes) -> list[str]:
    return content.decode().splitlines()


def make_page(text: Text) -> bytes:
    lines = [text.line().replace("&", "&amp;").replace("<", "&lt;") for _ in range(4)]
    return "".join(f"<p class=a title=b><i>{line}</i></p>\n" for line in lines).encode()


def make_markdown(text: Text) -> bytes:
    return "".join(f"- {text.line()}\n" for _ in range(4)).encode()


KINDS: dict[str, tuple[Callable[[Text], bytes], Callable[[bytes], list[str]]]] = {
    "docx": (make_word, word_lines),
    "xlsx": (make_sheet, sheet_lines),
    "pptx": (make_slides, slide_lines),
    "eml": (make_mail, mail_lines),
    "html": (make_page, page_lines),
    "md": (make_markdown, page_lines),
}


def round_trips(form: str, n: int) -> Iterator[None]:
    make, lines_of = KINDS[form]
    rng = np.random.default_rng(20260)
    for _ in range(n):
        text = Text(rng)
        source = make(text)
        new = hide(open_document(source, form), text.values, MADE)
        assert leaks(new, text.values) == []
        if form == "md":  # marks that part names from what follows need not stay
            assert open_document(new, form).text == text.hidden(open_document(source, form).text)
        else:
            assert lines_of(new) == [text.hidden(line) for line in lines_of(source)]
        yield


@pytest.mark.parametrize("form", KINDS)
def test_nothing_that_was_found_is_left_and_the_rest_is_equal(form: str) -> None:
    assert sum(1 for _ in round_trips(form, N_QUICK // len(KINDS))) == N_QUICK // len(KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("form", KINDS)
def test_nothing_is_left_in_many(form: str) -> None:
    assert sum(1 for _ in round_trips(form, N_SLOW // len(KINDS))) == N_SLOW // len(KINDS)


def test_pdf_files() -> None:
    rng = np.random.default_rng(20260)
    for _ in range(6):
        text = Text(rng)
        lines = [text.line().encode("latin-1", "ignore").decode("latin-1") for _ in range(4)]
        values = [value for value in text.values if any(value in line for line in lines)]
        document = open_document(pdf_file([lines]), "pdf")
        assert all(value in document.text for value in values)
        assert leaks(hide(document, values, MADE), values) == []
        written = hide(open_document(pdf_file([lines]), "pdf-text"), values, MADE).decode()
        assert written.split() == text.hidden("\n".join(lines)).split()
