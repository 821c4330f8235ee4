"""Write audits to a file. Each public module here writes one format.

What others take of the private ones (a finding in words, text in columns) stands here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, cast

from fusuan.desk import answers
from fusuan.export._beside import beside, free
from fusuan.export._changes import changes
from fusuan.export._letter_template import opened as check_template
from fusuan.export._reserved import reserved
from fusuan.export._rows import (
    clean,
    computed_text,
    difference_text,
    discrepancies,
    explained,
    label_of,
    printed,
    rules_of,
    word_of,
)
from fusuan.export._told import Operand, formula_of, operands_of, reason_of, result_of
from fusuan.export._width import columns_for, padded, wrapped
from fusuan.model import Audit, Batch
from fusuan.model.parts import parts_of

__all__ = ["Operand", "Writer", "beside", "changes", "check_template", "clean", "columns_for", "computed_text", "difference_text", "discrepancies",
           "explained", "formula_of", "free", "label_of", "operands_of", "padded", "printed", "reason_of", "reserved", "result_of", "rules_of", "whole", "word_of", "wrapped",
           "write", "writers"]


class Writer(Protocol):
    """What a module here must offer."""

    SUFFIXES: tuple[str, ...]
    # WHOLE = True where it shows the document itself

    def write(self, audits: Iterable[Audit], path: Path) -> None:
        """Write `audits` to the file at `path`."""
        ...


def writers() -> tuple[Writer, ...]:
    """Return every writer that lies in this folder."""
    return cast("tuple[Writer, ...]", parts_of(__name__))


def whole(path: Path | None) -> bool:
    """Tell whether the writer of `path` shows the document itself, so that audits should keep it."""
    return path is not None and any(path.suffix.lower() in writer.SUFFIXES and getattr(writer, "WHOLE", False) for writer in writers())


def write(audits: Iterable[Audit], path: Path, batch: Batch | None = None, store: Path | None = None) -> None:
    """Write `audits` with the writer that knows the suffix of `path`; what stood there is replaced once it is whole.

    `batch` is what is known of them together; a writer that has room for it takes it as `write_batch`. It also gets what was
    decided of findings before: in the file that stood there, and in the `store`.
    """
    known = {suffix: writer for writer in writers() for suffix in writer.SUFFIXES}
    writer = known.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"不会写这种格式：{path.name}。可用的后缀：{'、'.join(sorted(known))}")
    with beside(path) as part:
        if hasattr(writer, "write_batch"):
            writer.write_batch(audits, part, batch, answers(path, store))
        else:
            writer.write(audits, part)
