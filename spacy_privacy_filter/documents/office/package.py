"""An office file (Open Packaging Conventions) -> its parts, and the file without some of them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Final

from ..blocks import DocumentError
from ..pictures import blank_picture, clean_picture
from ..values import Replaced, Values
from .archives import read_archive, write_archive
from .xml import Element, Part, name_of, remove

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_XML: Final = (".xml", ".rels", ".vml")
_PICTURES: Final = tuple(
    ".png .jpg .jpeg .jpe .jfif .gif .bmp .tif .tiff .emf .wmf .emz .wmz .svg .webp .ico".split()
)
_FONTS: Final = (".odttf", ".fntdata", ".ttf", ".otf")
_MACROS: Final = ("vbaproject", "vbadata", "macrosheets/", "activex/", "customui/")
# What goes whole, and what people are told of it if it is more than a copy or a setting.
_DROPPED: Final = {
    "embeddings/": "embedded files",
    "docprops/thumbnail": "",
    "_xmlsignatures/": "digital signatures",
    "customxml/": "",
    "printersettings/": "",
    "/pivotcacherecords": "",
    "/calcchain": "",
    "/ctrlprops/": "form controls",
}
# Elements that stand for what was dropped, and go with it.
_HOLDERS: Final = frozenset(
    "object OLEObject oleObject oleObjects graphicFrame externalData control controls "
    "altChunk".split()
)


class Package:
    """The parts of an office file.

    content (bytes): The file.
    RAISES (DocumentError): No such file, a broken one, or one with macros.
    """

    def __init__(self, content: bytes) -> None:
        self.members = read_archive(content)
        self.notes: list[str] = []
        if CONTENT_TYPES not in self.members:
            raise DocumentError("it is a zip archive, but no file of Office")
        self._refuse_macros()
        self.parts: dict[str, Part] = {}
        for name, member in self.members.items():
            if name.lower().endswith(_XML) or name == CONTENT_TYPES:
                self.parts[name] = Part(name, member, recover=name.lower().endswith(".vml"))
        self._previews: set[str] = set()  # pictures that show what was dropped
        self._drop_parts()
        self._drop_unreachable()
        self._clean_pictures()

    def _refuse_macros(self) -> None:
        names = [name.lower() for name in self.members]
        types = self.members[CONTENT_TYPES].lower()
        if b"macroenabled" in types or any(mark in name for name in names for mark in _MACROS):
            raise DocumentError(
                "it holds macros or ActiveX controls, which may hold or fetch any text. Save it "
                "without them first"
            )

    def _drop_parts(self) -> None:
        """Take out what cannot be read, or would tell what was."""
        counts: dict[str, int] = {}
        for name in list(self.members):
            kind = _kind_of(name)
            if kind is not None:
                counts[kind] = counts.get(kind, 0) + (not name.endswith(".rels"))
                self.drop(name)
        self.notes += [f"{kind} dropped: {n}" for kind, n in counts.items() if kind and n]

    def drop(self, name: str) -> None:
        """Take out a part, all that points to it, and the elements that show it."""
        self.members.pop(name, None)
        self.parts.pop(name, None)
        target = f"/{name}"
        for types in list(self.parts[CONTENT_TYPES].root):
            if types.get("PartName", "").lower() == target.lower():
                remove(types)
                self.parts[CONTENT_TYPES].is_changed = True
        for rels_name, rels in list(self.parts.items()):
            if not rels_name.endswith(".rels"):
                continue
            for relation in list(rels.root):
                if _target_of(rels_name, relation) == name:
                    self.unlink(rels_name, relation)
        own = relations_of(name)
        if own in self.members:
            self.members.pop(own)
            self.parts.pop(own, None)

    def unlink(self, rels_name: str, relation: Element) -> None:
        """Take out a relation, and the elements of its source that use it."""
        self.parts[rels_name].is_changed = True
        relation_id = relation.get("Id")
        remove(relation)
        source = self.parts.get(source_of(rels_name))
        if source is None:
            return
        keys = [f"{{{space}}}{key}" for space in _RELATIONSHIPS for key in ("id", "embed", "link")]
        for element in list(source.root.iter("*")):
            if any(element.get(key) == relation_id for key in keys):
                source.is_changed = True
                if element is source.root:  # it says of itself where its data is
                    for key in keys:
                        element.attrib.pop(key, None)
                    continue
                holder = _holder(element)
                targets = self.targets(source.name)
                ids = (inner.get(key) for inner in holder.iter("*") for key in keys)
                self._previews |= {targets[one] for one in ids if one in targets}
                remove(holder)

    def _drop_unreachable(self) -> None:
        """Take out parts to which no way leads: no program shows them."""
        reached, new = set(), {""}
        while new:
            name = new.pop()
            reached.add(name)
            new |= {target for target in self.targets(name).values() if target not in reached}
        for name in list(self.members):
            if name not in reached and name != CONTENT_TYPES and not name.endswith(".rels"):
                self.notes.append("parts to which nothing leads dropped: 1")
                self.drop(name)

    def targets(self, name: str) -> dict[str, str]:
        """Give the parts that a part points to, by the id of the relation."""
        rels = self.parts.get(relations_of(name))
        if rels is None:
            return {}
        rows = ((r.get("Id"), _target_of(relations_of(name), r)) for r in rels.root)
        return {str(key): target for key, target in rows if target}

    def _clean_pictures(self) -> None:
        n_kept = n_blank = 0
        for name in list(self.members):
            if name in self.parts:
                continue
            ending = posixpath.splitext(name.lower())[1]
            if ending not in _PICTURES:
                if ending not in _FONTS:
                    self.notes.append("parts of an unknown kind dropped: 1")
                    self.drop(name)
                continue
            is_preview = name in self._previews
            cleaned = None if is_preview else clean_picture(self.members[name])
            n_kept += cleaned is not None
            n_blank += cleaned is None and not is_preview
            self.members[name] = blank_picture(name) if cleaned is None else cleaned
        if n_kept:
            self.notes.append(f"pictures kept, which nothing reads: {n_kept}")
        if n_blank:
            self.notes.append(f"pictures of other kinds made blank: {n_blank}")

    def write(self, replaced: Sequence[Replaced]) -> bytes:
        """Give the bytes of the file.

        RAISES (DocumentError): A part is called by what was replaced.
        """
        values = Values(replaced)
        for name, part in self.parts.items():
            self.members[name] = part.write()
        if any(values.replace(name) != name for name in self.members):
            raise DocumentError("a part of it is called by a value that was found")
        return write_archive(self.members)


def _kind_of(name: str) -> str | None:
    """Say what a part is that goes whole; None for one that stays."""
    low = name.lower()
    return next((kind for mark, kind in _DROPPED.items() if mark in low), None)


def _holder(element: Element) -> Element:
    """Find the element to take out: the outermost that only shows what is gone."""
    holder = element
    for parent in element.iterancestors():
        if name_of(parent) in _HOLDERS:
            holder = parent
    return holder


def relations_of(name: str) -> str:
    """Give the name of the part with the relations of a part."""
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def source_of(rels_name: str) -> str:
    """Give the part whose relations a part holds."""
    folder, _, file = rels_name.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _target_of(rels_name: str, relation: Element) -> str:
    """Give the name of the part to which a relation points; "" for what is outside."""
    target = relation.get("Target") or ""
    if relation.get("TargetMode") == "External":
        return ""
    if target.startswith("/"):
        return target[1:]
    folder = posixpath.dirname(source_of(rels_name))
    return posixpath.normpath(posixpath.join(folder, target))
