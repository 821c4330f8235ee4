"""Write copies of reports in which each figure that does not agree is marked, with what was found of it beside it.

A module here marks one format: `SUFFIXES` and `mark(file, notes, target) -> int`. The report itself is only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Protocol, cast

from fusuan.export import reserved
from fusuan.extract import File, kind_of
from fusuan.marked._files import Open, opened, opener
from fusuan.marked._notes import Note, notes_of
from fusuan.model import Audit, ReadError
from fusuan.model.parts import parts_of

__all__ = ["Marker", "Note", "mark", "markers", "notes_of", "opener"]


class Marker(Protocol):
    """What a module here must offer."""

    SUFFIXES: tuple[str, ...]

    def mark(self, file: File, notes: Sequence[Note], target: Path) -> int:
        """Write a copy of `file`, with a mark for each note that finds its place, to `target`."""
        ...


def markers() -> tuple[Marker, ...]:
    return cast("tuple[Marker, ...]", parts_of(__name__))


def mark(audit: Audit, folder: Path, open_: Open = opened) -> tuple[Path | None, str]:
    """Write the marked copy of a report into `folder`; return its path, and what is to be said of it (Chinese).

    There is none where nothing is to be marked or the format has no marks; then the path is None. No file that
    exists is ever written over. `open_` gives the file of an audit, one in an archive too.
    """
    notes = notes_of(audit)
    if audit.status != "checked" or not notes:
        return None, ""
    try:
        return _marked(open_(audit.source), notes, folder)
    except ReadError as error:
        return None, f"未作标注件：{error.message}"


def _marked(file: File, notes: Sequence[Note], folder: Path) -> tuple[Path, str]:
    kind = kind_of(file)
    marker = next((marker for marker in markers() if kind in marker.SUFFIXES), None)
    if marker is None:
        raise ReadError("format", f"{file.name}。{_WHY.get(kind, '')}可作标注的格式：{'、'.join(_SHOWN)}")
    name = PurePath(file.name)
    folder.mkdir(parents=True, exist_ok=True)
    target = reserved(folder, name.stem, "（标注{}）", name.suffix if file.suffix in marker.SUFFIXES else kind)
    placed = _guarded(marker, file, notes, target)
    lost = len(notes) - placed
    return target, f"标注件 {target}：标注 {placed} 处" + (f"，另有 {lost} 处未能定位，见结果清单" if lost else "")


def _guarded(marker: Marker, file: File, notes: Sequence[Note], target: Path) -> int:
    """Leave no half-written copy, and let no surprise out: the audit stands whether it can be marked or not."""
    try:
        return marker.mark(file, notes, target)
    except (ReadError, OSError, KeyboardInterrupt):
        target.unlink()
        raise
    except Exception as error:
        target.unlink()
        raise ReadError("internal", f"{file.name}（{type(error).__name__}）") from error


_SHOWN = (".docx", ".xlsx", ".pdf")
_WHY = {".doc": "请在 Word 或 WPS 中另存为 .docx 后再核对。", ".xls": "请在 Excel 或 WPS 中另存为 .xlsx 后再核对。"}
