"""Texts of invented people on which two networks are compared: a few by hand, more generated."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Final

from ..corpus.rows import Row, read_rows

FILE: Final = "battery.jsonl.gz"
# Twenty golden samples, by what they hold.
SAMPLES: Final = {
    "email": "Please write to annika.reyes@example.org before Monday, not to the old address.",
    "phone": "You can reach the surgery on +1 202 555 0191, or after six on 01632 960 482.",
    "ssn": "Her social security number is 078-05-1120; keep it out of the minutes.",
    "credit card": "The hotel charged card 4111 1111 1111 1111 twice, so one has to be returned.",
    "name": "Dear Tomasz Wilk, Dr Leila Haddadi has asked me to move your appointment.",
    "ipv4": "Failed login for root from 203.0.113.42 port 52044; blocked 198.51.100.7 as well.",
    "address": "The parcel goes to 7 Quay Lane, Port Ardle PA2 1ZZ; ring at the side door.",
    "date of birth": "Patient: Jana Vogt, date of birth 14/02/1971, admitted with a fever.",
    "url": "His photographs are at https://example.com/u/tomasz-wilk?album=3 for anyone to see.",
    "mixed": (
        "Patientin: Jana Vogt, geb. 2.5.1970, Tel. 030 5550 1234, Hauptstr. 5, 10115 Berlin, "
        "jana.vogt@example.net, Konto DE89 3704 0044 0532 0130 00."
    ),
    "password": "Log in as t.wilk with the password Gr4nite!Lark-77 and change it at once.",
    "api key": "export API_KEY=sk_test_9aQ2vLx7Tt0bYw4RkZ and restart the worker, please.",
    "iban": "Rent goes to GB29 NWBK 6016 1331 9268 19, account holder Orla Brannigan.",
    "french": "Bonjour, je suis Amélie Trouvé, née le 3 mars 1988, joignable au 06 39 98 12 34.",
    "spanish": "La paciente Lucía Ferrán Otero vive en la calle Olmo 14, 28012 Madrid.",
    "japanese": "担当は佐藤由美です。電話は03-5550-0142、住所は東京都港区芝1-2-3です。",
    "arabic": "اسمي ليلى حدادي ورقم هاتفي ‎+971 50 555 0123 وبريدي leila@example.net.",
    "emoji": "🎉 Congrats Zoë O'Hara-Núñez 👩‍⚕️! RSVP: zoe.ohara@example.com by 9 May 🙂",
    "table": "name;born;phone\nPiet van Dijk;1979-11-30;+31 20 555 0147\nMei Lin;2001-04-02;n/a",
    "nothing": "The committee met on the third floor and adopted the minutes without a change.",
}


@cache
def read_battery() -> tuple[Row, ...]:
    """Read the generated texts, with their spans; `data/README.md` says how they were made."""
    with as_file(files(__package__) / "data" / FILE) as path:
        return tuple(read_rows(path))
