# ruff: noqa: E501  (lists of words read best as one string)
"""E-mail, phone and web addresses: a random generator -> how people write them."""

from __future__ import annotations

import string
import unicodedata
from random import Random

from .languages import LANGUAGES
from .patterns import fill, random_text
from .people import Person, romanise

MAIL_HOSTS = (
    "gmail.com gmail.com yahoo.com hotmail.com outlook.com icloud.com aol.com proton.me live.com "
    "gmx.de web.de t-online.de orange.fr free.fr laposte.net libero.it alice.it terra.es uol.com.br "
    "ziggo.nl telia.se wp.pl onet.pl seznam.cz mail.ru yandex.ru ukr.net qq.com 163.com naver.com "
    "docomo.ne.jp yahoo.co.jp yahoo.co.in rediffmail.com btinternet.com comcast.net fastmail.fm me.com"
).split()
HOST_WORDS = (
    "north star blue river green hill data cloud soft health care first union global trade home shop "
    "smart media tech lab works build craft food sun bright clear view point next core metro city "
    "garden book travel auto law legal bank finance school sport art photo bio pharma solar wind"
).split()
SUFFIXES = (
    "com com com com org net io co co.uk de fr es it nl eu info biz dev app edu gov.au com.br com.mx "
    "ca in jp co.jp kr cn ru pl cz se no dk fi gr tr com.tr co.il ae co.za com.au ch at be ie me ai"
).split()
PATHS = (
    "about contact login reset-password users/%s profile/%s orders/%s blog/2021/05/how-to docs/v2 "
    "index.html wiki/Main_Page search?q=%s view?id=%s invite/%s r/%s files/%s.pdf p/%s status/%s "
    "img/%s.jpg account/settings?tab=billing#cards product/%s?ref=mail ~%s/ ~%s/cv.html my_page_%s.php "
    "wiki/Grace_(%s) list_(final)/%s @%s @%s/posts/%s a+b/%s c%%2B%%2B/%s q?name=a%%20b&id=%s maps/@%s,12z "
    "2024,03/%s item,%s;v=2 s/%s!/open #/%s #section-%s docs#%s a/b/c/d/%s.html?x=1&y=2&z=%s v1.2/%s:run "
    "file/d/%s/view?usp=sharing s/%s?dl=1 d/%s/edit#gid=0 share/%s watch?v=%s&t=42s t/%s.$2 "
    "%%E2%%9C%%93/%s search?q=caf%%C3%%A9+%s cgi-bin/%s.pl?a=[1] u/0/#inbox/%s oauth?state=%s&next=%%2Fhome"
).split()
IDN_HOSTS = (
    "bäckerei-müller.de café-lune.fr señor-taco.es żółty-kot.pl køkken-hus.dk smörgås.se çiçekçi.com.tr "
    "почта-россии.рф магазин-чая.рф книги.укр ωραία-σπίτια.gr 例子.中国 東京ラーメン.jp 한국여행.kr "
    "مثال-متجر.com दुकान.भारत xn--bcher-kva.example xn--80ak6aa92e.com straße-und-licht.at pão-quente.com.br"
).split()
PHONES = {
    "US": (
        "(###) ###-####",
        "###-###-####",
        "###.###.####",
        "+1 ### ### ####",
        "+1-###-###-####",
        "1-8##-###-####",
        "+1 (###) ###-####",
        "##########",
        "(###)###-####",
        "### ### ####",
        "###-###-#### ext. ###",
        "(###) ###-#### x####",
        "+1##########",
    ),
    "GB": (
        "07### ######",
        "020 #### ####",
        "+44 7### ######",
        "01### ######",
        "+44 (0)20 #### ####",
        "0#### ### ###",
        "+447#########",
        "0161 ### ####",
    ),
    "DE": (
        "0## ########",
        "+49 ### #######",
        "030/#######",
        "(0###) ######",
        "+49 (0)89 ######",
        "0151-########",
    ),
    "FR": (
        "06 ## ## ## ##",
        "+33 6 ## ## ## ##",
        "01.##.##.##.##",
        "+33(0)1 ## ## ## ##",
        "07########",
    ),
    "ES": ("6## ### ###", "+34 6## ## ## ##", "9# ### ## ##", "6########", "+34 9########"),
    "IT": ("3## #######", "+39 3## ### ####", "06 ########", "02/#######"),
    "PT": (
        "+351 9## ### ###",
        "9########",
        "(11) 9####-####",
        "+55 21 9####-####",
        "(31) ####-####",
        "11 9 ####-####",
    ),
    "NL": ("06-########", "+31 6 ## ## ## ##", "020-#######", "06 ########", "+32 4## ## ## ##"),
    "SV": ("070-### ## ##", "+46 70 ### ## ##", "08-### ### ##", "073 ### ## ##"),
    "DA": ("## ## ## ##", "+45 ## ## ## ##", "+47 ### ## ###", "########"),
    "FI": ("040 ### ####", "+358 50 ### ####", "09 ### ###"),
    "PL": ("### ### ###", "+48 ### ### ###", "22 ### ## ##", "+48#########"),
    "CS": ("+420 ### ### ###", "### ### ###", "+36 30 ### ####", "06-1-###-####"),
    "RO": ("07## ### ###", "+40 7## ### ###", "021.###.##.##"),
    "TR": ("05## ### ## ##", "+90 5## ### ## ##", "0 (212) ### ## ##"),
    "EL": ("69########", "+30 69# ### ####", "210 #######", "2310 ######"),
    "RU": ("+7 (9##) ###-##-##", "8 9## ### ## ##", "8(495)###-##-##", "+79#########"),
    "UK": ("+380 ## ### ## ##", "0## ### ## ##", "(044) ###-##-##"),
    "AR": ("+966 5# ### ####", "05########", "+971 50 ### ####", "+20 10 #### ####", "050#######"),
    "HE": ("05#-#######", "+972 5#-###-####", "03-#######"),
    "HI": ("+91 9#### #####", "9#########", "+91-98########", "0## #### ####", "011-########"),
    "ZH": (
        "13#########",
        "138 #### ####",
        "+86 13# #### ####",
        "010-########",
        "09##-###-###",
        "+886 9## ### ###",
    ),
    "JA": ("090-####-####", "03-####-####", "+81 90-####-####", "080########"),
    "KO": ("010-####-####", "02-###-####", "+82 10-####-####", "010########"),
    "VI": ("09## ### ###", "+84 9# ### ## ##", "028 #### ####"),
    "ID": ("08##-####-####", "+62 8## #### ####", "(021) #######"),
    "AU": (
        "04## ### ###",
        "+61 4## ### ###",
        "(02) #### ####",
        "1300 ### ###",
        "+64 21 ### ####",
        "+353 8# ### ####",
    ),
    "ZA": (
        "+27 8# ### ####",
        "08# ### ####",
        "+234 80# ### ####",
        "080########",
        "+254 7## ######",
        "+65 #### ####",
    ),
}
PHONE_LIKE = {"no": "da", "hu": "cs"}
ENGLISH_PHONES = ("US",) * 8 + ("GB",) * 3 + ("AU", "ZA", "DE", "FR", "HI", "NL", "ES")


def make_phone(rng: Random, language: str) -> str:
    """Write a phone number as in a country of the language."""
    key = rng.choice(ENGLISH_PHONES) if language == "en" else PHONE_LIKE.get(language, language)
    listed = LANGUAGES[language].phones if language in LANGUAGES else ()
    forms = listed or PHONES.get(key.upper()) or PHONES[rng.choice(list(PHONES))]
    text = fill(rng, rng.choice(forms))
    if rng.random() < 0.08:  # as typed in a hurry
        text = "".join(char for char in text if char not in " ()-./").split("ext")[0].split("x")[0]
    # no area code starts with 0 or 1 after an opening bracket in North America
    return text.replace("(0", "(2").replace("(1", "(3") if key == "US" else text


def ascii_name(name: str) -> str:
    """Write a name with lower-case ASCII letters only; nothing may be left of it."""
    plain = unicodedata.normalize("NFKD", romanise(name).replace("ß", "ss").replace("ø", "o"))
    return "".join(char for char in plain.lower() if char in string.ascii_lowercase)


def make_email(rng: Random, person: Person | None) -> str:
    """Make an e-mail address, of a person where one is given."""
    given = ascii_name(person.given) if person else ""
    family = ascii_name(person.family) if person else ""
    number = str(rng.choice([rng.randint(1, 99), rng.randint(1950, 2012)]))
    if given and family and rng.random() < 0.85:
        forms = (
            *(f"{given}.{family}", f"{given}.{family}", f"{given[0]}{family}", f"{given}{number}"),
            *(f"{given}_{family}", f"{family}.{given}", f"{given}{family}{number}", f"{given}"),
            *(f"{given}{number}.{family}", f"{given[0]}{family[0]}{number}", f"{number}{given}"),
            *(f"{given[0]}.{family}", f"{given}.{family}{number}", f"{given}-{family}"),
        )
        local = rng.choice(forms)
    else:
        word, other = rng.choice(HOST_WORDS), rng.choice(HOST_WORDS)
        role = rng.choice(
            ["info", "support", "billing", "hr", "noreply", "sales", "office", "admin"]
        )
        local = rng.choice(
            [word + number, f"{word}.{other}", f"{word}_{other}{number}", role, role]
        )
        if rng.random() < 0.1:
            local += f"+{rng.choice(HOST_WORDS)}"
    host = rng.choice(MAIL_HOSTS) if rng.random() < 0.55 else make_host(rng)
    text = f"{local}@{host}"
    return text.upper() if rng.random() < 0.05 else text


def make_host(rng: Random) -> str:
    """Make a domain name."""
    word, other = rng.choice(HOST_WORDS), rng.choice(HOST_WORDS)
    name = rng.choice(
        [word + other, f"{word}-{other}", word + random_text(rng, "abdeiklmnorstu", 3)]
    )
    return f"{name}.{rng.choice(SUFFIXES)}"


def make_slug(rng: Random) -> str:
    """Make the part of a path that names one thing."""
    word, other = rng.choice(HOST_WORDS), rng.choice(HOST_WORDS)
    forms = (f"{word}-{other}", f"{word}_{other}", f"{word}-{rng.randint(1, 999)}", word.title())
    plain = random_text(rng, string.ascii_lowercase + string.digits, rng.randint(3, 10))
    mixed = random_text(rng, string.ascii_letters + string.digits, rng.randint(6, 22))
    return rng.choice([plain, plain, mixed, *forms])


def make_special_url(rng: Random, kind: str, host: str) -> str:
    """Make an address that a browser alone does not open: see `make_url`."""
    word, slug, other = rng.choice(HOST_WORDS), make_slug(rng), make_slug(rng)
    forms = {
        "repo": (
            *(f"ssh://git@{host}/{word}/{slug}.git", f"git://{host}/{slug}.git"),
            *(f"https://{host}/{word}/{slug}.git", f"git+https://{host}/{word}/{slug}.git@v2"),
            *(f"svn://{host}/{word}/trunk", f"git+ssh://git@{host}:2222/{slug}.git"),
        ),
        "deep": (
            *(
                f"{word}app://open/{slug}",
                f"{word}://invite?code={slug}",
                f"{word}://{slug}/{other}",
            ),
            *(
                f"intent://{host}/{slug}#Intent;end",
                f"web+{word}://{slug}",
                f"x-{word}://go?id={slug}",
            ),
        ),
        "share": (
            *(f"smb://{host}/{word}/{slug}", f"sftp://{host}/home/{word}/{slug}.zip"),
            *(
                f"ftp://{host}/pub/{slug}.tar.gz",
                f"afp://{host}/{word}",
                f"nfs://{host}/srv/{word}",
            ),
            *(f"https://{host}/s/{slug}/download", f"webdav://{host}/{word}/{slug}/"),
        ),
    }
    return rng.choice(forms[kind])


def make_url(rng: Random, kind: str) -> str:
    """Make a web address.

    kind (str): "domain" (no path and no scheme), "full" (with scheme), "repo" (of a version
        control), "deep" (of an app), "share" (of files in a net), or "" for any.
    """
    host = rng.choice(IDN_HOSTS) if rng.random() < 0.05 else make_host(rng)
    if kind in ("repo", "deep", "share"):
        return make_special_url(rng, kind, host)
    sub = rng.choice(["www.", "www.", "", "", "api.", "blog.", "shop.", "my.", "portal.", "m."])
    if kind == "domain" or (kind == "" and rng.random() < 0.25):
        return rng.choice(["www." + host, host])
    path = rng.choice(PATHS)
    parts = [make_slug(rng) for _ in range(path.count("%s"))]
    if parts:
        path = path % tuple(parts)
    port = f":{rng.choice([8080, 8443, 3000, 5000])}" if rng.random() < 0.05 else ""
    tail = rng.choice(["", "", "/", f"/{path}", f"/{path}", f"/{path}"])
    scheme = rng.choice(["https://", "https://", "https://", "http://", "ftp://"])
    if kind == "" and rng.random() < 0.2:
        scheme, sub = "", "www."
    return f"{scheme}{sub}{host}{port}{tail}"
