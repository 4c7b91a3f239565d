"""Blocks and slots: edits of the joined text arrive in the right places, whatever the cuts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.documents.blocks import Block, Document, Edit, apply_edits
from spacy_privacy_filter.types import CharSpan


class Run:
    def __init__(self, text: str) -> None:
        self.text = text

    def put(self, text: str) -> None:
        self.text = text


TEXTS = st.text(st.sampled_from("ab \n\té👩‍👧"), max_size=6)
BLOCKS = st.lists(st.lists(TEXTS, max_size=4), max_size=5)


def make(texts: list[list[str]], lead: str = "") -> tuple[Document, list[list[Run]]]:
    runs = [[Run(text) for text in block] for block in texts]
    blocks = [Block(block, f"block {i}", lead) for i, block in enumerate(runs)]
    return Document(blocks, lambda _: b""), runs


@given(BLOCKS, st.data())
def test_edits_change_what_they_cover_and_nothing_else(
    texts: list[list[str]], data: st.DataObject
) -> None:
    document, runs = make(texts, "x: ")
    n_chars = len(document.text)
    places = sorted(data.draw(st.lists(st.integers(0, n_chars), max_size=6, unique=True)))
    spans = [CharSpan(a, b, "x") for a, b in zip(places[::2], places[1::2], strict=False)]
    cut = document.clip(spans)
    for span in cut:
        assert document.text[span.start_char : span.end_char].strip()
        assert any(s.start_char <= span.start_char and span.end_char <= s.end_char for s in spans)
    document.write([Edit(span.start_char, span.end_char, "[N]") for span in cut])
    # The same, done to the text of each block as a whole.
    place = 0
    for block, old in zip(runs, texts, strict=True):
        whole = "".join(old)
        if not whole.strip():
            continue
        place = document.text.index("x: ", place) + 3
        own = [
            Edit(s.start_char - place, s.end_char - place, "[N]")
            for s in cut
            if place <= s.start_char < place + len(whole)
        ]
        assert "".join(run.text for run in block) == apply_edits(whole, own)
        place += len(whole)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_edits_that_overlap_hide_all_that_one_of_them_hides(places: list[tuple[int, int]]) -> None:
    edits = [Edit(min(p), max(p), "-") for p in places if p[0] != p[1]]
    hidden = {i for edit in edits for i in range(edit.start_char, edit.end_char)}
    made = apply_edits("0123456789", edits)
    assert made.replace("-", "") == "".join(str(i) for i in range(10) if i not in hidden)
    assert bool(edits) == ("-" in made)


def test_a_place_in_two_texts_changes_once() -> None:
    first, gone, new = Run("Kai Lu"), Run("nd"), Run("tz")
    blocks = [Block([first, new], "after"), Block([first, gone], "before")]
    document = Document(blocks, lambda _: b"")
    assert document.text == "Kai Lutz\nKai Lund\n"
    document.write([Edit(0, 8, "[P]"), Edit(9, 17, "[P]")])
    assert [run.text for run in (first, gone, new)] == ["[P]", "", ""]


def test_what_was_found_is_found_in_all_blocks() -> None:
    document, _ = make([["Kai Lund wrote"], ["Kai\nLund"], ["Kai Lunde, Kai Lund's"], ["Kai"]])
    spans = document.carry([CharSpan(0, 8, "private_person", 0.9)])
    assert [document.text[s.start_char : s.end_char] for s in spans] == [
        "Kai Lund", "Kai\nLund", "Kai Lund"
    ]  # fmt: skip
    assert [span.source for span in spans] == ["network", "carried:0", "carried:0"]


def test_names_of_authors_go_as_a_whole() -> None:
    run, other = Run("Kai Lund"), Run("Kai Lund")
    blocks = [Block([run], "author", instead="Author 1"), Block([other], "author", instead="A")]
    Document(blocks, lambda _: b"").write([Edit(0, 3, "[P]"), Edit(9, 17, "[P]")])
    assert (run.text, other.text) == ("Author 1", "[P]")


def test_where_a_character_is() -> None:
    document, _ = make([["ab"], [" "], ["cd"]], "x: ")
    assert [document.place_of(i) for i in (0, 4, 6, 9, 99)] == [
        "block 0", "block 0", "block 0", "block 2", "block 2"
    ]  # fmt: skip
    assert "ab" not in repr(document) + repr(document.blocks)
