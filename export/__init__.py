"""Write audits to a file. Each public module here writes one format.

What others take of the private ones (a finding in words, text in columns) stands here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol, cast

from fusuan.export._beside import beside, free
from fusuan.export._rows import clean, explained, formula_of, label_of
from fusuan.export._width import columns_for, padded, wrapped
from fusuan.model import Audit
from fusuan.model.parts import parts_of

__all__ = ["Writer", "beside", "clean", "columns_for", "explained", "formula_of", "free", "label_of", "padded", "wrapped", "write",
           "writers"]


class Writer(Protocol):
    """What a module here must offer."""

    SUFFIXES: tuple[str, ...]

    def write(self, audits: Iterable[Audit], path: Path) -> None:
        """Write `audits` to the file at `path`."""
        ...


def writers() -> tuple[Writer, ...]:
    """Return every writer that lies in this folder."""
    return cast("tuple[Writer, ...]", parts_of(__name__))


def write(audits: Iterable[Audit], path: Path, batch: Any = None) -> None:
    """Write `audits` with the writer that knows the suffix of `path`; what stood there is replaced once it is whole.

    `batch` is what is known of them together; a writer that has room for it takes it as `write_batch`.
    """
    known = {suffix: writer for writer in writers() for suffix in writer.SUFFIXES}
    writer = known.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"不会写这种格式：{path.name}。可用的后缀：{'、'.join(sorted(known))}")
    with beside(path) as part:
        if batch is not None and hasattr(writer, "write_batch"):
            writer.write_batch(audits, part, batch)
        else:
            writer.write(audits, part)
