"""The bridge between thinc and an encoder in ONNX: packed batches in, logits out.

Nothing of torch or transformers is needed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import onnxruntime

from ....checkpoints.encoder_sizes import BESIDE_GRAPH, GRAPH_FILE, TOKENIZER, EncoderSizes
from ....checkpoints.formats.encoder_onnx import choose_graph, read_graph
from ....checkpoints.tensors.folder import check_name
from ....checkpoints.tensors.safetensors import StoredTensor
from ....settings import AUTO
from ...openai_privacy_filter.onnx.shim import find_device
from ..shim import EncoderShim, Floats, files_of
from .session import GraphSession

__all__ = ["ONNXEncoder", "find_device", "make_onnx_encoder"]

GRAPH_NAME: Final = "model.onnx"
DTYPES: Final = (AUTO, "float32", "float16", "int8", "int4")


def make_onnx_encoder(
    sizes: EncoderSizes,
    tensors: Mapping[str, StoredTensor] | None,
    *,
    device: str = AUTO,
    dtype: str = AUTO,
) -> ONNXEncoder:
    """Build an encoder in onnxruntime.

    sizes (EncoderSizes): Sizes.
    tensors (Mapping): Its graph and what lies beside it, and its tokenizer.
    device (str): "auto" or "cpu".
    dtype (str): Which of the graphs that lie together; "auto" for the most exact.
    RAISES (ValueError): An unknown device, no graph in this number type, or one that takes or gives
        something else. (ImportError): An old onnxruntime.
    """
    find_device(device)
    if dtype not in DTYPES:
        raise ValueError(
            f"dtype = {dtype!r} is not there for graphs of encoders. Choose one of: "
            f"{', '.join(DTYPES)}."
        )
    if tensors is None:
        raise ValueError("A graph is run here and not trained. Give a `source`.")
    return ONNXEncoder(sizes, _chosen(files_of(tensors), dtype), dtype)


def _chosen(files: Mapping[str, StoredTensor], dtype: str) -> dict[str, StoredTensor]:
    """Put the graph of another number type in the place of the one that was read."""
    path = files[GRAPH_FILE].graph
    if path is None or (chosen := choose_graph(path, dtype)) == path:
        return dict(files)
    return {TOKENIZER: files[TOKENIZER], **read_graph(chosen)}


class ONNXEncoder(EncoderShim):
    """An encoder in onnxruntime as a thinc shim.

    sizes (EncoderSizes): Sizes. files (Mapping): Graph and tokenizer. dtype (str): As above.
    """

    def __init__(
        self, sizes: EncoderSizes, files: Mapping[str, StoredTensor], dtype: str = AUTO
    ) -> None:
        super().__init__(sizes, files)
        self._dtype = dtype
        self._open()

    def _open(self) -> None:
        """Open the graph: by its path, where the file is still there; else by its bytes."""
        graph = self._beside[GRAPH_FILE]
        beside = {
            name.removeprefix(BESIDE_GRAPH): tensor.data
            for name, tensor in self._beside.items()
            if name.startswith(BESIDE_GRAPH)
        }
        if graph.graph is not None and graph.graph.is_file():
            self._session = GraphSession(graph.graph, self._sizes)
        elif beside:
            self._session = self._open_files(graph.data, beside)
        else:
            self._session = GraphSession(graph.data.tobytes(), self._sizes)
        self.length, self.single = self._session.length, self._session.single

    def _open_files(self, graph: Any, beside: Mapping[str, Any]) -> GraphSession:
        """Open a graph with weights in other files: for a moment, these must be files again."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            for file, data in {**beside, GRAPH_NAME: graph}.items():
                check_name(folder, file)
                (folder / file).write_bytes(data)
            return GraphSession(folder / GRAPH_NAME, self._sizes)

    @property
    def computes(self) -> str:
        """How the matrices are stored and multiplied, for people."""
        path: Path | None = self._beside[GRAPH_FILE].graph
        name = "a graph" if path is None else path.name
        return f"{name} on cpu, onnxruntime {onnxruntime.__version__}"

    def _compute(self, ids: Any, mask: Any) -> Floats:
        if os.getpid() != self._session.pid:
            # The parent's threads do not exist here, and its session cannot be ended here either.
            _OF_PARENTS.append(self._session)
            self._open()
        return self._session.run(ids, mask)

    def tensors(self) -> dict[str, StoredTensor]:
        """The graph and the tokenizer, as files."""
        return dict(self._beside)

    def load_tensors(self, tensors: Mapping[str, StoredTensor]) -> None:
        """Take another graph. RAISES (ValueError): Something else than the files of one."""
        unknown = sorted(set(tensors) - set(self._beside))
        if unknown:
            raise ValueError(f"This network has no weight {unknown[0]!r}: it is a graph.")
        self._beside |= tensors
        self._open()
        self.n_updates += 1

    def _take(self, sizes: EncoderSizes, tensors: Mapping[str, StoredTensor]) -> None:
        self._sizes, self._beside = sizes, dict(tensors)
        self._open()

    def to_device(self, device_type: str, device_id: int) -> None:
        """Stay on the processor; what comes out goes to thinc's device."""

    def __deepcopy__(self, memo: dict[int, Any]) -> ONNXEncoder:
        """Share the files, which never change."""
        other = ONNXEncoder(self._sizes, self._beside, self._dtype)
        other.n_updates, other.id = self.n_updates, self.id
        return other

    def __getstate__(self) -> dict[str, object]:
        """Leave the session behind: another process opens its own."""
        return {**self.__dict__, "_session": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._open()


_OF_PARENTS: Final[list[Any]] = []
