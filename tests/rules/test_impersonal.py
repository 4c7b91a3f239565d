"""What is nobody's is not reported; what looks like it and is somebody's stays."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.rules.impersonal import drop_impersonal
from spacy_privacy_filter.types import CharSpan

from .not_personal import KINDS, METHODS, make_texts

MARKED = re.compile(r"\[([^\[\]]+)\]")


def kept(marked: str, label: str, score: float = 0.8, source: str = "network") -> bool:
    """Whether a span stays that is written in brackets: "ts=[1548860916]"."""
    found = MARKED.search(marked)
    assert found is not None
    text = marked[: found.start()] + found[1] + marked[found.end() :]
    start = found.start()
    span = CharSpan(start, start + len(found[1]), label, score, source)
    stays = drop_impersonal(text, [span])
    assert stays in ([], [span])
    return bool(stays)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("sha256:[9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]", "secret"),
        ("[sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]", "secret"),
        ('ETag: "[33a64df551425fcc55e4d42a148795d9f25f89d4]"', "account_number"),
        ("revert [d175a63] on main", "secret"),
        ("git show [d175a63..e2b1c44]", "secret"),
        ("ts=[1548860916] level=info", "account_number"),
        ("the account was created_at=[1548860916]", "account_number"),
        ("[1748503543012] is the cursor", "account_number"),
        ("then [1748503599000] came", "private_phone"),
        ("loss=[1.366527 lr=0.00051055]", "account_number"),
        ("loss=[1.366527] lr=0.00051055", "secret"),
        ("api-server[-da1070796e-zjhjm] restarted", "secret"),
        ("pod auth[-proxy-7d9f8b6c5d-x2x9k] restarted", "secret"),
        ("trace_id=[4bf92f3577b34da6a3ce929d0e0e4736]", "secret"),
        ("request id [123e4567-e89b-12d3-a456-426614174000] failed", "account_number"),
        ("version [10.2.13]", "private_date"),
        ("chrome/[118.0.5993.70]", "private_phone"),
        ("revenue grew by [+100 000 000] last year", "private_phone"),
        ("EAN [4006381333931] in aisle 14", "account_number"),
        ("[4006381333931] in aisle 14", "account_number"),
        ("GTIN [10614141000415]", "account_number"),
        ("CAS [7732-18-5]", "private_phone"),
        ("see [RFC 4122]", "account_number"),
        ("[CVE-2024-31497]", "account_number"),
        ("segfault at [0x7ffe4a2b]", "secret"),
        ("color: #[ff00aa]", "account_number"),
        ("heap [512 MB]", "account_number"),
        ("took [00:01:23]", "private_date"),
        ("GET /[favicon.ico]", "private_url"),
        ("with [http-nio-8080-exec-4]", "private_url"),
        ("Content-Type: [application/json]", "private_url"),
        ("FOR UNITS [101-105] AND", "private_address"),
        ("the [Mann–Whitney] U test", "private_person"),
        ("a [Student]'s t-test", "private_person"),
        ("[a Hodgkin] lymphoma", "private_person"),
        ("[Hedges' g] was 0.4", "private_person"),
        ("50 [Hertz]", "private_person"),
    ],
)
def test_what_is_nobodys_goes(text: str, label: str) -> None:
    assert not kept(text, label)


def test_the_time_since_a_kernel_started_goes() -> None:
    span = CharSpan(10, 21, "secret", 0.6)
    assert drop_impersonal("kernel: [ 1234.567890] usb 1-1", [span]) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("call [1548860916]", "private_phone"),
        ("reach me at: [1548860916]", "private_phone"),
        ("phone=[1548860916]", "private_phone"),
        ("her number is [1548860916]", "private_phone"),
        ("[1548860916] (mobile)", "private_phone"),
        ("Telefonnummer: [1548860916]", "private_phone"),
        ("电话 [1548860916]", "private_phone"),
        ("Account [4006381333931]", "account_number"),
        ("paid by card [4006381333931] in aisle 4", "account_number"),
        ("IBAN or EAN: account [4006381333931]", "account_number"),
        ("[4006381333931]", "account_number"),
        ("EAN [4006381333932]", "account_number"),  # the check digit is wrong
        ("AHV [7569217076985]", "account_number"),
        ("patient id [123e4567-e89b-12d3-a456-426614174000]", "account_number"),
        ("api_key=[d175a63]", "secret"),
        (
            "token sha256:[9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]",
            "secret",
        ),
        ("password: [1.366527]", "secret"),
        ("password_ts=[1548860916]", "secret"),
        ("Passwort: [0x7ffe4a2b]", "secret"),
        ("here is [d175a63f00ba4]", "secret"),
        ("[9f86d081884c7d659a2feaa0c55ad015]", "secret"),
        ("MRN v[1.2.3]", "account_number"),
        ("MRN [1234567] units", "account_number"),
        ("passport [AB1234567]", "account_number"),
        ("shows [AB1234567].", "account_number"),
        ("born [12.4.77]", "private_date"),
        ("released [1.2.2024]", "private_date"),
        ("version of [1.2.2024]", "private_date"),
        ("at lat=[52.0741]", "private_address"),
        ("on [2024-01-02]", "private_date"),
        ("https://[example.org/a.png]", "private_url"),
        ("to order [5299558249]", "private_phone"),
        ("[415 555 0132]", "private_phone"),
        ("[87 6543 2109]", "private_phone"),
        ("phone account age\n[5455 1648 897]", "account_number"),
        ("[4539 1488 0343 6467]", "account_number"),
        ("[415 555 0132]\n212 555 0199", "private_phone"),
        ("[97 years] old", "age"),
        ("/home/[liam]/notes.txt", "private_person"),
        ("Mr [Wilcoxon] test", "private_person"),
        ("Dr [Fisher] tested", "private_person"),
        ("Dr. [Friedman] test results", "private_person"),
        ("Anna [Friedman] test results", "private_person"),
        ("R. [Fisher] exact test", "private_person"),
        ("[Anna Wilcoxon] test", "private_person"),
        ("[Student] was seen", "private_person"),
        ("[Parkinson] called", "private_person"),
        ("[Friedman] H, Cook D. A trial", "private_person"),
        ("Cook D, [Friedman] T. A test", "private_person"),
        ("[12 5 56]", "private_date"),
        ("Ms [Graves]' disease", "private_person"),
        ("call [Thomas] cell", "private_person"),
        ("[Wilson] positive", "private_person"),
        ("[Bell] rang", "private_person"),
        ("mail [d175a63@example.org]", "private_email"),
    ],
)
def test_what_is_somebodys_stays(text: str, label: str) -> None:
    assert kept(text, label)


@pytest.mark.parametrize(
    "value", ["4bf92f3577b34da6a3ce929d0e0e4736", "123e4567-e89b-12d3-a456-426614174000"]
)
def test_bare_hex_goes_where_the_network_is_unsure(value: str) -> None:
    assert not kept(f"saw [{value}] there", "account_number", 0.89)
    assert kept(f"saw [{value}] there", "account_number", 0.9)
    assert kept(f"saw [{value}] there", "secret", 0.5)


def test_finds_of_rules() -> None:
    """A rule that knows the form only may be wrong; what it checked is right."""
    text = "ts=[1548860916]"
    assert not kept(text, "private_phone", 0.95, "rule:phone")
    assert kept(text, "account_number", 1.0, "rule:card")
    assert not kept("Order [5299558249] shipped", "private_phone", 0.95, "rule:phone")
    assert kept("Order [5299558249] shipped", "account_number", 0.95)


def test_a_span_that_holds_more_stays() -> None:
    assert kept("[ts=1548860916 Ann]", "account_number")
    assert kept("[d175a63 on main]", "secret")


@pytest.mark.parametrize("label", ["PASSWORD", "API_KEY", "Phone", "DATE_TIME", "US_SSN", "ORG"])
def test_labels_of_any_taxonomy(label: str) -> None:
    assert kept("password: [1548860916]", label)
    assert not kept("sha1: [d175a63f00ba4d175a63f00ba4d175a63f00ba40]", label)


@given(
    st.text(alphabet="ab0179 .:=-#\n'", max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=4),
)
def test_what_stays_is_as_it_was(text: str, stretches: list[tuple[int, int]]) -> None:
    spans = [
        CharSpan(start, min(start + n, len(text)), label, 0.5)
        for (start, n), label in zip(stretches, ("secret", "phone", "date", "person"), strict=False)
        if start < len(text)
    ]
    stays = drop_impersonal(text, spans)
    assert stays == [span for span in spans if span in stays]
    assert drop_impersonal(text, stays) == stays


def test_every_method_named_after_people_goes() -> None:
    for method in METHODS:
        name = re.split(r"['’]s? | (?=[a-z]|U |Coma)", method)[0]
        text = f"In all, {method} was used."
        start = text.index(name)
        person = CharSpan(start, start + len(name), "private_person", 0.99)
        assert drop_impersonal(text, [person]) == [], method


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_reported_of_the_network_that_ships(kind: str) -> None:
    pytest.importorskip("torch")
    nlp = spacy.blank("xx")
    nlp.add_pipe("privacy_filter")
    for doc in nlp.pipe(make_texts(kind, 40)):
        left = drop_impersonal(doc.text, doc._.privacy_spans)
        assert left == [], doc.text


@pytest.mark.parametrize(
    "marked",
    [
        "uptime [384729] seconds", "elapsed [8234719]", "ttl=[86400]", "ISSN [2049-3630]",
        "AIC = [4823.5]", "BIC = [4901.2]", "[pH 7.4]", "Jarque-Bera test [12.3]",
        "rip [0000000000401136]", "RSP: [002b:00007ffe12345678]", "at [0x7f3b2c4d5e6f]",
        "[ICD-10 E11.9]", "CPT [99213]", "diagnosis code [M54.5]", "CPT code [99214]",
        "[seq=482913 ack 9912]", "sequence number [48291377]", "[/proc/48213/status]",
        "branch [feature/ada-123456]", "git checkout [fix/4821-login]", "uid=[1000] gid=1000",
        "pid 4821 tid [48219]", "run [image@sha256:9f86d081884c7d659a2feaa0c55ad015]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("label", ["account_number", "secret"])
def test_numbers_of_machines_papers_and_clinics_are_nobodys(marked: str, label: str) -> None:
    assert not kept(marked, label)


def test_files_and_images_are_no_links() -> None:
    assert not kept("get [ubuntu-22.04.3-live-server-amd64.iso] now", "private_url")
    image = "docker pull [registry.example.com/app@sha256:9f86d081884c7d659a2feaa0c55ad015]"
    assert not kept(image, "private_url", 0.95, "rule:url")


@pytest.mark.parametrize(
    "marked",
    [
        "patient uptown [48213377]", "account [8234719]", "MRN [0000401136]", "BIC [DEUTDEFF500]",
        "member no [48291377]", "check-in [12.30]", "phone [2049-3630]", "card ending [99213447]",
        "example.org/feature/[48213377]", "id [48213377] (account)",
    ],
)  # fmt: skip
def test_numbers_of_somebody_stay(marked: str) -> None:
    assert kept(marked, "account_number")
