"""A mention -> a placeholder of its label, nothing, a bar, a part of it, or what you make of it.

Each operator is a function of spaCy's `misc` registry.
"""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from collections.abc import Callable

from spacy.util import registry

from ..mask import PLACEHOLDER, fill
from ..people.mentions import Mention
from .base import KEEP, MENTION, Operator, Scope


def make_mask(placeholder: str = PLACEHOLDER) -> Operator:
    """Replace by a placeholder that names the label.

    placeholder (str): "{label}" in it becomes the label in capitals, "[PRIVATE_PERSON]".
    """
    return Operator(
        lambda mention, scope: fill(placeholder, mention.label), "mask", depends=MENTION
    )


def make_remove() -> Operator:
    """Replace by nothing."""
    return Operator(lambda mention, scope: "", "remove", depends=MENTION)


def make_block(char: str = "█") -> Operator:
    """Replace every character by the same one; the length stays.

    char (str): One character.
    RAISES (ValueError): Not one character.
    """
    _one_char("block", char)
    return Operator(lambda mention, scope: char * len(mention.text), "block", depends=MENTION)


def make_partial(keep: int = 4, side: str = "last", char: str = "*") -> Operator:
    """Keep the first or last letters and digits and hide the others; separators stay.

    At least as many are hidden as stay; else all are.

    keep (int): How many letters and digits stay.
    side (str): "first" or "last".
    char (str): What stands for a hidden one.
    RAISES (ValueError): A setting with a bad value.
    """
    _one_char("partial", char)
    if side not in ("first", "last"):
        raise ValueError(f'"side" of the operator partial is "first" or "last", not {side!r}.')
    if keep < 1:
        raise ValueError(f'"keep" of the operator partial is at least 1, but is {keep}.')

    def apply(mention: Mention, scope: Scope) -> str:
        places = [i for i, c in enumerate(mention.text) if c.isalnum()]
        shown = set(places[-keep:] if side == "last" else places[:keep])
        if len(places) < 2 * keep:
            return char * len(mention.text)
        shown |= {i for i, c in enumerate(mention.text) if c.isascii() and not c.isalnum()}
        return "".join(c if i in shown else char for i, c in enumerate(mention.text))

    return Operator(apply, "partial", reveals=True, depends=MENTION)


def make_keep() -> Operator:
    """Leave the text as it is."""
    return Operator(lambda mention, scope: mention.text, KEEP, reveals=True, depends=MENTION)


def make_custom(function: str | Callable[[str, str], str]) -> Operator:
    """Replace by what a function of yours makes of the text and the label.

    function (str | Callable): The function, or its name in spaCy's `misc` registry. A policy file
        can name a function but never bring one.
    RAISES (TypeError): Not a function.
    """
    write = registry.misc.get(function) if isinstance(function, str) else function
    if not callable(write):
        raise TypeError('"function" of the operator custom is a function, or a registered name.')

    def apply(mention: Mention, scope: Scope) -> str:
        try:
            value = write(mention.text, mention.label)
        except Exception as error:  # its message may hold the text
            raise ValueError(
                f"The custom operator failed on a span of label {mention.label!r} with a "
                f"{type(error).__name__}. Its message is not shown, as it may hold the text."
            ) from None
        if not isinstance(value, str):
            raise TypeError(f"The custom operator must give text, but gave {type(value).__name__}.")
        return value

    return Operator(apply, "custom", reveals=True)


def _one_char(operator: str, char: str) -> None:
    if len(char) != 1:
        raise ValueError(f'"char" of the operator {operator} is one character, but is {char!r}.')
