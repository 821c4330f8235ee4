"""A copy of an office file in which some parts are changed or added, and every other byte of content is as it was."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from pathlib import Path

from fusuan.extract import Element, File, Package
from fusuan.model import ReadError

CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
          b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
          b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
          b"http://schemas.openxmlformats.org/officeDocument/2006/math": b"http://purl.oclc.org/ooxml/officeDocument/math"}
_TYPES = "[Content_Types].xml"
_MOST = 1024 ** 3
"""Bytes that all parts together may come to unpacked."""


class Edited:
    """The parts of one file that are changed or added; `save` writes the copy."""

    def __init__(self, package: Package, file: File) -> None:
        self.package, self._file = package, file
        self._trees: dict[str, Element] = {}
        self._added: dict[str, bytes] = {}

    def tree(self, name: str) -> Element:
        """Return the tree of a part, to be changed."""
        name = self._own(name)
        if name not in self._trees:
            self._trees[name] = self.package.xml(name)
        return self._trees[name]

    def put_tree(self, name: str, root: Element) -> None:
        """Let `root` be what the part `name` holds, one that exists or a new one."""
        self._trees[self._own(name)] = root

    def put(self, name: str, data: bytes) -> None:
        """Let the part `name` hold `data`."""
        self._added[self._own(name)] = data

    def relate(self, source: str, kind: str, target: str) -> str:
        """Let the part `source` refer to the part `target`; return the id of the relation."""
        from lxml import etree

        folder, _, last = source.rpartition("/")
        name = f"{folder}/_rels/{last}.rels".lstrip("/")
        if name in self.package or self._own(name) in self._trees:
            root = self.tree(name)
        else:
            root = plain_root(RELATIONS, "Relationships")
            self.put_tree(name, root)
        taken = {relation.get("Id") for relation in root}
        own = next(f"rIdFusuan{n}" for n in range(1, len(taken) + 2) if f"rIdFusuan{n}" not in taken)
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=own, Type=f"{OFFICE}/{kind}",
                         Target=posixpath.relpath(target, folder or "."))
        return own

    def declare(self, name: str, kind: str) -> None:
        """Say what a new part holds; one that ends in .vml is told by its ending."""
        from lxml import etree

        root = self.tree(_TYPES)
        by_ending = name.endswith(".vml")
        tag, key, value = ("Default", "Extension", "vml") if by_ending else ("Override", "PartName", f"/{name}")
        if not any(entry.get(key, "").lower() == value.lower() for entry in root.iterfind(f"{{{CONTENT}}}{tag}")):
            entry = etree.Element(f"{{{CONTENT}}}{tag}", {key: value, "ContentType": kind})
            root.insert(0 if by_ending else len(root), entry)

    def free(self, pattern: str) -> str:
        """Return the first name of the pattern (`{}` nothing or a number) that no part has."""
        return next(name for n in ("", *range(1, 100_000)) if (name := pattern.format(n)) not in self.package
                    and name not in self._trees and name not in self._added)

    def save(self, path: Path) -> None:
        """Write the copy to `path`: the parts in their order, new ones last."""
        changed = self._added | {name: self._bytes(name, root) for name, root in self._trees.items()}
        with self._file.open() as stream, zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            entries = {entry.filename: entry for entry in old.infolist()}
            if sum(entry.file_size for entry in entries.values()) > _MOST:
                raise ReadError("too_large", f"解压后过大，不作标注件：{self._file.name}")
            for entry in entries.values():
                if (data := changed.pop(entry.filename, None)) is not None:
                    new.writestr(_fresh(entry), data)
                else:
                    with old.open(entry) as source, new.open(_fresh(entry), "w") as target:
                        shutil.copyfileobj(source, target)
            for name, data in changed.items():
                new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)

    def _own(self, name: str) -> str:
        """Return a part's name as the file spells it."""
        return self.package.spelt(name)

    def _bytes(self, name: str, root: Element) -> bytes:
        from lxml import etree

        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if name in self.package and b"purl.oclc.org/ooxml" in self.package.data(name):
            for usual, strict in STRICT.items():
                data = data.replace(usual, strict)
        return data


def plain_root(namespace: str, tag: str) -> Element:
    """Return the root of a new part whose names need no prefix."""
    from lxml import etree

    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def _fresh(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return an entry of the same name and date to be written anew."""
    fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
    fresh.compress_type, fresh.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
    return fresh
