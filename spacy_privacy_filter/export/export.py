"""A checkpoint -> a folder that onnxruntime runs anywhere: graphs, tokenizer, labels, hashes."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..checkpoints.calibration import write_calibration, write_points
from ..checkpoints.checkpoint import CONFIG, Checkpoint
from ..checkpoints.formats.huggingface import MULTITASK_CONFIG, make_hf_config
from ..checkpoints.formats.onnx import MODELS, make_note
from ..checkpoints.formats.tokenizer_files import write_tokenizer
from ..checkpoints.tensors.folder import write_json
from ..compat import has, missing
from ..files import check_folder
from ..networks.openai_privacy_filter.onnx.network import PADDED, SIGNATURES, Design, build
from .files import MOST_INSIDE, write_hash, write_model
from .reference import write_reference
from .source import Source, copy_papers

# As users name them -> as networks do.
DTYPES: Final = {"fp32": "float32", "fp16": "float16", "int8": "int8", "int4": "int4"}
MICROSOFT: Final = "microsoft"
STANDARD: Final = "standard"
OPERATORS: Final = (MICROSOFT, STANDARD)


class ExportOptions(NamedTuple):
    """How to export.

    dtypes (tuple[str, ...]): Number types, keys of `DTYPES`: a file for each.
    signature (str): "padded" (input_ids and attention_mask, a document a row, as everybody runs
        token classifiers) or "packed" (ids, positions, segments, without padding).
    operators (str): "microsoft" (onnxruntime's own, the fastest) or "standard".
    most_inside (int): Bytes of weights beyond which they go into a file of their own.
    """

    dtypes: tuple[str, ...] = ("fp32",)
    signature: str = PADDED
    operators: str = MICROSOFT
    most_inside: int = MOST_INSIDE


AS_USUAL: Final = ExportOptions()


def export_onnx(source: Source, output: Path, options: ExportOptions = AS_USUAL) -> dict[str, Any]:
    """Write a folder with a network in ONNX. It appears whole, or not at all.

    source (Source): See `source.read_source`.
    output (Path): A folder that is new or empty.
    options (ExportOptions): How.
    RETURNS (dict): Plain values: "folder", "signature", "operators" and "files", names -> bytes.
    RAISES (ValueError): Options that there are not, or a network without a tag head.
    RAISES (FileExistsError): The folder holds something. (ImportError): onnx is not installed.
    """
    check_options(options)
    check_folder(output)
    checkpoint = source.checkpoint
    if checkpoint.tags is None:
        raise ValueError("Only networks with a tag head are exported. Give one that has it.")
    output.parent.mkdir(parents=True, exist_ok=True)
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}.tmp")
    draft.mkdir()
    try:
        for dtype in options.dtypes:
            _write_graph(draft, checkpoint, dtype, options)
        _write_rest(draft, source)
        write_reference(draft, checkpoint)
        if output.exists():
            output.rmdir()
        draft.rename(output)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sizes = {path.name: path.stat().st_size for path in sorted(output.iterdir())}
    return {
        "folder": str(output),
        "signature": options.signature,
        "operators": options.operators,
        "files": sizes,
    }


def check_options(options: ExportOptions) -> None:
    """Refuse options that there are not. RAISES (ValueError, ImportError)."""
    chosen: Mapping[str, tuple[str, tuple[str, ...]]] = {
        "--signature": (options.signature, SIGNATURES),
        "--ops": (options.operators, OPERATORS),
        **{f"--dtype {i}": (dtype, tuple(DTYPES)) for i, dtype in enumerate(options.dtypes)},
    }
    for name, (value, known) in chosen.items():
        if value not in known:
            raise ValueError(
                f"Unknown {name.split()[0]} {value!r}. Choose one of: {', '.join(known)}."
            )
    if not options.dtypes or len(set(options.dtypes)) != len(options.dtypes):
        raise ValueError("Give each --dtype once, and at least one.")
    if not has("onnx"):
        raise missing("onnx", "Exporting")


def _write_graph(folder: Path, checkpoint: Checkpoint, dtype: str, options: ExportOptions) -> None:
    """Write the network in one number type, with its heads, and the hashes of the files."""
    name = DTYPES[dtype]
    design = Design(name, options.signature, options.operators == STANDARD, heads=True)
    built = build(checkpoint.mixture, checkpoint.tensors, design)
    path = folder / MODELS[name][0]
    for file in write_model(path, built, make_note(checkpoint), options.most_inside):
        write_hash(file)


def _write_rest(folder: Path, source: Source) -> None:
    """Write what readers need beside a graph."""
    checkpoint = source.checkpoint
    if checkpoint.tags is not None:
        values = make_hf_config(checkpoint.mixture, checkpoint.tags, "F32")
        write_json(folder / CONFIG, values)
    if checkpoint.categories is not None:
        names = list(checkpoint.categories)
        values = {"num_doc_classes": len(names), "doc_label_names": names}
        write_json(folder / MULTITASK_CONFIG, values)
    write_tokenizer(folder)
    write_calibration(folder, checkpoint.biases)
    write_points(folder, checkpoint.points)
    copy_papers(source, folder)
