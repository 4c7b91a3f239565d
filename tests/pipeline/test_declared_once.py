"""A setting is declared once: factories, configs and the README say what the dataclasses say."""

from __future__ import annotations

import inspect
import re
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from thinc.api import Config

from spacy_privacy_filter.pipeline.tagger_settings import TaggerSettings
from spacy_privacy_filter.pipeline.textcat import PrivacyTextCategorizer
from spacy_privacy_filter.settings import NetworkSettings

from ..helpers import FILTER, TEXTCAT

ROOT = Path(__file__).parents[2]


def defaults(factory: str) -> dict[str, Any]:
    spacy.blank("xx").add_pipe(factory)  # registers it
    return dict(Language.get_factory_meta(factory).default_config or {})


@pytest.mark.parametrize(
    ("factory", "declared"),
    [
        (FILTER, asdict(NetworkSettings()) | asdict(TaggerSettings())),
        (TEXTCAT, asdict(NetworkSettings())),
    ],
)
def test_factories_have_the_defaults_of_the_dataclasses(
    factory: str, declared: dict[str, Any]
) -> None:
    found = defaults(factory)
    assert {key: found[key] for key in declared} == declared


def test_the_categorizer_alone_has_the_defaults_of_its_factory() -> None:
    parameters = inspect.signature(PrivacyTextCategorizer.__init__).parameters
    for name in ("exclusive", "threshold", "loss_weight", "trainable_layers"):
        assert parameters[name].default == defaults(TEXTCAT)[name]


@pytest.mark.parametrize("kind", [NetworkSettings, TaggerSettings])
def test_each_setting_says_what_it_is(kind: type) -> None:
    for field in fields(kind):
        assert re.search(rf"^    {field.name} \(", kind.__doc__ or "", re.MULTILINE), field.name


@pytest.mark.parametrize("path", sorted((ROOT / "configs").glob("*.cfg")), ids=lambda p: p.name)
def test_configs_name_every_setting_and_no_other(path: Path) -> None:
    components = Config().from_disk(path, interpolate=False)["components"]
    ours = [values for values in components.values() if values["factory"] in (FILTER, TEXTCAT)]
    assert ours
    for values in ours:
        assert set(values) - {"factory"} == set(defaults(values["factory"]))


def test_the_readme_lists_each_setting_with_its_default() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf8")
    table = text.split("### Settings of `privacy_filter`")[1].split("\n\n")[1]
    listed: dict[str, str] = {}
    for row in table.splitlines()[2:]:
        names, values = (re.findall(r"`([^`]*)`", cell) for cell in row.split("|")[1:3])
        listed |= dict(zip(names, values * len(names) if len(values) == 1 else values, strict=True))
    meant = {"None": None, "true": True, "[]": []}
    expected = {k: v for k, v in defaults(FILTER).items() if k not in ("model", "scorer")}
    found = {k: meant[v] if v in meant else Config().from_str(f"[x]\nx = {v}")["x"]["x"]
             for k, v in listed.items()}  # fmt: skip
    assert found == expected
