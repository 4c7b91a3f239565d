"""Words beside names in some twenty languages -> what they tell, and how another writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Rank, gender and locale; the words; what a surrogate writes for them, the best first: often a
# short form, so that little of the source repeats, and another for a source that has it. Nothing
# stands there if all that is usual repeats four letters.
_TABLE = """
plain male -       | mr mister                               | Mr
plain female -     | mrs ms miss madam                       | Ms
plain - -          | mx                                      | Mx
plain - -          | fr                                      | Fr, Fr.
office - -         | nurse                                   |
learned - -        | dr doctor prof professor                | Dr
- - -              | med jur phil rer nat pol habil hc dipl ing mag drs |
office male -      | sir lord                                | Mr
office female -    | lady dame                               | Ms
office - -         | rev reverend pastor                     | Rev, Rev.
office male -      | father padre                            | Fr.
office female -    | sister                                  | Sr.
office male -      | brother                                 | Br.
office - -         | archbishop abp                          | Abp, Abp.
office - -         | bishop bp                               | Bp, Bp.
office male -      | cardinal                                | Cdl.
office - -         | rabbi rav                               | Rav, R.
office male -      | imam pope prince                        |
office female -    | princess queen                          |
office - -         | judge justice hon mayor president pres minister chancellor | Hon, Hon.
office - -         | senator sen                             | Sen, Sen.
office - -         | governor gov                            | Gov, Gov.
office - -         | captain capt cpt                        | Cpt, Cpt.
office - -         | colonel col                             | Col, Col.
office - -         | sergeant sgt                            | Sgt, Sgt.
office - -         | lieutenant lt                           | Lt, Lt.
office - -         | major maj                               | Maj, Maj.
office - -         | general gen                             | Gen, Gen.
office - -         | admiral adm                             | Adm, Adm.
office - -         | commander cmdr cdr                      | Cdr, Cdr.
office - -         | corporal cpl                            | Cpl, Cpl.
office - -         | detective det inspector insp            | Det, Det.
office - -         | officer constable sheriff               |
plain male de_DE   | herr hr herrn                           | Hr., Herr
plain female de_DE | frau frl fräulein                       | Fr., Frau
plain - de_DE      | familie fam                             | Fam., Familie
plain - fr_FR      | famille                                 | Fam.
plain - es_ES      | familia                                 | Fam.
plain - it_IT      | famiglia                                | Fam.
plain - -          | family                                  | Fam.
plain male fr_FR   | monsieur m                              | M., Monsieur
plain female fr_FR | madame mme mlle mademoiselle            | Mme, Madame
plain - fr_FR      | maître me                               | Me, Me.
plain male es_ES   | señor sr                                | Sr., Señor
plain female es_ES | señora sra señorita srta                | Sra., Señora
office male es_ES  | don                                     | Sr.
office female es_ES | doña dña                               | Sra.
learned female es_ES | dra doctora                           | Dra, Dra.
plain male pt_BR   | senhor                                  | Sr.
plain female pt_BR | senhora                                 | Sra.
office female pt_BR | dona                                   | Sra.
plain male it_IT   | signor signore sig                      | Sig., Signor
plain female it_IT | signora signorina sigra signa           | Sig.ra, Signora
learned male it_IT | dott dottor dottore                     | Dr
learned female it_IT | dottssa dottoressa profssa            | Dr
plain male nl_NL   | dhr heer meneer                         | Dhr., Meneer
plain female nl_NL | mevrouw mevr mw mej                     | Mw., Mevr.
plain female sv_SE | fru fröken frøken                       | Fru, Fr.
plain male fi_FI   | herra hra                               | Hra, Hr.
plain female fi_FI | rouva rva neiti                         | Rva, Rv.
plain male pl_PL   | pan                                     | P.
plain female pl_PL | pani                                    | P.
plain - pl_PL      | państwo                                 | P.
plain female cs_CZ | paní slečna                             | P.
plain male ro_RO   | domnul dl                               | Dl, Dl.
plain female ro_RO | doamna dna                              | Dna, Dna.
plain male tr_TR   | bay                                     | Bay, B.
plain female tr_TR | bayan                                   | Bn.
plain male id_ID   | bapak pak                               | Bp.
plain female id_ID | ibu                                     | Bu
plain male vi_VN   | ông                                     | Ô.
plain female vi_VN | bà                                      | B.
plain male ru_RU   | г-н господин                            | г-н, господин
plain female ru_RU | г-жа госпожа                            | г-жа, госпожа
learned - ru_RU    | д-р доктор проф профессор               | д-р, др.
plain male uk_UA   | пан                                     | п.
plain female uk_UA | пані                                    | п.
plain male el_GR   | κ κος κύριος                            | κ., κύριος
plain female el_GR | κα κυρία                                | κα, κυρία
learned - el_GR    | δρ                                      | δρ
plain male ar_AA   | السيد                                   |
plain female ar_AA | السيدة                                  |
learned - ar_AA    | دكتور الدكتور                           | د.
plain male he_IL   | מר                                      | מר
plain female he_IL | גברת גב                                 | גב', גברת
plain male hi_IN   | श्री                                      |
plain female hi_IN | श्रीमती सुश्री                                |
plain male -       | shri sri shree                          | Sri, Mr
plain female -     | smt shrimati                            | Smt, Ms
"""


@dataclass(frozen=True)
class Title:
    """What a title tells of whoever has it, and what is written for it.

    rank (str): "learned" (Dr), "plain" (Mr, Mx), "office" (Judge, Rev) or "" (med.). After a plain
        or learned one, a single name is the family name; after the others it can be either.
    gender (str): "female", "male" or "".
    locale (str): One of Faker's where its language is sure, or "".
    written (tuple[str, ...]): Titles of the same sense; none if it is left out.
    """

    rank: str
    gender: str
    locale: str
    written: tuple[str, ...]


def _rows() -> dict[str, Title]:
    titles = {}
    for line in _TABLE.strip().splitlines():
        told, words, written = line.split("|")
        rank, gender, locale = (word.replace("-", "") for word in told.split())
        options = tuple(option for option in written.strip().split(", ") if option)
        for word in words.split():
            titles[word.casefold()] = Title(rank, gender, locale, options)
    return titles


TITLES = _rows()
# The locale of each title and particle that has one; the first that a name has counts.
LOCALES = {word: title.locale for word, title in TITLES.items() if title.locale}
LOCALES |= {"von": "de_DE", "zu": "de_DE", "van": "nl_NL"}
# Titles that are also given names or words: only in small letters within a name that has capitals.
_SMALL = frozenset("don pan phil nat med jur rer pol habil".split())
# Short forms that are also names: only with their dot.
_DOTTED = frozenset("gen maj rav hon det sen col fam ing".split())
_POLISH = re.compile(r"(?:ski|cki|dzki|icz|czyk)\b|[ąćęłńśźżřěů]", re.IGNORECASE)
# After a name. Of these, the first tell people of one name apart.
GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior"), "sr"),
    "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
DEGREES = frozenset("phd md esq dds dphil mba msc bsc rn qc kc obe".split())
HONORIFICS = {
    "bey": "male", "hanım": "female", "hanim": "female", "úr": "male", "san": "", "sama": "",
    "sensei": "", "先生": "", "女士": "female", "小姐": "female", "太太": "female", "さん": "",
    "様": "", "さま": "", "氏": "", "씨": "", "님": "",
}  # fmt: skip
SUFFIXES = frozenset((*GENERATIONS, *DEGREES, *HONORIFICS))


def is_title(word: str, norm: str, text: str, dotted: bool, monsieur: bool) -> bool:
    """Say whether a word with which a name begins is a title in it.

    word, norm (str): As it is written, and in the form that is compared.
    text (str): The whole name.
    dotted (bool): Whether a dot follows the word.
    monsieur (bool): Whether "M." is no initial.
    """
    if norm not in TITLES or (norm in _DOTTED and not dotted):
        return False
    if len(norm) == 1:  # else an initial
        return monsieur if norm == "m" else word.islower()
    if norm == "me":
        return word == "Me"
    if norm in _SMALL:
        small = word.islower() and not text.islower()
        return small or (norm == "pan" and bool(_POLISH.search(text)))
    return True


def title_before(norm: str) -> Title | None:
    """The title that the word before a name is: only what is hardly ever another word."""
    title = TITLES.get(norm)
    unsure = norm in ("m", "me", "κ", "bay", "pan", "fr") or norm in _SMALL
    return title if title and title.rank in ("plain", "learned") and not unsure else None
