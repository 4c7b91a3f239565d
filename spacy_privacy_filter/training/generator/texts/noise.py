"""Messy text: segments -> the same segments as hurried people, scanners and exports leave them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..tables import pairs_of, read_table
from ..values.letter_case import to_upper
from .segments import Segment

NOISE = "words/noise.json"
EXACT = ("secret", "private_url", "private_email")  # case and letters carry meaning


def is_outside(kind: str) -> bool:
    """Tell whether no label covers a segment of this kind."""
    return not kind


def change_where(
    segments: list[Segment], where: Callable[[str], bool], change: Callable[[str], str]
) -> list[Segment]:
    """Change the texts of those segments whose kind is meant."""
    return [
        segment._replace(text=change(segment.text)) if where(segment.kind) else segment
        for segment in segments
    ]


def lower_case(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Write everything but secrets in small letters."""
    return change_where(segments, lambda kind: kind != "secret", str.lower)


def upper_case(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Write everything but secrets, links and addresses of mail in capitals."""
    return change_where(segments, lambda kind: kind not in EXACT, to_upper)


def lower_names(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Write only the names and places in small letters."""
    kinds = ("private_person", "private_address")
    return change_where(segments, lambda kind: kind in kinds, str.lower)


def scan(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Confuse letters as a scanner does, in about one of thirty."""
    lookalikes = read_table(NOISE)["lookalikes"]

    def confuse(text: str) -> str:
        return "".join(
            lookalikes[char] if char in lookalikes and rng.random() < 0.05 else char
            for char in text
        )

    return change_where(segments, lambda kind: True, confuse)


def mistype(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Drop, double or swap letters, in about one of fifty; not in what must stay exact."""
    out = []
    for segment in segments:
        chars = list(segment.text)
        rate = 0.0 if segment.kind in (*EXACT, "account_number", "private_phone") else 0.02
        for i in range(1, len(chars) - 1):
            if chars[i].isalpha() and chars[i - 1].isalpha() and rng.random() < rate:
                double = chars[i] * 2
                chars[i] = rng.choice(["", double, chars[i].swapcase()])
        out.append(segment._replace(text="".join(chars)))
    return out


def squeeze(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Lose spaces between words outside the spans, and between a span and its neighbours."""

    def lose(text: str) -> str:
        return "".join("" if char == " " and rng.random() < 0.08 else char for char in text)

    return [segment for segment in change_where(segments, is_outside, lose) if segment.text]


def pad(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Stretch spaces and line ends outside the spans, as exports from other programs do."""
    wide = rng.choice(["  ", "   ", "\t", "\u00a0"])

    def stretch(text: str) -> str:
        text = "".join(wide if char == " " and rng.random() < 0.15 else char for char in text)
        return text.replace("\n", "\r\n") if rng.random() < 0.3 else text

    return change_where(segments, is_outside, stretch)


def enclose(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Put marks right around some of the spans, as code, markup and hurried people do."""
    # a mark that might be a part of the value is not among them
    marks = pairs_of(NOISE, "marks")
    out = []
    for segment in segments:
        if segment.kind and segment.text.strip() == segment.text and rng.random() < 0.6:
            left, right = rng.choice(marks)
            out += [Segment(left), segment, Segment(right)]
        else:
            out.append(segment)
    return [segment for segment in out if segment.text]


def quote(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Put a mark of quotation before each line outside the spans, as replies to mail do."""
    return [
        Segment("> "),
        *change_where(segments, is_outside, lambda text: text.replace("\n", "\n> ")),
    ]


NOISES: tuple[tuple[Callable[[Random, list[Segment]], list[Segment]], float], ...] = (
    (lower_case, 0.07),
    (upper_case, 0.025),
    (lower_names, 0.03),
    (scan, 0.02),
    (mistype, 0.05),
    (squeeze, 0.03),
    (pad, 0.03),
    (quote, 0.015),
    (enclose, 0.08),
)


def make_messy(rng: Random, segments: list[Segment], share: float = 1.0) -> list[Segment]:
    """Apply each kind of noise with its probability times a share; most texts stay clean."""
    for noise, probability in NOISES:
        if rng.random() < probability * share:
            segments = noise(rng, segments)
    return segments
