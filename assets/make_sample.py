"""Templates and invented values -> sample_train.jsonl and sample_dev.jsonl, the same on every run.

Everything here was written for this project. Telephone numbers are from ranges kept for fiction,
domains are reserved for examples, and no value belongs to anybody.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

LABELS = {
    "account": "account_number",
    "address": "private_address",
    "date": "private_date",
    "email": "private_email",
    "person": "private_person",
    "phone": "private_phone",
    "url": "private_url",
    "secret": "secret",
}
SLOT = re.compile(r"\{(\w+)\}")

# Train and dev share neither templates nor values.
VALUES = {
    "train": {
        "person": [
            "Maren Oduya",
            "Tomasz Wilk",
            "Ines Carvalho",
            "Okello Banda",
            "Yuki Hartono",
            "Rosalind Peake",
            "Dmitri Saar",
            "Leila Haddadi",
            "Anselm Vogt",
            "Priya Nandal",
        ],
        "email": [
            "m.oduya@example.org",
            "tomasz.wilk@example.com",
            "ines@carvalho.example",
            "okello_b@example.net",
            "leila.h+shop@example.org",
        ],
        "phone": [
            "01632 960417",
            "+44 1632 960 088",
            "(202) 555-0143",
            "202-555-0178",
            "+1 202 555 0191",
        ],
        "address": [
            "14 Larchmont Rise, Dunbrae DN4 7QX",
            "Apt 9, 220 Copper Street, Fallow Creek",
            "Lindenweg 31, 99998 Musterfelde",
            "7 Quay Lane, Port Ardle PA2 1ZZ",
        ],
        "date": ["3 May 1984", "2025-11-07", "14/02/1991", "June 21, 2026", "the 9th of October"],
        "url": [
            "https://files.example.org/u/oduya",
            "www.carvalho.example/me",
            "http://portal.example.com/case?id=8841",
        ],
        "account": [
            "4000 1234 5678 9017",
            "GB00TEST12345678901234",
            "0048812",
            "900-55-0199",
            "POL-77120-K",
        ],
        "secret": ["hunter-maple-19", "sk_test_51Qz9PbL0aaT", "Tr0mbone!Lake", "ghx_9f2c71aa0b3e"],
    },
    "dev": {
        "person": ["Beatrix Lund", "Samir Qureshi", "Noor van Dalen", "Callum Abara"],
        "email": ["b.lund@example.net", "samir@qureshi.example"],
        "phone": ["01632 960733", "(202) 555-0116"],
        "address": ["52 Thistle Court, Garrow GW1 3AB", "Rue des Essais 8, 99999 Testville"],
        "date": ["28 January 1977", "2026-03-15"],
        "url": ["https://example.net/~lund", "booking.example.com/r/5512"],
        "account": ["5500 0000 0000 0004", "7713204"],
        "secret": ["Otter$Window77", "tok_4d1e88f0c9"],
    },
}
TEMPLATES = {
    "train": [
        "Dear {person},\n\nYour appointment is on {date} at the clinic. Call {phone} to change it.",
        "Please send the parcel to {person}, {address}. The driver may ring {phone}.",
        "{person} <{email}> wrote:\n> My password is {secret}, can you reset it?",
        "Patient: {person}\nBorn: {date}\nRecord: {account}\nAddress: {address}",
        "Card {account} was charged on {date}. Questions? Write to {email}.",
        "The deploy key {secret} was pasted into the ticket by {person}; rotate it today.",
        "My page moved from {url} to {url}, the old one will close on {date}.",
        "Hi, {person} here. Reach me on {phone} or {email} after lunch.",
        "name,mail,account\n{person},{email},{account}\n{person},{email},{account}",
        "We moved! Our new home is {address}. Come by, {person} and I will cook.",
        "Claim {account} by {person} was closed on {date}, see {url}.",
        "export API_TOKEN={secret}  # owner: {person}",
        "<customer><name>{person}</name><tel>{phone}</tel><born>{date}</born></customer>",
        "Mrs {person} of {address} was seen on {date} by Dr {person}.",
        "Log in at {url} with {email} and {secret}.",
        "Refund to account {account}, in the name of {person}, please.",
    ],
    "dev": [
        "{person} called from {phone} about the invoice of {date}.",
        "Deliver to: {person}\n{address}\nTel. {phone}",
        "Forgot your code? It is {secret}. Change it at {url}, {person}.",
        "From: {email}\nTo: {email}\nSubject: {account}\n\nIs this my number? {person}",
        "Witness {person}, born {date}, lives at {address}.",
        "Policy {account} and card {account} belong to {person} ({email}).",
        "See {url} before {date}; the guest code is {secret}.",
    ],
}
NOTHING = {
    "train": [
        "The kettle takes about four minutes to boil.",
        "Version 2.4.1 fixes the build on older compilers.",
        "Chapter 12 covers bridges, tunnels and canals.",
        "Turn left at the mill and follow the river for 3 km.",
        "Order two boxes of A4 paper and a stapler.",
    ],
    "dev": ["The meeting room holds 18 people.", "Add 250 g of flour and stir for 5 minutes."],
}
TOPICS = {
    "train": [
        ("Why do people bring salt to a new home?", "Society & Culture"),
        ("How can ice float if it is a solid?", "Science & Mathematics"),
        ("What helps against a stiff neck after sleeping badly?", "Health"),
        ("How do I cite a lecture in an essay?", "Education & Reference"),
        ("My laptop fan is loud as soon as I open a browser, why?", "Computers & Internet"),
        ("What is the offside rule, in two sentences?", "Sports"),
        ("Is it better to pay a loan back early or to save?", "Business & Finance"),
        ("Which instrument is easiest to learn as an adult?", "Entertainment & Music"),
        ("My sister does not talk to me since the wedding. What now?", "Family & Relationships"),
        ("What does a second chamber of parliament do?", "Politics & Government"),
    ],
    "dev": [
        ("Why is the sky dark at night although there are so many stars?", "Science & Mathematics"),
        ("Which file system should I use for a memory card?", "Computers & Internet"),
        ("How many sets are there in a tennis final?", "Sports"),
        ("Can a mayor be voted out between elections?", "Politics & Government"),
    ],
}  # fmt: skip
COPIES = {"train": 3, "dev": 2}
# A source that annotates only persons: the rest of such a text is unknown, not known to be nothing.
PERSON_ONLY_EVERY = 8


def fill(template: str, values: dict[str, list[str]], rng: random.Random) -> tuple[str, list]:
    """Put values into the slots of a template, and note where they landed."""
    text, spans, end = "", [], 0
    for slot in SLOT.finditer(template):
        text += template[end : slot.start()]
        value = rng.choice(values[slot[1]])
        spans.append([len(text), len(text) + len(value), LABELS[slot[1]]])
        text += value
        end = slot.end()
    return text + template[end:], spans


def make_rows(split: str) -> list[dict]:
    """Make the rows of one split."""
    rng = random.Random(split)
    texts = [t for t in TEMPLATES[split] for _ in range(COPIES[split])] + NOTHING[split]
    rows = []
    for i, template in enumerate(texts):
        text, spans = fill(template, VALUES[split], rng)
        known = sorted(LABELS.values())
        if i % PERSON_ONLY_EVERY == PERSON_ONLY_EVERY - 1:
            known = ["private_person"]
            spans = [span for span in spans if span[2] in known]
        rows.append(
            {
                "id": f"sample-{split}-{i}",
                "source": "sample",
                "text": text,
                "spans": spans,
                "ignore": [],
                "known": known,
            }
        )
    for i, (text, label) in enumerate(TOPICS[split]):
        rows.append(
            {
                "id": f"sample-topic-{split}-{i}",
                "source": "sample-topics",
                "text": text,
                "label": label,
            }
        )
    return rows


def main() -> None:
    """Write both files beside this one."""
    for split in TEMPLATES:
        lines = [json.dumps(row, ensure_ascii=False) for row in make_rows(split)]
        path = Path(__file__).parent / f"sample_{split}.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
