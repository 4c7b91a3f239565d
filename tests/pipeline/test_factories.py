"""`nlp.add_pipe`: it costs nothing, and refuses a wrong setting at once."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import spacy

from ..helpers import (
    FILTER,
    make_nlp,
)

INSTANT = """
import sys
import spacy
nlp, read = spacy.blank("en"), []
before = set(sys.modules)
sys.addaudithook(lambda event, args: read.append(str(args[0])) if event == "open" else None)
nlp.add_pipe("privacy_filter")
nlp.add_pipe("privacy_filter_textcat")
large = [path for path in read if path.endswith((".safetensors", ".gz", ".json"))]
assert not [path for path in large if "spacy_privacy_filter" in path], large
network = nlp.get_pipe("privacy_filter").network
assert network is nlp.get_pipe("privacy_filter_textcat").network
assert not network.is_loaded
ours = [name for name in sys.modules if name.startswith("spacy_privacy_filter")]
assert not any(".openai_privacy_filter" in name for name in ours), ours
assert "transformers" not in sys.modules
heavy = {"torch", "mlx", "tiktoken", "huggingface_hub", "faker"} & (set(sys.modules) - before)
assert not heavy, heavy
"""


def test_add_pipe_is_instant_and_loads_no_weights() -> None:
    done = subprocess.run([sys.executable, "-c", INSTANT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_missing_source_is_no_concern_of_add_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda name, **_: asked.append(name))
    nlp = spacy.blank("en")
    nlp.add_pipe(FILTER, config={"source": "no/such-model"})
    assert nlp.pipe_names == [FILTER]
    assert not asked


# setting, value, what the message says
AT_ONCE = [
    ("backend", "tensorflow", "Unknown backend 'tensorflow'. Choose one of: auto, .*torch"),
    ("dtype", "float16", "Unknown dtype 'float16'. Choose one of: auto, float32, bfloat16"),
    ("window", 0, "window must be a whole number of at least 1, but is 0"),
    ("window", -5, "window must be .* but is -5"),
    ("batch_pieces", 0, "batch_pieces must be .* but is 0"),
    ("decode", "beam", "decode = 'beam' is not known. Choose: viterbi, argmax"),
    ("ents_policy", "overwrite", "ents_policy = 'overwrite' is not known. Choose: keep, replace"),
    ("thresholds", 1.5, "thresholds must be 0 to 1, but are 1.5"),
    ("thresholds", {"secret": -0.1}, "thresholds must be 0 to 1"),
    ("min_length", 0, "min_length must be at least 1, but is 0"),
    ("spans_key", "", "spans_key must not be empty"),
    ("trainable_layers", -1, "trainable_layers must be at least 0, but is -1"),
    ("loss_weight", -1.0, "loss_weight must be at least 0, but is -1"),
    ("allow", [{"regex": "(unclosed"}], 'Item 0 of "allow" is not a valid regular expression'),
    ("allow", ["ok", ""], 'Item 1 of "allow" must be a text that is not empty'),
    ("allow", [{"regexp": "x"}], 'Item 0 of "allow" must be'),
    ("biases", {"stay": 1.0}, "Unknown transition bias.*: stay. Known: transition_bias_backgr"),
]


@pytest.mark.parametrize(("setting", "value", "message"), AT_ONCE)
def test_settings_are_checked_at_once(setting: str, value: Any, message: str) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match=message):
        nlp.add_pipe(FILTER, config={setting: value})
    assert nlp.pipe_names == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [("windw", 3), ("window", "wide"), ("allow", "Ada"), ("label_map", ["secret"])],
)
def test_unknown_names_and_wrong_types(setting: str, value: Any) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match=setting):  # confection's ConfigValidationError
        nlp.add_pipe(FILTER, config={setting: value})


def test_two_filters_need_two_keys(tiny_source: str) -> None:
    nlp = make_nlp(tiny_source, ["privacy_filter"])
    with pytest.raises(ValueError, match=r"'privacy_filter' writes to spans_key"):
        nlp.add_pipe("privacy_filter", name="other")
    nlp.add_pipe("privacy_filter", name="other", config={"spans_key": "other"})
