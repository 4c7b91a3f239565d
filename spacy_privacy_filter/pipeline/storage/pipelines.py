"""A saved pipeline -> what its components share, and a copy whose networks are written anew.

Works on files: no network is loaded, so no backend is needed.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import srsly
from thinc.api import Config

from ...checkpoints.registry import read_fingerprint
from ...checkpoints.source import PIPELINE
from ...files import check_folder, mend_folder, write_atomically
from ..names import FILTER, TEXTCAT
from .components import NETWORK, SHARED, read_object

CONFIG, META = PIPELINE


@dataclass(frozen=True)
class SavedPipeline:
    """What is to be known of a saved pipeline before its category head is replaced.

    folder (Path): The pipeline.
    config (Config): Its config, not interpolated.
    name (str): The component with the category head.
    exists (bool): Whether that component is there already.
    peer (str): The component whose folder holds the network that the head reads.
    backbone (str): Fingerprint of that network.
    """

    folder: Path
    config: Config
    name: str
    exists: bool
    peer: str
    backbone: str

    @property
    def place(self) -> Path:
        """Folder of the component."""
        return self.folder / self.name

    @property
    def threshold(self) -> float:
        """From which probability on the scorer counts a category as found."""
        return float(self.config["components"].get(self.name, {}).get("threshold", 0.5))

    @property
    def exclusive(self) -> bool | None:
        """Whether the present categories exclude each other; None if there are none."""
        return bool(read_object(self.place / "cfg")["exclusive"]) if self.exists else None


def open_pipeline(folder: Path, name: str | None = None) -> SavedPipeline:
    """Look at a saved pipeline.

    folder (Path): What `nlp.to_disk` wrote.
    name (str | None): The component with the category head, if there are several.
    RAISES (FileNotFoundError): No pipeline there. (ValueError): None of our components, or several
        category heads and no name.
    """
    if not (folder / CONFIG).is_file():
        raise FileNotFoundError(
            f"No saved pipeline in {folder} (no {CONFIG}). Give the folder that spacy train or "
            "nlp.to_disk wrote, not the name of an installed package. The pipeline that ships is "
            "saved by: python -c \"import spacy_privacy_filter as p; p.load().to_disk('FOLDER')\""
        )
    config = Config().from_disk(folder / CONFIG, interpolate=False)
    ours = {
        pipe: config["components"][pipe].get("factory")
        for pipe in config["nlp"]["pipeline"]
        if config["components"][pipe].get("factory") in (FILTER, TEXTCAT)
    }
    if not ours:
        raise ValueError(f"The pipeline in {folder} has no {FILTER!r} and no {TEXTCAT!r}.")
    heads = [pipe for pipe, factory in ours.items() if factory == TEXTCAT]
    if name is None and len(heads) > 1:
        raise ValueError(f"Several category heads: {', '.join(heads)}. Choose one with --name.")
    if name is not None and heads and name not in heads:
        raise ValueError(f"No category head {name!r}. There are: {', '.join(heads)}.")
    chosen = name or (heads[0] if heads else TEXTCAT)
    exists = chosen in heads
    if not exists:
        _check_new_name(chosen, config, folder)
    mend_folder(folder / chosen)
    peer, backbone = find_saved_network(folder, chosen if exists else next(iter(ours)))
    return SavedPipeline(folder, config, chosen, exists, peer, backbone)


def _check_new_name(name: str, config: Config, folder: Path) -> None:
    """Refuse a name whose folder is not for a category head to replace."""
    place = folder / name
    # A head that was put there by a run that was killed before it changed the config.
    ours = not place.exists() or (place / SHARED).is_file()
    if Path(name).name != name or name in ("", "..") or name in config["components"] or not ours:
        raise ValueError(
            f"A new category head cannot be named {name!r}: that is another part of the pipeline "
            f"in {folder}, or no name of a folder. Choose another --name."
        )


def find_saved_network(folder: Path, name: str) -> tuple[str, str]:
    """Say which component's folder holds the network of a component, and its fingerprint."""
    note = folder / name / SHARED
    peer = str(read_object(note).get("component")) if note.exists() else name
    if Path(peer).name != peer or peer in ("", ".", ".."):
        raise ValueError(f"{note} names no component beside it. Save the pipeline again.")
    return peer, read_fingerprint(folder / peer / NETWORK)


def copy_with_networks(folder: Path, output: Path, write: Callable[[Path, Path], str]) -> None:
    """Write a copy of a saved pipeline whose networks are written anew, whole or not at all.

    folder (Path): What `nlp.to_disk` wrote.
    output (Path): A folder that is new or empty.
    write (Callable): Reads a network from one folder and writes it, in our own format, to another;
        gives what is to be said of that in the notes of the meta data, "" for nothing.
    RAISES (ValueError): None of our components. (FileExistsError): The output holds something.
    """
    check_folder(output, inputs=[folder])
    config = Config().from_disk(folder / CONFIG, interpolate=False)
    ours = [
        name
        for name in config["nlp"]["pipeline"]
        if config["components"][name].get("factory") in (FILTER, TEXTCAT)
    ]
    if not ours:
        raise ValueError(f"The pipeline in {folder} has no {FILTER!r} and no {TEXTCAT!r}.")
    if any(Path(name).name != name or name in ("", "..") for name in ours):
        raise ValueError(f"A component in {folder} has a name that is none of a folder beside it.")
    peers = {name: find_saved_network(folder, name)[0] for name in ours}
    networks = {folder / peer / NETWORK for peer in peers.values()}
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}.tmp")
    try:
        shutil.copytree(
            folder, draft, ignore=lambda at, names: [n for n in names if Path(at, n) in networks]
        )
        done = {write(network, draft / network.relative_to(folder)) for network in sorted(networks)}
        for name, peer in peers.items():
            mark = {"fingerprint": read_fingerprint(draft / peer / NETWORK)}
            _change_object(draft / name / "cfg", {"network": mark["fingerprint"]})
            if (draft / name / SHARED).is_file():
                _change_object(draft / name / SHARED, mark)
        if any(done):
            _add_note(draft / META, "; ".join(sorted(filter(None, done))))
        if output.exists():
            output.rmdir()
        draft.rename(output)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _add_note(path: Path, done: str) -> None:
    """Tell the meta data that the network was written anew, which figures there may not know."""
    meta = read_object(path)
    notes, title = meta.get("notes") or "", "## How it is stored"
    start = "The network was written anew after training: "
    note = f"{start}{done}."
    if meta.get("performance"):
        note += " Figures were measured before that."
    changed, n_before = re.subn(rf"{start}.*", lambda _: note, notes)
    if not n_before:  # else what is said of the last time no longer holds
        changed = "\n\n".join(filter(None, (notes, title, note)))
    _change_object(path, {"notes": changed})


def _change_object(path: Path, values: dict[str, Any]) -> None:
    """Change some values of a JSON file."""
    changed = read_object(path) | values
    write_atomically(path, srsly.json_dumps(changed, indent=2).encode())


def check_output(output: Path, *inputs: Path | None) -> None:
    """Refuse to write a pipeline over anything but an older one, or over what is read."""
    read = [path for path in inputs if path is not None]
    check_folder(output, PIPELINE, "a saved pipeline", read)
