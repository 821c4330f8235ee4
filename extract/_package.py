"""An office file as a package of parts: a zip, opened with care, its XML parsed with nothing fetched or expanded."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Self

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._xml import Element
from fusuan.model import ReadError

if TYPE_CHECKING:
    from types import TracebackType

MOST = 512 * 1024 * 1024
"""Bytes that the parts read of one file may come to. A report of a thousand pages comes to about 50 MB."""
MOST_PARTS = 20_000
MOST_RATIO = 1000
"""How many times its packed size a part above 16 MB may be: office XML packs 5 to 40 times, zeros 1,000 times."""
MOST_XML = 128 * 1024 * 1024
"""Bytes of one XML part: as a tree it takes some eight times as much memory."""
_SMALL = 16 * 1024 * 1024

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
"""Names of the strict variant (ISO/IEC 29500-1 Strict) and of the usual one, which is what is read."""


class Package:
    """The parts of one file by name. Raises ReadError damaged, encrypted or too_large."""

    def __init__(self, file: File) -> None:
        self._file, self._name = file, file.name
        self._read = 0
        try:
            self._stream = file.open()
            self._zip = zipfile.ZipFile(self._stream)
        except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
            raise self.damaged() from error
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            raise self._too_large()
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._zip.close()
        self._stream.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._entries)

    def spelt(self, name: str) -> str:
        """Return the name of a part as the archive spells it; a new one as it is."""
        entry = self._entries.get(name.lower())
        return name if entry is None else entry.filename

    def data(self, name: str) -> bytes:
        """Return the bytes of a part: never more than the guard allows, whatever the archive declares."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise self.damaged(f"缺少部件 {name}")
        if entry.flag_bits & 1:
            raise locked(self._file)
        if entry.file_size > MOST - self._read or (
                entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)):
            raise self._too_large()
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
            raise self.damaged() from error
        self._read += len(data)
        return data

    def xml(self, name: str) -> Element:
        """Return the root element of a part; a document type or an entity of its own is refused."""
        from lxml import etree

        data = self.data(name)
        if len(data) > MOST_XML:
            raise self._too_large()
        if b"purl.oclc.org/ooxml" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                                 remove_pis=True, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged(f"{name} 的内容不完整") from error
        if b"<!DOCTYPE" in data[:4096] or root.getroottree().docinfo.internalDTD is not None:
            raise self.damaged(f"{name} 含有不应有的文档类型声明")
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: id -> (last word of the kind of relation, name of the part)."""
        folder, _, last = name.rpartition("/")
        relations = f"{folder}/_rels/{last}.rels".lstrip("/")
        if relations not in self:
            return {}
        found = {}
        for relation in self.xml(relations):
            target = (relation.get("Target") or "").replace("\\", "/")
            if relation.get("TargetMode") != "External" and target:
                full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                kind = (relation.get("Type") or "").rpartition("/")[2]
                found[relation.get("Id") or ""] = (kind, full.lstrip("/"))
        return found

    def main(self, usual: str) -> str:
        """Return the name of the main part, which the package's own relations tell."""
        mains = [part for kind, part in self.related("").values() if kind == "officeDocument" and part in self]
        return mains[0] if mains else usual

    def damaged(self, detail: str = "") -> ReadError:
        said = f"（{detail}）" if detail else ""
        return ReadError("damaged", f"文件不完整或已损坏：{self._name}{said}。请用原软件打开并另存，或重新取得该文件")

    def _too_large(self) -> ReadError:
        return ReadError("too_large", f"解压后过大，疑似异常压缩文件：{self._name}。请用原软件打开核实并另存后再试")
