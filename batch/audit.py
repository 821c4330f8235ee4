"""一份报告的全过程：读取、找出数字与关系、复算、说明未核对的数字。"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from fusuan import checks, extract, patterns, relations
from fusuan.batch._coverage import unchecked
from fusuan.batch._names import renamed
from fusuan.batch._score import graded, scored
from fusuan.batch.schemes import used
from fusuan.model import Audit, Document, ReadError, Source

INTERNAL = "程序处理这份文件时出错（{}），未能完成核对。请将该文件和本提示反馈给开发者；其他文件不受影响"


def audit(path: str | Path, scheme: str | Path | None = None, *, debug: bool = False, deep: bool = False,
          whole: bool = False) -> Audit:
    """Read one file and recompute all that can be recomputed of it.

    `scheme` names a scoring scheme, or is the path of a TOML file that holds one; None leaves the choice to the
    report. Never raises for what a file holds: a file that cannot be read comes back with status failed and an error
    of code and message (Chinese); `deep` takes longer to name figures the vocabulary does not know;
    `whole` keeps the document beside what came of it. A mistake of our own comes back with code internal, or, with `debug`, is let out.
    """
    path = Path(path)
    try:
        found = _examined(path, scheme, deep)
        return found if whole else replace(found, document=None)
    except ReadError as error:
        return failed(path, error.code, error.message)
    except Exception as error:  # the other files of a batch must go on
        if debug:
            raise
        return failed(path, "internal", INTERNAL.format(f"{type(error).__name__}: {str(error)[:120]}"))


def whole(path: Path, scheme: str | None) -> Audit:
    """Return the audit of a file with its document, in a worker."""
    return audit(path, scheme, whole=True)


def _examined(path: Path, scheme: str | Path | None, deep: bool) -> Audit:
    with used(scheme) as title:
        document = extract.read(path)
        found = relations.find(patterns.find(document, deep))
        findings = tuple(checks.run(renamed(found.statements, found.figures)))
    stated, computed = scored(found.marks, findings)
    remarks = (f"文中没有写明评分标准的指标，按评分方案“{title}”核对",) if title else ()
    return Audit(source_of(path, document), figures=found.figures, findings=findings,
                 unchecked=unchecked(found, findings), marks=found.marks, score_stated=stated,
                 score_computed=computed, grade=graded(found.statements), remarks=(*document.remarks, *remarks), document=document)


def failed(path: Path, code: str, message: str) -> Audit:
    """Return the audit of a file that could not be checked."""
    return Audit(source_of(path), status="failed", error={"code": code, "message": message})


def skipped(path: Path, code: str, message: str) -> Audit:
    """Return the audit of a file that is not a report at all."""
    return Audit(source_of(path), status="skipped", error={"code": code, "message": message})


def source_of(path: Path, document: Document | None = None) -> Source:
    """Say which file it is, by its content's sha256, and what it says of itself."""
    name, suffix = path.name, path.suffix.lower().removeprefix(".")
    if document is None:
        return Source(name, str(path), _sha256(path), suffix)
    return Source(name, str(path), _sha256(path), document.format or suffix, document.pages, document.title,
                  document.unit, document.year)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
