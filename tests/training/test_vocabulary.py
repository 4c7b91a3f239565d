"""What is saved after training does not tell the texts that it was trained on."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
import spacy
import srsly
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config

from spacy_privacy_filter import load
from spacy_privacy_filter.corpus.rows import Row, write_corpus
from spacy_privacy_filter.training import vocabulary
from spacy_privacy_filter.training.loop import train
from spacy_privacy_filter.training.vocabulary import without_texts

from ..helpers import FILTER, TEXTCAT, write_source

ROOT = Path(__file__).parents[2]
TEXT = "Ask Zoltan Quibbleworth, the password is Xyzzy99plugh."
SPANS = ((4, 23, "private_person"), (41, 53, "secret"))
WORDS = ("Zoltan", "Quibbleworth", "Xyzzy99plugh", "xxxx", "password")


def trained(folder: Path, by_spacy: bool, asks: bool = False) -> Path:
    """Train a tiny network for two steps, by spaCy's loop or by ours."""
    rows = [
        Row(f"{i}", "own", TEXT, spans=SPANS, known=("private_person", "secret")) for i in range(4)
    ]
    rows.append(Row("cat", "own", "How does a vaccine work?", category="Health"))
    rows.append(Row("dog", "own", "Who won the cup in the final?", category="Sports"))
    write_corpus(rows, folder / "rows.spacy", spacy.blank("xx"))
    write_source(folder / "source")
    paths = {f"paths.{name}": str(folder / "rows.spacy") for name in ("train", "dev")}
    few = {"training.max_steps": 2, "training.eval_frequency": 2}
    few |= {f"components.{name}.trainable_layers": 1 for name in (FILTER, TEXTCAT)}
    config = load_config(
        ROOT / "configs" / "finetune.cfg",
        overrides={**paths, **few, "paths.source": str(folder / "source")},
        interpolate=False,
    )
    if by_spacy:
        (folder / "out").mkdir()
        nlp = init_nlp(config)
        spacy_train(nlp, folder / "out", stdout=io.StringIO(), stderr=io.StringIO())
    else:
        if not asks:
            del config["training"]["before_to_disk"]  # ours needs no word in the config
        train(config, folder / "out", stdout=io.StringIO(), stderr=io.StringIO())
    return folder / "out"


@pytest.mark.parametrize("by_spacy", [True, False])
def test_no_word_of_the_training_texts_is_saved(tmp_path: Path, by_spacy: bool) -> None:
    output = trained(tmp_path, by_spacy)
    for name in ("model-best", "model-last"):
        found = srsly.read_json(output / name / "vocab" / "strings.json")
        assert {"private_person", "secret", "Health"} <= set(found)
        assert not set(found) & set(WORDS)
        for path in (output / name).rglob("*"):
            if path.is_file():
                raw = path.read_bytes()
                assert not [word for word in WORDS[:3] if word.encode() in raw], path.name


def test_the_saved_pipeline_finds_the_same(tmp_path: Path) -> None:
    nlp = load()
    doc = nlp(TEXT)
    without_texts(nlp).to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")(TEXT)
    assert [(ent.text, ent.label_) for ent in doc.ents]
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in doc.ents]
    assert doc[1].text == "Zoltan"  # what was read stays readable


def test_the_warning_comes_once_a_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(vocabulary, "PrivacyPipe", type(None))  # as if they were somebody else's
    saves: list[object] = []
    save = Language.to_disk
    monkeypatch.setattr(
        Language, "to_disk", lambda *given, **how: (saves.append(1), save(*given, **how))
    )
    warnings.simplefilter("always")
    trained(tmp_path, by_spacy=False, asks=True)
    found = [w for w in recwarn if "vocabulary" in str(w.message)]
    assert len(found) == len(saves) > 0


def test_words_that_another_component_may_need_stay_with_a_warning() -> None:
    nlp = load()
    nlp.add_pipe("tagger").add_label("NOUN")
    nlp.make_doc(TEXT)
    with pytest.warns(UserWarning, match="holds words of the training texts: tagger may need"):
        saved = without_texts(nlp)
    assert isinstance(saved, Language)
    assert "Quibbleworth" in saved.vocab.strings
