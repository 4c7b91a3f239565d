"""Files that a text holds in links (`data:`) -> pictures without notes in them, or nothing."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from ..pictures import clean_picture

_LINK: Final = re.compile(
    r"(?<!\w)data:(?:[a-z]{1,20}/[\w.+-]{1,80}(?:;[\w=.-]{1,40}){0,4}|;base64),[^\s\"'()<>]*",
    re.IGNORECASE,
)


def clean_data_links(text: str) -> tuple[str, int, int]:
    """Clean the pictures in links of a text, and empty links to what is no picture.

    RETURNS (tuple[str, int, int]): The text, how many pictures stay, and how many files are gone.
    """
    n_kept = n_gone = 0

    def clean(match: re.Match[str]) -> str:
        nonlocal n_kept, n_gone
        head, _, body = match[0].partition(",")
        picture = None
        if head.lower().startswith("data:image/") and head.lower().endswith(";base64"):
            try:
                picture = clean_picture(base64.b64decode(body, validate=True))
            except (binascii.Error, ValueError):
                picture = None
        if picture is None:
            n_gone += 1
            return "data:,"
        n_kept += 1
        return f"{head},{base64.b64encode(picture).decode()}"

    return _LINK.sub(clean, text), n_kept, n_gone
