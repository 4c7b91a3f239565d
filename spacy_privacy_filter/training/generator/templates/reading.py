"""How lists of templates are written: one a line, or several lines each with a rule between."""

from __future__ import annotations

from ..render import Template

RULE = "\n---\n"


def one_a_line(group: str, language: str, text: str) -> list[Template]:
    r"""Read templates of one line each; \n stands for a line break inside one."""
    lines = text.strip().splitlines()
    return [Template(line.replace(r"\n", "\n"), language, group) for line in lines]


def between_rules(group: str, language: str, text: str) -> list[Template]:
    """Read templates of several lines, with a line of three dashes between them."""
    return [Template(part.strip("\n"), language, group) for part in text.split(RULE)]
