"""Names of users: without their mark, and not what code has behind it."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.finder import make_rules
from spacy_privacy_filter.rules.handles import find_handles

from ..helpers import assert_grows_linearly


def values(text: str) -> list[str]:
    return [text[find.start_char : find.end_char] for find in find_handles(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("thanks @ada_l and @Bob.", ["ada_l", "Bob"]),
        ("(@ada.l): hi", ["ada.l"]),
        ("RT @ada99: x", ["ada99"]),
        ("@ada's post", ["ada"]),
        ("u/ada_lovelace on r/maths", ["ada_lovelace"]),
        ("ask /u/ada99, please", ["ada99"]),
        ("username: ada_l, password: x", ["ada_l"]),
        ("login=ada user_id=u8831 ", ["ada", "u8831"]),
        ('{"username": "ada.l"}', ["ada.l"]),
        ("user=ada;", ["ada"]),
        ("Benutzername: ada-l", ["ada-l"]),
        ("GitHub: octo-cat\n", ["octo-cat"]),
        ("Discord: ada#1234", ["ada#1234"]),
    ],
)
def test_a_name_without_its_mark(text: str, names: list[str]) -> None:
    assert values(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "@property\ndef x(self): ...", "@Override\npublic void x()", "@media (max-width: 5px)",
        " * @param x the value", "@babel/core", "@types/node", "meet @ 5 pm", "@5pm", "a @ b",
        "ada@example.org", "@ada@social.example", "@app.route('/x')", "@dataclass(frozen=True)",
        "lodash@latest", "@user = User.first", "@import 'x'", "@functools\nclass A:", "@everyone",
        "a/u/xyz", "http://x/@ada", "username: str", "login: failed", "username=None",
        "Twitter: https://t.co/x", "User Id=rep;Password=x", "email@", "@", "@example.com",
    ],
)  # fmt: skip
def test_what_names_no_user(text: str) -> None:
    assert values(text) == []


def test_it_has_a_label_of_its_own() -> None:
    (span,) = make_rules()("thanks @ada_l!")
    assert (span.label, span.source) == ("handle", "rule:handle")


@pytest.mark.parametrize("part", ["@a ", "@", "u/a", "user=", "@a\n", "login: "])
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: values(part * n), 1000)
