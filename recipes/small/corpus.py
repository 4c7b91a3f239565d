"""Labelled rows -> the corpora that the shipped small pipeline is trained and measured on.

Run it as `python -m recipes.small.corpus DATA OUT`, where DATA holds {pii,world,topics}_train and
_dev.jsonl.gz in the format of assets/README.md, and addresses.jsonl.gz; OUT gets train.spacy,
dev.spacy and texts.jsonl (texts alone, to distil a sentence encoder on). With --wordnet FOLDER, the
glosses of WordNet 3.0 (Debian's package wordnet-base has them) join these, and some of them are
trained on: they hold no personal data. So do the translated messages of programs below --messages
FOLDER (such as the unpacked wheels of Django and Wagtail; needs polib). --questions FILE has one a
line, only to learn what they are about. --without SOURCE leaves one out. What a text is about is
half what its label says, if it has one, and half what a linear layer over a sentence encoder says:
--teacher FOLDER is a larger one (such as all-mpnet-base-v2; needs transformers).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

import spacy

from recipes.small.augment import lowered, swap_names, with_negatives
from recipes.small.encoder import SentenceEncoder, find_encoder
from recipes.small.large_encoder import LargeEncoder
from recipes.small.teacher import Encoder, Teacher
from recipes.small.world import world_rows
from spacy_privacy_filter.corpus.handles import ignore_handles
from spacy_privacy_filter.corpus.rows import Row, read_rows, row_from_dict, write_corpus
from spacy_privacy_filter.files import write_atomically
from spacy_privacy_filter.labels.tags import MULTITASK_CATEGORIES, OPENAI_LABELS
from spacy_privacy_filter.training.generator import generate
from spacy_privacy_filter.training.generator.texts.noise import mistype
from spacy_privacy_filter.training.generator.texts.segments import Segment
from spacy_privacy_filter.types import Floats1d

DEV = ("pii", "world", "topics")
DEV = ("pii", "world", "topics")
N_GENERATED, SEED = 70_000, 7
N_GLOSSES = 8_000  # with what a teacher says they are about
N_MESSAGES = 150  # of a language
# About a third of the full dates in this source are not labelled, the same sentences elsewhere are:
# the unlabelled ones say nothing.
HALF_LABELLED = "pii-anon-eval/test_clinical"
# Gaps to fill, markup, addresses, numbers, names: such messages are left out.
NOT_PROSE = re.compile(r"[%{}<>&@]|://|www|\d{3}|Django|Wagtail|John|Smith")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?")


class Share(NamedTuple):
    """How often a row of a source is in the corpus: as it is, and with other people's names."""

    plain: float
    swapped: float = 0.0


# Real texts are few and worth reading often; long runs of one template are not.
SHARES = {
    "entity_tab_144": Share(2, 1),
    "sec-filings": Share(1.5),  # its people are mostly roles ("the Borrower")
    "wnut17": Share(1, 1.5),
    "btc": Share(0.7, 0.8),
    "wikigold": Share(0.7, 1),
    "presidio-research": Share(0.7, 0.3),
    "pii-anon-eval": Share(0.2),
    "yahoo-answers": Share(1.5),
}
LOWERED = ("wnut17", "btc")  # people write so there
P_LOWERED = 0.12
P_ALIKE, P_WORD = 0.4, 0.7
P_ASKED, P_MISTYPED = 0.25, 0.5
# Questions about words that are nobody's name.
ASKED = ("what is {}?", "what does {} mean?", "{}?", "where can i find {}", "is {} good for you?")
# Real texts whose subject the teacher is asked for, beside the questions that have one.
JUDGED = ("wnut17", "btc", "wikigold", "yahoo-answers", "wordnet", "questions")
P_LABEL = 0.5
# Parts of a question with answers, each judged alone: how many sentences, and words, they have.
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
N_SENTENCES = (1, 1, 2, 3)
SHORTEST_PART, LONGEST_PART = 5, 60
P_PART = 0.4
PART = "#"  # between the id of the row and the part's


def without_missed_dates(rows: Iterable[Row]) -> Iterator[Row]:
    """Ignore the dates that one source forgot to label."""
    for row in rows:
        if row.source == HALF_LABELLED:
            taken = [*((start, end) for start, end, _ in row.spans), *row.ignore]
            missed = [
                match.span()
                for match in ISO_DATE.finditer(row.text)
                if not any(match.start() < end and start < match.end() for start, end in taken)
            ]
            row = replace(row, ignore=tuple(sorted((*row.ignore, *missed))))
        yield row


def copies(row: Row, rng: Random) -> Iterator[Row]:
    """Repeat a row as often as its source asks for."""
    share = next(share for name, share in SHARES.items() if row.source.startswith(name))
    for i in range(times(share.plain, rng)):
        yield vary(row, i, rng)
    if row.spans:
        for _ in range(times(share.swapped, rng)):
            yield vary(swap_names(row, rng), 0, rng)


def times(share: float, rng: Random) -> int:
    """Round at random, so that the mean is kept."""
    return int(share) + (rng.random() < share % 1)


def vary(row: Row, i: int, rng: Random) -> Row:
    """Make the i-th copy a little other: cut a question short, lose the capitals of a tweet."""
    if row.category is not None:
        if i:
            row = replace(row, text=beginning(row.text, rng.uniform(0.15, 0.7)))
        return with_negatives(row, OPENAI_LABELS)
    if row.source.startswith(LOWERED) and rng.random() < P_LOWERED:
        return lowered(row)
    return row


def beginning(text: str, share: float) -> str:
    """Keep the first part of a text, at least ten words of it."""
    words = list(re.finditer(r"\S+", text))
    kept = max(int(len(words) * share), 10)
    return text if kept >= len(words) else text[: words[kept - 1].end()]


def parts(row: Row, rng: Random) -> Iterator[Row]:
    """Cut a question and its answers into a few sentences each; what each is about is asked for."""
    sentences = [text for text in SENTENCE.split(row.text) if text.strip()]
    at = 0
    while at < len(sentences):
        n = rng.choice(N_SENTENCES)
        words = " ".join(sentences[at : at + n]).split()[:LONGEST_PART]
        if len(words) >= SHORTEST_PART and rng.random() < P_PART:
            yield replace(row, id=f"{row.id}{PART}{at}", text=" ".join(words), category=None)
        at += n


def generated() -> Iterator[Row]:
    """Rows of our own generator, from the templates that are for training."""
    for i, values in enumerate(generate(N_GENERATED, SEED, "train"), start=1):
        yield row_from_dict(values, f"generated row {i}")


def glosses(folder: Path, rng: Random) -> Iterator[str]:
    """Read what WordNet says of its words, each after one of the words that it is about."""
    for name in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{name}").read_text(encoding="utf8").splitlines():
            if line.startswith("  "):  # the licence
                continue
            entry, gloss = line.split(" | ", 1)
            fields = entry.split()
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            word = rng.choice(words).replace("_", " ").split("(")[0]
            yield f"{word}: {gloss.strip()}" if rng.random() < P_WORD else gloss.strip()


def hurried(text: str, rng: Random) -> str:
    """Ask for the word of a gloss, or mistype some letters: people write so, and name nobody."""
    word, _, gloss = text.partition(": ")
    if gloss and word.islower() and len(word.split()) < 3 and rng.random() < P_ASKED:
        text = f"{rng.choice(ASKED).format(word)} {gloss}"
    return mistype(rng, [Segment(text)])[0].text if rng.random() < P_MISTYPED else text


def messages(folder: Path, rng: Random) -> Iterator[Row]:
    """Read what programs say to their users, in many languages: it names nobody.

    All files below a folder named "locale" are read; polib is asked for only here.
    """
    import polib

    found: dict[str, set[str]] = {}
    for path in sorted(folder.glob("**/locale/*/LC_MESSAGES/*.po")):
        said = found.setdefault(path.parts[-3].split("_")[0], set())
        for entry in polib.pofile(str(path)).translated_entries():
            texts = (entry.msgstr, *entry.msgstr_plural.values())
            said.update(t.strip() for t in texts if len(t) > 12 and not NOT_PROSE.search(t))
    for language, said in sorted(found.items()):
        for i, text in enumerate(rng.sample(sorted(said), min(N_MESSAGES, len(said)))):
            name = f"messages-{language}-{i}"
            yield Row(name, "messages", text, known=OPENAI_LABELS, language=language)


def questions(path: Path) -> Iterator[Row]:
    """Read questions, one a line, of which nothing is known but what the teacher says."""
    for i, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        if line.strip():
            yield Row(f"questions-{i}", "questions", line.strip())


def distilled(rows: Iterable[Row], rng: Random) -> Iterator[str]:
    """Texts of rows, fewer of those that are much alike."""
    for row in rows:
        if not row.source.startswith("pii-anon-eval") or rng.random() < P_ALIKE:
            yield row.text


def subjects(rows: list[Row], encoder: Encoder) -> dict[str, Floats1d]:
    """Say of some rows how likely they are about each category.

    rows (list[Row]): Each once; the teacher learns from those with a category.
    RETURNS (dict[str, Floats1d]): By id, for the rows of the sources that are judged.
    """
    classes = {name: i for i, name in enumerate(MULTITASK_CATEGORIES)}
    labelled = [row for row in rows if row.category is not None]
    numbers = {row.id: i for i, row in enumerate(labelled)}
    goal = [classes[str(row.category)] for row in labelled]
    teacher = Teacher(encoder, [row.text for row in labelled], goal, len(classes))
    print(f"teacher: {teacher.accuracy:.3f} of the questions it has not seen")
    chosen = [row for row in rows if row.source.startswith(JUDGED)]
    whole = [row.id.partition(PART)[0] for row in chosen]
    found = teacher.judge([row.text for row in chosen], [numbers.get(name) for name in whole])
    for row, probs in zip(chosen, found, strict=True):
        if row.category is not None:
            probs *= 1 - P_LABEL
            probs[classes[row.category]] += P_LABEL
    return {row.id: probs for row, probs in zip(chosen, found.astype(float), strict=True)}


def about(row: Row, probs: Floats1d | None) -> Row:
    """Give a copy or a part of a row what the whole row is about."""
    if probs is None:
        return row
    cats = tuple(zip(MULTITASK_CATEGORIES, (probs / probs.sum()).tolist(), strict=True))
    return replace(row, category=None, cats=cats)


def main(given: argparse.Namespace) -> None:
    """Write both corpora and the texts."""
    data, out = given.data, given.out
    nlp = spacy.blank("xx")
    rng = Random(SEED)
    real = list(
        chain(
            map(ignore_handles, without_missed_dates(read_rows(data / "pii_train.jsonl.gz"))),
            read_rows(data / "topics_train.jsonl.gz"),
        )
    )
    if given.without:
        real = [row for row in real if not row.source.startswith(given.without)]
    said = list(glosses(given.wordnet, rng)) if given.wordnet else []
    once = [
        Row(f"wordnet-{i}", "wordnet", hurried(text, rng))
        for i, text in enumerate(rng.sample(said, min(N_GLOSSES, len(said))))
    ]
    train = [copy for row in real for copy in copies(row, rng)]
    train += [with_negatives(row, OPENAI_LABELS) for row in once]
    cut = [part for row in real if row.category is not None for part in parts(row, rng)]
    train += [with_negatives(row, OPENAI_LABELS) for row in cut]
    once += cut
    if given.questions:
        asked = list(questions(given.questions))
        train, once = train + asked, once + asked
    known = subjects(real + once, teacher_encoder(given.teacher))
    train = [about(row, known.get(row.id)) for row in train]
    train += messages(given.messages, rng) if given.messages else ()
    world = read_rows(data / "world_train.jsonl.gz")
    train += world_rows(world, data / "addresses.jsonl.gz", rng)
    train += generated()
    rng.shuffle(train)
    print("train", write_corpus(train, out / "train.spacy", nlp))
    parts_of_dev = (read_rows(data / f"{part}_dev.jsonl.gz") for part in DEV)
    dev = map(ignore_handles, chain.from_iterable(parts_of_dev))
    print("dev", write_corpus(dev, out / "dev.spacy", nlp))
    texts = chain(distilled(real, rng), said)
    lines = [json.dumps({"text": text}) for text in texts]
    write_atomically(out / "texts.jsonl", ("\n".join(lines) + "\n").encode())


def teacher_encoder(folder: Path | None) -> Encoder:
    """Take the encoder of the folder, or else the small one that PyPI has."""
    if folder is not None:
        return LargeEncoder(folder)
    # bfloat16 is as good, but many processors have no arithmetic for it
    return SentenceEncoder(find_encoder(), max_length=128)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--wordnet", type=Path, help="folder with data.noun and its like")
    parser.add_argument("--messages", type=Path, help="folder with .po files of programs below it")
    parser.add_argument("--questions", type=Path, help="text file, a question a line")
    parser.add_argument("--teacher", type=Path, help="folder of a larger sentence encoder")
    parser.add_argument("--without", help="leave a source out, to see how the others generalise")
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
