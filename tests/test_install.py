"""The wheel: what it carries, what it asks for, and that it works away from the source tree."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email.parser import Parser
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import spacy_privacy_filter

ROOT = Path(__file__).parents[1]
MAX_BYTES = 40e6
EXTRAS = {
    *"torch mlx onnx encoders redact rules training datasets evaluate parquet".split(),
    *("records", "pandas", "polars", "documents", "test", "dev"),
}


def package_files() -> list[Path]:
    """Everything in the package's folder but what tools leave there."""
    return [
        path
        for path in sorted((ROOT / "spacy_privacy_filter").rglob("*"))
        if path.is_file()
        and not any(
            part == "__pycache__" or part.startswith(".") for part in path.relative_to(ROOT).parts
        )
    ]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the setuptools that is installed, so that no network is needed."""
    pytest.importorskip("setuptools", minversion="77")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    # A copy without build folders: what an earlier build left must not get in.
    for name in ("setup.cfg", "pyproject.toml", "MANIFEST.in", "LICENSE", "NOTICE", "README.md"):
        if (ROOT / name).exists():
            (source / name).write_bytes((ROOT / name).read_bytes())
    for path in package_files():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*command, "-w", str(folder), str(source)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == {path.relative_to(ROOT).as_posix() for path in package_files()}
    assert "spacy_privacy_filter/py.typed" in packed
    assert any(name.endswith(".tiktoken.gz") for name in packed), "the vocabulary is not packed"
    assert any(name.endswith(".safetensors") for name in packed), "the pipeline is not packed"


def test_the_wheel_is_small_and_licensed(wheel: Path) -> None:
    assert wheel.stat().st_size < MAX_BYTES
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("/LICENSE") for name in names)
    assert any(name.endswith("/NOTICE") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = Parser().parsestr(archive.read(name).decode("utf8"))
    assert metadata["Name"] == "spacy-privacy-filter"
    assert metadata["Requires-Python"] == ">=3.10"
    assert set(metadata.get_all("Provides-Extra") or []) == EXTRAS


def test_the_core_needs_no_framework() -> None:
    wanted = [Requirement(text) for text in requires("spacy-privacy-filter") or []]
    core = {
        canonicalize_name(r.name)
        for r in wanted
        if r.marker is None or "extra" not in str(r.marker)
    }
    assert core == {
        "spacy", "thinc", "catalogue", "numpy", "tiktoken", "safetensors", "huggingface-hub",
        "typer", "rich", "srsly", "google-re2", "phonenumbers",
    }  # fmt: skip


def test_what_is_installed_is_what_is_asked_for() -> None:
    for text in requires("spacy-privacy-filter") or []:
        wanted = Requirement(text)
        if wanted.marker is None:
            assert wanted.specifier.contains(version(wanted.name), prereleases=True), text
    assert spacy_privacy_filter.__version__ == version("spacy-privacy-filter")


@pytest.mark.slow
def test_the_wheel_works_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere and put first on the path, the wheel redacts with what it carries."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import spacy, spacy_privacy_filter\n"
        f"assert spacy_privacy_filter.__file__.startswith({str(tmp_path)!r})\n"
        "nlp = spacy.blank('en'); nlp.add_pipe('privacy_filter')\n"
        "doc = nlp('Please write to Annika Reyes at annika.reyes@example.org today.')\n"
        "print({span.label for span in doc._.privacy_spans})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "private_email" in done.stdout
