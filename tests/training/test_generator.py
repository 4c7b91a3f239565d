"""The generator of training texts: exact spans, true check digits, repeatable, splits apart."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the generator needs the extra 'train'")

from spacy_privacy_filter.training.generator import LABELS, generate, templates_of
from spacy_privacy_filter.training.generator.__main__ import main
from spacy_privacy_filter.training.generator.account_numbers import (
    KINDS,
    luhn_digit,
    make_number,
    mod97_digits,
)
from spacy_privacy_filter.training.generator.contacts import make_phone, make_url
from spacy_privacy_filter.training.generator.decoys import make_standard
from spacy_privacy_filter.training.generator.iban_checks import fix_account
from spacy_privacy_filter.training.generator.noise import NOISES
from spacy_privacy_filter.training.generator.people import Person, write_name
from spacy_privacy_filter.training.generator.render import Filler, Segment, Template, render
from spacy_privacy_filter.training.generator.rows import make_row
from spacy_privacy_filter.training.generator.secret_values import MAKERS as SECRET_MAKERS
from spacy_privacy_filter.training.generator.secret_values import make_secret
from spacy_privacy_filter.training.generator.templates import ALL_TEMPLATES, GROUP_WEIGHTS

seeds = st.integers(0, 2**32)


def passes_luhn(number: str) -> bool:
    """Check a whole number, by the definition and not by our function for its last digit."""
    digits = [int(char) for char in number if char.isdigit()][::-1]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return [*generate(1500, 7, "train"), *generate(500, 7, "held")]


def test_spans_are_inside_trimmed_and_apart(rows: list[dict]) -> None:
    for row in rows:
        stretches = [(a, b) for a, b, _ in row["spans"]] + [(a, b) for a, b in row["ignore"]]
        end = 0
        for start, stop in sorted(stretches):
            surface = row["text"][start:stop]
            assert end <= start < stop <= len(row["text"])
            assert surface == surface.strip()
            end = stop


def test_every_label_occurs_in_both_splits(rows: list[dict]) -> None:
    for split in ("train", "held"):
        found = Counter(
            label for row in rows if f"-{split}-" in row["id"] for *_, label in row["spans"]
        )
        assert set(found) == set(LABELS)
        assert min(found.values()) >= 20


def test_some_rows_have_no_span_and_all_know_every_label(rows: list[dict]) -> None:
    share = sum(not row["spans"] for row in rows) / len(rows)
    assert 0.1 < share < 0.4
    assert all(row["known"] == list(LABELS) for row in rows)


def test_same_seed_same_rows_other_seed_other_rows() -> None:
    first = list(generate(50, 3, "train"))
    assert first == list(generate(50, 3, "train"))
    assert first != list(generate(50, 4, "train"))
    # a row does not depend on how many are asked for
    assert first[:10] == list(generate(10, 3, "train"))


def test_splits_share_no_template_and_are_large_enough() -> None:
    train, held = ({(t.head, t.text) for t in templates_of(s)} for s in ("train", "held"))
    assert not train & held
    assert len(train) >= 150
    assert len(held) >= 40
    assert len(train) + len(held) == len({(t.head, t.text) for t in ALL_TEMPLATES})


def test_no_wording_is_in_both_splits_and_what_is_learnt_from_stays() -> None:
    """Whatever the slots' forms, the case, and the parts of which nothing is learnt."""

    def wording(template: Template) -> str:
        text = re.sub(r"\{\{ignored[^}]*\}\}", "", template.text)
        return re.sub(r"\{\{(\w+)[^}]*\}\}", r"{\1}", text).lower()

    train, held = templates_of("train"), templates_of("held")
    assert not {wording(t) for t in train} & {wording(t) for t in held}
    learnt = [t for t in ALL_TEMPLATES if t.split == "train"]
    assert set(train) >= set(learnt), "weights were trained on them"
    twins = {wording(t) for t in learnt}
    assert all(wording(t) in twins for t in train), "only twins went over"


def test_every_template_is_filled_and_every_group_has_a_weight() -> None:
    for template in ALL_TEMPLATES:
        text = "".join(segment.text for segment in render(template, Random(0)))
        assert "{{" not in text, template.text
    for split in ("train", "held"):
        assert {template.group for template in templates_of(split)} == set(GROUP_WEIGHTS)


def test_unknown_slot_and_split_are_refused() -> None:
    with pytest.raises(ValueError, match="Unknown slot 'telefone'"):
        Filler(Random(0), "en").fill("call {{telefone}}")
    with pytest.raises(ValueError, match="Unknown split 'dev'"):
        list(generate(1, 1, "dev"))


def test_marks_keep_a_person_together() -> None:
    filler = Filler(Random(1), "en")
    text = [s.text for s in filler.fill("{{person:given#a}}|{{person:family#a}}|{{person:full#a}}")]
    given_name, _, family_name, _, full = text
    assert given_name in full
    assert family_name in full


def test_a_table_has_another_person_in_each_line() -> None:
    table = Template("{{person:full#1}}", "en", "table", head="names\n", rows=(6, 6))
    lines = "".join(segment.text for segment in render(table, Random(2))).split("\n")
    assert lines[0] == "names"
    assert len(set(lines[1:])) > 1


@given(seeds)
def test_cards_and_npi_pass_luhn(seed: int) -> None:
    rng = Random(seed)
    assert passes_luhn(make_number(rng, "card"))
    assert passes_luhn("80840" + make_number(rng, "npi"))
    assert passes_luhn(make_number(rng, "sin"))


def test_check_digits_of_published_examples() -> None:
    assert luhn_digit("7992739871") == "3"
    assert mod97_digits("GB", "WEST12345698765432") == "82"
    assert mod97_digits("DE", "370400440532013000") == "89"


@given(seeds)
def test_ibans_have_remainder_one(seed: int) -> None:
    iban = make_number(Random(seed), "iban").replace(" ", "")
    moved = iban[4:] + iban[:4]
    assert int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


# Examples of the SWIFT registry; the Belgian one is python-stdnum's.
IBANS = (
    "BE31 4354 1116 1155", "CZ65 0800 0000 1920 0014 5399", "ES91 2100 0418 4502 0005 1332",
    "FI21 1234 5600 0007 85", "FR14 2004 1010 0505 0001 3M02 606",
    "HU42 1177 3016 1111 1018 0000 0000", "IT60 X054 2811 1010 0000 0123 456",
    "NO93 8601 1117 947", "PL61 1090 1014 0000 0712 1981 2874", "PT50 0002 0123 1234 5678 9015 4",
    "DE89 3704 0044 0532 0130 00",
)  # fmt: skip
# Places of the check characters in the account part.
CHECKED = {
    "BE": (10, 11), "CZ": (9, 19), "ES": (8, 9), "FI": (13,), "FR": (21, 22), "HU": (7, 23),
    "IT": (0,), "NO": (10,), "PL": (7,), "PT": (19, 20), "DE": (),
}  # fmt: skip


@pytest.mark.parametrize("iban", IBANS)
def test_checks_of_countries_inside_of_an_iban(iban: str) -> None:
    country, account = iban[:2], iban.replace(" ", "")[4:]
    spoilt = list(account)
    for i in CHECKED[country]:
        spoilt[i] = "A" if country == "IT" else str((int(account[i]) + 3) % 10)
    assert fix_account(country, "".join(spoilt)) == account


@given(seeds)
def test_another_library_accepts_every_iban(seed: int) -> None:
    validate = pytest.importorskip("stdnum.iban").validate
    iban = make_number(Random(seed), "iban")
    assert validate(iban) == iban.replace(" ", "")


@given(st.from_regex(r"[0-9]{24}", fullmatch=True))
def test_check_digits_fit_whatever_the_account(digits: str) -> None:
    czech, norwegian = fix_account("CZ", digits[:20]), fix_account("NO", digits[:11])
    for number in (czech[4:10], czech[10:], norwegian):
        twos, ramp = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6), (1, *range(2, 8), *range(2, 6))
        weights = ramp if number is norwegian else twos
        assert sum(int(d) * w for d, w in zip(number[::-1], weights, strict=False)) % 11 == 0
    assert int(fix_account("PT", digits[:21])) % 97 == 1
    french = fix_account("FR", digits[:23])
    parts = [int(french[i:j]) for i, j in ((0, 5), (5, 10), (10, 21), (21, 23))]
    assert sum(part * w for part, w in zip(parts, (89, 15, 3, 1), strict=True)) % 97 == 0
    assert passes_luhn(fix_account("FI", digits[:14]))


@given(seeds)
def test_national_numbers_hold(seed: int) -> None:
    rng = Random(seed)
    routing = [int(char) for char in make_number(rng, "routing")]
    assert sum(d * w for d, w in zip(routing, (3, 7, 1) * 3, strict=True)) % 10 == 0
    nhs = [int(char) for char in make_number(rng, "nhs") if char.isdigit()]
    assert sum(d * w for d, w in zip(nhs, range(10, 0, -1), strict=True)) % 11 == 0
    bsn = [int(char) for char in make_number(rng, "bsn")]
    assert sum(d * w for d, w in zip(bsn, [*range(9, 1, -1), -1], strict=True)) % 11 == 0
    pesel = [int(char) for char in make_number(rng, "pesel")]
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    assert sum(d * w for d, w in zip(pesel, weights, strict=True)) % 10 == 0
    assert passes_luhn(re.sub(r"^19(?=\d{6}-?\d{4}$)", "", make_number(rng, "personnummer")))
    dni = make_number(rng, "dni").replace("-", "")
    number = dni[:-1].translate(str.maketrans("XYZ", "012"))
    assert dni[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]
    nir = make_number(rng, "nir").replace(" ", "")
    assert (int(nir[:13]) + int(nir[13:])) % 97 == 0
    china = make_number(rng, "china_id").replace("X", "")
    check = 10 if len(china) == 17 else int(china[17])
    assert (sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(china[:17])) + check) % 11 == 1


@given(seeds)
def test_imei_rodne_and_rrn_hold(seed: int) -> None:
    rng = Random(seed)
    for kind in ("imei", "device"):
        number = make_number(rng, kind)
        assert passes_luhn(number)
        assert sum(char.isdigit() for char in number) == 15
    rodne = make_number(rng, "rodne").replace("/", "")
    year, month, day = (int(rodne[i : i + 2]) for i in (0, 2, 4))
    assert 1 <= (month - 50 if month > 50 else month) <= 12
    assert 1 <= day <= 28
    assert int(rodne) % 11 == 0 if len(rodne) == 10 else (len(rodne), year < 54) == (9, True)
    rrn = make_number(rng, "rrn").replace("-", "")
    assert 1 <= int(rrn[2:4]) <= 12
    assert 1 <= int(rrn[4:6]) <= 28
    weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 1]
    total = sum(int(digit) * weight for digit, weight in zip(rrn, weights, strict=True))
    assert (11 - (total - int(rrn[-1])) % 11) % 10 == int(rrn[-1])


@given(seeds)
def test_words_of_standards_stay_words(seed: int) -> None:
    words = re.findall(r"[A-Za-z]{2,}", make_standard(Random(seed)))
    known = "ISO IEC RFC EN IEEE Section Article GDPR Art CVE DIN BGB Form Regulation EU Title"
    assert set(words) <= {*known.split(), *"ac VII PEP ASTM KB".split()}


@given(seeds)
def test_initials_have_one_dot_each(seed: int) -> None:
    name = write_name(Random(seed), Person("Lena", "Brady", "en", "D"), "initial")
    assert re.fullmatch(r"L\.D\. ?Brady", name)


def test_phones_differ() -> None:
    rng = Random(0)
    for language in ("hi", "ar", "en"):
        phones = Counter(make_phone(rng, language) for _ in range(400))
        assert phones.most_common(1)[0][1] < 10


@given(seeds)
def test_cpf_and_vin_hold(seed: int) -> None:
    rng = Random(seed)
    cpf = [int(char) for char in make_number(rng, "cpf") if char.isdigit()]
    for n in (9, 10):
        rest = sum(d * w for d, w in zip(cpf, range(n + 1, 1, -1), strict=False)) * 10 % 11
        assert cpf[n] == rest % 10
    vin = make_number(rng, "vin")
    letters = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
    values = [int(letters.get(char, "0" if char == "X" else char)) for char in vin]
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    rest = sum(v * w for v, w in zip(values, weights, strict=True)) % 11
    assert vin[8] == ("X" if rest == 10 else str(rest))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_number_is_a_trimmed_line(kind: str) -> None:
    numbers = {make_number(Random(seed), kind) for seed in range(30)}
    assert len(numbers) > 20
    assert all(number and number == number.strip() and "\n" not in number for number in numbers)


def test_tokens_and_key_blocks_are_well_formed() -> None:
    header, claims, signature = make_secret(Random(0), "jwt").split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["typ"] == "JWT"
    assert "iat" in json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert signature
    block = make_secret(Random(0), "pem").splitlines()
    assert re.fullmatch(r"-----BEGIN (\w+ )?PRIVATE KEY-----", block[0])
    assert block[-1] == block[0].replace("BEGIN", "END")


@pytest.mark.parametrize("noise", [noise for noise, _ in NOISES])
@given(seed=seeds)
def test_noise_keeps_the_kinds_in_order(noise, seed: int) -> None:
    template = ALL_TEMPLATES[seed % len(ALL_TEMPLATES)]
    before = render(template, Random(seed))
    after = noise(Random(seed), before)
    assert [s.kind for s in after if s.kind] == [s.kind for s in before if s.kind]
    secrets = [[s.text for s in segments if s.kind == "secret"] for segments in (before, after)]
    if noise.__name__ != "scan":
        assert secrets[0] == secrets[1]


@pytest.mark.parametrize("kind", SECRET_MAKERS)
def test_every_kind_of_secret_is_trimmed_and_drawn_anew(kind: str) -> None:
    secrets = {make_secret(Random(seed), kind) for seed in range(30)}
    assert len(secrets) > 20
    assert all(secret and secret == secret.strip() for secret in secrets)
    assert kind == "pem" or not any("\n" in secret for secret in secrets)


@pytest.mark.parametrize("kind", ["", "domain", "full", "repo", "deep", "share"])
@given(seed=seeds)
def test_links_are_one_word_and_end_in_no_mark_of_a_sentence(kind: str, seed: int) -> None:
    url = make_url(Random(seed), kind)
    assert not re.search(r"\s", url)
    assert url[-1] not in ".,;:!?"
    assert ("://" in url) or kind in ("", "domain")


def test_a_name_is_one_span() -> None:
    for template in ALL_TEMPLATES:
        segments = render(template, Random(4))
        for left, between, right in zip(segments, segments[1:], segments[2:], strict=False):
            names = left.kind == right.kind == "private_person"
            assert not (names and between.text == " "), template.text


@given(
    st.lists(
        st.builds(
            Segment, st.text("aß 🎂\n", max_size=6), st.sampled_from(["", "secret", "ignore"])
        )
    )
)
def test_offsets_point_at_what_was_labelled(segments: list[Segment]) -> None:
    row = make_row("x", "en", segments)
    assert row["text"] == "".join(segment.text for segment in segments)
    expected = [s.text.strip() for s in segments if s.kind == "secret" and s.text.strip()]
    assert [row["text"][a:b] for a, b, _ in row["spans"]] == expected


def test_command_writes_the_same_file_twice(tmp_path) -> None:
    paths = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"]
    for path in paths:
        main([str(path), "--n-rows", "20", "--seed", "5", "--split", "held"])
    rows = [gzip.decompress(path.read_bytes()) for path in paths]
    assert rows[0] == rows[1]
    assert [json.loads(line) for line in rows[0].splitlines()] == list(generate(20, 5, "held"))


def test_the_ending_says_whether_the_file_is_packed(tmp_path: Path) -> None:
    main([str(tmp_path / "rows.jsonl"), "--n-rows", "3"])
    lines = (tmp_path / "rows.jsonl").read_text(encoding="utf8").splitlines()
    assert [json.loads(line) for line in lines] == list(generate(3, 1, "train"))


def test_marks_beside_a_span_are_not_ignored() -> None:
    """Else a password in a connection string would end anywhere."""
    template = "{{ignored:db://app:}}{{secret:urlpass}}{{ignored:@host:1/x}} {{ignored:at}}"
    segments = render(Template(template, "en", "secret"), Random(3))
    row = make_row("x", "en", segments)
    ((left, right, label),) = row["spans"]
    kept = [row["text"][a:b] for a, b in row["ignore"]]
    assert (label, kept) == ("secret", ["db://app", "host:1/x", "at"])
    assert row["text"][left - 1] == ":"
    assert row["text"][right] == "@"
    # letters and digits beside a span may be a part of it
    row = make_row("x", "en", [Segment("ab", "ignore"), Segment("c", "secret")])
    assert row["ignore"] == [[0, 2]]


def test_the_command_refuses_what_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "rows.jsonl.gz"
    main([str(path), "--n-rows", "2"])
    before = path.read_bytes()
    for output, number, message in (
        (path, "-3", "at least 1"),
        (path, "0", "at least 1"),
        (path / "below" / "rows.jsonl.gz", "2", "is a file"),
        (tmp_path / "new", "2", "is a folder"),
    ):
        with pytest.raises(SystemExit) as ended:
            main([str(output), "--n-rows", number])
        assert ended.value.code == 2
        assert message in capsys.readouterr().err
    assert path.read_bytes() == before
    with pytest.raises(ValueError, match="at least 1"):
        next(generate(-3, 1, "train"))
