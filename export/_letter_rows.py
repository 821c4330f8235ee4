"""What a letter says of each finding, and of all together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from fusuan.export._rows import clean, difference_text, discrepancies, printed, ruled, should_text
from fusuan.export._told import explanation_of, named, result_of
from fusuan.model import Audit, Finding, Verdict

ROW = ("序号", "位置", "填报内容", "复核结果", "依据", "整改要求")
WHOLE = ("单位", "年度", "报告", "复算处数", "不符处数", "存疑处数", "未核对个数", "结论", "日期")
_LONGEST = 500


def whole_of(audits: Sequence[Audit], today: date) -> dict[str, str]:
    """Return the fields that stand once in a letter."""
    count = {verdict: sum(audit.count(verdict) for audit in audits) for verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)}
    names = "、".join(f"《{audit.source.title or Path(audit.source.name).stem}》" for audit in audits)
    found = any(count.values())
    fields = {"单位": _first(audit.source.unit for audit in audits) or "报送单位",
              "年度": _first(audit.source.year for audit in audits), "报告": names,
              "复算处数": str(sum(len(audit.findings) for audit in audits)), "不符处数": str(count[Verdict.BROKEN]),
              "存疑处数": str(count[Verdict.DOUBTFUL]),
              "未核对个数": str(sum(len(audit.unchecked) for audit in audits)),
              "结论": "具体如下：" if found else "未发现不符之处。",
              "日期": f"{today.year}年{today.month}月{today.day}日"}
    return {key: clean(value) for key, value in fields.items()}


def rows_of(audits: Sequence[Audit]) -> list[dict[str, str]]:
    """Return the fields of each row: what does not agree, report by report."""
    found = [(audit, finding) for audit in audits for finding in discrepancies(audit)]
    return [dict.fromkeys(ROW, "") | {"序号": "无"}] if not found else [
        _row(number, audit.source.name if len(audits) > 1 else "", finding)
        for number, (audit, finding) in enumerate(found, 1)]


def _row(number: int, file: str, finding: Finding) -> dict[str, str]:
    place = f"{file}\n{finding.place.named}" if file else finding.place.named
    result, difference = should_text(finding), difference_text(finding)
    told = f"{result}\n（{finding.verdict.chinese}" + (f"，差异{difference.replace('-', '−')}）" if difference else "）")
    fields = (str(number), place, _named(finding), told.strip(), f"{_cut(_basis(finding))}\n规则：{ruled(finding)}", _asked(finding))
    return dict(zip(ROW, map(clean, fields), strict=True))


def _named(finding: Finding) -> str:
    name = finding.stated.name
    return f"{name}：{printed(finding)}" if name and name not in finding.stated.text else printed(finding)


def _basis(finding: Finding) -> str:
    """Say why: the formula, which figure is which and where, and what else there is to say."""
    return "\n".join(filter(None, (result_of(finding), named(finding), explanation_of(finding))))


def _asked(finding: Finding) -> str:
    asked = _requirements()["broken" if finding.verdict is Verdict.BROKEN else "doubtful"]
    return asked.get(finding.label, asked["other"])


@cache
def _requirements() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("letter.toml").open("rb") as file:
        return tomllib.load(file)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…（全文见结果工作簿）"


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")
