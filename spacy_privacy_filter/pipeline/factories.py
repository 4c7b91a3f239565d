"""The factories behind `nlp.add_pipe`. spaCy imports this with every pipeline: keep it light."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from thinc.api import Model

from ..settings import NetworkSettings
from .annotations import register_extensions
from .names import FILTER, TEXTCAT
from .sharing import find_place
from .tagger import PrivacyFilter, TaggerSettings
from .textcat import PrivacyTextCategorizer

BACKBONE = {"@architectures": "spacy_privacy_filter.Backbone.v1", "network": None}
NETWORK_SETTINGS: dict[str, Any] = {
    "source": None,
    "backend": "auto",
    "device": "auto",
    "dtype": "auto",
    "window": 4096,
    "batch_pieces": 8192,
    "trainable_layers": None,
}

register_extensions()


@Language.factory(
    FILTER,
    assigns=["doc.ents", "doc.spans", "doc._.privacy_spans"],
    default_config={
        "model": {"@architectures": "spacy_privacy_filter.Tagger.v1", "backbone": BACKBONE},
        **NETWORK_SETTINGS,
        "decode": "viterbi",
        "operating_point": "default",
        "biases": None,
        "thresholds": 0.0,
        "label_map": None,
        "min_length": 1,
        "trim_marks": True,
        "allow": [],
        "ents_policy": "merge",
        "spans_key": FILTER,
        "loss_weight": 1.0,
        "scorer": {"@scorers": "spacy_privacy_filter.privacy_scorer.v1"},
    },
    default_score_weights={
        "privacy_f": 1.0,
        "privacy_p": 0.0,
        "privacy_r": 0.0,
        "privacy_f2": 0.0,
        "privacy_char_r": 0.0,
        "privacy_safe": 0.0,
    },
)
def make_privacy_filter(
    nlp: Language,
    name: str,
    model: Model,
    source: str | None,
    backend: str,
    device: str,
    dtype: str,
    window: int,
    batch_pieces: int,
    trainable_layers: int | None,
    decode: str,
    operating_point: str,
    biases: dict[str, float] | None,
    thresholds: float | dict[str, float],
    label_map: dict[str, str | None] | str | None,
    min_length: int,
    trim_marks: bool,
    allow: list[str | dict[str, str]],
    ents_policy: str,
    spans_key: str,
    loss_weight: float,
    scorer: Callable[..., Any] | None,
) -> PrivacyFilter:
    """Make the component that finds personal data. Settings are checked; weights load at first use.

    model (Model): A tagger such as spacy_privacy_filter.Tagger.v1.
    source (str | None): Folder or hub id of a checkpoint; "shipped" for the small pipeline that
        ships; None for the network of a component that is there already, or else that one.
    backend (str): "torch", "mlx", or "auto": MLX on Apple silicon where it is installed, else
        PyTorch, else MLX.
    device (str): "auto" follows spaCy's `prefer_gpu` and `require_gpu`; or "cpu", "cuda:0", "mps".
        For MLX "cpu" or "gpu"; "auto" is the GPU of Apple silicon.
    dtype (str): "auto" (float32), "float32" or "bfloat16".
    window (int): Pieces of a long document that are kept from one pass; changes no result.
    batch_pieces (int): Pieces that go through the network at once; changes no result.
    trainable_layers (int | None): Train only the last n layers; None for all, 0 for the head alone.
    decode (str): "viterbi" (best legal path) or "argmax" (best tag of each piece).
    operating_point (str): Named set of transition biases and thresholds that comes with the
        weights (operating_points.json); "default" is the published calibration.
    biases (dict | None): The six transition biases by name, in place of an operating point.
    thresholds (float | dict): Least score of a span, 0 to 1; one for all, or by label.
    label_map (dict | str | None): Model label -> name to write; None as a name drops the label. Or
        "hipaa", "kp" or "openai" for a published map (see crosswalk.py), which drops none.
    min_length (int): Least number of characters of a span.
    trim_marks (bool): Leave out marks such as "=" or a quote that share a piece with the first or
        last character of a span; false keeps whole pieces but for white space, as opf does.
    allow (list): Texts that are never reported: exact ones, or {"regex": ...} for the whole span.
    ents_policy (str): What becomes of entities that are there already, where spans meet: "merge"
        (higher score wins), "keep" (they win), "replace" (all go), "none" (doc.ents is left alone).
    spans_key (str): Key of `doc.spans`.
    loss_weight (float): Weight of this component's loss in training.
    scorer (Callable | None): Scores predictions against gold.
    RAISES (ValueError): A setting with a bad value.
    """
    _check_spans_key(nlp, spans_key)
    settings = TaggerSettings(
        decode=decode,
        operating_point=operating_point,
        biases=biases,
        thresholds=thresholds,
        label_map=label_map,
        min_length=min_length,
        trim_marks=trim_marks,
        allow=allow,
        ents_policy=ents_policy,
        spans_key=spans_key,
    )
    pipe = PrivacyFilter(
        nlp.vocab,
        model,
        name,
        settings=settings,
        trainable_layers=trainable_layers,
        loss_weight=loss_weight,
        scorer=scorer,
    )
    network = NetworkSettings(
        source=source,
        backend=backend,
        device=device,
        dtype=dtype,
        window=window,
        batch_pieces=batch_pieces,
    )
    find_place(nlp, pipe, network)
    return pipe


@Language.factory(
    TEXTCAT,
    assigns=["doc.cats"],
    default_config={
        "model": {"@architectures": "spacy_privacy_filter.Categorizer.v1", "backbone": BACKBONE},
        **NETWORK_SETTINGS,
        "exclusive": None,
        "threshold": 0.5,
        "loss_weight": 0.5,
        "scorer": {"@scorers": "spacy_privacy_filter.category_scorer.v1"},
    },
    default_score_weights={"cats_score": 1.0},
)
def make_privacy_textcat(
    nlp: Language,
    name: str,
    model: Model,
    source: str | None,
    backend: str,
    device: str,
    dtype: str,
    window: int,
    batch_pieces: int,
    trainable_layers: int | None,
    exclusive: bool | None,
    threshold: float,
    loss_weight: float,
    scorer: Callable[..., Any] | None,
) -> PrivacyTextCategorizer:
    """Make the component that sorts documents. It shares the network of a `privacy_filter`.

    model (Model): A categorizer such as spacy_privacy_filter.Categorizer.v1.
    source ... trainable_layers: As in `make_privacy_filter`.
    exclusive (bool | None): One category a document. None for what the weights say, or, where a
        head starts afresh, True. Weights that say otherwise are an error, except in training.
    threshold (float): Least probability of a category that counts as chosen, for scoring.
    loss_weight (float): Weight of this component's loss in training.
    scorer (Callable | None): Scores predictions against gold.
    RAISES (ValueError): A setting with a bad value.
    """
    pipe = PrivacyTextCategorizer(
        nlp.vocab,
        model,
        name,
        exclusive=exclusive,
        threshold=threshold,
        trainable_layers=trainable_layers,
        loss_weight=loss_weight,
        scorer=scorer,
    )
    network = NetworkSettings(
        source=source,
        backend=backend,
        device=device,
        dtype=dtype,
        window=window,
        batch_pieces=batch_pieces,
    )
    find_place(nlp, pipe, network)
    return pipe


def _check_spans_key(nlp: Language, spans_key: str) -> None:
    """Refuse a second filter that would overwrite the spans of the first."""
    for name, pipe in nlp.components:
        if isinstance(pipe, PrivacyFilter) and pipe.settings.spans_key == spans_key:
            raise ValueError(
                f"{name!r} writes to spans_key = {spans_key!r} already, and would be overwritten. "
                "Give this component another spans_key."
            )
