"""How long rules take on 1 MB of hostile text, against 1 MB of prose: python rules_growth.py.

Each text repeats what some expression may stumble over. A rule is linear if its time grows with the
length and not with its square; the bar is twice the time of prose, for all rules together.

Options: --size N (characters), --by-rule (a column for each rule that takes a tenth of the time).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from mixed_texts import make_text

from spacy_privacy_filter.rules.finder import LABELS, make_rules

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
    "mysql ",
    "curl -u ",
    "imei ",
    "mac ",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----BEGIN RSA PRIVATE KEY-----",
)
BAR = 2.0


def measure(size: int, by_rule: bool) -> bool:
    """Print a line for each text; say whether all are within the bar."""
    rules = make_rules()
    single = {key: make_rules({**dict.fromkeys(LABELS), key: "x"}) for key in LABELS}
    prose = make_text(size // 3, seed=1)[:size]
    base = _seconds(rules, prose)
    print(f"{'prose':36} {base:7.2f} s")
    slow = []
    for part in HOSTILE:
        text = (part * (size // len(part) + 1))[:size]
        taken = _seconds(rules, text)
        line = f"{part!r:36} {taken:7.2f} s {taken / base:6.2f} x"
        if by_rule:
            each = {key: _seconds(find, text) for key, find in single.items()}
            line += "  " + " ".join(f"{k} {t:.2f}" for k, t in each.items() if t > 0.1 * taken)
        print(line, flush=True)
        if taken > BAR * base:
            slow.append(part)
    print(f"beyond {BAR} x: {', '.join(map(repr, slow)) or 'none'}")
    return not slow


def _seconds(find: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    find(text)
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
