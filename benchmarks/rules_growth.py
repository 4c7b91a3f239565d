"""How long rules take on 1 MB of hostile text, against 1 MB of prose: python rules_growth.py.

Each text repeats what some expression may stumble over. A rule is linear if its time grows with the
length and not with its square; the bar is twice the time of prose, for all rules together. The
second column is all that is done with the spans of a network (repair, rules, names everywhere) with
one span at the start of the text, the third with a hundred through the text, of each label.

Options: --size N (characters), --by-rule (a column for each rule that takes a tenth of the time).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable

from mixed_texts import make_text

from spacy_privacy_filter.pipeline.completion import Completion
from spacy_privacy_filter.pipeline.tagger_settings import TaggerSettings
from spacy_privacy_filter.rules.finder import LABELS, make_rules
from spacy_privacy_filter.types import CharSpan

HOSTILE = (
    "a@",
    "a.b@",
    "a@a.",
    "1-",
    "1 ",
    "123 ",
    "12 ",
    "020 79 ",
    "4500 ",
    "AB12 ",
    "AA11AA11 ",
    "A1",
    "a",
    "a.",
    "a:",
    ":",
    "f:",
    "00:",
    "1.",
    "-",
    "(",
    "a:b@",
    "://",
    "x://a:",
    "https://",
    "www.",
    "sk-",
    "-eyJ",
    "eyJaaaaaaaaaaaa.",
    "SG.",
    "AKIA",
    "1//0",
    "a/",
    "0x",
    "bc1",
    "password=",
    "password ",
    'secret:"',
    "Authorization: ",
    "Bearer ",
    "--token ",
    "Ada ",
    "Ada-",
    "Ada King ",
    "mysql ",
    "curl -u ",
    "imei ",
    "mac ",
    "jdbc:a:b?password=",
    "PuTTY-User-Key-File-3: a\n",
    "seed phrase word ",
    "failed a for ",
    "user a_b ",
    "a a [1/Jan/2024:11:11:11",
    "C:\\Users\\a b ",
    "a (a) ",
    "a_at_b_dot_",
    "a[.]",
    "1[.]",
    "http://a[.",
    "?a?token=",
    "${",
    "req.",
    "a.password",
    "icd A00, A00, ",
    "a-b-c test ",
    "\nhi a ",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----BEGIN RSA PRIVATE KEY-----",
)
BAR = 2.0
N_MANY, N_SPAN = 100, 11
NETWORK = (
    "private_person",
    "account_number",
    "private_address",
    "private_date",
    "private_email",
    "private_phone",
    "private_url",
    "secret",
)


def measure(size: int, by_rule: bool) -> bool:
    """Print a line for each text; say whether all are within the bar."""
    steps = _steps()
    single = {key: make_rules({**dict.fromkeys(LABELS), key: "x"}) for key in LABELS}
    prose = make_text(size // 3, seed=1)[:size]
    base = [_seconds(step, prose) for step in steps.values()]
    columns = zip(steps, base, strict=True)
    print(f"{'prose':36}" + "".join(f"  {name} {taken:6.2f} s" for name, taken in columns))
    slow = []
    for part in HOSTILE:
        text = (part * (size // len(part) + 1))[:size]
        taken = [_seconds(step, text) for step in steps.values()]
        line = f"{part!r:36}" + "".join(
            f"  {own:7.2f} s {own / least:5.2f} x" for own, least in zip(taken, base, strict=True)
        )
        if by_rule:
            each = {key: _seconds(find, text) for key, find in single.items()}
            line += "  " + " ".join(f"{k} {t:.2f}" for k, t in each.items() if t > 0.1 * taken[0])
        print(line, flush=True)
        if any(own > BAR * least for own, least in zip(taken, base, strict=True)):
            slow.append(part)
    print(f"beyond {BAR} x: {', '.join(map(repr, slow)) or 'none'}")
    return not slow


def _steps() -> dict[str, Callable[[str], object]]:
    """What is measured, by name."""
    completion = Completion(TaggerSettings(), NETWORK)
    return {
        "rules": make_rules(),
        "one span": lambda text: completion(text, _spans(text, [0])),
        "many spans": lambda text: completion(
            text, _spans(text, range(0, len(text) - N_SPAN, len(text) // N_MANY))
        ),
    }


def _spans(text: str, starts: Iterable[int]) -> list[CharSpan]:
    """Spans of each label in turn, each a part of a word or token."""
    return [
        CharSpan(start, start + N_SPAN, NETWORK[i % len(NETWORK)], 0.8, "network")
        for i, start in enumerate(starts)
    ]


def _seconds(step: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    step(text)
    return time.process_time() - start


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--by-rule", action="store_true")
    options = parser.parse_args()
    raise SystemExit(not measure(options.size, options.by_rule))


if __name__ == "__main__":
    main()
