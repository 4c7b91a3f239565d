"""A policy file -> what happens to each label, checked; closed for every label it does not name."""

from __future__ import annotations

import hashlib
import inspect
import json
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import srsly
from spacy.util import registry

from ..labels.kinds import KINDS, SECRET, SECRET_SOURCES, kind_of
from ..labels.taxonomies import read_crosswalk
from ..types import NETWORK, CharSpan
from .columns import Columns, read_columns
from .operators.base import DOCUMENT, SCOPES, Operator

FOLDER = Path(__file__).parent / "policies"
SHIPPED = ("mask", "hipaa_safe_harbor", "gdpr_pseudonymise", "research", "llm_prompt")
OURS = (
    "mask", "number", "remove", "block", "partial", "hash", "encrypt", "surrogate", "shift_dates",
    "generalise", "keep", "custom",
)  # fmt: skip
# Those that hide whatever they are given, so that they can be done to every label.
METHODS = ("mask", "number", "remove", "block", "hash", "encrypt", "surrogate")
FIELDS = (
    "name", "description", "scope", "default", "labels", "kinds", "thresholds", "also", "columns",
)  # fmt: skip
# What is found, but reported only to a policy that asks for it; and where it comes from.
ALSO = {"ages": "rule:age", "log_times": "rule:log_time"}
SUFFIXES = (".yaml", ".yml", ".json")

# How like a known label a name must be to be taken for a slip of the pen; 1 is the same.
_LIKE = 0.85


class Rule(NamedTuple):
    """What happens to spans of a label, and the kind of data that they are."""

    kind: str
    operator: Operator


@dataclass(frozen=True, eq=False)
class Policy:
    """What happens to spans of each label.

    name (str): For messages.
    labels (Mapping[str, Operator]): By label; comes first.
    kinds (Mapping[str, Operator]): By kind of label (`kinds.KINDS`); comes second.
    default (Operator): For every other label.
    scope (str): Where the same entity gets the same replacement: "document" or "corpus".
    thresholds (Mapping[str, float]): Least score by label; "default" for the others.
    source (Mapping[str, Any]): What it was made from.
    also (tuple[str, ...]): Sources of spans that are found, but not reported unless asked for.
    columns (Columns): What becomes of columns of tables and fields of records.
    """

    name: str
    labels: Mapping[str, Operator]
    kinds: Mapping[str, Operator]
    default: Operator
    scope: str = DOCUMENT
    thresholds: Mapping[str, float] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)
    also: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)

    def find_rule(self, label: str, source: str = NETWORK) -> Rule:
        """Find what happens to a label, or to what lets in whoever has it: as to a secret.

        label (str): Label of a span.
        source (str): Why it was found; see `CharSpan`.
        """
        kind = kind_of(label)
        if source in SECRET_SOURCES:
            secret = self.labels.get(SECRET) or self.kinds.get(SECRET) or self.default
            return Rule(kind, secret)
        return Rule(kind, self.labels.get(label) or self.kinds.get(kind) or self.default)

    @property
    def operators(self) -> tuple[Operator, ...]:
        """Every operator, each once."""
        return tuple(dict.fromkeys((*self.labels.values(), *self.kinds.values(), self.default)))

    def select(self, spans: Iterable[CharSpan]) -> list[CharSpan]:
        """Leave out the spans that score too low."""
        least = self.thresholds.get("default", 0.0)
        return [span for span in spans if span.score >= self.thresholds.get(span.label, least)]

    @property
    def fingerprint(self) -> str:
        """A digest of what it was made from."""
        text = json.dumps(self.source, sort_keys=True, default=_describe)
        return hashlib.sha256(text.encode("utf8")).hexdigest()[:16]


def _describe(value: Any) -> str:
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value))}"


def load_policy(policy: str | Path | Mapping[str, Any] | Policy) -> Policy:
    """Read and check a policy.

    policy (str | Path | Mapping | Policy): The name of one that ships, a YAML or JSON file, what
        such a file holds, or one that is ready.
    RETURNS (Policy): The policy.
    RAISES (ValueError): What is wrong, and what is allowed.
    RAISES (TypeError): None of these.
    RAISES (FileNotFoundError): No such file.
    RAISES (ImportError): An operator whose package is not installed.
    """
    if isinstance(policy, Policy):
        return policy
    if isinstance(policy, Mapping):
        return build_policy(policy, str(policy.get("name", "policy")))
    if not isinstance(policy, (str, Path)):
        raise TypeError(
            f"A policy is a name ({', '.join(SHIPPED)}), a path of a YAML or JSON file, a mapping "
            f"of what such a file holds, or a Policy, but this is a {type(policy).__name__}."
        )
    if isinstance(policy, str) and policy in SHIPPED:
        policy = FOLDER / f"{policy}.yaml"
    path = Path(policy)
    if path.suffix not in SUFFIXES:
        raise ValueError(
            f"Unknown policy {str(policy)!r}. Choose one that ships ({', '.join(SHIPPED)}), or "
            "give a file that ends in .yaml or .json."
        )
    if not path.is_file():
        raise FileNotFoundError(f"No such policy file: {path}.")
    return build_policy(_parse_file(path), path.stem)


def method_policy(method: str) -> Policy:
    """Make the policy that does the same to every label: "mask", "number", "surrogate", ..."""
    if method not in METHODS:
        raise ValueError(f"Unknown method {method!r}. Choose one of: {', '.join(METHODS)}.")
    return build_policy({"default": method}, method)


def _parse_file(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf8")
        if path.suffix == ".json":
            return json.loads(text, object_pairs_hook=_no_doubles)
        return srsly.yaml_loads(text)
    except UnicodeDecodeError:
        raise ValueError(f"The policy file {path} is not UTF-8 text.") from None
    except ValueError as error:
        # The parser's advice after this is for who calls it, not for who writes a policy.
        reason = str(error).partition("To suppress this check")[0].strip()
        raise ValueError(f"The policy file {path} cannot be read: {reason}") from None


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counts = Counter(name for name, _ in pairs)
    if len(counts) < len(pairs):
        raise ValueError(f"a name stands twice: {max(counts, key=counts.__getitem__)!r}")
    return dict(pairs)


def build_policy(values: Any, name: str) -> Policy:
    """Check what a policy file holds, and make its operators.

    values (Any): See the files in the folder `policies`.
    name (str): For messages, if it has no name of its own.
    RAISES (ValueError): What is wrong, and what is allowed. A label that is nearly that of a
        published model is a warning, as a model may have labels of its own.
    """
    where = f"Policy {name!r}"
    if not values:
        raise ValueError(f"{where} is empty. Give at least a default, such as: default: mask")
    _check_mapping(values, where, "fields", FIELDS)
    if not set(values) & {"default", "labels", "kinds", "columns"}:
        raise ValueError(f"{where} says nothing about any label. Give default, labels or kinds.")
    scope = values.get("scope", DOCUMENT)
    if scope not in SCOPES:
        raise ValueError(f"{where}: scope is {scope!r}, but must be one of: {', '.join(SCOPES)}.")
    operators: dict[str, Operator] = {}  # by rule
    labels = _check_mapping(values.get("labels") or {}, f"{where}, labels", "labels")
    kinds = _check_mapping(values.get("kinds") or {}, f"{where}, kinds", "kinds", KINDS)
    thresholds = _thresholds(values.get("thresholds") or {}, where)
    _warn_of_slips({*labels, *thresholds} - {"default"}, where)
    default = _rule(values.get("default", "mask"), f"{where}, default", operators)
    if default.reveals:
        raise ValueError(
            f"{where}: the default must hide what it is given, but {default.name} shows some of "
            "it. Name the labels to which it applies, under labels or kinds."
        )
    return Policy(
        str(values.get("name", name)),
        {key: _rule(rule, f"{where}, label {key!r}", operators) for key, rule in labels.items()},
        {key: _rule(rule, f"{where}, kind {key!r}", operators) for key, rule in kinds.items()},
        default,
        scope,
        thresholds,
        dict(values),
        _also(values.get("also") or [], where),
        read_columns(values.get("columns") or {}, f"{where}, columns"),
    )


def _also(names: Any, where: str) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(name in ALSO for name in names):
        raise ValueError(f"{where}: also must be a list of some of: {', '.join(ALSO)}.")
    return tuple(ALSO[name] for name in names)


def _check_mapping(
    value: Any, where: str, what: str, allowed: Iterable[str] | None = None
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: expected names and values, but found {_kind(value)}.")
    bad = [key for key in value if not isinstance(key, str)]
    if bad:
        raise ValueError(f"{where}: names are text, but found {bad[0]!r}. Put it in quotes.")
    if allowed is not None and (unknown := sorted(set(value) - set(allowed))):
        raise ValueError(
            f"{where}: unknown {what}: {', '.join(unknown)}. Allowed: {', '.join(allowed)}."
        )
    return value


def _warn_of_slips(labels: Iterable[str], where: str) -> None:
    """Warn of labels that no published model has, but for a letter or two."""
    table = read_crosswalk()
    published = {label for names in table["taxonomies"].values() for label in names}
    published |= set(table["found_by_rule"])
    for label in sorted(set(labels) - published):
        if near := get_close_matches(label, sorted(published), 1, _LIKE):
            warnings.warn(
                f"{where}: no published model has the label {label!r}. Did you mean {near[0]!r}? "
                "If no span has it, its rule is never used.",
                stacklevel=4,
            )


def _thresholds(value: Any, where: str) -> dict[str, float]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = {"default": value}
    thresholds = _check_mapping(value, f"{where}, thresholds", "labels")
    for label, least in thresholds.items():
        number = isinstance(least, (int, float)) and not isinstance(least, bool)
        if not number or not 0 <= least <= 1:
            raise ValueError(f"{where}: the threshold of {label!r} must be 0 to 1, not {least!r}.")
    return {label: float(least) for label, least in thresholds.items()}


def _rule(rule: Any, where: str, operators: dict[str, Operator]) -> Operator:
    """Take one rule: a name, or a mapping with "operator" and its settings."""
    if isinstance(rule, str):
        rule = {"operator": rule}
    rule = _check_mapping(rule, where, "settings")
    if "operator" not in rule:
        raise ValueError(f"{where}: no operator. Choose one of: {', '.join(OURS)}.")
    settings = {key: value for key, value in rule.items() if key != "operator"}
    # The same rule is the same operator, so that labels that share it share their numbers.
    key = json.dumps([str(rule["operator"]), settings], sort_keys=True, default=id)
    if key not in operators:
        operators[key] = make_operator(rule["operator"], settings, where)
    return operators[key]


def make_operator(name: Any, settings: Mapping[str, Any], where: str = "The rule") -> Operator:
    """Make an operator from its name and settings.

    name (str): One of ours, or the name of a function of yours in spaCy's `misc` registry that
        returns an `Operator`.
    settings (Mapping[str, Any]): Its arguments.
    where (str): Start of a message.
    RAISES (ValueError): An unknown name or setting, one that is missing, or a bad value.
    """
    full = f"spacy_privacy_filter.{name}.v1" if name in OURS else name
    if not isinstance(name, str) or (name not in OURS and not registry.has("misc", full)):
        raise ValueError(f"{where}: unknown operator {name!r}. Choose one of: {', '.join(OURS)}.")
    factory = registry.get("misc", full)
    _check_settings(factory, settings, f"{where}, operator {name}")
    try:
        operator = factory(**settings)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{where}: {error}") from None
    if not isinstance(operator, Operator):
        raise ValueError(f"{where}: {name!r} is registered, but makes no Operator.")
    return operator


def _check_settings(factory: Callable[..., Any], settings: Mapping[str, Any], where: str) -> None:
    names = inspect.signature(factory).parameters
    if unknown := sorted(set(settings) - set(names)):
        raise ValueError(
            f"{where}: unknown settings: {', '.join(unknown)}. "
            f"Allowed: {', '.join(names) or 'none'}."
        )
    absent = [n for n, p in names.items() if p.default is p.empty and n not in settings]
    if absent:
        raise ValueError(f"{where}: settings are missing: {', '.join(absent)}.")
    for key, value in settings.items():
        wanted = names[key].annotation
        if wanted == bool | None:
            if value is None:
                continue
            wanted = bool
        if wanted in (str, int, bool) and type(value) is not wanted:
            raise ValueError(f"{where}: {key} must be {_names[wanted]}, but is {_kind(value)}.")


_names = {str: "text", int: "a whole number", bool: "true or false"}


def _kind(value: Any) -> str:
    names = {**_names, type(None): "nothing", list: "a list", float: "a number"}
    return names.get(type(value), type(value).__name__)
