"""The crosswalk: every label of every taxonomy is dealt with, and components can use it by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy

from spacy_privacy_filter.checkpoints.registry import write_checkpoint
from spacy_privacy_filter.labels.tags import OPENAI_LABELS
from spacy_privacy_filter.labels.taxonomies import (
    TARGETS,
    check_target,
    find_taxonomy,
    label_map,
    read_crosswalk,
)

from ..helpers import FILTER, TEXTS, make_checkpoint

TABLE = read_crosswalk()
TAXONOMIES = TABLE["taxonomies"]
PAIRS = [(source, target) for source in TABLE["maps"] for target in TARGETS if source != target]


def test_the_taxonomies_have_their_published_sizes() -> None:
    sizes = {name: len(set(labels)) for name, labels in TAXONOMIES.items()}
    assert sizes == {"openai": 8, "nemotron": 55, "kp": 18, "hipaa": 18}
    assert all(len(labels) == len(set(labels)) for labels in TAXONOMIES.values())
    assert tuple(TAXONOMIES["openai"]) == OPENAI_LABELS


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_each_side_is_complete(source: str, target: str) -> None:
    maps = TABLE["maps"][source]
    assert list(maps) == TAXONOMIES[source]  # every label, in order, and no other
    assert all(target in maps[label] for label in maps), "each label has an entry, if only null"
    reached = {maps[label][target] for label in maps} - {None}
    assert reached <= set(TAXONOMIES[target])


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_is_reached_or_said_not_to_be(target: str) -> None:
    """By the labels of all sources together, since each knows some that others do not."""
    reached = {
        entry.get(target) for source in TABLE["maps"] for entry in TABLE["maps"][source].values()
    }
    left = set(TAXONOMIES[target]) - reached - set(TABLE["not_in_text"].get(target, ()))
    # Kinds that only documents of courts and clinics have; no other model has a label for them.
    only_kp = {"PROVIDER", "FACILITY", "CASE_NUMBER", "COURT", "STATUTE_REF", "COMPANY_ID"}
    assert left == (only_kp if target == "kp" else set())


def test_label_map() -> None:
    found = label_map(OPENAI_LABELS, "hipaa")
    assert found["private_person"] == "NAME"
    assert set(found) == set(OPENAI_LABELS)
    nemotron = label_map(TAXONOMIES["nemotron"], "hipaa")
    assert nemotron["ipv6"] == "IP_ADDRESS"
    assert "gender" not in nemotron  # keeps its name, and is not dropped
    assert None not in nemotron.values()
    assert label_map(["secret"], "openai") == {"secret": "secret"}


def test_what_cannot_be_mapped_is_an_error() -> None:
    with pytest.raises(ValueError, match="Unknown label map 'gdpr'"):
        check_target("gdpr")
    with pytest.raises(ValueError, match=r"of no taxonomy.*iban"):
        label_map(["secret", "iban"], "hipaa")
    with pytest.raises(ValueError, match="coarser"):
        label_map(TAXONOMIES["hipaa"], "kp")
    assert find_taxonomy(["ssn"]) == "nemotron"


def test_a_component_uses_it_by_name(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    write_checkpoint(tmp_path, make_checkpoint(heads="tags"))

    def found(names: object) -> list[tuple[int, int, str]]:
        nlp = spacy.blank("en")
        nlp.add_pipe(FILTER, config={"source": str(tmp_path), "label_map": names})
        return [span[:3] for text in TEXTS for span in nlp(text)._.privacy_spans]

    plain, mapped = found(None), found("hipaa")
    names = label_map(OPENAI_LABELS, "hipaa")
    assert plain
    assert mapped == [(start, end, names[label]) for start, end, label in plain]


def test_a_component_refuses_what_it_cannot_map(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match="Unknown label map"):
        nlp.add_pipe(FILTER, config={"label_map": "gdpr"})
    checkpoint = make_checkpoint(heads="tags")
    assert checkpoint.tags is not None
    other = type(checkpoint.tags)(
        tuple(name.replace("secret", "iban") for name in checkpoint.tags.names)
    )
    write_checkpoint(tmp_path, replace(checkpoint, tags=other))
    with pytest.raises(ValueError, match="iban"):
        nlp.add_pipe(FILTER, config={"source": str(tmp_path), "label_map": "hipaa"})
