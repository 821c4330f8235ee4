"""应填的格不为空

有分值而得分空白、有指标值而完成值空白：表中其他内容已填的为不符；整张空表、没有删掉的填表提示作提示。
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.model import Finding, Severity, Statement, Verdict

KINDS = ("blank",)


def check(statement: Statement) -> Iterator[Finding]:
    weight, full = statement.facts.get("weight", ""), statement.facts.get("full", "")
    name = statement.stated.name
    if weight == "prompt":
        message = f"“{statement.stated.text[:40]}”像是没有删掉的填表提示"
        yield Finding("blank", "missing", statement.stated, Verdict.DOUBTFUL, Severity.LOW, message,
                      expected="实际内容", supposition="如是表样自带的填写要求则无妨", quote=statement.quote)
        return
    worth = f"（分值{full}）" if full and "得分" in name else ""
    if weight == "sure":
        yield Finding("blank", "missing", statement.stated, Verdict.BROKEN, Severity.MEDIUM, f"{name}{worth}空白",
                      expected="应填", quote=statement.quote)
        return
    yield Finding("blank", "missing", statement.stated, Verdict.DOUBTFUL, Severity.LOW, f"{name}{worth}空白",
                  expected="应填", supposition="如是空白表样或不适用则无妨", quote=statement.quote)
