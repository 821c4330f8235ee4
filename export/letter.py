"""复核意见（.docx）：按模板写给报送单位，每处不符、存疑一行；由 fusuan letter 写出。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fusuan.export._letter_rows import rows_of, whole_of
from fusuan.export._letter_template import fill, opened, own
from fusuan.model import Audit

SUFFIXES: tuple[str, ...] = ()
_UNSAFE = re.compile(r"[^\w（）()-]")


def write(audits: Iterable[Audit], path: Path, template: Path | None = None, today: date | None = None) -> None:
    """Write one letter on `audits`, which are of one unit. Raises ReadError where the template cannot be used."""
    document, known = opened(template), [audit for audit in audits if audit.status == "checked"]
    fill(document, whole_of(known, today or date.today()), rows_of(known))
    document.save(str(path))


def write_template(path: Path) -> None:
    """Write the program's own template, for an office to change."""
    own().save(str(path))


def by_unit(audits: Iterable[Audit]) -> dict[str, list[Audit]]:
    """Group checked audits by the unit that files them; one that names no unit stands alone, by its file's name."""
    groups: dict[str, list[Audit]] = {}
    for audit in audits:
        if audit.status == "checked":
            groups.setdefault(audit.source.unit or Path(audit.source.name).stem, []).append(audit)
    return groups


def file_stem(unit: str) -> str:
    """Return a name of a file for a unit, which may be called anything.

    >>> file_stem("../某县 水利局/<b>")
    '复核意见-某县水利局b'
    """
    return f"复核意见-{_UNSAFE.sub('', unit)[:40] or '未具名'}"
