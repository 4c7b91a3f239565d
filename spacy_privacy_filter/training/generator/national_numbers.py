"""Numbers that states and clinics give to people, by the shape in which they are printed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .patterns import fill

NATIONAL_PATTERNS: dict[str, tuple[str, ...]] = {
    "pan": ("AAAPA####A",),
    "abha": ("##-####-####-####", "91-####-####-####", "91############"),
    "voter": ("AAA#######",),
    "gstin": ("27AAAPA####A1Z#", "09AAAPA####A1Z#"),
    "cnic": ("#####-#######-#", "4#####-#######-#", "#############"),
    "nid_bd": ("##########", "#############", "19###############"),
    "nic_lk": ("#########V", "19##########"),
    "digits8": ("########",),
    "digits9": ("#########",),
    "digits10": ("##########",),
    "digits11": ("###########",),
    "digits12": ("############",),
    "digits13": ("#############",),
    "nik": ("32##############", "31##############", "3###############"),
    "npwp": ("##.###.###.#-###.###",),
    "mykad": ("##0#1#-##-####", "8#0###-1#-####", "9#1#0#14####"),
    "philid": ("####-####-####-####", "####-#######-#"),
    "thai_id": ("1-####-#####-##-#", "3-####-#####-##-#", "1############"),
    "cccd": ("0###########", "#########"),
    "mynumber": ("#### #### ####", "############"),
    "emirates": ("784-19##-#######-#", "784-20##-#######-#"),
    "iqama": ("1#########", "2#########"),
    "melli": ("00########", "###-######-#"),
    "teudat": ("#########", "0########", "########-#"),
    "fayda": ("#### #### ####", "################"),
    "kenya_id": ("########", "########/##"),
    "nin": ("###########", "### #### ####"),
    "sa_id": ("8#0#1#####08#", "9#1#0#####08#", "6#0#2# #### 08 #"),
    "isikukood": ("38#0#1#####", "49#1#0#####", "60#0#2#####"),
    "latvia": ("1#0#7#-#####", "2#1#8#-#####", "32####-#####"),
    "taj": ("### ### ###", "#########"),
    "cnp": ("18#0#1#######", "29#1#0#######", "60#0#2#######"),
    "egn": ("8#0#1#####", "9#1#0#####"),
    "jmbg": ("1#0#98#######", "2#1#97#######"),
    "oib": ("###########",),
    "emso": ("1#0#98#50####", "2#1#97#50####"),
    "amka": ("1#0#8######", "2#1#9######"),
    "tckn": ("###########", "### ### ### ##"),
    "rnokpp": ("3#########", "2#########"),
    "snils": ("###-###-### ##", "### ### ### ##"),
    "passport_ru": ("45## ######", "#### ######", "## ## ######"),
    "hetu": ("1#0#8#-###A", "2#1#9#-###A", "0#0#0#A###A"),
    "cpr": ("1#0#8#-####", "2#1#9#-####"),
    "fnr": ("1#0#8# #####", "2#1#9######"),
    "codice_fiscale": ("AAAAAA8#A1#A###A", "AAAAAA7#A0#A###A", "AAAAAA9#A5#A###A"),
    "curp": ("AAAA8#0#1#HAAAAA##", "AAAA9#1#0#MAAAAA##"),
    "steuer_id": ("## ### ### ###", "###########"),
    "kvnr": ("A#########",),
    "nif": ("#########", "### ### ###"),
    "dossier": ("P-######", "######/##", "H##-#####", "##/####", "NO.######", "RM-##-##-##"),
    "hospital": ("HN ######", "HN#######", "UHID####", "OP-####-##", "IP/####/##", "########"),
    "serial": ("SN-######", "C02#####AAAA", "FX##-####-##", "S/N ########", "R#######AA"),
    "beneficiary": ("HPB-#########", "#AA#-AA#-AA##", "#########A", "XYA#########"),
    "cert": ("CERT-#######", "L-######", "RN#######", "MD-#####-A"),
    "mrz_number": ("A########", "#########", "C####AA##"),
}


def make_rodne(rng: Random) -> str:
    """Make a Czech or Slovak birth number: ten digits that 11 divides, nine before 1954."""
    old = rng.random() < 0.1
    year = rng.randint(1935, 1953) if old else rng.randint(1954, 2008)
    month = rng.randint(1, 12) + rng.choice([0, 50])  # 50 more for women
    body = f"{year % 100:02d}{month:02d}{rng.randint(1, 28):02d}"
    while True:
        tail = fill(rng, "###")
        check = "" if old else str(-int(body + tail) * 10 % 11)
        if len(check) < 2 and tail != "000":
            return f"{body}{rng.choice(['/', '/', '/', ''])}{tail}{check}"


def make_rrn(rng: Random) -> str:
    """Make a resident number of Korea: birthday, century and sex, place, check digit (mod 11)."""
    year = rng.randint(1940, 2015)
    sex = rng.choice((1, 2)) + (2 if year >= 2000 else 0)
    body = (
        f"{year % 100:02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{sex}{fill(rng, '#####')}"
    )
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return f"{body[:6]}-{body[6:]}{(11 - rest) % 10}"


NATIONAL_MAKERS: dict[str, Callable[[Random], str]] = {"rodne": make_rodne, "rrn": make_rrn}
