"""A .doc turned into a .docx by msdoc2docx, where it is installed: its tables keep their grid, and no program is needed.

LibreOffice, the other way, loses the tables of some .doc files into running text, so this way goes first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any


def library() -> Any | None:
    """Return the library; None where it is not installed (another project has a module of the same name)."""
    try:
        found = import_module("doc2docx")
    except ImportError:
        return None
    return found if hasattr(found, "inspect_doc") else None


@contextmanager
def converted(path: Path) -> Iterator[Path | None]:
    """Give a .docx of the .doc at `path` for the while; None where the library cannot (or is not there)."""
    known = library()
    with tempfile.TemporaryDirectory(prefix="fusuan-") as folder:
        target = Path(folder, "out.docx")
        yield target if known is not None and _made(known, path, target) else None


def _made(known: Any, path: Path, target: Path) -> bool:
    """Tell whether a document came of it; whatever goes wrong in the library, the other way is still open."""
    try:
        known.convert(path, target)
    except Exception:  # noqa: BLE001
        return False
    return target.is_file()
