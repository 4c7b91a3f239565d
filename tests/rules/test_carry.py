"""A name or value that was found once is found everywhere in the text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.carry import carry
from spacy_privacy_filter.rules.telling import Known
from spacy_privacy_filter.types import CharSpan

PERSON = "private_person"


def carried(
    text: str, *parts: str, label: str = PERSON, score: float = 0.9, forward: bool = False
) -> list[str]:
    """What is found where only the first places of some parts are known."""
    starts = [(text.index(part), part) for part in parts]
    spans = [CharSpan(start, start + len(part), label, score) for start, part in starts]
    found = carry(text, spans, forward=forward)
    return [text[s.start_char : s.end_char] for s in found]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Patient: Liam Walsh\npt liam says", "Liam Walsh", ["Liam Walsh", "liam"]),
        (
            "CUSTOMER Petra Novak\nRETURNED BY PETRA NOVAK, TO PETRA.",
            "Petra Novak",
            ["Petra Novak", "PETRA NOVAK", "PETRA"],
        ),
        (
            "Desmond Achterberg\nYours\nDesmond",
            "Desmond Achterberg",
            ["Desmond Achterberg", "Desmond"],
        ),
        ("09:10 sofia; for Sofia Rossi", "Sofia Rossi", ["sofia", "Sofia Rossi"]),
        ("Liam Walsh. Liam's car, WALSH’S dog", "Liam Walsh", ["Liam Walsh", "Liam", "WALSH"]),
        (
            "Dr. Sana Malik. Spoke with Sana. Malik signed",
            "Sana Malik",
            ["Sana Malik", "Sana", "Malik"],
        ),
        ("Siobhán O'Dálaigh, O'DALAIGH", "Siobhán O'Dálaigh", ["Siobhán O'Dálaigh", "O'DALAIGH"]),
        ("José Núñez; jose nunez", "José Núñez", ["José Núñez", "jose nunez"]),
        (
            "Ida Okonkwo-Hale, Mrs Okonkwo-Hale",
            "Ida Okonkwo-Hale",
            ["Ida Okonkwo-Hale", "Okonkwo-Hale"],
        ),
        (
            "Ludwig van der Meulen. L. van der Meulen",
            "Ludwig van der Meulen",
            ["Ludwig van der Meulen", "van der Meulen"],
        ),
        ("Novak, Petra. PETRA NOVAK", "Novak, Petra", ["Novak, Petra", "PETRA NOVAK"]),
        ("原告王建国诉,王建国到庭", "王建国", ["王建国", "王建国"]),
        ("김철수는 왔다. 김철수가 갔다", "김철수", ["김철수", "김철수"]),
        ("田中太郎が来た。田中太郎さん", "田中太郎", ["田中太郎", "田中太郎"]),
        ("Анна Каренина. Позже КАРЕНИНА ушла", "Анна Каренина", ["Анна Каренина", "КАРЕНИНА"]),
        (r"Liam Walsh\nLiam came\nWALSH", "Liam Walsh", ["Liam Walsh", "Liam", "WALSH"]),
        ("Liam Walsh came (Walsh, L.)", "Liam Walsh", ["Liam Walsh", "Walsh"]),
    ],
)
def test_names(text: str, name: str, found: list[str]) -> None:
    assert carried(text, name) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Will Smithson. He will go. Will he? WILL HE", "Will Smithson"),
        ("We met Grace, after a grace period. Grace periods end", "Grace"),
        ("saw Mark Achterberg; please mark it. Mark the box", "Mark Achterberg"),
        ("May Achterberg was there in the may", "May Achterberg"),
        ("Ida Rose had a rose. The rose, THE ROSE", "Ida Rose"),
        ("Ida Koch kam. Der Koch geht, ein Koch", "Ida Koch"),
        ("Ada Ng and the ng", "Ada Ng"),
        ("Dr Ida and the dr", "Dr Ida"),
        ("Ludwig van der Meulen in der van", "Ludwig van der Meulen"),
        ("J. Ortega, option J. and j", "J. Ortega"),
    ],
)
def test_words_that_are_no_names_stay(text: str, name: str) -> None:
    assert carried(text, name) == [name]


def test_a_name_that_is_a_word_counts_as_it_was_written() -> None:
    text = "Will Brown came. Then Brown said Will was sick"
    assert carried(text, "Will Brown") == ["Will Brown", "Brown", "Will"]
    assert carried("for Will Young: young people. WILL YOUNG", "Will Young")[1:] == ["WILL YOUNG"]


@pytest.mark.parametrize(
    "other",
    [
        "Walsh Ltd", "Walsh Street", "Walsh GmbH", "Walsh & Sons at walsh.com", "Lake Walsh",
        "Mount Walsh", "St. Walsh", "Walsh Hospital", "www.walsh.com/a", "x@walsh.test", "@walsh",
        "Walshes", "WalshCo", "Walshstraße", "rue Walsh", "Walsh test",
    ],
)  # fmt: skip
def test_what_contradicts(other: str) -> None:
    text = f"Liam Walsh went to {other} today"
    found = carried(text, "Liam Walsh")
    assert found == ["Liam Walsh"] or other.startswith("Walsh &")


def test_what_is_another_span_stays_it() -> None:
    text = "Liam Walsh of Walsh Bakers, mail walsh@x.org"
    spans = [
        CharSpan(0, 10, PERSON, 0.9),
        CharSpan(14, 26, "organisation", 0.6),
        CharSpan(33, 44, "private_email", 0.9),
    ]
    assert carry(text, spans) == spans


def test_a_name_beside_a_span_joins_it() -> None:
    text = "Desmond Achterberg. Then Desmond Achterberg left. Achterberg Desmond"
    spans = [CharSpan(0, 18, PERSON, 0.9), CharSpan(25, 32, PERSON, 0.7, "rule:x")]
    assert carry(text, spans) == [
        CharSpan(0, 18, PERSON, 0.9),
        CharSpan(25, 43, PERSON, 0.7, "rule:x"),
        CharSpan(50, 68, PERSON, 0.9, "carried:0"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "label", "n"),
    [
        ("acct 4929123456, then 4929123456.", "4929123456", "account_number", 2),
        ("acct 4929123456, not 49291234567 nor 4929123456-1", "4929123456", "account_number", 1),
        ("room 1234 and 1234", "1234", "account_number", 1),
        ("call 555-0142 22 or 555-0142 22", "555-0142 22", "private_phone", 2),
        ("pw Xy7#kk!, again Xy7#kk!", "Xy7#kk!", "secret", 2),
        ("pw Xy7#kk!, not xy7#kk!", "Xy7#kk!", "secret", 1),
        ("pw summer, in summer", "summer", "secret", 1),
        ("to Ada@x.org and ada@x.org, not ada@x.org.uk", "Ada@x.org", "private_email", 2),
        ("see https://a.test/b or HTTPS://A.TEST/B", "https://a.test/b", "private_url", 2),
        ("user ida_brandt77 as ida_brandt77", "ida_brandt77", "username", 2),
        ("u/ida_brandt77 as ida_brandt77", "ida_brandt77", "handle", 2),
        ("on 12 March and 12 March", "12 March", "private_date", 1),
    ],
)
def test_values(text: str, value: str, label: str, n: int) -> None:
    assert carried(text, value, label=label) == [
        text[i : i + len(value)] for i in [*_places(text.casefold(), value.casefold())][:n]
    ]


def _places(text: str, value: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(value, i)]


def test_source_score_and_label_are_those_of_the_mention() -> None:
    found = carry("x Liam Walsh, Liam", [CharSpan(2, 12, "PER", 0.8)])
    assert found[1] == CharSpan(14, 18, "PER", 0.8, "carried:2")


def test_what_is_unsure_is_not_carried() -> None:
    assert carried("Liam Walsh, liam", "Liam Walsh", score=0.3) == ["Liam Walsh"]
    assert carried("Liam Walsh, liam", "Liam Walsh", score=0.8) == ["Liam Walsh"]
    assert carried("Walsh, Walsh", "Walsh", score=0.75) == ["Walsh"]
    assert carried("For Achterberg. For all", "For Achterberg", score=0.75) == ["For Achterberg"]
    assert carried("a word found, a Word", "word") == ["word"]
    assert carried("Vijaya Bank, Vijaya", "Vijaya Bank") == ["Vijaya Bank"]
    assert carried("P.W found, P.W", "P.W") == ["P.W"]


def test_forward_finds_only_what_follows() -> None:
    text = "liam came. Liam Walsh left. liam"
    assert carried(text, "Liam Walsh", forward=True) == ["Liam Walsh", "liam"]
    assert carried(text, "Liam Walsh") == ["liam", "Liam Walsh", "liam"]


def test_what_is_known_from_elsewhere() -> None:
    known = [Known("Liam Walsh", PERSON, 0.95), Known("4929123456", "account_number")]
    assert carry("pt liam, 4929123456", [], known=known) == [
        CharSpan(3, 7, PERSON, 0.95, "carried:elsewhere"),
        CharSpan(9, 19, "account_number", 1.0, "carried:elsewhere"),
    ]


@pytest.mark.parametrize(
    ("text", "mail", "found"),
    [
        (
            "petra.novak@x.test wrote. Petra Novak, Novak",
            "petra.novak@x.test",
            ["Petra Novak", "Novak"],
        ),
        ("Petra_Novak7@x.test: PETRA", "Petra_Novak7@x.test", ["PETRA"]),
        ("zork.blarg@x.test, Zork Blarg, Zork", "zork.blarg@x.test", ["Zork Blarg"]),
        ("front.office@x.test, Front Office", "front.office@x.test", []),
        ("support@x.test, Support", "support@x.test", []),
        ("north.claims@x.test, North Claims", "north.claims@x.test", []),
        ("p.n@x.test, P. N.", "p.n@x.test", []),
    ],
)
def test_names_that_mail_tells(text: str, mail: str, found: list[str]) -> None:
    spans = [CharSpan(0, len(mail), "private_email", 0.95)]
    own = [s for s in carry(text, spans, person=PERSON) if s.label == PERSON]
    assert [text[s.start_char : s.end_char] for s in own] == found
    assert carry(text, spans) == spans  # no label, no person


def test_nothing_is_known() -> None:
    assert carry("Liam Walsh", []) == []


ALPHABET = "ab L.-'@王é1\n"


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[CharSpan]]:
    pieces = st.sampled_from(
        ["Liam ", "liam", "WALSH", "Walsh", "王建国", "a@b.test", " ", *ALPHABET]
    )
    text = "".join(draw(st.lists(pieces, min_size=1, max_size=20)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    labels = st.sampled_from([PERSON, "secret", "private_email", "private_date"])
    return text, [
        CharSpan(start, end, draw(labels), draw(st.sampled_from([0.3, 0.9])))
        for start, end in zip(cuts[0::2], cuts[1::2], strict=False)
    ]


@given(texts_with_spans(), st.booleans())
def test_spans_stay_and_nothing_collides(case: tuple[str, list[CharSpan]], forward: bool) -> None:
    text, spans = case
    found = carry(text, spans, forward=forward)
    assert found == sorted(found)
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))
    assert all(0 <= s.start_char < s.end_char <= len(text) for s in found)
    for span in spans:
        own = [s for s in found if s.start_char <= span.start_char and span.end_char <= s.end_char]
        assert [s.label for s in own] == [span.label]


def test_a_long_list_of_people_is_quick() -> None:
    names = [
        f"Xa{chr(97 + i % 26)}or{i // 26:x}q Zu{chr(97 + i % 23)}in{i // 23:x}".replace("0", "o")
        for i in range(2_000)
    ]
    first = "\n".join(names)
    text = first + "\n" + first.upper() + "\n" + "some plain words between them. " * 5_000
    spans, at = [], 0
    for name in names:
        spans.append(CharSpan(at, at + len(name), PERSON, 0.9))
        at += len(name) + 1
    carry("Liam Walsh", [CharSpan(0, 4, PERSON)])  # tables are read once
    started = time.perf_counter()
    carry(text, spans)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("unit", ["Liam ", "a@", "liam-", "王建国", "Liam.", "1-", "\n"])
def test_long_texts_take_linear_time(unit: str) -> None:
    text = "Liam Walsh 王建国 " + unit * (300_000 // len(unit))
    spans = [CharSpan(0, 10, PERSON, 0.9), CharSpan(11, 14, PERSON, 0.9)]
    started = time.perf_counter()
    carry(text, spans)
    assert time.perf_counter() - started < 20


def test_marks_that_were_taken_for_a_person_tell_nothing() -> None:
    spans = [CharSpan(0, 5, "private_person", 0.9)]
    assert carry("::::: and ::::: again", spans) == spans


def test_a_mailbox_of_one_name_tells_it() -> None:
    text = (
        "From: delahunt@firm.example\nAsk Delahunt. DELAHUNT knows. Mail info@firm.example: info."
    )
    mails = [(6, 27), (text.index("info@"), text.index("info@") + 17)]
    spans = [CharSpan(*mail, "private_email", 0.95, "rule:email") for mail in mails]
    told = [text[s.start_char : s.end_char] for s in carry(text, spans, person="private_person")]
    assert told == ["delahunt@firm.example", "Delahunt", "DELAHUNT", "info@firm.example"]


@pytest.mark.parametrize(
    "mail", ["northshire@northshire.example", "helpdesk@x.example", "rose@x.example"]
)
def test_a_firm_an_office_and_a_word_tell_no_name(mail: str) -> None:
    name = mail.partition("@")[0].title()
    text = f"{mail} and {name} again"
    spans = [CharSpan(0, len(mail), "private_email", 0.95, "rule:email")]
    assert carry(text, spans, person="private_person") == spans


@pytest.mark.parametrize("greeting", ["Hi", "Dear", "Hallo", "Bonjour", "Hola"])
def test_a_faint_name_is_greeted(greeting: str) -> None:
    text = f"{greeting} Ondrej,\n\nthe order of Ondrej Novak is here.\n\nOndrej"
    at = text.index("Ondrej Novak")
    spans = [CharSpan(at, at + 12, "private_person", 0.4, "network")]
    told = [text[s.start_char : s.end_char] for s in carry(text, spans)]
    assert told == ["Ondrej", "Ondrej Novak"]
