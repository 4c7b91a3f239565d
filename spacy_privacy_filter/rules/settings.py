"""The setting `rules` of a component -> the rules that it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from ..labels.kinds import AGE
from ..labels.tags import OUTSIDE
from .finder import LABELS, Rules, make_rules

# Whether a rule is used, or its label; of "regions", codes of countries.
RuleSetting: TypeAlias = bool | str | Sequence[str] | None
AGES: Final = "ages"
REGIONS: Final = "regions"
# Of a rule that gets no label of its own.
NUMBER: Final = "account_number"


def compile_rules(setting: bool | Mapping[str, RuleSetting]) -> Rules | None:
    """Read the setting; None if it is off.

    setting (bool | Mapping): See `TaggerSettings`.
    RAISES (ValueError): An unknown rule or region, or a value of another form.
    """
    if isinstance(setting, bool):
        return make_rules() if setting else None
    if not isinstance(setting, Mapping):
        raise ValueError(
            "rules must be true, false, or a table such as {'ages': true, 'phone': false}, but is "
            f"{setting!r}."
        )
    given = dict(setting)
    regions = given.pop(REGIONS, None)
    if regions is not None and isinstance(regions, (str, bool)):
        raise ValueError(f"rules: {REGIONS} must be a list such as ['US', 'GB'].")
    if AGES in given:
        given[AGE] = given.pop(AGES)
    labels = {name: _label(name, value) for name, value in given.items()}
    return make_rules(labels, None if regions is None else list(regions))


def _label(name: str, value: RuleSetting) -> str | None:
    if value is None or value is False:
        return None
    if value is True:
        return AGE if name == AGE else LABELS.get(name, NUMBER)
    if isinstance(value, str) and value not in ("", OUTSIDE):
        return value
    raise ValueError(f"rules: {name!r} must be true, false or a label, but is {value!r}.")
