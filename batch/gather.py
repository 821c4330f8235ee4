"""找出文件夹（含下级）中的报告：跳过临时文件和本程序写出的结果。"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

OFFICE = frozenset({".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".xls", ".xlsx", ".xlsm", ".et", ".ods"})
NOTES = frozenset({".md", ".text", ".htm", ".html", ".mht", ".mhtml", ".xml", ".uot", ".dot", ".dotx", ".dotm", ".xlt", ".xltx", ".xltm"})
"""What can be read but in a folder of reports is rather a note, a saved page or an empty form."""
LOCKS = ("~$", ".~", "._")
_OWN = "由 fusuan（复算）生成".encode()


@dataclass(frozen=True, slots=True)
class Found:
    """A file met in a folder; `skip` says in Chinese why it is left alone, empty where it is to be checked."""

    path: Path
    skip: str = ""


def gather(folder: Path, suffixes: Collection[str], but: Collection[Path] = ()) -> list[Found]:
    """Return the reports below `folder`, in order of path.

    A report is a file with one of `suffixes` (but NOTES), or of another office format (which then fails with advice).
    `but` are files that this very run writes, and folders that it writes into. Folders that begin with a point and linked folders are not entered.
    """
    wanted = (OFFICE | set(suffixes)) - NOTES
    own = {path.resolve() for path in but}
    files = [path for path in _files(folder) if path.suffix.lower() in wanted and not own & {path.resolve(), *path.resolve().parents}]
    return [Found(path, _why_not(path)) for path in sorted(files, key=lambda path: path.parts)]


def _files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__MACOSX"]
        yield from (Path(top, name) for name in names)


def _why_not(path: Path) -> str:
    if path.name.startswith(LOCKS):
        return "临时文件（文档打开时产生），不是报告"
    return "本程序写出的结果，不是报告" if path.suffix.lower() == ".xlsx" and _is_own(path) else ""


def _is_own(path: Path) -> bool:
    """Tell whether a workbook is one that this program wrote."""
    try:
        with zipfile.ZipFile(path) as package:
            return _OWN in package.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
        return False
