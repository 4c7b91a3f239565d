"""The factories behind `nlp.add_pipe`. spaCy imports this with every pipeline: keep it light."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from spacy.language import Language
from thinc.api import Model

from ..settings import NetworkSettings
from .annotations import register_extensions
from .names import FILTER, TEXTCAT
from .rules import PrivacyRules
from .sharing import find_place, is_from_config, settings_in_config
from .tagger import PrivacyFilter
from .tagger_settings import PUBLISHED, TaggerSettings
from .textcat import PrivacyTextCategorizer

BACKBONE = {"@architectures": "spacy_privacy_filter.Backbone.v1", "network": None}
NETWORK_SETTINGS = {**asdict(NetworkSettings()), "trainable_layers": None}

register_extensions()


@Language.factory(
    FILTER,
    assigns=["doc.ents", "doc.spans", "doc._.privacy_spans"],
    default_config={
        "model": {"@architectures": "spacy_privacy_filter.Tagger.v1", "backbone": BACKBONE},
        **NETWORK_SETTINGS,
        **asdict(TaggerSettings()),
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
    aggregation: str,
    operating_point: str,
    biases: dict[str, float] | None,
    thresholds: float | dict[str, float],
    label_map: dict[str, str | None] | str | None,
    min_length: int,
    trim_marks: bool,
    allow: Any,
    patterns: Any,
    ents_policy: str,
    spans_key: str,
    rules: Any,
    snap: Any,
    carry: Any,
    log_times: bool,
    loss_weight: float,
    scorer: Callable[..., Any] | None,
) -> PrivacyFilter:
    """Make the component that finds personal data. Settings are checked; weights load at first use.

    model (Model): A tagger such as spacy_privacy_filter.Tagger.v1.
    source ... batch_pieces: See `settings.NetworkSettings`.
    trainable_layers (int | None): Train only the last n layers; None for all, 0 for the head alone.
    decode ... log_times: See `TaggerSettings`, which checks them with messages of its own.
    loss_weight (float): Weight of this component's loss in training.
    scorer (Callable | None): Scores predictions against gold.
    RAISES (ValueError): A setting with a bad value.
    """
    _check_spans_key(nlp, spans_key)
    saved = settings_in_config()
    if saved is not None and not saved.keys() & PUBLISHED.keys():
        # From a time before these settings: what it found then, it finds now. The config of the
        # pipeline says so from now on.
        saved.update(PUBLISHED)
        rules, snap, carry = False, None, False
    settings = TaggerSettings(
        decode=decode,
        aggregation=aggregation,
        operating_point=operating_point,
        biases=biases,
        thresholds=thresholds,
        label_map=label_map,
        min_length=min_length,
        trim_marks=trim_marks,
        allow=allow,
        patterns=patterns,
        ents_policy=ents_policy,
        spans_key=spans_key,
        rules=rules,
        snap=snap,
        carry=carry,
        log_times=log_times,
    )
    _check_rules_once(nlp, settings)
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
    if not is_from_config():
        pipe.check_early()
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
    if not is_from_config():
        pipe.check_early()
    return pipe


def _check_spans_key(nlp: Language, spans_key: str) -> None:
    """Refuse a second filter that would overwrite the spans of the first."""
    for name, pipe in nlp.components:
        if isinstance(pipe, PrivacyFilter) and pipe.settings.spans_key == spans_key:
            raise ValueError(
                f"{name!r} writes to spans_key = {spans_key!r} already, and would be overwritten. "
                "Give this component another spans_key."
            )


def _check_rules_once(nlp: Language, settings: TaggerSettings) -> None:
    """Refuse to run the rules twice."""
    others = [name for name, pipe in nlp.components if isinstance(pipe, PrivacyRules)]
    if settings.rules and others:
        raise ValueError(
            f"{others[0]!r} finds by rule already. Set rules = false here, or remove it: "
            f"nlp.remove_pipe({others[0]!r})"
        )
