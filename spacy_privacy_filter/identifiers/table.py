"""Every kind of identifier that is known: find, check and make numbers of it."""

from __future__ import annotations

from random import Random
from typing import Final

from .characters import bare
from .drawing import draw_identifier
from .kind import Kind
from .kinds import africa_asia_oceania, americas, europe, europe_north_east, world

# The most particular come first: the first that a number may be decides how another is drawn.
_RANKS: Final = """
    iban vin it_codice_fiscale mx_curp cn_ric fi_hetu es_dni ch_ahv fr_nir se_personnummer_12
    br_cnpj be_national be_national_2000 no_fodselsnummer ee_isikukood tr_kimlik ar_cuit de_idnr
    br_cpf au_abn pl_pesel se_personnummer bg_egn cz_rodne_cislo dk_cpr za_id kr_rrn ro_cnp isbn
    in_aadhaar card imei isbn_10 gb_nhs us_npi nl_bsn pt_nif au_tfn cl_rut ca_sin us_routing
    fi_hetu_digit dk_cpr_2007 us_itin us_ssn us_ein
""".split()
_ROOMS: Final = (africa_asia_oceania, americas, europe, europe_north_east, world)
KINDS: Final[dict[str, Kind]] = dict(
    sorted(
        ((kind.key, kind) for room in _ROOMS for kind in room.KINDS),
        key=lambda item: _RANKS.index(item[0]),
    )
)


def get_kind(key: str) -> Kind:
    """Look a kind up.

    key (str): For instance "pl_pesel"; see `KINDS`.
    RAISES (ValueError): An unknown key.
    """
    if key not in KINDS:
        raise ValueError(f"{key!r} is no kind of identifier. Choose among: {', '.join(KINDS)}.")
    return KINDS[key]


def is_valid(key: str, text: str) -> bool:
    """Say whether a text is an identifier of a kind that may have been given out.

    key (str): A key of `KINDS`.
    text (str): With or without marks, in small letters or capitals.
    RAISES (ValueError): An unknown key.
    """
    kind, value = get_kind(key), bare(text)
    return value.isascii() and (kind.check or kind.fits)(value.upper())


def find_kinds(text: str) -> list[Kind]:
    """Find the kinds of identifier that a text may be as a whole, the most particular first.

    text (str): With or without marks, in small letters or capitals.
    """
    value = bare(text)
    if not value.isascii():  # small letters of other scripts may have capitals that are
        return []
    return [kind for kind in KINDS.values() if kind.sought and kind.fits(value.upper())]


def find_kind(text: str) -> Kind | None:
    """Find the most particular kind of identifier that a text may be; see `find_kinds`."""
    return next(iter(find_kinds(text)), None)


def make(key: str, rng: Random) -> str:
    """Make an identifier of a kind that nobody is known to have.

    key (str): A key of `KINDS`.
    rng (Random): Seeded by the caller.
    RETURNS (str): Without marks; `Kind.write` prints it.
    RAISES (ValueError): An unknown key.
    """
    kind = get_kind(key)
    if kind.make is not None:
        return kind.make(rng)
    made = None
    while made is None:
        made = draw_identifier(rng.choice(kind.examples), [kind], rng)
    return made
