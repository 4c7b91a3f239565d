# ruff: noqa: E501  (lists of words read best as one string)
"""What looks like personal data and is not: versions, prices, hashes, organisations, places."""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

from .patterns import fill, random_text
from .people import faker_person

ORGS = (
    "Johnson & Johnson|Wells Fargo|Morgan Stanley|Marks & Spencer|Goldman Sachs|Harley-Davidson|Ford|"
    "JPMorgan Chase|Ernst & Young|Baker McKenzie|Procter & Gamble|the Washington Post|Ben & Jerry's|"
    "Lloyd's|Walt Disney Studios|Dr Pepper|Philip Morris International|Charles Schwab|Levi Strauss|"
    "Hewlett-Packard|Tiffany & Co.|Mercedes-Benz|Wendy's|Barclays|Acme Corp|Globex|Siemens AG|Unilever|"
    "Bosch|Banco Santander|Deutsche Bahn|Air France|the Red Cross|UNICEF|Oxfam|City Hall|Greenpeace|"
    "Northwind Traders|Contoso Ltd|Hill & Sons Ltd|Walker Brothers Plumbing|Smith Street Bakery|"
    "St. Mary's Hospital|Kaiser Permanente|Mayo Clinic|Stanford University|Carnegie Mellon|"
    "the Johns Hopkins University|Martin Luther King High School|Taylor Guitars|Carter's|Kellogg's"
).split("|")
NAME_LIKE_PLACES = (
    "Jordan|Georgia|Austin|Florence|Charlotte|Paris|Sydney|Victoria|Chad|Jackson|Madison|Lincoln|"
    "Houston|Dallas|Orlando|San Antonio|St. Petersburg|Santa Barbara|Alexandria|Adelaide|Augusta|"
    "Savannah|Columbus|Cleveland|Washington|Lake Victoria|Mount Everest|Hudson Bay|Darwin|Aurora|"
    "Lima|Lourdes|Trinidad|Virginia|Carolina|Montana|Israel|Diego Garcia|Mount Elbert|Cape Ann"
).split("|")
PRODUCTS = (
    "iPhone 15 Pro|ThinkPad X1 Carbon|Galaxy S23|PlayStation 5|Boeing 737-800|Airbus A320|Model 3|"
    "Windows 11|Ubuntu 22.04|Python 3.11|RTX 4090|Ryzen 7 5800X|Canon EOS R6|Civic Type R|F-150|"
    "WD-40|Formula 409|Chanel No. 5|Jack Daniel's|Uncle Ben's|Aunt Jemima pancakes|Ruby on Rails|"
    "Jenkins|Alexa|Siri|Cortana|Claude|Gemini|Watson|Jasper|Elasticsearch 8.4|PostgreSQL 15|Bosch GSR 12V"
).split("|")
DRUGS = "Metformin Lisinopril Atorvastatin Amoxicillin Ibuprofen Sertraline Omeprazole".split()
ILLS = (
    "asthma|type 2 diabetes|hypertension|Parkinson's disease|Crohn's disease|Lyme disease|"
    "Hodgkin lymphoma|a sprained ankle|Alzheimer's|Graves' disease|migraine|pneumonia"
).split("|")
JOBS = (
    "accountant|nurse|software engineer|teacher|driver|project manager|lawyer|electrician|HR lead|"
    "sales rep|surgeon|caretaker|consultant|shift supervisor|paralegal|data analyst|plumber"
).split("|")
FILES = (
    "main.py index.html report_final_v2.docx IMG_4821.JPG config.yaml README.md app.min.js".split()
)
TOPICS = (
    "the budget|our holiday|the new kitchen|that recipe|the contract|school|the garden|your invoice|"
    "the car|the test results|football|the deadline|the wedding|the flat|the refund|the rota|the dog"
).split("|")
CODES = (
    "ORD-######",
    "#######",
    "INV-20##-####",
    "SO######",
    "TKT-#####",
    "#####-##",
    "PO ######",
    "REF: ######",
    "A#######",
)


def make_version(rng: Random) -> str:
    """Make a version number."""
    numbers = ".".join(str(rng.randint(0, 30)) for _ in range(rng.choice([2, 3, 3, 4])))
    return (
        rng.choice(["v", "", "", "V"])
        + numbers
        + rng.choice(["", "", "-beta.2", "rc1", "-SNAPSHOT"])
    )


def make_price(rng: Random) -> str:
    """Make an amount of money."""
    amount = rng.choice([rng.randint(1, 99), rng.randint(100, 99_999), rng.randint(10**5, 10**8)])
    forms = (
        f"${amount:,}.{rng.randint(0, 99):02d}",
        f"€{amount}",
        f"£{amount:,}",
        f"{amount} USD",
        f"{amount},{rng.randint(0, 99):02d} €",
        f"₹{amount:,}",
        f"{amount:,} kr",
        f"¥{amount}",
    )
    return rng.choice(forms)


def make_measure(rng: Random) -> str:
    """Make a measurement."""
    number = rng.choice(
        [str(rng.randint(1, 999)), f"{rng.uniform(0, 200):.2f}", f"{rng.uniform(0, 9):.1f}"]
    )
    unit = rng.choice(
        "kg mg ml cm km mph °C °F GB MB ms Hz kWh mmHg bpm % ppm m² psi rpm dB".split()
    )
    return number + rng.choice([" ", ""]) + unit


def make_uuid(rng: Random) -> str:
    """Make a request id in the form of a UUID."""
    return "-".join(random_text(rng, "0123456789abcdef", n) for n in (8, 4, 4, 4, 12))


def make_hash(rng: Random) -> str:
    """Make the name of a commit or a checksum of a public file."""
    return random_text(rng, "0123456789abcdef", rng.choice([7, 8, 12, 40]))


def make_order(rng: Random) -> str:
    """Make the number of an order, a ticket or an invoice."""
    return fill(rng, rng.choice(CODES))


def make_score(rng: Random) -> str:
    """Make the score of a match."""
    return rng.choice(
        (
            f"{rng.randint(0, 6)}-{rng.randint(0, 6)}",
            f"{rng.randint(60, 130)}–{rng.randint(60, 130)}",
            f"6-{rng.randint(0, 4)}, 7-{rng.choice('56')}",
        )
    )


def make_long_number(rng: Random) -> str:
    """Make a number of many digits that names nobody: a count, a code constant, an ISBN, a barcode."""
    forms = (
        "978-#-##-######-#",
        "0x########",
        "############",
        "#,###,###,###",
        "3.14159265##",
        "1e-##",
        "##############",
        "#########L",
        "16777216",
        "4294967295",
        "50 ####### ######",
        "1:##.###",
    )
    return fill(rng, rng.choice(forms))


def make_standard(rng: Random) -> str:
    """Name a standard, a law or a document number."""
    forms = (
        "ISO 9001:2015",
        "ISO/IEC 27001",
        "RFC ####",
        "EN 1####-1",
        "IEEE 802.11ac",
        "Section 4#(b)",
        "Article 1#",
        "42 U.S.C. § 1983",
        "GDPR Art. 17",
        "CVE-20##-#####",
        "DIN 18###",
        "§ 2#3 BGB",
        "Form 10-K",
        "Regulation (EU) 20##/6##",
        "Title VII",
        "PEP 8",
        "ASTM D##2",
        "KB50#####",
    )
    # Not fill: an A is an A here.
    return "".join(rng.choice(string.digits) if c == "#" else c for c in rng.choice(forms))


def make_year(rng: Random) -> str:
    """Make a year of public history."""
    return str(rng.choice([rng.randint(1400, 1990), rng.randint(1990, 2026)]))


def make_colour(rng: Random) -> str:
    """Make a colour of a style sheet."""
    return "#" + random_text(rng, string.digits + "abcdef", rng.choice([3, 6]))


def make_ip(rng: Random) -> str:
    """Make an IP address."""
    if rng.random() < 0.15:
        return ":".join(random_text(rng, "0123456789abcdef", 4) for _ in range(8))
    return ".".join(str(rng.randint(1, 254)) for _ in range(4))


def make_mac(rng: Random) -> str:
    """Make a hardware address."""
    return rng.choice(":-").join(random_text(rng, "0123456789abcdef", 2) for _ in range(6))


def make_handle(rng: Random) -> str:
    """Make a user name."""
    word = rng.choice("night wolf pixel tiny lucky salty moon happy retro ninja coffee sky".split())
    other = rng.choice("panda fox rider cat bear queen dev lover 88 stan gamer".split())
    return rng.choice(["@", ""]) + word + rng.choice(["_", "", "."]) + other + fill(rng, "##")


def make_mrz_name(rng: Random) -> str:
    """Make the first line of the machine-readable zone of a passport."""
    state = rng.choice("GBR USA FRA IND ESP NLD POL KEN BRA UTO".split())
    names = [random_text(rng, "AEIOULNRSTMKD", rng.randint(3, 9)) for _ in range(3)]
    line = f"P<{state}{names[0]}<<{names[1]}{rng.choice(['', '<' + names[2]])}"
    return line.ljust(44, "<")


def make_hour(rng: Random) -> str:
    """Make a time of day."""
    hour, minute = rng.randint(1, 12), rng.choice([0, 15, 30, 45, rng.randint(0, 59)])
    return rng.choice(
        [
            f"{hour}:{minute:02d} pm",
            f"{hour + 11}:{minute:02d}",
            f"{hour}am",
            f"{hour}.{minute:02d}",
        ]
    )


def _chooser(values: list[str]) -> Callable[[Random], str]:
    return lambda rng: rng.choice(values)


def make_firm(rng: Random) -> str:
    """Make a firm that is called after people, as most are that nobody has heard of."""
    one, other, third = (faker_person(rng, "en").family for _ in range(3))
    kinds = "Ltd|PLC|Inc|LLC|Group|Partners|Associates|Bank|University|Hospital|Foundation|Brothers"
    forms = (
        f"{one}-{other}",
        f"{one}, {other} and {third}",
        f"{one} {rng.choice(kinds.split('|'))}",
    )
    more = (f"{one} & {other}", f"{one} and Sons", f"{one} {other} {rng.choice(kinds.split('|'))}")
    return rng.choice((*forms, *more, forms[0], forms[2]))


def make_agent(rng: Random) -> str:
    """Make what a browser says of itself."""
    systems = (
        "Windows NT 10.0; Win64; x64|Macintosh; Intel Mac OS X 10_15_7|X11; Linux x86_64|"
        "iPhone; CPU iPhone OS 16_5 like Mac OS X|Macintosh; Intel Mac OS X 10.15; rv:109.0|Android 13; Mobile"
    ).split("|")
    engine = f"{rng.randint(530, 605)}.{rng.randint(0, 40)}"
    browser = rng.choice(["Chrome", "Safari", "Firefox", "Edg"])
    number = fill(rng, rng.choice(["##.0.###.0", "##.0", "1##.0.####.##"]))
    return (
        f"Mozilla/5.0 ({rng.choice(systems)}) AppleWebKit/{engine} (KHTML, like Gecko) "
        f"{browser}/{number}{rng.choice(['', f' Mobile/{random_text(rng, string.ascii_uppercase, 6)} Safari/{engine}'])}"
    )


def make_stamp(rng: Random) -> str:
    """Make a time of day as machines write it."""
    return fill(rng, rng.choice(["1#:2#:3#.######", "0#:4#:1#,###", "0#:1#:2#", "1#:0#:2#.###Z"]))


MAKERS: dict[str, Callable[[Random], str]] = {
    "version": make_version,
    "price": make_price,
    "measure": make_measure,
    "uuid": make_uuid,
    "hash": make_hash,
    "order": make_order,
    "score": make_score,
    "number": make_long_number,
    "standard": make_standard,
    "colour": make_colour,
    "org": lambda rng: make_firm(rng) if rng.random() < 0.3 else rng.choice(ORGS),
    "firm": make_firm,
    "agent": make_agent,
    "time": make_stamp,
    "place": _chooser(NAME_LIKE_PLACES),
    "product": _chooser(PRODUCTS),
    "drug": _chooser(DRUGS),
    "illness": _chooser(ILLS),
    "job": _chooser(JOBS),
    "file": _chooser(FILES),
    "topic": _chooser(TOPICS),
    "n": lambda rng: str(rng.randint(2, 98)),
    "port": lambda rng: str(rng.choice([22, 80, 443, 3306, 5432, 6379, 8080, 27017])),
}
# Neither right nor wrong: not scored, not learnt.
UNCERTAIN_MAKERS: dict[str, Callable[[Random], str]] = {
    "year": make_year,
    "ip": make_ip,
    "mac": make_mac,
    "handle": make_handle,
    "hour": make_hour,
    "docket": lambda rng: fill(
        rng, rng.choice(["#:2#-cv-0####", "20##-CR-####", "No. ##-#####", "## O ###/##"])
    ),
    "mrzname": lambda rng: make_mrz_name(rng),
    "mrztail": lambda rng: (
        fill(rng, rng.choice(["<#", "#"]) + "GBR8#0#1##M3#0#1#") + "<" * 14 + fill(rng, "0#")
    ),
    "coordinates": lambda rng: f"{rng.uniform(-80, 80):.4f}, {rng.uniform(-170, 170):.4f}",
}
