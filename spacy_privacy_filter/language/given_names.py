"""Given names that nearly always say a person's gender; in every install the same ones."""

from __future__ import annotations

from typing import Final

from .tables import read_table

GENDERS: Final = {
    name: gender for gender in ("female", "male") for name in read_table("given_names")[gender]
}


def given_gender(name: str) -> str:
    """The gender that a given name, or a part of a double one, nearly always tells; or "".

    name (str): As `spelling.fold_name` gives it.
    """
    return next((GENDERS[part] for part in (name, *name.split("-")) if part in GENDERS), "")
