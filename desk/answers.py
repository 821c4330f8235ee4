"""What an auditor wrote into a workbook of ours, read back before it is written again.

Every line of 疑点清单 carries, behind its printed columns, the name of its finding and what stood under 核实结论 and 备注 when
it was written: so an answer that was changed in the workbook is told from one that was changed elsewhere since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from fusuan.desk.fingerprint import first
from fusuan.desk.remarks import Remark, Remarks

ISSUES, DISMISSED = "疑点清单", "已排除"
VERDICT, REMARK, WHO, WHEN, NAME, WRITTEN = "核实结论", "备注", "核实人", "核实时间", "指纹", "写入时"
SHOWN = ("文件", "位置", "指标", "报告值", "复算值", "依据", "结论", "规则")
_NUMBERED = re.compile(r"\(\d+\)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """A remark with what its line said of the finding; `edited`: it was written into the workbook since that was `made`.

    `names` are all that the finding goes by, parted by blanks; an answer found under one of the others shows no line.
    """

    remark: Remark
    shown: Mapping[str, str] = field(default_factory=dict)
    edited: bool = False
    made: str = ""
    names: str = ""


def answers(path: Path, store: Path | None = None) -> dict[str, Answer]:
    """Return what was decided of every finding: in the workbook at `path`, in the store, the later where both say something.

    What was written into the workbook is put into the store.
    """
    found = {name: answer for book in _books(path) for name, answer in read(book).items()}
    if store is None or not (store.exists() or found):
        return _by_any_name(found)
    with Remarks(store) as remarks:
        known = remarks.latest()
        for name, answer in found.items():
            if first(known, answer.names) is None or answer.edited and not _taken(answer, remarks.history(name)):
                remarks.settle(answer.names, answer.remark.verdict, answer.remark.remark, answer.remark.who, answer.remark.when)
        return {name: replace(found[name], remark=remark) if name in found else Answer(remark) for name, remark in remarks.latest().items()}


def _by_any_name(found: Mapping[str, Answer]) -> dict[str, Answer]:
    others = {name: Answer(answer.remark) for answer in found.values() for name in answer.names.split()}
    return {**others, **found}


def _taken(answer: Answer, history: Iterable[Remark]) -> bool:
    """Tell whether an edit was put into the store before: what was said there since must not be undone by it."""
    said = answer.remark.verdict, answer.remark.remark
    return any((old.verdict, old.remark) == said and old.when >= answer.made for old in history)


def _books(path: Path) -> list[Path]:
    """The workbook, and those beside it that were written while it was open (疑点(2).xlsx), the oldest first."""
    if path.suffix.lower() != ".xlsx" or not path.parent.is_dir():
        return []
    stem = _NUMBERED.sub("", path.stem)
    beside = [book for book in path.parent.glob("*.xlsx") if _NUMBERED.sub("", book.stem) == stem]
    return sorted(beside, key=lambda book: book.stat().st_mtime)


def read(path: Path) -> dict[str, Answer]:
    """Read the answers out of a workbook; nothing where it is none of ours."""
    changed = datetime.fromtimestamp(path.stat().st_mtime).isoformat(" ", "minutes")
    who, made = _origin(path)
    found = ((row.get(NAME, ""), _answer(row, who, changed)) for row in rows(path))
    return {names.split()[0]: replace(answer, made=made, names=names) for names, answer in found if names and answer}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the lines of 疑点清单 and 已排除 of a workbook of ours, by their headings; none where it cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            if name.startswith((ISSUES, DISMISSED)):
                yield from _by_heading(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except (CalamineError, BadZipFile, OSError):
        return


def _by_heading(table: Iterable[list[Any]]) -> Iterator[dict[str, str]]:
    head, *body = table or [[]]
    names = [str(cell).strip() for cell in head]
    return ({name: _said(cell) for name, cell in zip(names, row, strict=False)} for row in body)


def _said(cell: Any) -> str:
    return f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell).strip()


def _answer(row: Mapping[str, str], who: str, changed: str) -> Answer | None:
    verdict, remark = row.get(VERDICT, ""), row.get(REMARK, "")
    edited = f"{verdict}|{remark}" != (row.get(WRITTEN) or "|")
    if not (verdict or remark or edited):
        return None
    by, when = row.get(WHO, ""), row.get(WHEN, "")
    said = Remark(verdict, remark, by or who, changed if edited or not when else when)
    return Answer(said, {head: row.get(head, "") for head in SHOWN}, edited)


def _origin(path: Path) -> tuple[str, str]:
    """Who saved the workbook last and when it was made, as it says of itself."""
    from lxml import etree

    try:
        with ZipFile(path) as package:
            tree = etree.fromstring(package.read("docProps/core.xml"), etree.XMLParser(resolve_entities=False))
        made = datetime.fromisoformat(tree.findtext("{http://purl.org/dc/terms/}created") or "")
    except (BadZipFile, KeyError, OSError, ValueError, etree.XMLSyntaxError):
        return "", ""
    who = tree.findtext("{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy") or ""
    return who.strip()[:40], made.astimezone().replace(tzinfo=None).isoformat(" ", "minutes")
