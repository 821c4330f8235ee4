"""核对结果的数据表（pandas），供在笔记本或自己的程序里汇总分析：各单位、各类问题各有多少。

    from fusuan.batch.frame import audit, audit_many
    audit("甲.docx")                       一份报告，每处复算一行
    audit_many(["报送/甲单位", "乙.pdf"])   多份，文件夹则含其下的全部报告

>>> from fusuan.model import Audit, Source
>>> frame([Audit(Source("甲.docx", "甲.docx"))]).empty
True
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fusuan.export import explained, formula_of, label_of
from fusuan.model import Audit, Figure, Finding, ReadError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("文件", "单位", "年度", "位置", "指标", "原文", "报告值", "复算值", "差异", "计量单位", "算式", "结论",
           "类型", "严重程度", "说明", "操作数", "摘录", "路径")


def frame(audits: Iterable[Audit]) -> pd.DataFrame:
    """Return a row for every relation recomputed, right or wrong; amounts stay exact decimals (dtype object)."""
    import pandas as pd

    return pd.DataFrame.from_records(list(_rows(audits)), columns=list(COLUMNS))


def audit(path: str | Path, scheme: str | None = None) -> pd.DataFrame:
    """Check one file; return a row for every relation recomputed. Raises ReadError where the file cannot be read."""
    from fusuan.batch.audit import audit as checked

    result = checked(path, scheme)
    if result.error:
        raise ReadError(result.error["code"], result.error["message"])
    return frame([result])


def audit_many(paths: Iterable[str | Path], jobs: int | None = None, scheme: str | None = None) -> pd.DataFrame:
    """Check files, and all reports below folders, side by side. What could not be read is in `.attrs["failed"]`, path to reason."""
    from fusuan.batch.pool import Limits, run

    failed: dict[str, str] = {}

    def passed() -> Iterator[Audit]:
        for result in run(_files(paths), Limits(jobs or os.cpu_count() or 1, scheme=scheme)):
            if result.error:
                failed[result.source.path] = result.error["message"]
            yield result

    rows = frame(passed())
    rows.attrs["failed"] = failed
    return rows


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    from fusuan import extract
    from fusuan.batch.gather import gather

    for path in map(Path, paths):
        yield from (found.path for found in gather(path, extract.suffixes()) if not found.code) if path.is_dir() else (path,)


def by_unit(audits: Iterable[Audit]) -> pd.DataFrame:
    """Return how many relations of each unit (or file, where it does not name its unit) got each verdict."""
    import pandas as pd

    rows = frame(audits)
    unit = rows["单位"].where(rows["单位"] != "", rows["文件"]).rename("单位")
    return pd.crosstab(unit, rows["结论"])


def _operands(finding: Finding) -> list[str]:
    """Each figure of the formula, by its name."""
    return [f"{figure.name}={figure.text.strip()}" if figure.name else figure.text.strip()
            for figure in (finding.computed.operands if finding.computed else ())]


def _rows(audits: Iterable[Audit]) -> Iterator[tuple[Any, ...]]:
    for audit in audits:
        source = audit.source
        for finding in audit.findings:
            stated, computed = finding.stated, finding.computed
            value, unit = (stated.value, stated.unit) if isinstance(stated, Figure) else (None, "")
            yield (source.name, source.unit, source.year, str(finding.place), stated.name, stated.text.strip(), value,
                   computed.value if computed else None, finding.difference, unit, formula_of(finding),
                   finding.verdict.chinese, label_of(finding), finding.severity.chinese, explained(finding), _operands(finding),
                   finding.quote, source.path)
