"""What export-onnx wrote is read back as exactly as its numbers allow; what is broken, is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacy_privacy_filter.checkpoints.checkpoint import Checkpoint
from spacy_privacy_filter.checkpoints.formats.onnx import ONNX, choose_graph
from spacy_privacy_filter.checkpoints.registry import find_format, read_checkpoint, write_checkpoint
from spacy_privacy_filter.checkpoints.tensors.onnx_file import graph_of, read_onnx

from ...export.helpers import write_graph
from ..claims import ROUND_TRIP, verifies
from ..helpers import make
from ..hostile import read

onnx = pytest.importorskip("onnx", reason="needs onnx")

SOURCE = make(categories=True)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("onnx") / "exact").parent


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with its weights in a file beside the graph."""
    return write_graph(tmp_path_factory.mktemp("onnx") / "apart", most_inside=0).parent


def assert_same(found: Checkpoint, expected: Checkpoint, most: float = 0.0) -> None:
    assert (found.config, found.tags, found.categories) == (
        expected.config, expected.tags, expected.categories
    )  # fmt: skip
    assert set(found.tensors) == set(expected.tensors)
    for name, tensor in expected.tensors.items():
        values = tensor.to_float32()
        gap = np.abs(found.tensors[name].to_float32() - values).max() / np.abs(values).max()
        assert gap <= most, name


@verifies("onnx", read=["fp32"], write=["fp32"], against=[ROUND_TRIP])
@pytest.mark.parametrize("folder", ["exact", "apart"])
def test_float32_is_read_back_exactly(folder: str, request: pytest.FixtureRequest) -> None:
    place = request.getfixturevalue(folder)
    assert find_format(place)[0] == ONNX
    found = read_checkpoint(place)
    assert_same(found, SOURCE)


FEWER = {"float16": ("fp16", 5e-4), "int8": ("8 bit", 0.008), "int4": ("4 bit", 0.15)}


@pytest.mark.parametrize("standard", [False, True])
@pytest.mark.parametrize(
    ("dtype", "most"),
    [
        pytest.param(dtype, most, marks=verifies("onnx", read=[form], write=[form]))
        for dtype, (form, most) in FEWER.items()
    ],
)
def test_fewer_bits_are_read_back(tmp_path: Path, dtype: str, most: float, standard: bool) -> None:
    write_graph(tmp_path / "x", dtype, standard=standard)
    assert_same(read_checkpoint(tmp_path / "x"), SOURCE, most)


def test_what_is_quantised_stays_so_to_the_bit(tmp_path: Path) -> None:
    bits = {"embedding.weight": 4, "block.N.mlp.swiglu.weight": 8, "block.N.mlp.out.weight": 8}
    write_checkpoint(tmp_path / "a", SOURCE, quantize=bits)
    stored = read_checkpoint(tmp_path / "a")
    for dtype in ("float32", "int8"):
        write_graph(tmp_path / dtype, dtype, replace(stored, format=ONNX))
        found = read_checkpoint(tmp_path / dtype)
        for name in ("embedding.weight", "block.1.mlp.swiglu.weight", "block.0.mlp.out.weight"):
            np.testing.assert_array_equal(
                found.tensors[name].to_float32(), stored.tensors[name].to_float32(), name
            )


def test_the_file_is_chosen_by_the_number_type(tmp_path: Path) -> None:
    for dtype in ("float32", "int8"):
        write_graph(tmp_path, dtype)
    tensors = read_checkpoint(tmp_path).backbone_tensors().values()
    assert graph_of(tensors) == tmp_path / "model.onnx"
    assert choose_graph(tensors, "auto") == choose_graph(tensors, "float32")
    assert choose_graph(tensors, "int8") == tmp_path / "model_int8.onnx"
    assert choose_graph(tensors, "float16") is None  # to be built
    (tmp_path / "model.onnx").unlink()
    only = read_checkpoint(tmp_path).backbone_tensors().values()
    assert choose_graph(only, "auto") == tmp_path / "model_int8.onnx"
    write_graph(tmp_path / "other", "float32", replace(SOURCE, fingerprint="of another"))
    shutil.copy(tmp_path / "other" / "model.onnx", tmp_path)
    with pytest.raises(ValueError, match="hold different networks"):
        choose_graph(read_checkpoint(tmp_path).backbone_tensors().values(), "int8")


def test_weights_of_another_format_go_before(exact: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(exact, tmp_path / "both"))
    write_checkpoint(tmp_path / "native", SOURCE)
    for path in (tmp_path / "native").iterdir():
        shutil.copy(path, place)
    assert find_format(place)[0] == "native"


def test_an_export_leaves_no_doubt(exact: Path) -> None:
    with pytest.raises(ValueError, match=r"model\.onnx leaves no doubt"):
        read_checkpoint(exact, window=5)


# --- Damage ------------------------------------------------------------------------------------


def change(path: Path, edit: Callable[[Any], None]) -> None:
    model = onnx.load(str(path), load_external_data=False)
    edit(model)
    path.write_bytes(model.SerializeToString())


def lead_out(model: Any) -> None:
    model.graph.initializer[-1].external_data[0].value = "../secret.data"


def lead_to_root(model: Any) -> None:
    model.graph.initializer[-1].external_data[0].value = "/etc/passwd"


def claim_more(model: Any) -> None:
    weight = next(t for t in model.graph.initializer if t.external_data)
    next(e for e in weight.external_data if e.key == "length").value = "12"


def forget(model: Any) -> None:
    index = next(i for i, t in enumerate(model.graph.initializer) if "mlp.out" in t.name)
    del model.graph.initializer[index]


def say_nothing(model: Any) -> None:
    del model.metadata_props[:]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lead_out, r"'\.\./secret\.data'.*only plain file names"),
        (lead_to_root, r"'/etc/passwd'.*only plain file names"),
        (claim_more, "cut short, or belongs to another model"),
        (forget, r"block\.0\.mlp\.out\.\w+ is missing"),
        (
            say_nothing,
            r"was not written by export-onnx: it takes \['input_ids', 'attention_mask'\]",
        ),
    ],
)
def test_a_graph_that_was_changed(
    apart: Path, tmp_path: Path, edit: Callable[[Any], None], message: str
) -> None:
    place = Path(shutil.copytree(apart, tmp_path / "x"))
    change(place / "model.onnx", edit)
    with pytest.raises(ValueError, match=message):
        read_checkpoint(place)


def test_weights_beside_it_are_missing_or_cut_short(apart: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(apart, tmp_path / "x"))
    data = place / "model.onnx.data"
    whole = data.read_bytes()
    data.write_bytes(whole[:-1])
    with pytest.raises(ValueError, match=rf"model\.onnx\.data has {len(whole) - 1} bytes, but"):
        read_checkpoint(place)
    data.unlink()
    with pytest.raises(FileNotFoundError, match=r"No model\.onnx\.data in"):
        read_checkpoint(place)
    data.symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="a link that leads out of its folder"):
        read_checkpoint(place)


@pytest.mark.parametrize("n_bytes", [0, 1, 100, 5000, -1])
def test_a_download_that_stopped(exact: Path, tmp_path: Path, n_bytes: int) -> None:
    whole = (exact / "model.onnx").read_bytes()
    (tmp_path / "model.onnx").write_bytes(whole[:n_bytes])
    with pytest.raises(ValueError, match=r"model\.onnx is no readable ONNX file"):
        read_checkpoint(tmp_path)


def test_weights_of_an_operator_may_not_lie_elsewhere(exact: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(exact, tmp_path / "x"))

    def hide(model: Any) -> None:
        value = onnx.helper.make_tensor("v", 1, [1], [1.0])
        value.data_location = onnx.TensorProto.EXTERNAL
        value.external_data.add(key="location", value="../../secret")
        model.graph.node.append(onnx.helper.make_node("Constant", [], ["v"], value=value))

    change(place / "model.onnx", hide)
    with pytest.raises(ValueError, match="an operator has weights of its own in another file"):
        read_onnx(place / "model.onnx")


@given(st.data())
@settings(max_examples=150)
def test_damaged_bytes_are_refused_or_change_numbers_only(exact: Path, data: st.DataObject) -> None:
    """Within bounds of time and memory, and by a message: no other error, nothing read in part."""
    whole = bytearray((exact / "model.onnx").read_bytes())
    # Graph and note come first, then weights, each with its own head.
    where = st.one_of(st.integers(0, 30_000), st.integers(0, len(whole) - 1))
    for at in data.draw(st.lists(where, min_size=1, max_size=5)):
        whole[at] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as place:
        (Path(place) / "model.onnx").write_bytes(whole)
        read(Path(place))
