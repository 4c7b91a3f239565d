"""The name of a data set on the Hugging Face hub -> its records, as a stream.

Needs the extra `datasets`, which is imported when a data set is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..compat import has, missing

NAME: Final = re.compile(r"[\w.-]+/[\w.-]+|yahoo_answers_topics")


def looks_like_a_name(source: str) -> bool:
    """Whether a source may be a data set's name (owner/name), not a path."""
    return bool(NAME.fullmatch(source))


def read_hub(name: str, split: str) -> Iterator[Mapping[str, Any]]:
    """Stream the records of a data set.

    name (str): As on the hub, or a folder with files that the `datasets` package can read.
    split (str): "train", "validation", "test", ...
    RAISES (ImportError): No `datasets` package. (FileNotFoundError): No such data set or split, or
        it cannot be reached.
    """
    if not has("datasets"):
        raise missing("datasets", f"Reading {name!r} from the hub")
    from datasets import load_dataset

    try:
        yield from load_dataset(name, split=split, streaming=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise FileNotFoundError(
            f"The data set {name!r}, split {split!r}, cannot be read ({type(error).__name__}). "
            "Check the name, the split and the network, or give the path of a file."
        ) from error
