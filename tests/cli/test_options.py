"""Options that commands share: the same name, letter and words everywhere."""

from __future__ import annotations

from typing import Any

import typer

from spacy_privacy_filter.cli import app

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# Of several commands, on purpose: what they write, what they are told of before, whose part it is.
OWN = {
    "--output", "--field", "--delimiter", "--key-file", "--format", "--label-map", "--batch-size",
    "--seed", "--name", "--corpus", "--dtype", "--split", "--map", "--out",
}  # fmt: skip


def test_one_name_and_one_explanation() -> None:
    seen: dict[str, tuple[tuple[str, ...], str | None]] = {}
    for command in COMMANDS.values():
        for option in command.params:
            if option.param_type_name != "option" or option.opts[0] in OWN:
                continue
            found = (tuple(option.opts), option.help)
            longest = max(option.opts, key=len)
            assert seen.setdefault(longest, found) == found, f"{command.name} {longest}"
    assert {"--model", "--rules", "--policy", "--revision", "--json", "--limit"} <= set(seen)


def test_every_option_is_explained() -> None:
    for command in COMMANDS.values():
        assert command.help
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{command.name} {parameter.name}"
