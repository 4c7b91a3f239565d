"""Words beside names in some twenty languages -> what they tell, and how another writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Rank, gender and locale; the words; what a surrogate writes for them, the best first: often a
# short form, so that little of the source repeats, and another for a source that has it. Nothing
# stands there if all that is usual repeats four letters.
_TABLE = """
plain male -       | mr mister messrs                        | Mr
plain female -     | mrs ms miss madam                       | Ms
plain - -          | mx                                      | Mx
- - -              | fr                                      | Fr, Fr.
office - -         | nurse                                   |
learned - -        | dr doctor prof professor doktor pr univ-prof ddr | Dr
learned female -   | profa professora professorin            | Dr
- - -              | med jur phil rer nat pol habil hc dipl iur oec theol vet dent techn |
- - -              | hab em emer emeritus emerita            |
- - -              | pd priv-doz ra                          |
office - -         | chief coach secretary staff             |
learned - -        | ing inż inz inženýr                     | Ing, Ing., Inż.
learned - -        | mag mgr                                 | Mgr, Mag.
learned - -        | drs                                     | Drs, Drs.
learned - -        | lic licda licdo licenciado licenciada ldo lda | Lic, Lic.
learned - -        | arq arquitecto arquitecta arch architetto | Arq, Arc.
learned - -        | attorney atty                           | Att, Att.
office male -      | sir lord                                | Mr
office female -    | lady dame                               | Ms
office - -         | rev reverend pastor                     | Rev, Rev.
office male -      | msgr monsignor monsignore mons monseñor | Mgr, Mgr.
office male -      | father padre                            | Fr, Fr.
office female -    | sister mother                           | Sr, Sr.
office male -      | brother br                              | Br, Br.
office - -         | archbishop abp                          | Abp, Abp.
office - -         | bishop bp                               | Bp, Bp.
office male -      | cardinal                                | Cdl.
office - -         | rabbi rav                               | Rav, R.
office male -      | imam pope prince                        |
office female -    | princess queen                          |
office - -         | judge justice hon honourable honorable  | Hon, Hon.
office - -         | mayor president pres minister chancellor | Hon, Hon.
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
office - -         | officer constable sheriff |
office - -         | private pvt                             | Pvt, Pvt.
office - -         | councillor cllr                         | Cr.
office - -         | rep representative congressman congresswoman | Rep, Rep.
office - -         | ambassador amb                          | Amb, Amb.
office female -    | baroness                                | Ms
plain male de_DE   | herr hr herrn                           | Hr., Herr
plain female de_DE | frau frl fräulein                       | Fr., Frau
office male de_DE  | pater                                   | P.
office female de_DE | schwester krankenschwester             | Sr.
office male de_DE  | pfarrer pfr                             | Pfr., P.
office female de_DE | pfarrerin pastorin                     | Pfr.
learned male de_DE | rechtsanwalt                            | RA
learned female de_DE | rechtsanwältin                        | RA
learned - de_DE    | ra.                                     | RA
office male de_DE  | oberarzt chefarzt assistenzarzt bürgermeister staatsanwalt |
office female de_DE | oberärztin chefärztin assistenzärztin bürgermeisterin |
office female de_DE | richterin ministerin staatsanwältin    |
plain - de_DE      | familie fam                             | Fam., Familie
plain - fr_FR      | famille                                 | Fam.
plain - es_ES      | familia                                 | Fam.
plain - it_IT      | famiglia                                | Fam.
plain - -          | family                                  | Fam.
plain male fr_FR   | monsieur m                              | M., Monsieur
office male fr_FR  | père abbé                               | P.
office female fr_FR | sœur soeur                             | Sr.
office male fr_FR  | frère                                   | Fr.
plain female fr_FR | madame mme mlle mademoiselle            | Mme, Madame
learned - fr_FR    | maître me                               | Me, Me.
plain male es_ES   | señor sr                                | Sr., Señor
plain female es_ES | señora sra señorita srta                | Sra., Señora
office male es_ES  | don                                     | Sr.
office male -      | don.                                    | D., Sr.
office - -         | d.                                      | D.
office female es_ES | doña dña                               | Sra.
office female es_ES | hermana hna sor                        | Hna.
office male es_ES  | hermano hno fray                        | Hno.
- - es_ES          | excmo excma ilmo ilma                   |
- - pt_BR          | exmo exma                               |
learned - pt_BR    | eng engenheiro engenheira               | Eng, Eng.
office female pt_BR | irmã                                   | Ir.
office male pt_BR  | irmão frei                              | Fr.
learned female es_ES | dra doctora                           | Dra, Dra.
plain male pt_BR   | senhor                                  | Sr.
plain female pt_BR | senhora                                 | Sra.
office female pt_BR | dona                                   | Sra.
plain male it_IT   | signor signore sig                      | Sig., Signor
plain female it_IT | signora signorina sigra signa           | Sig.ra, Signora
learned male it_IT | dott dottor dottore                     | Dr
learned female it_IT | dottssa dottoressa profssa drssa      | Dr
learned - it_IT    | avv avvocato avvocata avvta             | Avv, Avv.
learned - it_IT    | geom geometra                           | Geo.
learned - it_IT    | rag ragioniere ragioniera               | Rag, Rag.
office female it_IT | suor                                   | Sr.
office male it_IT  | fra                                     | Fr.
office - it_IT     | on onorevole                            | On.
plain male nl_NL   | dhr heer meneer                         | Dhr., Meneer
learned - nl_NL    | ir                                      | Ir, Ir.
learned - nl_NL    | meester                                 | Mr, Mr.
office - nl_NL     | ds dominee                              | Ds.
plain female nl_NL | mevrouw mevr mw mej                     | Mw., Mevr.
plain female sv_SE | frk                                     | Fr.
plain female sv_SE | fru fröken frøken                       | Fru, Fr.
plain male fi_FI   | herra hra                               | Hra, Hr.
learned - fi_FI    | tohtori tri                             | Dr
plain female fi_FI | rouva rva neiti                         | Rva, Rv.
plain male pl_PL   | pan pana panu panem panie               | P.
plain female pl_PL | pani panią                              | P.
plain - pl_PL      | p                                       | p.
office male pl_PL  | ks ksiądz                               | Ks.
office female pl_PL | siostra                                | S.
learned - pl_PL    | mec mecenas                             | Mec, Mec.
learned - pl_PL    | lek                                     | Lek, Lek.
plain - pl_PL      | państwo                                 | P.
plain female cs_CZ | paní slečna slečny slečnu pí            | P.
plain male cs_CZ   | pane panem pánovi panovi                | P.
learned - cs_CZ    | judr mudr mvdr phdr rndr thdr paeddr    | Dr
learned - cs_CZ    | bc                                      | Bc.
plain male ro_RO   | domnul domnului domnule dl d-l          | Dl, Dl.
plain female ro_RO | doamna doamnei dna d-na                 | Dna, Dna.
plain male tr_TR   | bay                                     | Bay, B.
plain female tr_TR | bayan                                   | Bn.
plain - tr_TR      | sayın sn                                | Sn, Sn.
learned - tr_TR    | avukat av                               | Av.
learned - tr_TR    | doç                                     | Doç, Dr
plain male id_ID   | bapak pak                               | Bp.
plain female id_ID | ibu                                     | Bu
plain male vi_VN   | ông                                     | Ô.
plain female vi_VN | bà                                      | B.
plain male ru_RU   | г-н господин                            | г-н, господин
plain male ru_RU   | г-на господина                          | г-на, господина
plain male ru_RU   | г-ну господину                          | г-ну, господину
plain male ru_RU   | г-ном господином                        | г-ном, господином
plain male ru_RU   | г-не господине                          | г-не, господине
plain female ru_RU | г-жа госпожа                            | г-жа, госпожа
plain female ru_RU | г-жи госпожи                            | г-жи, госпожи
plain female ru_RU | г-же госпоже                            | г-же, госпоже
plain female ru_RU | г-жу госпожу                            | г-жу, госпожу
plain female ru_RU | г-жой госпожой                          | г-жой, госпожой
plain - ru_RU      | тов товарищ                             | т.
office male ru_RU  | отец                                    | о.
learned - ru_RU    | д-р доктор проф профессор               | д-р, др.
learned - ru_RU    | доктора д-ра профессора                 | д-ра, проф.
learned - ru_RU    | доктору д-ру профессору                 | д-ру, проф.
learned - ru_RU    | доктором профессором                    | д-р, проф.
plain male uk_UA   | пан пана пану панові паном пане         | п.
plain female uk_UA | пані панею                              | п.
plain male el_GR   | κ κος κύριος κυρίου κύριο κύριε         | κ., κύριος
plain female el_GR | κα κας κυρία κυρίας                     | κα, κυρία
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
    office (str): Which office it is, the same for all of its titles.
    """

    rank: str
    gender: str
    locale: str
    written: tuple[str, ...]
    office: str = ""


def _rows() -> dict[str, Title]:
    titles = {}
    for line in _TABLE.strip().splitlines():
        told, words, written = line.split("|")
        rank, gender, locale = (word.replace("-", "") for word in told.split())
        options = tuple(option for option in written.strip().split(", ") if option)
        office = (*options, *words.split())[0].strip(".") if rank == "office" else ""
        for word in words.split():
            titles[word.casefold()] = Title(rank, gender, locale, options, office)
    return titles


TITLES = _rows()
# The locale of each title and particle that has one; the first that a name has counts.
LOCALES = {word: title.locale for word, title in TITLES.items() if title.locale}
LOCALES |= {"von": "de_DE", "zu": "de_DE", "van": "nl_NL"}
# Short forms that mean another title in documents of some languages; a letter alone may be an
# initial.
SENSES = {
    "en_US": {"fr": "father"},
    "de_DE": {"fr": "frau", "ra": "ra."},
    "fr_FR": {"fr": "frère", "ab": "abbé", "pr": "prof", "dre": "dr"},
    "es_ES": {"fr": "fray", "d": "don.", "don": "don."},
    "pt_BR": {"fr": "frei", "ir": "irmã", "d": "d.", "sr": "senhor", "sra": "senhora"},
    "nl_NL": {"fr": "pater", "mr": "meester"},
    "sv_SE": {"fr": "fru"},
    "it_IT": {"fr": "fra", "d": "don.", "don": "don."},
}
SENSED = frozenset(("sr", *(word for own in SENSES.values() for word in own)))
# Words before a title that are a part of neither it nor the name: "the Rev.", "la Sra."
ARTICLES = frozenset(
    "l the right most very rt le la el il lo los las o a os as der die das".split()
)
# Titles that are also given names or words: only in small letters within a name that has capitals.
_SENSED = {"fr": {"male": "father", "female": "frau"}, "sr": {"female": "sister"}}
_SMALL = frozenset("don pan phil nat med jur rer pol habil theol vet hab em emer dent tri".split())
# Short forms that are also names: only with their dot.
_DOTTED = frozenset(
    "gen maj rav hon det sen col fam ing mons on rag geom arch lic arq mec lek bc ds br rep amb av"
    " pfr sn eng mag tov pr p em hab".split()
)
# What only stands before another title.
_LEADING = frozenset("pd ra priv-doz staff chief secretary".split())
_POLISH = re.compile(r"(?:sk|ck|dzk)(?:i|iego|iemu|im)\b|(?:icz|czyk)\b|[áčíýšąćęłńśźżřěů]", re.I)
# After a name. Of these, the first tell people of one name apart.
GENERATIONS = {
    **dict.fromkeys(("jr", "jnr", "junior"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior"), "sr"),
    "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
# The same after a "the" alone: "Elder" is a name.
AGED = {"elder": "sr", "younger": "jr"}
DEGREES = frozenset(
    "phd md esq dds dphil mba msc bsc rn qc kc obe em emer emeritus emerita csc drsc".split()
)
# Rank, gender; the words.
_HONORIFICS = """
- male     | bey úr
- female   | hanım hanim
- -        | san sama sensei kun chan さん 様 さま 氏 君 くん ちゃん 殿 님
plain male | 先生 군
plain female | 女士 小姐 太太 夫人 양
plain -    | 씨
learned -  | 教授 博士 医師 医生 老师 老師 律师 律師 선생님 선생 교수님 교수 박사님 박사
office -   | 部長 課長 社長 经理 經理 主任 과장님 과장 부장님 부장 사장님 사장 대표님 대표
"""


def _honorifics() -> dict[str, Title]:
    found = {}
    for line in _HONORIFICS.strip().splitlines():
        told, words = line.split("|")
        rank, gender = (word.replace("-", "") for word in told.split())
        found.update({word: Title(rank, gender, "", ()) for word in words.split()})
    return found


HONORIFICS = _honorifics()
SUFFIXES = frozenset((*GENERATIONS, *DEGREES, *HONORIFICS))


def is_title(word: str, norm: str, text: str, dotted: bool, lone: bool, coming: str) -> bool:
    """Say whether a word with which a name begins is a title in it.

    word, norm (str): As it is written, and in the form that is compared.
    text (str): The whole name.
    dotted (bool): Whether a dot follows the word.
    lone (bool): Whether "M." is no initial.
    coming (str): The next word, as it is compared.
    """
    if norm in _LEADING:
        return coming in TITLES
    if norm not in TITLES or (norm in _DOTTED and not dotted):
        return False
    if len(norm) == 1:  # else an initial
        return lone if norm == "m" else word.islower() and not text.islower()
    if norm == "me":
        return word == "Me"
    if norm in _SMALL:
        small = word.islower() and not text.islower()
        return small or (norm == "pan" and bool(_POLISH.search(text)))
    return True


def sense_of(norm: str, given: str, locale: str, lone: bool) -> str:
    """What a short form with which a name begins means: "Fr." in German, "Sr. Mary".

    norm (str): The short form, as it is compared.
    given (str): The gender that the word after it tells, if it is a given name.
    locale (str): Of the document, or "".
    lone (bool): Whether a letter alone is a title.
    """
    if len(norm) == 1 and not lone:
        return norm
    told = _SENSED.get(norm, {}).get(given)
    if told and not (norm == "sr" and locale in ("es_ES", "pt_BR")):
        return told
    return SENSES.get(locale, {}).get(norm, norm)


def title_before(norm: str) -> Title | None:
    """The title that the word before a name is: only what is hardly ever another word."""
    title = TITLES.get(norm)
    unsure = norm in ("m", "me", "κ", "bay", "pan", "p") or norm in _SMALL | _DOTTED
    return title if title and title.rank in ("plain", "learned") and not unsure else None
