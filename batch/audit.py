"""一份报告的全过程：读取、找出数字与关系、复算、说明未核对的数字。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from fusuan import checks, extract, patterns, relations
from fusuan.batch._coverage import unchecked
from fusuan.batch._names import renamed
from fusuan.batch._noise import noise
from fusuan.batch._score import graded, regraded, scored
from fusuan.batch._thin import thin
from fusuan.batch.schemes import suggested, used
from fusuan.batch.unread import failed, skipped, source_of
from fusuan.extract import Member
from fusuan.model import Audit, Document, ReadError

INTERNAL = "程序处理这份文件时出错（{}），未能完成核对。请将该文件和本提示反馈给开发者；其他文件不受影响"


def audit(path: str | Path, scheme: str | Path | None = None, *, debug: bool = False, deep: bool = False,
          whole: bool = False, passwords: tuple[str, ...] = (), member: Member | None = None) -> Audit:
    """Read one file and recompute all that can be recomputed of it.

    `scheme` names a scoring scheme, or is the path of a TOML file that holds one; None leaves the choice to the
    report. Never raises for what a file holds: a file that cannot be read comes back with status failed and an error
    of code and message (Chinese); `deep` takes longer to name figures the vocabulary does not know;
    `whole` keeps the document beside what came of it. A mistake of our own comes back with code internal, or, with `debug`, is let out.
    `passwords` are tried where it is locked. `member` is a file in the archive at `path`, which is read in its stead.
    """
    path = Path(path)
    try:
        found = _examined(path, scheme, deep, lambda: extract.read_member(member) if member else extract.read(path, passwords),
                          member)
        return found if whole else replace(found, document=None)
    except ReadError as error:
        return failed(path, error.code, error.message, member)
    except Exception as error:  # the other files of a batch must go on
        if debug:
            raise
        return failed(path, "internal", INTERNAL.format(f"{type(error).__name__}: {str(error)[:120]}"), member)


def audits(path: str | Path, scheme: str | Path | None = None, *, debug: bool = False, whole: bool = False,
           passwords: tuple[str, ...] = ()) -> Iterator[Audit]:
    """Yield the audit of one file, or of each file in it where it is an archive."""
    path = Path(path)
    if not extract.is_archive(path):
        yield audit(path, scheme, debug=debug, whole=whole, passwords=passwords)
        return
    for member in extract.members(path, passwords):
        if member.error is not None and member.error.code == "skipped":
            yield skipped(path, "skipped", member.error.message, member)
        else:
            yield audit(path, scheme, debug=debug, whole=whole, member=member)


def _examined(path: Path, scheme: str | Path | None, deep: bool, read: Callable[[], Document],
              member: Member | None) -> Audit:
    with used(scheme) as title:
        document = read()
        found = relations.find(patterns.find(document, deep))
        findings = tuple(checks.run(renamed(found.statements, found.figures)))
    advice = "" if title else suggested(document, found.statements)
    stated, computed = scored(found.marks, findings)
    remarks = (f"文中没有写明评分标准的指标，按评分方案“{title}”核对",) if title else (advice,) if advice else ()
    idle = noise(document)
    left = tuple(item for item in unchecked(found, findings) if not idle(item.figure))
    return Audit(source_of(path, document, member), figures=found.figures, findings=findings,
                 unchecked=left, marks=found.marks, score_stated=stated, score_computed=computed, grade=graded(found.statements),
                 grade_computed=regraded(found.statements, computed), remarks=(*document.remarks, *remarks),
                 thin=thin(document, found.figures, findings, left), document=document)
