"""`privacy_filter`: finds personal data and writes `doc.ents`, `doc.spans` and exact characters."""

# No postponed annotations here: spaCy builds a pydantic model from those of `initialize`.

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer

from ..checkpoints.checkpoint import Checkpoint
from ..decoding.selection import check_labels, compile_allow, select
from ..decoding.spans import char_spans
from ..decoding.viterbi import decode, decode_argmax
from ..decoding.words import join_words
from ..labels.tags import BIOES, SCHEMES, TagSet
from ..labels.taxonomies import label_map, map_finds
from ..labels.transitions import TransitionBiases
from ..learning.gold import allowed_tags, gold_of
from ..learning.losses import log_softmax, tag_loss
from ..rules.telling import Memory
from ..types import CharSpan, Floats2d, Ints1d, Network, Pieces
from .annotations import NETWORK_KEY, OPTIONAL_KEY, set_ents, set_privacy_spans
from .base import PrivacyPipe
from .completion import Completion, Findings
from .names import FILTER
from .patterns import DocPatterns
from .storage.provenance import inherit_meta
from .tagger_settings import DEFAULT_POINT, WORD, TaggerSettings, check_choice
from .token_spans import NONE, combine_ents, merge_tokens, to_spacy_spans


class PrivacyFilter(PrivacyPipe):
    """Tag pieces as personal data, decode the tags, and annotate documents with the spans."""

    saved_keys = ("tags", "biases", "points", "loose_tags")

    def __init__(
        self,
        vocab: Vocab,
        model: Model,
        name: str = FILTER,
        *,
        settings: TaggerSettings,
        trainable_layers: int | None = None,
        loss_weight: float = 1.0,
        scorer: Callable[..., dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(
            vocab,
            model,
            name,
            trainable_layers=trainable_layers,
            loss_weight=loss_weight,
            scorer=scorer,
        )
        self.settings = settings
        self.cfg: dict[str, Any] = {
            "tags": None,
            "biases": None,
            "points": {},
            "loose_tags": False,
        }
        self._allow = compile_allow(settings.allow)
        self._patterns = DocPatterns(vocab, settings.patterns)
        # Both once the labels are known.
        self._label_map: Mapping[str, str | None] | None = None
        self._thresholds: float | Mapping[str, float] = settings.thresholds
        self._biases = TransitionBiases.from_dict(settings.biases or {}, partial=True)
        self._completion = Completion(settings, (), self._allow)
        # Then what the network alone finds is kept as well, to score it.
        self._is_trained = False
        self.network.register(self.head)

    @property
    def tags(self) -> TagSet:
        """The tags of the head; loads weights if there are none yet."""
        self.ensure_ready()
        return self._tag_set()

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the head, in order; reads no weights. Empty if nothing is known yet."""
        if self._has_labels():
            return self._tag_set().labels
        known = self.network.peek()
        return known.tags.labels if known is not None and known.tags is not None else ()

    @property
    def label_data(self) -> tuple[str, ...]:
        """What `spacy init labels` writes and `initialize` takes."""
        return self.labels

    def share(self, network: Network) -> None:
        """Use the network of another component, and let it compute our logits in its passes."""
        self.network.forget(self.head)
        if not self._has_labels():
            self.head.clear()  # what came with weights that are not used any more
        super().share(network)
        network.register(self.head)

    def change_settings(self, **changes: Any) -> None:
        """Change some settings of this component; what a saved pipeline says of it stays.

        RAISES (ValueError): A setting with a bad value. (TypeError): No such setting.
        """
        self.settings = replace(self.settings, **changes)
        self._allow = compile_allow(self.settings.allow)
        self._patterns = DocPatterns(self.vocab, self.settings.patterns)
        if self._has_labels():
            self._use_labels()

    def check_early(self) -> None:
        """Refuse, before weights are read, settings that do not fit what is known of them."""
        super().check_early()
        known = self.network.peek() if self.settings.depends_on_weights else None
        if known is not None and known.tags is not None:
            self._check_settings(known.tags, known.points)

    # --- Documents ---------------------------------------------------------------------------

    def predict(self, docs: Iterable[Doc]) -> list[Findings]:
        """Find the spans of documents, without changing them.

        RETURNS (list[Findings]): Of each document; labels as in `label_map`.
        RAISES (ValueError): A lone surrogate in a text, or logits that are not finite.
        """
        docs = list(docs)
        pieces, log_probs = self.emissions(docs)
        texts = [doc.text for doc in docs]
        found = self.decode(texts, pieces, log_probs)
        own = [self._patterns.find(doc) for doc in docs]
        rows = zip(texts, found, own, strict=True)
        return [self.complete(text, spans, given) for text, spans, given in rows]

    def complete(
        self,
        text: str,
        spans: Sequence[CharSpan],
        given: Sequence[CharSpan] = (),
        memory: Memory | None = None,
        around: tuple[str, str] = ("", ""),
    ) -> Findings:
        """Make of what `decode` gave what is reported, as the settings say. See `Completion`."""
        sure = select(text, spans, thresholds=self._thresholds)
        network = self._rename(text, sure)
        own = select(text, given, thresholds=self._thresholds)
        if not (self.settings.completes or own):
            return Findings(network, [], network)
        kept, optional = self._completion(text, sure, own, memory, around)
        return Findings(self._rename(text, kept), self._rename(text, optional), network)

    def emissions(self, docs: Sequence[Doc]) -> tuple[list[Pieces], list[Floats2d]]:
        """Run the network, and stop before the decoder, so that it can decode more than once.

        RETURNS (tuple): Of each document its pieces, and the log-probabilities of their tags in
            nats. Shape of each: (n_pieces, n_tags).
        """
        if not docs:
            return [], []
        self.ensure_ready()
        outputs = self.network.run(docs, self.head)
        pieces = [output.pieces for output in outputs]
        return pieces, [log_softmax(output.logits) for output in outputs]

    def decode(
        self,
        texts: Sequence[str],
        pieces: Sequence[Pieces],
        log_probs: Sequence[Floats2d],
        biases: TransitionBiases | None = None,
    ) -> list[list[CharSpan]]:
        """Turn what `emissions` gave into every span that is there, under the model's own labels.

        biases (TransitionBiases | None): In place of those of the operating point.
        RETURNS (list[list[CharSpan]]): Before thresholds and the other settings leave some out.
        """
        if not texts:
            return []
        if self.settings.aggregation == WORD:
            rows = zip(texts, pieces, log_probs, strict=True)
            joined = [join_words(*row) for row in rows]
            pieces, log_probs = [own for own, _ in joined], [scores for _, scores in joined]
        paths = self.decode_tags(log_probs, biases)
        return [
            char_spans(text, own, path, self.tags, scores, marks=self.settings.trim_marks)
            for text, own, path, scores in zip(texts, pieces, paths, log_probs, strict=True)
        ]

    def decode_tags(
        self, log_probs: Sequence[Floats2d], biases: TransitionBiases | None = None
    ) -> list[Ints1d]:
        """Find the tag path of each document, as the settings say. Shapes: (n_pieces, n_tags)."""
        if self.settings.decode == "argmax":
            return decode_argmax(log_probs, self.tags)
        return decode(log_probs, self.tags, self._biases if biases is None else biases)

    def select_spans(self, text: str, spans: list[CharSpan]) -> list[CharSpan]:
        """Leave out and rename spans of the network alone, as the settings say."""
        return self._rename(text, select(text, spans, thresholds=self._thresholds))

    def _rename(self, text: str, spans: Sequence[CharSpan]) -> list[CharSpan]:
        """Leave out what is too short or allowed, and give spans the names that are wanted."""
        return select(
            text,
            spans,
            min_length=self.settings.min_length,
            allow=self._allow,
            label_map=self._label_map,
        )

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Findings]) -> None:
        """Write spans into documents.

        `doc._.privacy_spans` has the exact characters; `doc.spans[spans_key]` and `doc.ents` grow
        to whole tokens, since spaCy has no smaller unit.
        """
        settings = self.settings
        for doc, (spans, optional, network) in zip(docs, scores, strict=True):
            set_privacy_spans(doc, settings.spans_key, spans)
            if optional:
                set_privacy_spans(doc, settings.spans_key, optional, OPTIONAL_KEY)
            if self._is_trained:
                set_privacy_spans(doc, settings.spans_key, network, NETWORK_KEY)
            grown = to_spacy_spans(doc, spans)
            doc.spans[settings.spans_key] = SpanGroup(
                doc,
                name=settings.spans_key,
                spans=grown,
                attrs={"scores": [span.score for span in spans]},
            )
            if settings.ents_policy != NONE:
                ours = merge_tokens(grown, [span.score for span in spans])
                set_ents(doc, combine_ents(doc, ours, settings.ents_policy))

    # --- Training ----------------------------------------------------------------------------

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from the examples; from then on, scores are of the network alone, and of all."""
        self._is_trained = True
        return super().update(examples, drop=drop, sgd=sgd, losses=losses)

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
        scheme: str = "BIOES",
        start: str | None = None,
    ) -> None:
        """Get ready for training.

        get_examples (Callable): Gives the training examples; read whole if `labels` is not given.
        nlp (Language | None): Gets meta data of the pipeline that ships, if that is the start.
        labels (Sequence[str] | None): What to find. The default is every label of the examples, or
            what there is if these have none; after `add_label`, both.
        scheme (str): "BIOES" or "BIO"; kept from the weights where labels are the same.
        start (str | None): A checkpoint of the same sizes to start fresh weights from, such as
            recipes/small/distil.py writes; named as in `source`.
        RAISES (ValueError): No labels, or labels that clash with the settings.
        """
        check_choice("scheme", scheme, SCHEMES)
        self._is_trained = True
        self.network.initialize()
        if start is not None:
            self.network.start_from(start)
        checkpoint = self.network.checkpoint
        if self.cfg["tags"] is None and checkpoint is not None and checkpoint.tags is not None:
            self._take_labels(checkpoint)
        wanted = self._wanted(labels, lambda: labels_of(get_examples()))
        if not wanted:
            raise ValueError(
                f"Component {self.name!r} found no labels in the training examples. Give examples "
                "with entities (see the corpus command), or `labels` under "
                f"[initialize.components.{self.name}]."
            )
        # Rows of an old head say nothing about a network that starts afresh.
        keeps = self.cfg["tags"] and self.network.sizes is None
        old = self._tag_set() if keeps else None
        if old is None or set(old.labels) != set(wanted):
            new = TagSet.from_labels(wanted, scheme)
            self._check_settings(new, self.cfg["points"])
            self.grow_head(old.names if old else (), new.names)
            self._put_tags(new)
        self._use_labels()
        if nlp is not None:
            inherit_meta(nlp)

    def _grow(self, labels: Sequence[str]) -> None:
        old = self.tags
        new = TagSet.from_labels(labels, BIOES if old.loose else old.scheme)
        self._check_settings(new, self.cfg["points"])
        self.grow_head(old.names, new.names)
        self._put_tags(new)
        self._use_labels()

    def has_gold(self, example: Example) -> bool:
        """Whether the example says anything about personal data."""
        return gold_of(example.reference) is not None

    def get_loss(
        self, examples: Iterable[Example], scores: Sequence[Floats2d]
    ) -> tuple[float, list[Floats2d]]:
        """Compute the weighted loss of logits and its gradient. See `loss.tag_loss`.

        RAISES (ValueError): A reference with another text than the prediction, or bad gold.
        """
        ops, encode, allowed = self.model.ops, self.network.tokenizer.encode, []
        for example in examples:
            text, gold = example.predicted.text, gold_of(example.reference)
            if example.reference.text != text:
                raise ValueError(
                    "The gold document's text differs from the text that was read "
                    f"({len(example.reference.text)} and {len(text)} characters), so its offsets "
                    "say nothing. Make the corpus from the same text (see the corpus command)."
                )
            if gold is None:
                raise ValueError("An example without entity annotation has no loss.")
            allowed.append(allowed_tags(gold, text, encode(text), self.tags))
        loss, gradients = tag_loss([ops.to_numpy(score) for score in scores], allowed)
        weighted = [ops.asarray(gradient * self.loss_weight) for gradient in gradients]
        return loss * self.loss_weight, weighted

    # --- Labels ------------------------------------------------------------------------------

    def _has_labels(self) -> bool:
        return self.cfg["tags"] is not None

    def _tag_set(self) -> TagSet:
        return TagSet(tuple(self.cfg["tags"]), self.cfg["loose_tags"])

    def _put_tags(self, tags: TagSet) -> None:
        self.cfg["tags"], self.cfg["loose_tags"] = list(tags.names), tags.loose

    def _take_labels(self, checkpoint: Checkpoint) -> None:
        if checkpoint.tags is None:
            raise ValueError(
                f"The weights of {self.name!r} have no tag head, so they find no personal data. "
                "Choose another `source`, or train one (nlp.initialize)."
            )
        # first: the next use must not go on without it
        self._check_settings(checkpoint.tags, checkpoint.points)
        if not self.head.is_ready:  # the network fills a head that is registered
            self.set_head(*self.network.head_weights(self.head.tensor))
        self._put_tags(checkpoint.tags)
        self.cfg["biases"] = dict(checkpoint.biases)
        self.cfg["points"] = dict(checkpoint.points)
        self._use_labels()

    def _use_labels(self) -> None:
        settings, points = self.settings, self.cfg["points"]
        tags = self._tag_set()
        self._check_settings(tags, points)
        for label in tags.labels:
            # Else a run that goes on after a kill would know only labels that it finds after it.
            self.vocab.strings.add((self._label_map or {}).get(label) or label)
        published = {"biases": self.cfg["biases"], "thresholds": 0.0}
        point = points.get(settings.operating_point, published)
        if settings.biases is None and point["biases"] is not None:
            self._biases = TransitionBiases.from_dict(point["biases"])
        # A setting of the user's comes before what the point says.
        self._thresholds = point["thresholds"] if settings.thresholds == 0 else settings.thresholds

    def _check_settings(self, tags: TagSet, points: Mapping[str, Any]) -> None:
        check_choice("operating_point", self.settings.operating_point, (DEFAULT_POINT, *points))
        if isinstance(self.settings.thresholds, Mapping):
            check_labels(self.settings.thresholds, tags.labels, "thresholds")
        names = self.settings.label_map
        self._completion = Completion(self.settings, tags.labels, self._allow)
        if isinstance(names, str):
            self._label_map = {**map_finds(names), **label_map(tags.labels, names)}
        else:
            if names:
                check_labels(names, (*tags.labels, *self._completion.labels), "label_map")
            self._label_map = names
        self.cfg["label_map"] = self._label_map  # for the scorer; not saved, it is a setting

    def _n_outputs(self) -> int:
        return len(self.cfg["tags"])


def labels_of(examples: Iterable[Example]) -> tuple[str, ...]:
    """Collect the labels that examples have or are said to have been searched for, sorted."""
    golds = (gold_of(example.reference) for example in examples)
    found = chain.from_iterable(
        [*(label for *_, label in gold.spans), *(gold.known or ())] for gold in golds if gold
    )
    return tuple(sorted(set(found)))
