"""Names of a document: which of them are one person."""

from __future__ import annotations

import re

import pytest

from spacy_privacy_filter.redact.engine import redact
from spacy_privacy_filter.redact.policy import method_policy
from spacy_privacy_filter.types import CharSpan

from ..helpers import KEY, find, number_people

PERSON = "private_person"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Dr Eva Kern", "Ms Kern", "Dr Kern"], [1, 1, 1]),
        (["Eva Kern", "Ms Kern", "Dr Kern", "Kern"], [1, 1, 1, 1]),
        (["Frau Dr. Kern", "Frau Kern", "Dr. Kern"], [1, 1, 1]),
        (["Frau Dr. Kern", "Frau Kern", "Herr Kern", "Dr. Kern"], [1, 1, 2, 1]),
        (["Frau Dr. Kern", "Herr Dr. Kern", "Dr. Kern"], [1, 2, 3]),
        (["Prof. Eva Kern", "Frau Kern", "Prof. Kern", "Dr. Kern"], [1, 1, 1, 1]),
        (["Dott.ssa Maria Rossi", "Sig.ra Rossi", "Dott.ssa Rossi"], [1, 1, 1]),
        (["Dott.ssa Maria Rossi", "Sig. Rossi", "Dott. Rossi"], [1, 2, 3]),
        (["Rev. John Marsh", "Mr Marsh", "Rev. Marsh"], [1, 1, 1]),
        (["Rev. Dr. Martin King", "Dr King", "Rev. King", "Mr King"], [1, 1, 1, 1]),
        (["Capt. Tom Ray", "Mr Ray", "Captain Ray"], [1, 1, 1]),
        (["Judge Ellen Park", "Ms Park", "Judge Park"], [1, 1, 1]),
        (["Judge Ellen Park", "Mr Park", "Judge Park"], [1, 2, 1]),
        (["Judge Ellen Park", "Dr Park"], [1, 2]),
        (["Ann Jones", "Dr Jones", "Nurse Jones", "Mrs Jones"], [1, 2, 3, 1]),
        (["Dr. Lee", "Mr. John Lee", "Mr. Lee"], [1, 2, 2]),
        (["Dr Eva Kern", "Dr Tom Kern", "Dr Kern", "Ms Kern", "Mr Kern"], [1, 2, 3, 1, 2]),
        (["Dr Eva Kern", "Ms Ida Kern", "Ms Kern", "Dr Kern"], [1, 2, 3, 4]),
        (["Dr Chidi Ek", "Mr Ek", "Mrs Ek", "Dr Ek"], [1, 2, 3, 1]),
        (["Chidi Ek", "Mr Ek", "Mrs Ek", "Dr Ek"], [1, 2, 3, 4]),
        (["Chidi Ek", "Mr Ek", "Dr Ek"], [1, 1, 1]),
        (["The Rev. John Marsh", "Rev. Marsh", "Mr Marsh"], [1, 1, 1]),
        (["Father Brown", "Fr. Brown", "Sr. Mary Brown"], [1, 1, 2]),
        (["Hr. Kern", "Fr. Kern", "Frau Kern"], [1, 2, 2]),
        (["г-ну Иванову", "господину Иванову", "г-же Ивановой"], [1, 1, 2]),
        (["Avv. Rossi", "Avv. Mario Rossi", "avvocato Rossi"], [1, 1, 1]),
        (["the Hon. James Okafor", "Judge Okafor", "Mr Okafor"], [1, 1, 1]),
        (["Sr. D. José García", "D. José García", "Sra. García"], [1, 1, 2]),
        (["D. José García", "Daniel José García", "Sr. Gil"], [1, 1, 2]),
        (["Senator Ray", "Rep. Ray", "Sen. Ray"], [1, 2, 1]),
        (["Officer Lee", "Judge Lee", "Capt. Lee", "Captain Lee"], [1, 2, 3, 3]),
        (["Capt. Tom Ray", "Major Ray", "Capt. Ray"], [1, 1, 1]),
        (["Jean-Luc", "Jean", "Luc"], [1, 2, 3]),
        (["Lefèvre-Dubois", "Lefèvre"], [1, 1]),
        (["ジョン・スミス", "スミスさん", "ジョン"], [1, 1, 1]),
        (["マリア", "マリさん"], [1, 2]),
        (["Sarah Lee", "Tom Lee", "Lee", "LEE", "Lee's"], [1, 2, 3, 3, 3]),
        (["Chidi Ek", "Mr Ek", "Mrs Ek", "Ms Ek", "Mrs. Ek"], [1, 2, 3, 3, 3]),
        (["Robert 'Bob' Miller", "Bob Miller", "“Bob” Miller", "Mr Miller"], [1, 1, 1, 1]),
        (["M. Jean-Claude Dupont", "Mme Dupont", "Me Dupont"], [1, 2, 3]),
        (["Avv. Mario Rossi", "l'avvocato Rossi", "Sig. Rossi"], [1, 1, 1]),
        (["RAin Dr. Petra Kühn", "Rechtsanwältin Kühn", "RA Kühn", "Frau Kühn"], [1, 1, 1, 1]),
        (["Sr. D. José García", "Don José", "D. José"], [1, 1, 1]),
        (["Иванов Иван Иванович", "И. И. Иванов", "Иванов И. И.", "г-н Иванов"], [1, 1, 1, 1]),
        (["Иван Иванович Петров", "Петров", "Иван"], [1, 1, 1]),
        (["Anna v.d. Berg", "Frau v.d. Berg", "v. d. Berg", "Anna van den Berg"], [1, 1, 1, 1]),
        (["Ludwig van Beethoven", "v. Beethoven"], [1, 1]),
        (["Ludwig van Beethoven", "V. Beethoven"], [1, 2]),
        (["Jean-Claude Dupont", "J.-C. Dupont", "J.C. Dupont", "JC Dupont"], [1, 1, 1, 1]),
        (["Jean-Claude Dupont", "J.-P. Dupont", "C. Dupont"], [1, 2, 3]),
        (["J.-C. Dupont", "Jean Dupont"], [1, 2]),
        (["Élodie Lefèvre-Dubois", "Lefèvre", "Élodie Lefèvre", "Dubois"], [1, 1, 1, 1]),
        (["Élodie Lefèvre-Dubois", "Marie Lefèvre", "Lefèvre"], [1, 2, 3]),
        (["Élodie Lefèvre-Dubois", "Élodie Lefèvre-Martin", "Élodie Lefèvre"], [1, 2, 3]),
        (["Sabine Müller-Lüdenscheidt", "Frau Müller", "Herr Müller", "Müller"], [1, 2, 3, 4]),
        (["Sabine Müller-Lüdenscheidt", "Tom Müller"], [1, 2]),
        (["王小明", "王先生", "小明"], [1, 1, 1]),
        (["王小明", "王大伟", "王先生"], [1, 2, 3]),
        (["王小明", "王先生", "王女士"], [1, 2, 3]),
        (["王小明", "李先生"], [1, 2]),
        (["王医生", "王先生"], [1, 2]),
        (["山田太郎", "山田さん", "山田", "鈴木さん"], [1, 1, 1, 2]),
        (["김민수", "김 씨", "민수", "박 씨"], [1, 1, 1, 2]),
        (["김민수", "김영희", "김 씨"], [1, 2, 3]),
        (["Robert Downey Jr.", "Mr Downey", "Downey"], [1, 1, 1]),
        (["John Smith Sr.", "John Smith Jr.", "John Smith, Jr."], [1, 2, 2]),
        (["John Smith", "John Smith Sr."], [1, 2]),
        (["John Smith Sr.", "Mr John Smith", "John Smith", "Mr Smith"], [1, 2, 2, 3]),
        (["John Smith", "John Smith III", "Smith", "Dr John Smith, III"], [1, 2, 3, 2]),
        (["John Smith the elder", "John Smith", "John Smith the Younger"], [1, 2, 3]),
        (["John Smith the elder", "Mr Smith", "John"], [1, 1, 1]),
        (["John Smith Jr.", "Mr Smith", "Smith"], [1, 1, 1]),
        (["John Elder", "Mr Elder"], [1, 1]),
        (["Pat O'Brien", "Mr O’Brien", "OʼBrien", "O´Brien", "O`Brien", "O'Neil"], [1] * 5 + [2]),
        (["Seán D’Arcy", "Mr D'Arcy", "D’Arcy’s", "D`Arcy`s"], [1, 1, 1, 1]),
        (["Anneliese Müller", "ANNELIESE MULLER", "MULLER", "FRAU MUELLER"], [1, 1, 1, 1]),
        (["Anneliese Müller", "Anneliese Muller", "MULLER"], [1, 2, 2]),
        (["Martin Luther King Jr.", "Dr King", "King", "Martin"], [1, 1, 1, 1]),
        (["Maria van der Berg", "Van der Berg", "Mevrouw van der Berg"], [1, 1, 1]),
        (["Sr. García", "José García López", "García López"], [1, 1, 1]),
        (["Sra. García", "José García López"], [1, 2]),
        (["Mr Luther", "Martin Luther King"], [1, 2]),
        (["M. Lefèvre", "Jean-Pierre Lefèvre", "Mme Lefèvre"], [1, 1, 2]),
        (["M. Lefèvre", "Marc Lefèvre", "Jean Lefèvre"], [1, 1, 2]),
        (["M. Johnson", "Sarah Johnson"], [1, 2]),
        (["г-н Иванов", "господин Иванов", "Иван Иванов", "г-жа Иванова"], [1, 1, 1, 2]),
        (["Anneliese Müller", "Anneliese Mueller", "Frau Müller"], [1, 1, 1]),
        (["Anneliese Müller", "Anneliese Muller"], [1, 2]),
        (["Michael Novák", "Michal Novák"], [1, 2]),
        (["José López", "Jose Lopez", "López"], [1, 1, 1]),
        (["Rev. Desmond Tutu", "Archbishop Tutu", "Tutu"], [1, 1, 1]),
        (["Judge Lee", "Dr Lee"], [1, 2]),
        (["Dr. Jones", "Nurse Jones", "Mrs Jones"], [1, 2, 3]),
        (["Herr Schmidt", "Frau Schmidt"], [1, 2]),
        (["Prof. Dr. med. Anneliese Müller", "Prof. Müller", "Frau Prof. Müller"], [1, 1, 1]),
        (["Mevr. Jansen", "Mevrouw Jansen", "mevrouw Jansen"], [1, 1, 1]),
        (["Sig.ra Rossi", "Maria Rossi"], [1, 1]),
        (["がとう", "かとう"], [1, 2]),
        (["Sister Mary", "Mary Smith"], [1, 1]),
    ],
)
def test_who_is_who(names: list[str], expected: list[int]) -> None:
    found = number_people(*names)
    first: dict[int, int] = {}
    assert [first.setdefault(n, len(first) + 1) for n in found] == expected


def test_a_name_that_could_be_two_people_is_neither() -> None:
    text = "Sarah Johnson, Tom Johnson, Johnson"
    words = {"Sarah Johnson": PERSON, "Tom Johnson": PERSON}
    spans = [*find(text, words), CharSpan(28, 35, PERSON)]
    assert redact(text, spans, method_policy("number")).text == "[PERSON_1], [PERSON_2], [PERSON_3]"


def test_a_title_says_that_it_is_the_family_name() -> None:
    text = "Taylor Smith, Ms Taylor, Ms Smith"
    done = redact(
        text, find(text, dict.fromkeys(text.split(", "), PERSON)), method_policy("number")
    )
    assert done.text == "[PERSON_1], [PERSON_2], [PERSON_1]"


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        ("Dear Mrs Okafor, your son, Daniel Okafor", "Mrs Okafor|Daniel Okafor", [1, 2]),
        ("Dear Mrs Okafor, your son, Daniel Okafor", "Okafor|Daniel Okafor", [1, 2]),
        ("Dear Mrs Ek, your son, Chidi Ek", "Mrs Ek|Chidi Ek", [1, 2]),
        ("Mr Lee and Mrs Lee", "Mr Lee|Mrs Lee", [1, 2]),
        ("Mr Lee and Mrs Lee", "Lee|Lee", [1, 2]),
        ("Mr. Lee, Mrs Lee; Lee came", "Lee|Lee|Lee", [1, 2, 3]),
        ("Mr Lee; then Lee came", "Mr Lee|Lee", [1, 1]),
        ("Dr. Lee saw Mr. Lee. Ann Lee came.", "Dr. Lee|Mr. Lee|Ann Lee", [1, 2, 3]),
        ("Dr. Lee saw Mr. Lee", "Lee|Lee", [1, 2]),
        ("Chidi Ek, Mr Ek, Mrs Ek", "Chidi Ek|Mr Ek|Mrs Ek", [1, 2, 3]),
        ("Mr Chidi Ek, Mr Ek, Mrs Ek", "Mr Chidi Ek|Mr Ek|Mrs Ek", [1, 1, 2]),
        ("Mr Sam Ek, Mrs Sam Ek, Sam Ek", "Mr Sam Ek|Mrs Sam Ek|Sam Ek", [1, 2, 3]),
        ("Ms Ashley Ek, Ashley Ek, Ek", "Ms Ashley Ek|Ashley Ek|Ek", [1, 1, 1]),
        ("Prof. Ada King, Dr King, Ada", "Prof. Ada King|Dr King|Ada", [1, 1, 1]),
        ("Mr. Tom Ray saw Ms. S. Ray and T. Ray", "Tom Ray|S. Ray|T. Ray", [1, 2, 1]),
    ],
)
def test_people_who_contradict_each_other_stay_apart(
    text: str, names: str, numbers: list[int]
) -> None:
    spans, at = [], 0
    for name in names.split("|"):
        start = text.index(name, at)
        at = start + len(name)
        spans.append(CharSpan(start, at, PERSON))
    done = redact(text, spans, method_policy("number"))
    assert [int(n) for n in re.findall(r"\[PERSON_(\d)\]", done.text)] == numbers
    assert done.mapping.restore(done.text) == text
    assert redact(text, spans[::-1], method_policy("number")).text == done.text
    made = redact(text, spans, method_policy("surrogate"), key=KEY)
    assert made.mapping.restore(made.text) == text
    values = [made.text[span.start_char : span.end_char] for span in made.spans]
    family = [value.split()[-1] for value in values]  # of a given name alone there is none
    for i, n in enumerate(numbers):
        for j in range(i):
            if numbers[j] != n:
                assert family[i] != family[j]
