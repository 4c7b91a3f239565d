"""Every entry point in setup.cfg, our public API, leads to something of the right kind."""

from __future__ import annotations

import configparser
import importlib
import inspect
import re
from importlib.metadata import entry_points
from pathlib import Path

import catalogue
import pytest
import typer
from spacy import registry

ROOT = Path(__file__).parents[1]
SETUP = ROOT / "setup.cfg"
BACKENDS = "spacy_privacy_filter_backends"


def read_setup() -> list[tuple[str, str, str]]:
    config = configparser.ConfigParser(delimiters=("=",))
    config.optionxform = str  # type: ignore[assignment,method-assign]
    config.read(SETUP, encoding="utf8")
    rows = []
    for group, text in config["options.entry_points"].items():
        for line in text.strip().splitlines():
            name, _, target = line.partition("=")
            rows.append((group, name.strip(), target.strip()))
    return rows


ENTRIES = read_setup()


def test_setup_lists_the_public_api() -> None:
    names = {(group, name) for group, name, _ in ENTRIES}
    assert {
        ("spacy_factories", "privacy_filter"),
        ("spacy_factories", "privacy_filter_textcat"),
        ("spacy_architectures", "spacy_privacy_filter.Backbone.v1"),
        ("spacy_scorers", "spacy_privacy_filter.privacy_scorer.v1"),
        ("spacy_cli", "privacy-filter"),
        ("spacy_privacy_filter_backends", "mlx"),
        ("spacy_privacy_filter_backends", "torch"),
    } <= names
    assert len(names) == len(ENTRIES), "an entry point is listed twice"


def test_every_name_that_the_source_uses_is_registered() -> None:
    """A config that names a function without an entry point is broken for every user."""
    files = [*(ROOT / "spacy_privacy_filter").rglob("*.py"), *(ROOT / "configs").glob("*.cfg")]
    used = {
        name
        for path in files
        for name in re.findall(
            r"spacy_privacy_filter\.[A-Za-z_]+\.v\d+", path.read_text(encoding="utf8")
        )
    }
    assert "spacy_privacy_filter.Backbone.v1" in used
    assert used <= {name for _, name, _ in ENTRIES}


@pytest.mark.parametrize(("group", "name", "target"), ENTRIES, ids=[e[1] for e in ENTRIES])
def test_entry_point_leads_somewhere(group: str, name: str, target: str) -> None:
    module, _, attribute = target.partition(":")
    if group == BACKENDS:
        backend = name.rpartition(".")[2]  # of another family: "FAMILY.BACKEND"
        pytest.importorskip({"onnx": "onnxruntime"}.get(backend, backend))
    found = getattr(importlib.import_module(module), attribute)
    assert isinstance(found, typer.Typer) if group == "spacy_cli" else callable(found)


@pytest.mark.parametrize(("group", "name", "target"), ENTRIES, ids=[e[1] for e in ENTRIES])
def test_installed_package_has_it(group: str, name: str, target: str) -> None:
    """What pip wrote down is what setup.cfg says; an old editable install fails here."""
    values = {entry.value for entry in entry_points(group=group) if entry.name == name}
    assert values == {target}, "install the package again: pip install -e '.[torch,test]'"


def test_annotations_are_real_types() -> None:
    """spaCy before 3.8.12 cannot build a registered function whose module postpones annotations.

    Its confection makes a pydantic model of the signature and leaves names in it unresolved: "field
    'backbone' not yet prepared". So no `from __future__ import annotations` in those modules.
    """
    for group, _, target in ENTRIES:
        if group.startswith("spacy_") and group not in ("spacy_cli", BACKENDS):
            module, _, attribute = target.partition(":")
            function = getattr(importlib.import_module(module), attribute)
            names = inspect.signature(function).parameters.values()
            assert not [p.name for p in names if isinstance(p.annotation, str)], target


def test_spacy_finds_the_factories() -> None:
    for group, name, _ in ENTRIES:
        if group == "spacy_factories":
            # What Language.__init__ reads, in every process that makes a pipeline.
            assert callable(registry._entry_point_factories.get(name))


@pytest.mark.parametrize("kind", ["architectures", "scorers"])
def test_spacy_finds_the_functions(kind: str) -> None:
    names = [name for group, name, _ in ENTRIES if group == f"spacy_{kind}"]
    assert names
    for name in names:
        assert callable(registry.get(kind, name))


@pytest.mark.parametrize("backend", ["torch", "mlx"])
def test_backends_are_a_catalogue_of_entry_points(backend: str) -> None:
    pytest.importorskip(backend)
    backends = catalogue.create("spacy_privacy_filter", "backends", entry_points=True)
    assert callable(backends.get(backend))
