"""Each operator, each with its settings: what it writes, and what it refuses."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest
import stdnum.iban
import stdnum.luhn
from hypothesis import given
from hypothesis import strategies as st

from spacy_privacy_filter.identifiers.checks import fix_iban, fix_luhn
from spacy_privacy_filter.identifiers.table import find_kinds
from spacy_privacy_filter.labels.kinds import KINDS, kind_of
from spacy_privacy_filter.language.dates import parse_date
from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.operators.encrypt import unseal
from spacy_privacy_filter.redact.policy import build_policy
from spacy_privacy_filter.redact.surrogates.numbers import draw_like
from spacy_privacy_filter.redact.surrogates.repeats import repeats
from spacy_privacy_filter.types import CharSpan

from .helpers import KEY, find

OTHER_KEY = b"another key, which opens nothing"


def write(text: str, label: str, operator: str, /, subject: str | None = None, **settings) -> str:
    policy = build_policy({"labels": {label: {"operator": operator, **settings}}}, "p")
    span = CharSpan(0, len(text), label)
    return redact(text, [span], policy, key=KEY, subject=subject).text


@pytest.mark.parametrize(
    ("operator", "settings", "label", "text", "made"),
    [
        ("mask", {}, "private_person", "Ada", "[PRIVATE_PERSON]"),
        ("mask", {"placeholder": "<{label}>"}, "x", "Ada", "<X>"),
        ("number", {}, "private_person", "Ada", "[PERSON_1]"),
        ("number", {"placeholder": "{label}-{n}"}, "x y", "Ada", "X_Y-1"),
        ("remove", {}, "x", "Ada", ""),
        ("block", {}, "x", "Ada\n", "████"),
        ("block", {"char": "#"}, "x", "Ada", "###"),
        ("partial", {}, "id", "4000-1234-5678", "****-****-5678"),
        ("partial", {"side": "first", "keep": 2}, "id", "AB 12 34", "AB ** **"),
        ("partial", {}, "id", "123 4567", "********"),
        ("partial", {"keep": 1}, "id", "é1", "*1"),
        ("keep", {}, "x", "Ada", "Ada"),
        ("generalise", {}, "date", "4 May 1999", "1999"),
        ("generalise", {"min_year": 2000}, "date", "4 May 1999", "[DATE]"),
        ("generalise", {}, "date", "12 มีนาคม 2470", "[DATE]"),
        ("generalise", {}, "date", "昭和 1975年3月12日", "[DATE]"),
        ("generalise", {}, "date", "1975年3月12日", "1975"),
        ("generalise", {}, "date", "12 марта 1975 года", "1975"),
        ("generalise", {}, "date", "some day in May", "[DATE]"),
        ("generalise", {}, "date", "4 May", "[DATE]"),
        ("generalise", {}, "age", "47 years", "40-49"),
        ("generalise", {}, "age", "89", "80-89"),
        ("generalise", {"age_band": 1}, "age", "34", "34"),
        ("generalise", {}, "age", "90", "90+"),
        ("generalise", {"age_band": 25}, "age", "80", "75-89"),
        ("generalise", {}, "age", "20 to 30", "[AGE]"),
        ("generalise", {}, "age", "34, female", "30-39"),
        ("generalise", {}, "age", "34-year-old", "30-39"),
        ("generalise", {}, "age", "6 months", "0-9"),
        ("generalise", {}, "age", "90 Tage", "0-9"),
        ("generalise", {"age_band": 1}, "age", "18 months old", "1"),
        ("generalise", {"age_band": 1}, "age", "Age (months): 12", "1"),
        ("generalise", {"age_band": 1}, "age", "3-wöchige", "0"),
        ("generalise", {"age_band": 1}, "age", "24 mois", "2"),
        ("generalise", {"age_band": 1}, "age", "11 meses", "0"),
        ("generalise", {"age_band": 1}, "age", "60 settimane", "1"),
        ("generalise", {"age_band": 1}, "age", "400 días", "1"),
        ("generalise", {"age_band": 1}, "age", "34 años", "34"),
        ("generalise", {"age_band": 1}, "age", "34-jährige", "34"),
        ("generalise", {"age_band": 1}, "age", "34歳です", "34"),
        ("generalise", {"age_band": 1}, "age", "6个月大", "0"),
        ("generalise", {"age_band": 1}, "age", "6 kuukautta", "[AGE]"),
        ("generalise", {}, "age", "3 weeks short of 60 years", "[AGE]"),
        ("generalise", {}, "age", "60 years less some months", "[AGE]"),
        ("generalise", {}, "age", "in her 40s", "40-49"),
        ("generalise", {"age_band": 1}, "age", "mid-40’s", "40-49"),
        ("generalise", {"age_band": 25}, "age", "40s", "25-49"),
        ("generalise", {"age_band": 1}, "age", "in den 80ern", "80-89"),
        ("generalise", {"max_age": 85}, "age", "80s", "[AGE]"),
        ("generalise", {"age_band": 1}, "age", "90s", "90+"),
        ("generalise", {}, "age", "70+", "[AGE]"),
        *(
            ("generalise", {}, "age", text, "90+")
            for text in (
                ">89",
                "> 89",
                "≥ 89",
                "&gt;89",
                "over 89",
                "Older than 89 years",
                "at least 89",
                "aged 89 or older",
                "89 years and over",
                "89 years +",
                "über 89",
                "mehr als 89 Jahre",
                "au moins 89 ans",
                "plus de 89 ans",
                "más de 89 años",
                "mayor de 89",
                "oltre 89 anni",
                "pelo menos 89 anos",
                "ouder dan 89",
                "89歳以上",
                "старше 89 лет",
                "90 or above",
            )
        ),
        ("generalise", {}, "age", "over 70", "[AGE]"),
        ("generalise", {}, "age", "not over 89", "[AGE]"),
        ("generalise", {}, "age", "over 80s", "[AGE]"),
        ("generalise", {"age_band": 1}, "age", "<1", "0"),
        ("generalise", {"age_band": 1}, "age", "under 1 year", "0"),
        ("generalise", {"age_band": 1}, "age", "< 18 months", "0-1"),
        ("generalise", {"age_band": 1}, "age", "less than 24 months", "0-1"),
        ("generalise", {"age_band": 1}, "age", "up to 12", "0-12"),
        ("generalise", {"age_band": 1}, "age", "moins de 3 ans", "0-2"),
        ("generalise", {}, "age", "<20", "0-19"),
        ("generalise", {}, "age", "<= 90", "[AGE]"),
        ("generalise", {}, "postcode", "90210", "902**"),
        ("generalise", {}, "zip", "03601-1234", "000*****"),
        *(
            ("generalise", {}, "zip", text, "000*****")
            for text in ("036011234", "059011234", "05901 1234", "05901–1234", "05901\u20111234")
        ),
        *(
            ("generalise", {}, "zip", text, "000**")
            for text in ("05901.", " 05901", "05901\n", "059 01", "０５９０１", "٠٥٩٠١")
        ),
        *(
            ("generalise", {}, "zip", text, "[ZIP]")
            for text in (
                "5901",
                "59011234",
                "5901-1234",
                "6011234",
                "5901 VT",
                "VT 05901",
                "ZIP05901",
                "059-01-1234",
                "05901123456",
            )
        ),
        ("generalise", {}, "zip", "100-0001", "100****"),
        ("generalise", {}, "postcode", "1012 AB", "101***"),
        ("generalise", {}, "postcode", "K1A 0B1", "K1A***"),
        ("generalise", {}, "postcode", "SW1A 1AA", "SW1****"),
        ("generalise", {}, "postcode", "902", "[POSTCODE]"),
        ("generalise", {}, "person", "Ada", "[PERSON]"),
    ],
)
def test_what_is_written(operator, settings, label, text, made) -> None:
    assert write(text, label, operator, **settings) == made


@pytest.mark.parametrize(
    ("operator", "settings", "message"),
    [
        ("number", {"placeholder": "[X]"}, r"must hold '\{n\}'"),
        ("number", {"placeholder": "<{n}>"}, r"must hold '\{label\}', but is '<\{n\}>'"),
        ("hash", {"placeholder": "[X]"}, r"must hold '\{hash\}'"),
        ("hash", {"length": 7}, "8 to 64"),
        ("block", {"char": ""}, "one character"),
        ("partial", {"char": "xx"}, "one character"),
        ("partial", {"side": "left"}, "'left'"),
        ("partial", {"keep": 0}, "at least 1"),
        ("shift_dates", {"max_days": 0}, "at least 1"),
        ("generalise", {"age_band": 0}, "at least 1"),
        ("surrogate", {"locale": "de_XX"}, "de_DE"),
        ("custom", {"function": 3}, "is a function"),
    ],
)
def test_bad_settings_are_refused(operator, settings, message) -> None:
    with pytest.raises(ValueError, match=message):
        write("Ada", "x", operator, **settings)


def test_a_hash_is_the_same_everywhere_and_hangs_on_the_key() -> None:
    policy = build_policy({"default": {"operator": "hash", "length": 64}}, "p")
    spans = [CharSpan(0, 3, "person")]
    one, two = (redact(text, spans, policy, key=KEY).text for text in ("Ada is", "ADA has"))
    other = redact("Ada is", spans, policy, key=OTHER_KEY).text
    assert one.split()[0] == two.split()[0] != other.split()[0]
    assert re.fullmatch(r"\[PERSON_[0-9a-f]{64}\] is", one)


def test_encrypted_text_comes_back_with_the_key_alone() -> None:
    text = "Ada, Ada, [PERSON:~AAAA~] and [X:~é~] \ud800"
    policy = build_policy({"default": "encrypt"}, "p")
    done = redact(text, [CharSpan(0, 3, "person"), CharSpan(5, 8, "person")], policy, key=KEY)
    tokens = re.findall(r"\[PERSON:~[\w-]+~\]", done.text)
    assert tokens[0] == tokens[1]
    assert "Ada" not in done.text
    assert unseal(done.text, KEY) == text
    assert unseal(f"{tokens[0]}?", KEY) == "Ada?"
    with pytest.raises(ValueError, match="another key"):
        unseal(done.text, OTHER_KEY)
    with pytest.raises(ValueError, match="another key, or changed"):
        unseal(tokens[0].replace("PERSON", "DATE"), KEY)


def test_custom_functions_tell_nothing_when_they_fail() -> None:
    assert write("Ada", "x", "custom", function=lambda text, label: f"{label}{len(text)}") == "x3"

    def fails(text: str, label: str) -> str:
        raise RuntimeError(f"cannot {text}")

    with pytest.raises(ValueError, match="RuntimeError") as caught:
        write("Ada", "x", "custom", function=fails)
    assert "Ada" not in str(caught.value)
    assert caught.value.__suppress_context__
    with pytest.raises(TypeError, match="gave int"):
        write("Ada", "x", "custom", function=lambda text, label: 3)


# --- dates ---

FORMS = [
    "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%A, %d %B %Y", "%d %b %Y",
    "%Y%m%d", "%Y-%m-%dT10:20:00Z",
]  # fmt: skip


@given(
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.sampled_from(FORMS),
)
def test_a_date_is_read_and_written_in_its_form(first: date, second: date, form: str) -> None:
    found = parse_date(first.strftime(form))
    assert found is not None
    assert found.day == first
    assert found.render(first) == first.strftime(form)
    # "9 May" or "09 May": the form of the first says which, if it can
    again = parse_date(found.render(second))
    assert again is not None
    assert again.day == second


@pytest.mark.parametrize(
    ("text", "day", "moved"),
    [
        ("03/04/2026", date(2026, 3, 4), "12/25/2031"),
        ("13/04/2026", date(2026, 4, 13), "25/12/2031"),
        ("3.4.26", date(2026, 4, 3), "25.12.31"),
        ("the 3rd of April 2026", date(2026, 4, 3), "the 25th of December 2031"),
        ("APR 3rd, 2026", date(2026, 4, 3), "DEC 25th, 2031"),
        ("12.3.2024, 14:30", date(2024, 3, 12), "25.12.2031, 14:30"),
        ("3 Apr '26", date(2026, 4, 3), "25 Dec '31"),
        ("Apr \u201926", date(2026, 4, 15), "Dec \u201931"),
        ("am 03.04.", date(2024, 4, 3), "am 25.12."),
        ("3. 4., 14:30", date(2024, 4, 3), "25. 12., 14:30"),
        ("Tues, 3 March 2026", date(2026, 3, 3), "Thurs, 25 December 2031"),
        ("3 de abril de 2026", date(2026, 4, 3), "25 de diciembre de 2031"),
        ("3. april 2026", date(2026, 4, 3), "25. december 2031"),
        ("Mar 2026", date(2026, 3, 15), "Dec 2031"),
        ("29 February", date(2024, 2, 29), "25 December"),
        ("1999", date(1999, 7, 15), "2031"),
        ("Fri 3 Apr 2026, 9:15 pm", date(2026, 4, 3), "Thu 25 Dec 2031, 9:15 pm"),
    ],
)
def test_forms_of_dates(text: str, day: date, moved: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.day == day
    assert found.render(date(2031, 12, 25)) == moved


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.02.2026",
        "2026-13-01",
        "next May",
        "31.11.",
        "99.1.",
        "1.2.3",
        "Maybe 3",
        "0000-01-01",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_dates_of_a_subject_move_together() -> None:
    def days(text: str, subject: str | None) -> date:
        found = parse_date(write(text, "date", "shift_dates", subject=subject))
        assert found is not None
        return found.day

    first, second = days("2026-03-01", "A"), days("8 March 2026", "A")
    assert (second - first).days == 7
    assert 0 < abs((first - date(2026, 3, 1)).days) <= 365
    assert days("2026-03-01", "B") != first
    policy = build_policy({"kinds": {"date": "shift_dates"}}, "p")
    text = "2026-03-01 and 2026-03-11"
    done = redact(text, [CharSpan(0, 10, "date"), CharSpan(15, 25, "date")], policy, key=KEY)
    a, b = (date.fromisoformat(part) for part in done.text.split(" and "))
    assert (b - a).days == 10
    assert write("soon", "date", "shift_dates") == "[DATE]"
    for text in ("1975", "Mar 2026", "12/2026"):  # too coarse for some days to show
        assert write(text, "date", "shift_dates", max_days=1) != text
    assert write("9999-12-31", "date", "shift_dates", max_days=1) in ("[DATE]", "9999-12-30")


@pytest.mark.parametrize(
    "text",
    ["March 12, 1975", "12 marzo 1975", "1 May 1999", "Mon, 9 March 2026", "1975-03-12"],
)
def test_common_dates_get_an_invented_one(text: str) -> None:
    made = write(text, "date", "surrogate")
    assert parse_date(made) is not None, made
    assert re.sub(r"\w", "", made) == re.sub(r"\w", "", text)
    words = set(re.findall(r"[^\W\d_]{4,}", text)) & set(re.findall(r"[^\W\d_]{4,}", made))
    assert not words, "the month is another"


@pytest.mark.parametrize(
    ("text", "settings", "days"),
    [
        ("03/04/2024 13/04/2024", {}, 10),  # the second proves that the day is first
        ("04/03/2024 04/13/2024", {}, 10),
        ("03/04/2024 13/04/2024", {"day_first": False}, 10),  # and is believed
        ("03/04/2024 2024-04-13", {"day_first": True}, 10),
        ("04/03/2024 2024-04-13", {"day_first": False}, 10),
        ("03.04.2024 13.04.2024", {}, 10),
        ("04/04/2024 2024-04-14", {}, 10),
        ("03/04/2024 2024-04-13", {}, None),  # nothing proves it
        ("03/04/2024 13/04/2024 04/13/2024", {}, None),  # both
    ],
)
def test_the_order_of_day_and_month_is_never_guessed(text, settings, days) -> None:
    policy = build_policy({"labels": {"date": {"operator": "shift_dates", **settings}}}, "p")
    spans = [CharSpan(m.start(), m.end(), "date") for m in re.finditer(r"\S+", text)]
    done = redact(text, spans, policy, key=KEY, subject="A")
    first, second, *_ = done.text.split()
    if days is None:
        assert first == "[DATE]"
        return
    day_first = "13/04" in text or settings.get("day_first", False)
    one, other = parse_date(first, day_first), parse_date(second, day_first)
    assert one is not None
    assert other is not None
    assert (other.day - one.day).days == days


# --- surrogates ---

VALUES = {
    "4000 1234 5678 9017": "account", "GB29 NWBK 6016 1331 9268 19": "iban", "9434765919": "nhs id",
    "1M8GDM9AXKP042788": "vin", "aB3-xY9!": "password", "90210": "postcode", "10.1.2.3": "ip",
    "2001:db8::1": "ip", "00:1B:44:11:3A:B7": "mac", "+44 1632 960318": "phone",
    "(202) 555-0143": "phone", "ada@example.org": "email", "12 May 2026": "date", "47": "age",
    "12 High Street": "address", "Leeds": "city", "https://ada.example.org/x": "url",
    "Northshire Mutual": "organisation", "王小明": "person", "Ольга Петрова": "person",
    "Dr. van der Berg": "person", "Prof. Ada B. King": "person", "X": "person", "7": "id",
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_surrogate_repeats_nothing_and_returns(text: str) -> None:
    made = write(text, VALUES[text], "surrogate")
    assert made == write(text, VALUES[text], "surrogate")
    assert made
    assert not repeats(text, made)
    if VALUES[text] in ("account", "iban", "nhs id", "password", "postcode", "phone"):
        assert shape(made) == shape(text)


def shape(text: str) -> str:
    """Digits as 0, letters as a or A."""
    return re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub(r"\d", "0", text)))


def test_a_surrogate_keeps_the_checksum() -> None:
    assert stdnum.luhn.is_valid(write("4000 1234 5678 9017", "card", "surrogate").replace(" ", ""))
    made = write("GB29 NWBK 6016 1331 9268 19", "iban", "surrogate").replace(" ", "")
    assert int("".join(str(int(c, 36)) for c in made[4:] + made[:4])) % 97 == 1
    assert made.startswith("GB")
    for text in ("9434765919", "1M8GDM9AXKP042788"):
        names = {kind.name for kind in find_kinds(text)}
        assert names & {"British NHS number", "VIN"}
        assert names <= {k.name for k in find_kinds(write(text, "id", "surrogate"))}


@given(st.text("0123456789", min_size=12, max_size=19), st.integers(0, 9))
def test_checksums_agree_with_stdnum(digits: str, seed: int) -> None:
    fixed = fix_luhn(digits)
    assert stdnum.luhn.is_valid(fixed)
    assert stdnum.luhn.is_valid(draw_like(fixed, Random(seed)))
    iban = fix_iban(f"DE00{digits:0<18}"[:22])
    assert stdnum.iban.validate(iban, check_country=False) == iban


def test_an_address_of_mail_fits_the_name() -> None:
    text = "Sarah Johnson: sarah.johnson@example.org, s.johnson@example.org, sjohnson@example.org"
    words = {"Sarah Johnson": "person", **dict.fromkeys(text.split(": ")[1].split(", "), "email")}
    spans = [*find(text, {"Sarah Johnson": "person"})]
    spans += [
        CharSpan(text.index(w), text.index(w) + len(w), k) for w, k in words.items() if "@" in w
    ]
    policy = build_policy({"default": "surrogate"}, "p")
    name, _, mails = redact(text, spans, policy, key=KEY).text.partition(": ")
    first, last = name.lower().split()
    local = [mail.partition("@")[0] for mail in mails.split(", ")]
    assert [part.rstrip("0123456789") for part in local] == [
        f"{first}.{last}", f"{first[0]}.{last}", f"{first[0]}{last}"
    ]  # fmt: skip


def test_few_months_are_no_grown_up() -> None:
    for text in ("18 months", "40 weeks", "90 days", "11 Monate"):
        assert int(re.sub(r"\D", "", write(text, "age", "surrogate"))) < 18
    assert int(write("47", "age", "surrogate")) >= 18


def test_what_is_not_padded_stays_so() -> None:
    found = parse_date("12.3.2024")
    assert found is not None
    assert found.render(date(2024, 6, 9)) == "9.6.2024"


def test_gender_and_locale() -> None:
    from spacy_privacy_filter.redact.surrogates.names import known_names

    made = write("Sarah Johnson", "person", "surrogate").split()[0]
    assert made.casefold() in known_names("en_US", "female")
    assert re.search("[а-я]", write("Ольга Петрова", "person", "surrogate"))
    assert re.fullmatch(r"[\u4e00-\u9fff]+", write("王小明", "person", "surrogate"))
    german = write("Sarah Johnson", "person", "surrogate", locale="de_DE")
    assert german != write("Sarah Johnson", "person", "surrogate")


@given(st.text(max_size=12), st.sampled_from(KINDS))
def test_any_text_of_any_kind_gets_a_surrogate(text: str, kind: str) -> None:
    if text:
        made = write(text, kind, "surrogate")
        assert made
        assert made != text
        assert not any(text[i : i + 4] in made for i in range(len(text) - 3))


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("private_person", "person"), ("PER", "person"), ("GIVENNAME", "person"),
        ("EMAIL_ADDRESS", "email"), ("e-mail", "email"), ("phone number", "phone"),
        ("TELEPHONENUM", "phone"), ("date_of_birth", "date"), ("dateOfBirth", "date"),
        ("IP_ADDRESS", "account"), ("account_number", "account"), ("street_address", "address"),
        ("ZIPCODE", "postcode"), ("secret", "secret"), ("AGE", "age"), ("private_url", "url"),
        ("job title", "other"), ("", "other"), ("HEALTH_CONDITION", "other"),
    ],
)  # fmt: skip
def test_kinds(label: str, kind: str) -> None:
    assert kind_of(label) == kind


def test_numbers_of_labels_that_end_in_a_digit_differ() -> None:
    policy = build_policy({"default": {"operator": "number", "placeholder": "<{label}{n}>"}}, "p")
    text = "va vb vc vd ve vf vg vh vi vj vk w"
    spans = find(text, {**dict.fromkeys(text[:-2].split(), "id"), "w": "id1"})
    made = redact(text, spans, policy).text.split()
    assert len(set(made)) == 12


@pytest.mark.parametrize("text", ["Mar-26", "MAR-26", "März-26", "Mar.-26"])
def test_a_month_with_a_year_or_day_is_not_guessed(text: str) -> None:
    for day_first in (True, False):
        assert write(text, "date", "shift_dates", subject="A", day_first=day_first) == "[DATE]"
    assert "[" not in write("26-Mar", "date", "shift_dates", subject="A")


def test_white_space_around_a_key_does_not_count() -> None:
    policy = build_policy({"default": "hash"}, "p")
    spans = [CharSpan(0, 3, "id")]
    keys = ("x" * 20, f" {'x' * 20}\n", f"{'x' * 20}\r\n".encode())
    assert len({redact("Ada", spans, policy, key=key).text for key in keys}) == 1
    with pytest.raises(ValueError, match="too short: 15 bytes"):
        redact("Ada", spans, policy, key="x" * 15 + "\n")
