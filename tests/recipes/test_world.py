"""Real rows of other languages: capitals, cells and addresses, with exact offsets."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from recipes.small.world import address_rows, cells, recased, world_rows
from spacy_privacy_filter.corpus.rows import Row

PERSON = "private_person"


def row_of(text: str, *names: str, label: str = PERSON, language: str = "es") -> Row:
    spans = tuple((text.index(name), text.index(name) + len(name), label) for name in names)
    return Row("1", "test", text, spans, (), (PERSON,), None, language)


def test_capitals_go_and_come_without_moving_a_name() -> None:
    row = row_of("Señora Ana Straße, İzmir", "Ana Straße")
    texts = {recased(row, Random(seed)).text for seed in range(99)}
    assert {"señora ana straße, İzmir", "SEÑORA ANA STRAßE, İZMIR", row.text} == texts


def test_names_stand_alone_in_cells() -> None:
    done = list(cells([row_of("Ana Ruiz llamó a Bo", "Ana Ruiz", "Bo")], Random(0)))
    assert {row.text.lower() for row in done} == {"ana ruiz"}
    assert all(row.spans == ((0, 8, PERSON),) for row in done)


def test_every_form_of_an_address_is_one_span() -> None:
    form = {
        "lines": ["Calle Uno 3", "08001 Barcelona", "Spain"],
        "street": True,
        "ends_with_country": True,
    }
    done = list(address_rows([form], Random(0)))
    assert len({row.text for row in done}) > 200
    for row in done[:300]:
        ((start, end, label),) = row.spans
        value = row.text[start:end]
        assert label == "private_address"
        assert value.startswith("Calle Uno 3")
        assert value.endswith(("Barcelona", "Spain"))


def test_all_of_it_is_drawn_by_the_generator_alone(tmp_path: Path) -> None:
    file = tmp_path / "addresses.jsonl"
    file.write_text(json.dumps({"lines": ["A 1", "B"], "street": True, "ends_with_country": False}))
    rows = [row_of("Ana Ruiz llamó a Bo", "Ana Ruiz", "Bo")] * 20
    one, other = (list(world_rows(rows, file, Random(5))) for _ in range(2))
    assert one == other
    assert len({row.text for row in one if row.source == "test"}) > 5
