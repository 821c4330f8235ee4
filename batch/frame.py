"""核对结果的数据表（pandas），供在笔记本或自己的程序里汇总分析：各单位、各类问题各有多少。

>>> from fusuan.model import Audit, Source
>>> frame([Audit(Source("甲.docx", "甲.docx"))]).empty
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from fusuan.export import explained, formula_of, label_of
from fusuan.model import Audit, Figure

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("文件", "单位", "年度", "位置", "指标", "原文", "报告值", "复算值", "差异", "计量单位", "算式", "结论",
           "类型", "严重程度", "说明")


def frame(audits: Iterable[Audit]) -> pd.DataFrame:
    """Return a row for every relation recomputed, right or wrong; amounts stay exact decimals (dtype object)."""
    import pandas as pd

    return pd.DataFrame.from_records(list(_rows(audits)), columns=list(COLUMNS))


def by_unit(audits: Iterable[Audit]) -> pd.DataFrame:
    """Return how many relations of each unit (or file, where it does not name its unit) got each verdict."""
    import pandas as pd

    rows = frame(audits)
    unit = rows["单位"].where(rows["单位"] != "", rows["文件"]).rename("单位")
    return pd.crosstab(unit, rows["结论"])


def _rows(audits: Iterable[Audit]) -> Iterator[tuple[Any, ...]]:
    for audit in audits:
        source = audit.source
        for finding in audit.findings:
            stated, computed = finding.stated, finding.computed
            value, unit = (stated.value, stated.unit) if isinstance(stated, Figure) else (None, "")
            yield (source.name, source.unit, source.year, str(finding.place), stated.name, stated.text.strip(), value,
                   computed.value if computed else None, finding.difference, unit, formula_of(finding),
                   finding.verdict.chinese, label_of(finding), finding.severity.chinese, explained(finding))
