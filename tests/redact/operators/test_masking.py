"""What is masked, removed, barred, shown in part, kept, or written by a function."""

from __future__ import annotations

import pytest

from ..helpers import write


@pytest.mark.parametrize(
    ("operator", "settings", "label", "text", "made"),
    [
        ("mask", {}, "private_person", "Ada", "[PRIVATE_PERSON]"),
        ("mask", {"placeholder": "<{label}>"}, "x", "Ada", "<X>"),
        ("remove", {}, "x", "Ada", ""),
        ("block", {}, "x", "Ada\n", "████"),
        ("block", {"char": "#"}, "x", "Ada", "###"),
        ("partial", {}, "id", "4000-1234-5678", "****-****-5678"),
        ("partial", {"side": "first", "keep": 2}, "id", "AB 12 34", "AB ** **"),
        ("partial", {}, "id", "123 4567", "********"),
        ("partial", {"keep": 1}, "id", "é1", "*1"),
        ("keep", {}, "x", "Ada", "Ada"),
    ],
)
def test_what_is_written(operator, settings, label, text, made) -> None:
    assert write(text, label, operator, **settings) == made


def test_custom_functions_tell_nothing_when_they_fail() -> None:
    assert write("Ada", "x", "custom", function=lambda text, label: f"{label}{len(text)}") == "x3"

    def fails(text: str, label: str) -> str:
        raise RuntimeError(f"cannot {text}")

    with pytest.raises(ValueError, match="RuntimeError") as caught:
        write("Ada", "x", "custom", function=fails)
    assert "Ada" not in str(caught.value)
    assert caught.value.__suppress_context__
    with pytest.raises(TypeError, match="gave int"):
        write("Ada", "x", "custom", function=lambda text, label: 3)
