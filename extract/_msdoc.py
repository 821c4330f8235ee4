"""A .doc turned into a .docx by msdoc2docx, where it is installed: its tables keep their grid, and no program is needed.

LibreOffice, the other way, loses the tables of some .doc files into running text, so this way goes first.
"""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from fusuan.extract._file import File
from fusuan.model import ReadError


def library() -> Any | None:
    """Return the library; None where it is not installed (another project has a module of the same name)."""
    try:
        found = import_module("doc2docx")
    except ImportError:
        return None
    return found if hasattr(found, "inspect_doc") else None


def converted(file: File) -> File | None:
    """Return the .doc as a .docx; None where the library cannot (or is not there). It works on paths alone."""
    known = library()
    if known is None:
        return None
    with tempfile.TemporaryDirectory(prefix="fusuan-") as folder:
        source, target = Path(folder, "in.doc"), Path(folder, "out.docx")
        source.write_bytes(file.read_bytes())
        made = any(_made(known, source, target, password) for password in (None, *file.passwords))
        return file.holding(target.read_bytes()) if made else None


def _made(known: Any, source: Path, target: Path, password: str | None) -> bool:
    """Tell whether a document came of it; whatever goes wrong in the library, the other way is still open."""
    try:
        known.convert(source, target, password=password)
    except (MemoryError, ReadError):
        raise
    except Exception:  # noqa: BLE001
        return False
    return target.is_file()
