"""The setting `rules` of a component -> the rules that it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from .finder import LABELS, Rules, make_rules

# Whether a rule is used, or its label; of "regions", codes of countries.
RuleSetting: TypeAlias = bool | str | Sequence[str] | None
AGES: Final = "ages"
REGIONS: Final = "regions"
# Of a rule that gets no label of its own.
NUMBER: Final = "account_number"


class RuleChoice(NamedTuple):
    """What is found by rule, and whether ages over 89 are reported."""

    rules: Rules
    ages: bool


def compile_rules(setting: bool | Mapping[str, RuleSetting]) -> RuleChoice | None:
    """Read the setting; None if it is off.

    setting (bool | Mapping): See `TaggerSettings`.
    RAISES (ValueError): An unknown rule or region, or a value of another form.
    """
    if isinstance(setting, bool):
        return RuleChoice(make_rules(), False) if setting else None
    if not isinstance(setting, Mapping):
        raise ValueError(
            f"rules must be true, false, or a table of rules, but is a {type(setting).__name__}."
        )
    given = dict(setting)
    ages, regions = given.pop(AGES, False), given.pop(REGIONS, None)
    if not isinstance(ages, bool):
        raise ValueError(f"rules: {AGES} must be true or false, but is {ages!r}.")
    if regions is not None and isinstance(regions, (str, bool)):
        raise ValueError(f"rules: {REGIONS} must be a list such as ['US', 'GB'].")
    labels = {name: _label(name, value) for name, value in given.items()}
    return RuleChoice(make_rules(labels, None if regions is None else list(regions)), ages)


def _label(name: str, value: RuleSetting) -> str | None:
    if value is None or value is False:
        return None
    if value is True:
        return LABELS.get(name, NUMBER)
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"rules: {name!r} must be true, false or a label, but is {value!r}.")
