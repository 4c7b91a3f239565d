"""Drawn names in the form of the source: titles, suffixes, parts, case and marks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ..helpers import NAME, shares_a_run, write_surrogate, written


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Rev. Desmond Tutu", rf"Rev {NAME} {NAME}"),
        ("Rev Tutu", rf"Rev\. {NAME}"),
        ("Prof. Dr. med. Anneliese Müller", rf"Dr {NAME} {NAME}"),
        ("Herr Dr. Müller", rf"Hr\. Dr {NAME}"),
        ("Frau Dipl.-Ing. Müller", rf"Fr\. {NAME}"),
        ("Dr. h. c. Karl Benz", rf"Dr {NAME} {NAME}"),
        ("Herr und Frau Schmidt", rf"Hr\. & Fr\. {NAME}"),
        ("Sr. y Sra. García", rf"Señor & Señora {NAME}|Sr & Sra {NAME}|Sr\. & Sra\. {NAME}"),
        ("M. et Mme Dupont", rf"M\. & Madame {NAME}|M & Madame {NAME}|Monsieur & Madame {NAME}"),
        ("Familie Schmidt", rf"Fam\. {NAME}"),
        ("Karl-Theodor von und zu Guttenberg", rf"{NAME}-{NAME} {NAME}"),
        ("Mevr. Jansen", rf"Mw\. {NAME}"),
        ("De heer Jansen", rf"Dhr\. {NAME}"),
        ("Sig.ra Rossi", rf"Signora {NAME}"),
        ("Dña. Carmen Díaz", rf"Sra\. {NAME} {NAME}"),
        ("г-н Иванов", rf"[Гг]осподин {NAME}"),
        ("г-жа Петрова", rf"госпожа {NAME}(?:а|я)"),
        ("господин Иванов", rf"г-н {NAME}"),
        ("κ. Παπαδόπουλος", rf"κ\. {NAME}|κύριος {NAME}"),
        ("Bay Yılmaz", rf"B\. {NAME}"),
        ("Ayşe Hanım", rf"{NAME}"),
        ("pan Kowalski", rf"P\. {NAME}"),
        ("Robert Downey Jr.", rf"{NAME} {NAME} Jr"),
        ("John Smith III", rf"{NAME} {NAME}"),
        ("John Smith, Ph.D.", rf"{NAME} {NAME}"),
        ("John Smith, MD", rf"{NAME} {NAME}(?:, MD)?"),
        ("Tanaka-san", NAME),
        ("王先生", r"[\u4e00-\u9fff]+先生"),
        ("Archbishop Tutu", rf"Abp\.? {NAME}"),
        ("Elvin Bishop", rf"{NAME} {NAME}"),
        ("Don Johnson", rf"{NAME} {NAME}"),
        ("Nat Cole", rf"{NAME} {NAME}"),
        ("Maj Sjöwall", rf"{NAME} {NAME}"),
        ("mary-jane watson", r"[a-z]+-[a-z]+ [a-z]+"),
        ("Mary-Jane Watson", rf"{NAME}-{NAME} {NAME}"),
        ("José Ortega y Gasset", rf"{NAME} {NAME} {NAME}"),
        ("Anna v.d. Berg", rf"{NAME} {NAME}"),
        ("v. Beethoven", NAME),
        ("Bernd Freiherr v. Stein", rf"{NAME} {NAME}"),
        ("J.-C. Dupont", rf"[A-Z]\.-[A-Z]\. {NAME}"),
        ("Robert 'Bob' Miller", rf"{NAME} '{NAME}' {NAME}"),
        ("l'avvocato Rossi", rf"Avv {NAME}"),
        ("박 과장님", r"[\uac00-\ud7a3]과장님|[\uac00-\ud7a3]{2}과장님"),
        ("Mr. & Mrs. Ek", rf"Mr\.? \+ Ms\.? {NAME}"),
        ("Ugo de' Medici", rf"{NAME} {NAME}"),
        ("Univ.-Prof. DDr. Kai Ott", rf"Dr {NAME} {NAME}"),
        ("Lee-Ann Ek", rf"{NAME}-{NAME} {NAME}"),
        ("The Rev. Desmond Tutu", rf"Rev {NAME} {NAME}"),
        ("the Hon. James Okafor", rf"Hon {NAME} {NAME}"),
        ("The Honourable James Okafor", rf"Hon {NAME} {NAME}"),
        ("Avv. Rossi", rf"Avv {NAME}"),
        ("Mgr. Jana Nováková", rf"(?:Mgr|Mag\.) {NAME} {NAME}"),
        ("dr hab. Jan Kowalski", rf"Dr {NAME} {NAME}"),
        ("Prof. em. Karl Benz", rf"Dr\. {NAME} {NAME}"),
        ("Karl Benz, emeritus", rf"{NAME} {NAME}"),
        ("г-ну Иванову", rf"господину {NAME}"),
        ("г-на Иванова", rf"господина {NAME}"),
        ("госпоже Ивановой", rf"г-же {NAME}"),
        ("Pana Kowalskiego", rf"P\. {NAME}"),
        ("Panu Kowalskiemu", rf"P\. {NAME}"),
        ("pani Kowalskiej", rf"P\. {NAME}"),
        ("p. Nowak", rf"p\. {NAME}"),
        ("Doña Carmen", rf"Sra\. {NAME}"),
        ("D.ª Carmen Díaz", rf"Sra\. {NAME} {NAME}"),
        ("Dª Carmen Díaz", rf"Sra\. {NAME} {NAME}"),
        ("Sr. D. José García", rf"Señor D\. {NAME} {NAME}|Señor {NAME} {NAME}"),
        ("Father Brown", rf"Fr {NAME}"),
        ("Fr. Thomas Merton", rf"Fr {NAME} {NAME}"),
        ("Sr. Mary Agnes", rf"Sr {NAME} {NAME}"),
        ("Br. Anselm", rf"Br {NAME}"),
        ("Brother Anselm Keane", rf"Br {NAME} {NAME}"),
        ("Mons. Bianchi", rf"Mgr\.? {NAME}"),
        ("Suor Maria", rf"Sr\. {NAME}"),
        ("JUDr. Novák", rf"Dr {NAME}"),
        ("mgr inż. Nowak", rf"Mag\. {NAME}|Mag\. Ing\. {NAME}"),
        ("Univ.-Prof. Dr. Schmidt", rf"Dr {NAME}"),
        ("Dipl.-Psych. Schmidt", NAME),
        ("Lt. Col. Lee", rf"Lt {NAME}"),
        ("Av. Yılmaz", rf"{NAME}|Av {NAME}"),
        ("Prof.ª Silva", rf"Dr {NAME}"),
        ("domnului Popescu", rf"Dl {NAME}"),
        ("김 선생님", r"[\uac00-\ud7a3]+"),
        ("李老师", r"[\u4e00-\u9fff]+老师"),
        ("田中部長", r"[\u4e00-\u9fff]+部長"),
    ],
)
def test_titles_and_suffixes_are_no_names(text: str, form: str) -> None:
    (made,) = written(f"|{text}|")
    assert re.fullmatch(form, made), made
    assert not set(re.findall(r"\w{4,}", text)) & set(re.findall(r"\w{4,}", made))


@pytest.mark.parametrize(
    "names", ["王小明|王先生|小明", "山田太郎|山田さん|太郎", "김민수|김 씨|민수"]
)
def test_parts_of_a_name_without_a_blank_are_of_the_new_one(names: str) -> None:
    for i in range(20):
        whole, family, given = written(f"|{names.replace('|', '|、|')}|", key=b"%032d" % i)
        family = re.sub(" ?(?:先生|さん|씨)$", "", family)
        assert whole == family + given, (whole, family, given)


def test_halves_of_a_double_name_are_of_the_new_one() -> None:
    whole, one, other = written("|Élodie Lefèvre-Dubois|, |Lefèvre|, |Élodie Dubois|")
    first, last = whole.split()
    assert last.split("-") == [one, other.split()[1]]
    assert other.split()[0] == first
    whole, short = written("|Jean-Claude Dupont|, |J.-C. Dupont|")
    first, last = whole.split()
    assert short == f"{'-'.join(part[0] + '.' for part in first.split('-'))} {last}"


@pytest.mark.parametrize("mark", ["'", "’", "׳"])
def test_the_mark_of_a_hebrew_title_is_written_once(mark: str) -> None:
    for i in range(8):
        (made,) = written(f"|גב{mark} כהן|", key=b"%032d" % i)
        assert re.fullmatch("(?:גב'|גברת) [\u05d0-\u05ea'\" -]+", made)
        assert "''" not in made


def looks(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


VALUES: list[tuple[str, str, Callable[[str], bool]]] = [
    ("person", "斎藤 直子", looks(r"[\u4e00-\u9fff]{1,2} [\u4e00-\u9fff]{1,3}")),
    ("person", "Dr. Sarah Johnson", looks(r"Dr [A-Z]\w+ \w+")),
    ("person", "Dr Johnson", looks(r"Dr \w+")),
    ("person", "Mr. Lee", looks(r"Mr \w+")),
    ("person", "Mrs. Jane Doe", looks(r"Ms\. \w+ \w+")),
    ("person", "Mr Chidi Ek", looks(r"Mr \w+ \w+")),
    ("person", "Mr. and Mrs. Smith", looks(r"Mr & Ms \w+")),
    ("person", "Ludwig van der Berg", looks(r"[\w-]+ [\w-]+")),
    ("person", "Dr. van der Berg", looks(r"Dr \w+")),
    ("person", "Herr Müller", looks(r"Hr\. [\w-]+")),
    ("person", "Mme Dupont", looks(r"Madame [\w-]+")),
    ("person", "Madame Curie", looks(r"Mme [\w-]+")),
    ("person", "Sra. López", looks(r"Señora [\w-]+")),
    ("person", "Prof. Ada B. King", looks(r"Dr\. \w+ \w\. \w+")),
    ("person", "J. R. R. Tolkien", looks(r"(\w\. ){3}\w+")),
    ("person", "Johnson, Sarah", looks(r"\w+, \w+")),
    ("person", "SARAH JOHNSON", looks(r"[A-Z]+ [A-Z]+")),
    ("person", "王小明", looks(r"[\u4e00-\u9fff]{2,4}")),
    ("person", "Ольга Петрова", looks(r"[А-Яё]\w+ [А-Я]\w+а?я?")),
    ("person", "محمد علي", looks(r"[\w-]+ [\w-]+")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "fits"), VALUES, ids=[text for _, text, _ in VALUES])
def test_a_value_becomes_one_of_its_kind(label, text, fits) -> None:
    made = write_surrogate(text, label)
    assert not shares_a_run(text, made)
    assert fits(made), made
