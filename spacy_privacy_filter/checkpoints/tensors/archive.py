"""The files of a folder <-> one value of bytes, for `Language.to_bytes`."""

from __future__ import annotations

from pathlib import Path

import srsly

from .folder import check_name


def folder_to_bytes(folder: Path) -> bytes:
    """Pack the files of a folder.

    RAISES (ValueError): More than 4 GiB, which msgpack cannot hold.
    """
    files = {path.name: path for path in sorted(folder.iterdir())}
    if sum(path.stat().st_size for path in files.values()) >= 2**32 - 2**20:
        raise ValueError("These weights are too large for to_bytes (4 GiB). Use to_disk instead.")
    data: bytes = srsly.msgpack_dumps({name: path.read_bytes() for name, path in files.items()})
    return data


def bytes_to_folder(data: bytes, folder: Path) -> None:
    """Write the files that `folder_to_bytes` packed.

    RAISES (ValueError): Something else, or a name that leads out of the folder.
    """
    files = srsly.msgpack_loads(data)
    if not isinstance(files, dict) or not all(isinstance(raw, bytes) for raw in files.values()):
        raise ValueError("These bytes hold no network. Make them again with to_bytes.")
    for name, raw in files.items():
        check_name(folder, str(name))
        (folder / str(name)).write_bytes(raw)
