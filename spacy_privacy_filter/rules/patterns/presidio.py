"""Presidio's file of recognizers -> entries of ours."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from .entries import PatternError, check_flag, check_keys, check_score, check_text, kind_of_value

RECOGNIZERS: Final = "recognizers"
REGISTRY: Final = "recognizer_registry"
FILE: Final = Path(__file__).parents[2] / "data" / "presidio.json"
# SOURCE: microsoft/presidio, conf/default_recognizers.yaml and lemma_context_aware_enhancer.py.
DEFAULT_FLAGS: Final = int(re.IGNORECASE | re.MULTILINE | re.DOTALL)
CONTEXT_ADDS: Final = 0.35
LEAST_WITH_CONTEXT: Final = 0.4

PREDEFINED: Final = "predefined"
CUSTOM: Final = "custom"
_REGISTRY_KEYS = (RECOGNIZERS, "supported_languages", "global_regex_flags", "supported_countries")
_ANALYZER_KEYS = (
    REGISTRY, "supported_languages", "default_score_threshold", "nlp_configuration",
)  # fmt: skip
_CUSTOM_KEYS = (
    "name", "type", "enabled", "supported_entity", "supported_entities", "supported_language",
    "supported_languages", "patterns", "deny_list", "deny_list_score", "context", "class_name",
    "country_code", "version", "global_regex_flags",
)  # fmt: skip
_PATTERN_KEYS = ("name", "regex", "score")

Keys = tuple[str | int, ...]
Found = tuple[Keys, dict[str, Any]]


@cache
def _read_names() -> Mapping[str, Mapping[str, str]]:
    names: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf8"))
    return names


def convert_registry(value: Mapping[str, Any], path: Path) -> list[Found]:
    """Make entries of the recognizers of a file.

    Recognizers of every language are read. Predefined ones are code of Presidio's, and are not: a
    warning says for which of them something of ours finds the same.

    value (Mapping[str, Any]): What the file holds.
    path (Path): The file, for the warning.
    RETURNS (list): The way to each entry in the file, and the entry.
    RAISES (PatternError): What is wrong, and what is allowed.
    """
    keys: Keys = ()
    if REGISTRY in value:
        check_keys(value, _ANALYZER_KEYS, ())
        value, keys = value[REGISTRY], (REGISTRY,)
        _check_mapping(value, keys)
    check_keys(value, _REGISTRY_KEYS, keys)
    recognizers = value.get(RECOGNIZERS)
    keys = (*keys, RECOGNIZERS)
    if not isinstance(recognizers, list):
        raise PatternError(keys, f"expected a list, but found {kind_of_value(recognizers)}.")
    flags = _read_flags(value.get("global_regex_flags", DEFAULT_FLAGS), keys[:-1])
    found: list[Found] = []
    predefined: list[str] = []
    for i, recognizer in enumerate(recognizers):
        own: Keys = (*keys, i)
        if isinstance(recognizer, str):
            predefined.append(recognizer)
            continue
        _check_mapping(recognizer, own)
        if not _take(recognizer, "enabled", own, check_flag, True):
            continue
        if _is_predefined(recognizer, own):
            predefined.append(str(recognizer.get("class_name") or recognizer.get("name")))
        else:
            found += _convert_recognizer(recognizer, own, flags)
    _warn_of_predefined(predefined, path)
    return found


def _is_predefined(recognizer: Mapping[str, Any], keys: Keys) -> bool:
    kind = recognizer.get("type", CUSTOM)
    if kind not in (PREDEFINED, CUSTOM):
        raise PatternError((*keys, "type"), f"expected {CUSTOM} or {PREDEFINED}.")
    return bool(kind == PREDEFINED)


def _convert_recognizer(recognizer: Mapping[str, Any], keys: Keys, flags: str) -> Iterator[Found]:
    check_keys(recognizer, _CUSTOM_KEYS, keys)
    name = _take(recognizer, "name", keys, check_text, None)
    if "global_regex_flags" in recognizer:
        flags = _read_flags(recognizer["global_regex_flags"], keys)
    shared: dict[str, Any] = {"label": _find_label(recognizer, keys)}
    context = list(_find_context(recognizer, keys))
    patterns = recognizer.get("patterns") or []
    if not isinstance(patterns, list):
        raise PatternError((*keys, "patterns"), "expected a list.")
    if not patterns and not recognizer.get("deny_list"):
        raise PatternError(keys, "give patterns or a deny_list.")
    for i, pattern in enumerate(patterns):
        own: Keys = (*keys, "patterns", i)
        _check_mapping(pattern, own)
        check_keys(pattern, _PATTERN_KEYS, own)
        regex = _take(pattern, "regex", own, check_text, None)
        if regex is None:
            raise PatternError(own, 'the key "regex" is missing.')
        entry = {**shared, "regex": f"(?{flags}){regex}" if flags else regex}
        names = [name, _take(pattern, "name", own, check_text, None)]
        yield own, _complete(entry, names, _take(pattern, "score", own, check_score, 1.0), context)
    if recognizer.get("deny_list"):
        entry = {**shared, "deny": recognizer["deny_list"], "case": "i" not in flags}
        score = _take(recognizer, "deny_list_score", keys, check_score, 1.0)
        yield keys, _complete(entry, [name], score, context)


def _complete(
    entry: dict[str, Any], names: list[str | None], score: float, context: list[str]
) -> dict[str, Any]:
    entry["score"] = score
    if given := "/".join(name for name in names if name):
        entry["name"] = "".join(c if c.isprintable() else " " for c in given)[:80]
    if context:
        entry["context"] = context
        higher = max(LEAST_WITH_CONTEXT, score + CONTEXT_ADDS)
        entry["score_with_context"] = min(1.0, round(higher, 6))
    return entry


def _find_label(recognizer: Mapping[str, Any], keys: Keys) -> str:
    entity = recognizer.get("supported_entity")
    key = "supported_entity"
    if entity is None:
        several = recognizer.get("supported_entities")
        if not isinstance(several, list) or len(several) != 1:
            raise PatternError(keys, "the key supported_entity, one name, is missing.")
        key, entity = "supported_entities", several[0]
    label = _take({key: entity}, key, keys, check_text, "")
    return str(_read_names()["entities"].get(label, label))


def _find_context(recognizer: Mapping[str, Any], keys: Keys) -> Iterator[str]:
    """Give the context words of all languages, each once."""
    languages = recognizer.get("supported_languages") or []
    lists = [recognizer.get("context")]
    if isinstance(languages, list):
        lists += [item.get("context") for item in languages if isinstance(item, Mapping)]
    seen: set[str] = set()
    for words in lists:
        if words is not None and not isinstance(words, list):
            raise PatternError((*keys, "context"), "expected a list of words.")
        for word in words or []:
            if not isinstance(word, str) or not word.strip():
                raise PatternError((*keys, "context"), "expected a list of words.")
            if word not in seen:
                seen.add(word)
                yield word


def _read_flags(value: Any, keys: Keys) -> str:
    """Write flags of Python's module `re` as letters."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise PatternError((*keys, "global_regex_flags"), "expected a whole number.")
    if value & re.VERBOSE:
        raise PatternError(
            (*keys, "global_regex_flags"), "the flag VERBOSE (64) is not known. Write it plainly."
        )
    known = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
    return "".join(letter for letter, flag in known.items() if value & flag)


def _take(values: Mapping[str, Any], key: str, keys: Keys, check: Any, default: Any) -> Any:
    if values.get(key) is None:
        return default
    try:
        return check(values[key])
    except ValueError as error:
        raise PatternError((*keys, key), str(error)) from None


def _check_mapping(value: Any, keys: Keys) -> None:
    if not isinstance(value, Mapping):
        raise PatternError(keys, f"expected keys and values, but found {kind_of_value(value)}.")


def _warn_of_predefined(names: list[str], path: Path) -> None:
    if not names:
        return
    known = _read_names()["recognizers"]
    finders = sorted({known[name] for name in names if name in known})
    parts = []
    for finder in finders:
        ours = [name for name in names if known.get(name) == finder]
        verb = "finds" if finder == "network" else "find"
        parts.append(f"our {finder} {verb} what these do: {', '.join(ours)}")
    if others := [name for name in names if name not in known]:
        parts.append(f"nothing of ours is known to find what these do: {', '.join(others)}")
    warnings.warn(
        f"{path.name}: predefined recognizers are not read; {'; '.join(parts)}.", stacklevel=2
    )
