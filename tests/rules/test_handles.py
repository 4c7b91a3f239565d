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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("user hk_larsen logged in", ["hk_larsen"]),
        ("INFO user 'larsen' authenticated", ["larsen"]),
        ("sshd[331]: Accepted publickey for larsen from 203.0.113.7 port 22 ssh2", ["larsen"]),
        ("sshd[331]: Accepted password for bill from 203.0.113.7 port 22", ["bill"]),
        ("Failed password for invalid user hk_larsen from 203.0.113.7 port 22", ["hk_larsen"]),
        ("session opened for user larsen(uid=1000) by (uid=0)", ["larsen"]),
        ("new user: name=larsen, UID=1001", ["larsen"]),
        (
            '203.0.113.7 - hk_larsen [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 1',
            ["hk_larsen"],
        ),
        ("h.example - frank [10/Oct/2024:13:55:36 +0000]", ["frank"]),
        ("uid=hk_larsen,ou=people,dc=example", ["hk_larsen"]),
        ("uid=1000(larsen) gid=1000", ["larsen"]),
        (r"C:\Users\hk_larsen\Documents\report.docx", ["hk_larsen"]),
        (r"C:\\Users\\Hanna Larsen\\Desktop", ["Hanna Larsen"]),
        ("/home/hk_larsen/.ssh/config", ["hk_larsen"]),
        ("/Users/larsen/Desktop", ["larsen"]),
        ("skype: live:hk.larsen_1", ["live:hk.larsen_1"]),
        ("ask live:.cid.1a2b3c4d5e6f", ["live:.cid.1a2b3c4d5e6f"]),
    ],
)
def test_users_in_logs_and_paths(text: str, names: list[str]) -> None:
    assert values(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "if username: return",
        "if not user_id: raise ValueError",
        "while login: continue",
        "username = request.form",
        "user_id=48213",
        '"user_id": 48213,',
        "the user experience failed to load",
        "the user successfully logged in, and a user has logged out",
        "a user not found error; user agent changed; user v2.1 released",
        "user preferences updated; user Password changed",
        "Failed password for root from 203.0.113.7 port 22",
        "203.0.113.7 - - [10/Oct/2024:13:55:36 +0000]",
        "uid=1000 gid=1000",
        r"C:\Users\Public\Documents",
        "/home/ubuntu/app",
        "https://example.org/home/larsen/x",
        "for user in users: pass",
    ],
)
def test_code_and_prose_have_no_users(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "unit",
    [
        "user ",
        "user a_b ",
        "failed a for ",
        "a a [1/Jan/2024:11:11:11",
        "C:\\Users\\a b ",
        "uid=1(",
    ],
)
def test_long_logs_take_linear_time(unit: str) -> None:
    assert_grows_linearly(lambda n: list(find_handles(unit * n)), 2000)
