"""Documents with categories -> pooled vectors, computed once, in a safetensors file.

The file knows the backbone and the data that it was made of, so that a stale one is refused.
Reading it needs no backend.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ..checkpoints.tensors.safetensors import (
    StoredTensor,
    fingerprint,
    read_safetensors,
    write_safetensors,
)
from ..corpus.readers import read_docs
from ..corpus.rows import ID_KEY
from ..files import hash_file
from ..pipeline.base import PrivacyPipe, batch_by_size
from ..pipeline.names import FILTER, TEXTCAT
from ..pipeline.storage.pipelines import open_pipeline
from ..progress import SILENT, Progress
from ..types import Floats2d

KIND: Final = "spacy-privacy-filter features 1"
KEYS: Final = {"kind", "categories", "backbone", "data"}


@dataclass(frozen=True)
class Features:
    """Pooled vectors of documents, and what the documents are about.

    ids (tuple[str, ...]): Of the documents, in the order of the rows.
    pooled (Floats2d): Mean of the hidden states. Shape: (n_docs, width).
    targets (Floats2d): 0 to 1; NaN where a category is not annotated. Shape: (n_docs,
        n_categories).
    categories (tuple[str, ...]): What the columns of `targets` mean.
    backbone (str): Fingerprint of the network's weights.
    data (str): Fingerprint of the corpus.
    """

    ids: tuple[str, ...]
    pooled: Floats2d
    targets: Floats2d
    categories: tuple[str, ...]
    backbone: str
    data: str

    def __len__(self) -> int:
        return len(self.ids)


def make_features(
    pipeline: Path,
    corpus: Path,
    output: Path,
    *,
    batch_docs: int = 256,
    progress: Progress = SILENT,
) -> Features | None:
    """Compute the features of a corpus, unless the file has them already.

    pipeline (Path): What `nlp.to_disk` wrote.
    corpus (Path): Texts with categories, in any format that the readers know.
    output (Path): A safetensors file.
    batch_docs (int): As in `compute_features`.
    progress (Progress): Goes with the documents.
    RETURNS (Features | None): What was written; None if the file has just that already.
    RAISES (FileNotFoundError): No such corpus or pipeline. (ValueError): As `compute_features`.
    """
    if not corpus.is_file():
        raise FileNotFoundError(f"No such corpus file: {corpus}.")
    data = hash_file(corpus)
    if is_fresh(output, open_pipeline(pipeline).backbone, data):
        return None
    nlp = spacy.load(pipeline)
    docs = progress.track(read_docs(corpus, nlp), "Documents")
    features = compute_features(nlp, docs, data=data, batch_docs=batch_docs)
    write_features(output, features)
    return features


def compute_features(
    nlp: Language, docs: Iterable[Doc], *, data: str, batch_docs: int = 256
) -> Features:
    """Run the backbone of a pipeline over documents, in batches, and pool its hidden states.

    Documents without categories are passed over. Categories keep the order of the pipeline's head
    if they are the same, else that in which they first appear.

    nlp (Language): A pipeline with a component of ours.
    docs (Iterable[Doc]): With gold `doc.cats`; read as a stream.
    data (str): Fingerprint of the corpus, see `files.hash_file`.
    batch_docs (int): Documents in a batch; a batch of long ones is smaller.
    RAISES (ValueError): No component of ours, or no document has categories.
    """
    network = find_network(nlp)
    network.load()
    limit = network.settings.batch_pieces
    ids: list[str] = []
    cats: list[dict[str, float]] = []
    pooled: list[Any] = []
    labelled = (doc for doc in docs if doc.cats)
    for batch in batch_by_size(labelled, max_docs=batch_docs, max_tokens=limit):
        encode = network.tokenizer.encode
        readings = network.read([encode(doc.text).ids for doc in batch], None)
        pooled += [reading.pooled for reading in readings]
        cats += [dict(doc.cats) for doc in batch]
        ids += [str(doc.user_data.get(ID_KEY, len(ids) + i)) for i, doc in enumerate(batch)]
    if not ids:
        raise ValueError(
            "No document of the corpus has categories, so there is nothing to train a category "
            "head on. Give rows with 'label' or 'cats', or documents with `doc.cats`."
        )
    names = _order(cats, _head_order(nlp))
    return Features(
        tuple(ids),
        np.stack(pooled).astype("f"),
        _targets(cats, names),
        names,
        network.fingerprint or fingerprint(network.shim.tensors()),
        data,
    )


def find_network(nlp: Language) -> Any:
    """Find the network of the first component of ours.

    RAISES (ValueError): There is none.
    """
    for _, pipe in nlp.components:
        if isinstance(pipe, PrivacyPipe):
            return pipe.network
    raise ValueError(
        f"The pipeline has no component of this package, only: {', '.join(nlp.pipe_names) or '-'}. "
        f"Give one with {FILTER!r} or {TEXTCAT!r}."
    )


def _head_order(nlp: Language) -> tuple[str, ...]:
    """Categories of the head that is there, or of the head that came with the weights."""
    for _, pipe in nlp.components:
        if isinstance(pipe, PrivacyPipe) and "categories" in pipe.saved_keys:
            pipe.ensure_ready()
            return tuple(pipe.cfg["categories"])
    return ()


def _order(cats: Sequence[dict[str, float]], head: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for values in cats for name in values))
    return tuple(head) if set(names) == set(head) else names


def _targets(cats: Sequence[dict[str, float]], names: Sequence[str]) -> Floats2d:
    index = {name: i for i, name in enumerate(names)}
    rows = np.full((len(cats), len(names)), np.nan, "f")
    for row, values in zip(rows, cats, strict=True):
        for name, value in values.items():
            row[index[name]] = value
    return rows


def write_features(path: Path, features: Features) -> None:
    """Write features to a safetensors file, whole or not at all."""
    names = json.dumps(features.ids, ensure_ascii=False).encode()
    tensors = {
        "pooled": StoredTensor.from_float32(features.pooled),
        "targets": StoredTensor.from_float32(features.targets),
        # The header of a safetensors file is no place for a hundred thousand names.
        "ids": StoredTensor("U8", np.frombuffer(names, dtype=np.uint8)),
    }
    metadata = {
        "kind": KIND,
        "categories": json.dumps(features.categories, ensure_ascii=False),
        "backbone": features.backbone,
        "data": features.data,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_safetensors(path, tensors, metadata)


def read_features(path: Path) -> Features:
    """Read what `write_features` wrote.

    RAISES (FileNotFoundError): No such file. (ValueError): Another kind of file, or a damaged one.
    """
    tensors, metadata = read_safetensors(path)
    if (
        metadata.get("kind") != KIND
        or set(metadata) != KEYS
        or set(tensors)
        != {
            "pooled",
            "targets",
            "ids",
        }
    ):
        raise ValueError(
            f"{path} holds no features (kind {KIND}). Make it with: python -m spacy privacy-filter "
            "features PIPELINE CORPUS OUT.safetensors"
        )
    ids = tuple(json.loads(bytes(tensors["ids"].data).decode()))
    categories = tuple(json.loads(metadata["categories"]))
    pooled, targets = tensors["pooled"].to_float32(), tensors["targets"].to_float32()
    if (pooled.ndim, *targets.shape) != (2, len(ids), len(categories)) or len(pooled) != len(ids):
        raise ValueError(f"{path}: its vectors, ids and categories do not agree. Make it again.")
    return Features(ids, pooled, targets, categories, metadata["backbone"], metadata["data"])


def is_fresh(path: Path, backbone: str, data: str) -> bool:
    """Whether a file has the features of just this backbone and corpus."""
    if not path.exists():
        return False
    features = read_features(path)
    return (features.backbone, features.data) == (backbone, data)


def check_fresh(features: Features, *, backbone: str, data: str | None = None) -> None:
    """Refuse features of another backbone or of other data.

    backbone (str): Fingerprint of the pipeline's network.
    data (str | None): Fingerprint of the corpus; None if there is none to compare with.
    RAISES (ValueError): They are stale.
    """
    for what, old, new in (
        ("network", features.backbone, backbone),
        ("corpus", features.data, data),
    ):
        if new is not None and old != new:
            raise ValueError(
                f"The features are stale: they were made with another {what} ({old[:12]}, but now "
                f"it is {new[:12]}). Run the features command again."
            )


def batches(n_rows: int, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Indices of all rows in random order, so many at a time; the last may be fewer."""
    order = rng.permutation(n_rows)
    for start in range(0, n_rows, size):
        yield order[start : start + size]
