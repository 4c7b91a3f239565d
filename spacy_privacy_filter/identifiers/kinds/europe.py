"""Numbers that states of western and southern Europe give to people and firms."""

from __future__ import annotations

from .. import checks
from .. import dates_inside as inside
from ..dates_inside import DAY, MONTH, born
from ..kind import Kind
from ..makers import from_pattern, make_dni, make_nir


def _fix_idnr(value: str) -> str | None:
    """Of the first ten digits, one is there two or three times, and the others once."""
    counts = sorted(value[:10].count(digit) for digit in set(value[:10]))
    return checks.fix_idnr(value) if counts[-2:] in ([1, 2], [1, 3]) else None


KINDS = (
    Kind(
        key="it_codice_fiscale",
        name="Italian codice fiscale",
        countries=("IT",),
        form=r"[A-Z]{6}\d\d[ABCDEHLMPRST](?:0[1-9]|4[1-9]|[1256]\d|[37][01])[A-Z]\d{3}[A-Z]",
        fix=checks.fix_codice_fiscale,
        examples=("RSSMRA85T10A562S", "RCCMNL83S18D969H"),
        layouts=("### ### ##### #####",),
        fill=inside.codice_fiscale,
        words=("codice fiscale", "C F", "CF", "cod fisc"),
        alone=True,
    ),
    Kind(
        key="es_dni",
        name="Spanish DNI or NIE",
        countries=("ES",),
        form=r"[\dXYZ]\d{7}[A-Z]",
        fix=checks.fix_dni,
        examples=("12345678Z", "X1234567L"),
        layouts=("########-#", "#-#######-#"),
        fill=inside.nie,
        make=make_dni,
        words=("DNI", "NIE", "NIF", "D N I"),
    ),
    Kind(
        key="ch_ahv",
        name="Swiss AHV number",
        countries=("CH",),
        form=r"756\d{10}",
        fix=checks.fix_ean,
        examples=("7569217076985",),
        layouts=("###.####.####.##",),
        fill=inside.start("756"),
        prefix=3,
        words=("AHV", "AVS", "OASI", "AHV Nummer"),
        alone=True,
    ),
    Kind(
        key="fr_nir",
        name="French NIR",
        countries=("FR",),
        form=rf"[12]\d\d{MONTH}(?:\d\d|2[AB])\d{{8}}",
        fix=checks.fix_nir,
        examples=("295109912611193", "253072B07300470"),
        layouts=("# ## ## ## ### ### ##",),
        fill=inside.nir,
        make=make_nir,
        words=("NIR", "NIRPP", "sécurité sociale", "sécu", "INSEE"),
    ),
    Kind(
        key="be_national",
        name="Belgian national number",
        countries=("BE",),
        form=rf"\d\d{MONTH}{DAY}\d{{5}}",
        fix=checks.fix_belgian,
        examples=("85073003328",),
        layouts=("##.##.##-###.##",),
        fill=born(0),
        words=(
            "Rijksregisternummer",
            "Rijksregisternummers",
            "rijksregister",
            "NISS",
            "INSZ",
            "registre national",
        ),
    ),
    Kind(
        key="be_national_2000",
        name="Belgian national number, since 2000",
        countries=("BE",),
        form=rf"[012]\d{MONTH}{DAY}\d{{5}}",
        fix=checks.fix_belgian_2000,
        examples=("17073003384",),
        layouts=("##.##.##-###.##",),
        fill=born(0, 2000, 2020),
        words=(
            "Rijksregisternummer",
            "Rijksregisternummers",
            "rijksregister",
            "NISS",
            "INSZ",
            "registre national",
        ),
    ),
    Kind(
        key="de_idnr",
        name="German IdNr",
        countries=("DE",),
        form=r"[1-9]\d{10}",
        fix=_fix_idnr,
        examples=("36574261809",),
        layouts=("## ### ### ###",),
        fill=inside.idnr,
        words=(
            "Steuer ID",
            "Steuer IdNr",
            "IdNr",
            "TIN",
            "Steueridentifikationsnummer",
            "Identifikationsnummer",
        ),
    ),
    Kind(
        key="gb_nhs",
        name="British NHS number",
        countries=("GB",),
        form=r"\d{10}",
        fix=checks.fix_nhs,
        examples=("9434765919",),
        layouts=("### ### ####",),
        make=from_pattern(checks.fix_nhs, "9########"),
        words=("NHS",),
    ),
    Kind(
        key="nl_bsn",
        name="Dutch BSN",
        countries=("NL",),
        form=r"(?!0{9})\d{9}",
        fix=checks.fix_bsn,
        examples=("111222333",),
        layouts=("####.##.###",),
        make=from_pattern(checks.fix_bsn, "1#######"),
        words=("BSN", "burgerservicenummer", "sofinummer"),
    ),
    Kind(
        key="pt_nif",
        name="Portuguese NIF",
        countries=("PT",),
        form=r"[1-9]\d{8}",
        fix=checks.fix_nif,
        examples=("501964843",),
        layouts=("### ### ###",),
        words=("NIF", "contribuinte"),
    ),
)
