"""Write copies of reports in which each figure that does not agree is marked, with what was found of it beside it.

A module here marks one format: `SUFFIXES` and `mark(path, notes, target) -> int`. The report itself is only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from fusuan.export import reserved
from fusuan.extract import kind_of
from fusuan.marked._notes import Note, notes_of
from fusuan.model import Audit, ReadError
from fusuan.model.parts import parts_of

__all__ = ["Marked", "Marker", "Note", "mark", "markers", "notes_of"]


class Marker(Protocol):
    """What a module here must offer."""

    SUFFIXES: tuple[str, ...]

    def mark(self, path: Path, notes: Sequence[Note], target: Path) -> int:
        """Write a copy of the file at `path`, with a mark for each note that finds its place, to `target`."""
        ...


def markers() -> tuple[Marker, ...]:
    return cast("tuple[Marker, ...]", parts_of(__name__))


def mark(audit: Audit, folder: Path) -> tuple[Path | None, str]:
    """Write the marked copy of a report into `folder`; return its path, and what is to be said of it (Chinese).

    There is none where nothing is to be marked or the format has no marks; then the path is None. No file that
    exists is ever written over.
    """
    notes, path = notes_of(audit), Path(audit.source.path)
    if audit.status != "checked" or not notes:
        return None, ""
    kind = _kind(path)
    marker = next((marker for marker in markers() if kind in marker.SUFFIXES), None)
    if marker is None:
        return None, f"不作标注件：{path.name}。{_WHY.get(kind, '')}可作标注的格式：{'、'.join(_SHOWN)}"
    folder.mkdir(parents=True, exist_ok=True)
    target = reserved(folder, path.stem, "（标注{}）", path.suffix if path.suffix.lower() in marker.SUFFIXES else kind)
    try:
        placed = _guarded(marker, path, notes, target)
    except ReadError as error:
        return None, f"未能作标注件：{error.message}"
    lost = len(notes) - placed
    return target, f"标注件 {target}：标注 {placed} 处" + (f"，另有 {lost} 处未能定位，见结果清单" if lost else "")


def _guarded(marker: Marker, path: Path, notes: Sequence[Note], target: Path) -> int:
    """Leave no half-written copy, and let no surprise out: the audit stands whether it can be marked or not."""
    try:
        return marker.mark(path, notes, target)
    except (ReadError, OSError, KeyboardInterrupt):
        target.unlink()
        raise
    except Exception as error:
        target.unlink()
        raise ReadError("internal", f"{path.name}（{type(error).__name__}）") from error


_SHOWN = (".docx", ".xlsx", ".pdf")
_WHY = {".doc": "请在 Word 或 WPS 中另存为 .docx 后再核对。", ".xls": "请在 Excel 或 WPS 中另存为 .xlsx 后再核对。"}


def _kind(path: Path) -> str:
    """Tell what a file holds, by its content; one that is not there (in an archive) is told by its name."""
    try:
        return kind_of(path, path.suffix.lower())
    except (OSError, ReadError):
        return ""
