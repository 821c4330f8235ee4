"""Files that only LibreOffice reads, converted before they are checked: many in one call, for it takes longer to start than to convert."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from fusuan.batch.gather import Found
from fusuan.batch.pool import Limits, settled

_PERHAPS = frozenset((".rtf", ".odt", ".ods", ".xlsb", ".xml", ".uot"))
_WORD = frozenset((".doc", ".wps"))
_TOGETHER = 20
_SECONDS = 240
"""For one call, a little more than LibreOffice itself is given."""
Group = tuple[tuple[Path, ...], Path]


@contextmanager
def converted(items: Sequence[Found], limits: Limits) -> Iterator[bool]:
    """Have the files at hand that LibreOffice could convert, while the others are checked; tell whether there are any."""
    wanted = [item.path for item in items if item.member is None and item.suffix in _suffixes()]
    if len(wanted) < 2:
        yield False
        return
    from fusuan.extract import CONVERTED

    folder = Path(tempfile.mkdtemp(prefix="fusuan-converted-"))
    os.environ[CONVERTED] = str(folder)
    try:
        size = min(_TOGETHER, -(-len(wanted) // max(1, limits.jobs)))
        groups: list[Group] = [(tuple(wanted[at:at + size]), folder) for at in range(0, len(wanted), size)]
        for _ in settled(groups, replace(limits, seconds=_SECONDS, watch=None), _convert, _lost):
            pass
        yield True
    finally:
        del os.environ[CONVERTED]
        shutil.rmtree(folder, ignore_errors=True)


def _suffixes() -> frozenset[str]:
    return _PERHAPS if find_spec("doc2docx") else _PERHAPS | _WORD


def _convert(group: Group, _: str | None) -> None:
    from fusuan import extract

    extract.convert(*group)


def _lost(group: Group, code: str, message: str) -> None:
    """What ended the call or took too long is converted by itself when it is read: the file at fault is known then."""
