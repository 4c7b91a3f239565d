"""A text -> its UTF-8, or an error that holds nothing of it."""

from __future__ import annotations


def to_utf8(text: str, index: int = 0) -> bytes:
    """Write a text as UTF-8.

    text (str): The text. index (int): Which one of several it is, for messages.
    RAISES (ValueError): A lone surrogate; no text is in the error.
    RAISES (TypeError): Not a str.
    """
    if not isinstance(text, str):
        raise TypeError(f"Text {index} must be a str, but is a {type(text).__name__}.")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        position = error.start
    # Outside the handler: the UnicodeEncodeError holds the whole text, and must not travel along.
    raise ValueError(
        f"Text {index} has a lone surrogate (U+D800 to U+DFFF) at character {position}, which is "
        "half a character and has no UTF-8 form. Repair the text where it is decoded: "
        "text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')."
    )
