"""Wrong settings and bad input: each its own message, and never a word of anybody's text in it."""

from __future__ import annotations

import logging
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from spacy_privacy_filter import compat
from spacy_privacy_filter.learning.gold import Gold
from spacy_privacy_filter.networks.settings import pick_backend

from ..helpers import FILTER, TEXTCAT, from_config, make_nlp, tagger, textcat, write_source

# Whatever goes wrong, this must not show.
CANARY = "Xanthippe"
TEXT = f"Call {CANARY} Quillfeather at once."

WHAT_THE_WEIGHTS_DECIDE = [
    ("label_map", {"email": "EMAIL"}, 'Unknown label.* in "label_map": email. The model has: acc'),
    ("thresholds", {"email": 0.5}, 'Unknown label.* in "thresholds": email. The model has: acc'),
    ("device", "warp:9", "device = 'warp:9' cannot be used here. Use 'auto', 'cpu'"),
]


@pytest.mark.parametrize(
    ("backbone", "message"),
    [
        ({"network": {"widht": 3}}, "widht"),
        ({"network": {"width": 0}}, "'width' must be a whole number of at least 1, but is 0"),
        ({"network": {"n_heads": 3, "n_kv_heads": 2}}, "n_heads .3. must be a multiple"),
        ({"router_balance": -1}, "router_balance must be at least 0, but is -1"),
        ({"embedding_rate": -1}, "embedding_rate must be at least 0, but is -1"),
    ],
)
def test_sizes_of_the_backbone(backbone: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        spacy.blank("en").add_pipe(FILTER, config={"model": {"backbone": backbone}})


def test_another_model_under_the_head() -> None:
    model = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 8, "depth": 1, "embed_size": 9}
    model |= {"window_size": 1, "maxout_pieces": 1, "subword_features": False}
    model |= {"pretrained_vectors": None}
    with pytest.raises(ValueError, match=r"needs a backbone such as spacy_privacy_filter\.B"):
        spacy.blank("en").add_pipe(FILTER, config={"model": {"backbone": model}})


@pytest.mark.parametrize(("setting", "value", "message"), WHAT_THE_WEIGHTS_DECIDE)
def test_what_the_weights_decide_fails_when_the_component_is_added(
    setting: str, value: Any, message: str, tiny_source: str
) -> None:
    with pytest.raises(ValueError, match=message):
        spacy.blank("en").add_pipe(FILTER, config={"source": tiny_source, setting: value})


@pytest.mark.parametrize(("setting", "value", "message"), WHAT_THE_WEIGHTS_DECIDE)
def test_what_the_weights_decide_fails_at_every_use_of_a_pipeline_from_a_config(
    setting: str, value: Any, message: str, tiny_source: str
) -> None:
    nlp = from_config({"source": tiny_source, setting: value})
    for _ in range(2):  # the second must not go on without the setting
        with pytest.raises(ValueError, match=message):
            nlp(TEXT)


class TestSources:
    def fails(self, source: str, name: str = FILTER) -> str:
        nlp = spacy.blank("en")
        nlp.add_pipe(name, config={"source": source})
        with pytest.raises((ValueError, OSError)) as caught:
            nlp(TEXT)
        assert CANARY not in str(caught.value)
        return f"{type(caught.value).__name__}: {caught.value}"

    def test_no_such_folder(self) -> None:
        message = self.fails("/no/such/folder")
        assert "FileNotFoundError: source = '/no/such/folder' is no folder here" in message

    def test_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "model.safetensors"
        path.touch()
        assert "is a file. Give the folder that holds it" in self.fails(str(path))

    def test_the_hub_cannot_be_reached(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*args: Any, **kwargs: Any) -> str:
            raise OSError("network down")

        monkeypatch.setattr("huggingface_hub.snapshot_download", fail)
        assert "could not be had from the hub (OSError)" in self.fails("openai/privacy-filter")

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        assert "neither network.json nor config.json" in self.fails(str(tmp_path))

    @pytest.mark.parametrize(
        ("heads", "name", "message"),
        [("categories", FILTER, "have no tag head"), ("tags", TEXTCAT, "have no category head")],
    )
    def test_a_head_that_is_not_there(
        self, heads: str, name: str, message: str, tmp_path: Path
    ) -> None:
        assert message in self.fails(write_source(tmp_path / "s", heads=heads), name)

    def test_no_backend(self, monkeypatch: pytest.MonkeyPatch, tiny_source: str) -> None:
        from spacy_privacy_filter.networks import settings as backends

        monkeypatch.setattr(backends, "has", lambda module: False)
        nlp = make_nlp(tiny_source)
        with pytest.raises(ImportError, match=r"pip install 'spacy-privacy-filter\[torch\]'"):
            nlp(TEXT)
        with pytest.raises(ImportError, match=r"spacy-privacy-filter\[mlx\]"):
            pick_backend("mlx")
        assert compat.has("torch")

    def test_sizes_without_training(self) -> None:
        nlp = spacy.blank("en")
        nlp.add_pipe(FILTER, config={"model": {"backbone": {"network": {"width": 32}}}})
        with pytest.raises(ValueError, match=r"no weights yet. Train it .nlp.initialize"):
            nlp(TEXT)


def broken_weights(nlp: Language) -> Any:
    tagger(nlp).ensure_ready()
    head = tagger(nlp).head
    tagger(nlp).set_head(np.full_like(head.get_param("W"), np.nan), head.get_param("b"))
    return lambda: nlp(TEXT)


def broken_argmax(nlp: Language) -> Any:
    nlp.replace_pipe(FILTER, FILTER, config={"decode": "argmax"})
    return broken_weights(nlp)


def broken_textcat(nlp: Language) -> Any:
    textcat(nlp).ensure_ready()
    head = textcat(nlp).head
    textcat(nlp).set_head(head.get_param("W"), np.full_like(head.get_param("b"), np.inf))
    return lambda: nlp(TEXT)


def unknown_label(nlp: Language) -> Any:
    return lambda: nlp.update([example(nlp, {"entities": [(5, 14, "alias")]})])


def unknown_category(nlp: Language) -> Any:
    return lambda: nlp.update([example(nlp, {"cats": {"Gossip": 1.0}})])


def two_categories(nlp: Language) -> Any:
    return lambda: nlp.update([example(nlp, {"cats": {"Health": 1.0, "Sports": 1.0}})])


def gold(nlp: Language, **values: Any) -> Any:
    eg = example(nlp, {})
    eg.reference.user_data["privacy_gold"] = values
    return lambda: nlp.update([eg])


def another_text(nlp: Language) -> Any:
    reference = nlp.make_doc(TEXT + " Soon.")
    reference.set_ents([])
    return lambda: nlp.update([Example(nlp.make_doc(TEXT), reference)])


def no_labels(nlp: Language) -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"model": {"backbone": {"network": {"width": 32}}}})
    return lambda: nlp.initialize(lambda: [example(nlp, {})])


def one_category(nlp: Language) -> Any:
    sizes = {"width": 32, "n_layers": 1, "n_experts": 4, "expert_width": 8}
    nlp = spacy.blank("en")
    nlp.add_pipe(TEXTCAT, config={"model": {"backbone": {"network": sizes}}})
    return lambda: nlp.initialize(lambda: [example(nlp, {"cats": {"a": 1.0}})])


def example(nlp: Language, annotations: dict[str, Any]) -> Example:
    return Example.from_dict(nlp.make_doc(TEXT), annotations)


span = [5, 14, "private_person"]
CASES: dict[str, tuple[Callable[[Language], Any], str]] = {
    "NaN in the tag head": (broken_weights, "hold NaN or .inf.* Check the network"),
    "NaN and argmax": (broken_argmax, "hold NaN or .inf.* Check the network"),
    "infinity in the category head": (broken_textcat, "not finite"),
    "unknown label": (unknown_label, "labels that this pipeline does not: alias. It has: account"),
    "unknown category": (unknown_category, "Unknown categories: Gossip. This pipeline has: Soc"),
    "two exclusive categories": (two_categories, "must add up to 1, but a document has 2"),
    "another text": (another_text, r"text differs from the text that was read .42 and 36"),
    "offsets outside": (
        lambda n: gold(n, spans=[[5, 99, "secret"]]),
        "5 to 99 do not fit a text of",
    ),
    "empty span": (lambda n: gold(n, spans=[[5, 5, "secret"]]), "5 to 5 do not fit"),
    "overlap": (lambda n: gold(n, spans=[span, [9, 20, "secret"]]), "overlap at character 9"),
    "not among the known": (lambda n: gold(n, spans=[span], known=["secret"]), "among the known"),
    "unknown key": (lambda n: gold(n, spans=[], text=TEXT), "keys spans, ignore and known"),
    "gold that is text": (
        lambda n: gold(n, spans=[[5, 14, TEXT, 1]]),
        "start_char, end_char, label",
    ),
    "offsets that are text": (lambda n: gold(n, spans=[[TEXT, 14, "secret"]]), "start_char, end_"),
    "no labels": (no_labels, "found no labels in the training examples"),
    "one category": (one_category, "needs more categories than"),
}


@pytest.mark.parametrize("case", CASES)
def test_errors_hold_no_text(case: str, tiny_source: str, caplog: pytest.LogCaptureFixture) -> None:
    prepare, message = CASES[case]
    nlp = make_nlp(tiny_source)
    nlp.get_pipe(FILTER).labels  # noqa: B018 - must not load anything
    act = prepare(nlp)
    with caplog.at_level(logging.DEBUG), pytest.raises(ValueError, match=message) as caught:
        act()
    error: BaseException | None = caught.value
    while error is not None:
        lines = traceback.format_exception_only(error)
        assert CANARY not in "".join(lines)
        error = error.__cause__ or error.__context__
    assert CANARY not in caplog.text


@pytest.mark.filterwarnings("always")
def test_warnings_and_logs_hold_no_text(
    tiny_source: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    nlp = make_nlp(tiny_source)
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as caught:
        doc = nlp(TEXT)
        list(nlp.pipe([TEXT] * 3))
        optimizer = nlp.resume_training()
        nlp.update([example(nlp, {"entities": [tuple(span)]})], sgd=optimizer)
        nlp.evaluate([example(nlp, {"entities": [tuple(span)]})])
        Doc.from_docs([doc, doc])
    output = capfd.readouterr()
    seen = [str(warning.message) for warning in caught] + [caplog.text, output.out, output.err]
    assert not [text for text in seen if CANARY in text]


class TestFoundInReview:
    @pytest.mark.parametrize(
        ("gold", "message"),
        [
            ({"spans": None}, "'spans' in user_data"),
            ({"spans": [], "known": "private_person"}, "'known' in user_data"),
        ],
    )
    def test_gold_of_another_form(self, gold: dict[str, Any], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Gold.from_dict(gold, 10)

    def test_an_empty_name_drops_nothing(self, tiny_source: str) -> None:
        config = {"source": tiny_source, "label_map": {"private_person": ""}}
        with pytest.raises(ValueError, match="map it to null"):
            spacy.blank("en").add_pipe("privacy_filter", config=config)

    def test_an_empty_source_is_no_folder(self) -> None:
        nlp = spacy.blank("en")
        nlp.add_pipe("privacy_filter", config={"source": ""})
        with pytest.raises(FileNotFoundError, match="source is empty"):
            nlp("text")
