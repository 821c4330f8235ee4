"""供代码审阅与检查平台读取的结果（.sarif，SARIF 2.1.0）：不符为 error，存疑为 warning，未能读取的文件列为通知。"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fusuan.desk import fingerprints
from fusuan.export._rows import (
    clean,
    computed_text,
    difference_text,
    discrepancies,
    error_of,
    explained,
    label_of,
    printed,
)
from fusuan.export._told import result_of
from fusuan.model import Audit, Finding, Source, Verdict

SUFFIXES: tuple[str, ...] = (".sarif",)
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Verdict.BROKEN: "error", Verdict.DOUBTFUL: "warning"}


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write one run, the results as they come; what is known only in the end (rules, failures) stands behind them."""
    rules: dict[str, str] = {}
    failures: list[dict[str, Any]] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"results": [')
        between = "\n"
        for audit in audits:
            if audit.status == "failed":
                failures.append(_failure(audit))
            names = _names(audit)
            for finding in discrepancies(audit):
                rules.setdefault(finding.check, label_of(finding))
                file.write(between + _text(_result(audit.source, finding, names[id(finding)])))
                between = ",\n"
        file.write(f'\n],\n"invocations": [{_text(_invocation(failures))}],\n"tool": {_text(_tool(rules))}}}]}}\n')


def _names(audit: Audit) -> dict[int, str]:
    """Return the fingerprint of each finding, by which platforms know it again after an edit elsewhere."""
    return {id(finding): name for finding, name in zip(audit.findings, fingerprints(audit), strict=True)}


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _result(source: Source, finding: Finding, name: str) -> dict[str, Any]:
    told = {"verdict": finding.verdict.value, "severity": finding.severity.value, "stated": printed(finding),
            "computed": computed_text(finding), "difference": difference_text(finding),
            "formula": result_of(finding), "where": finding.place.as_json()}
    return {"ruleId": finding.check, "level": _LEVELS[finding.verdict], "message": {"text": clean(explained(finding))},
            "locations": [{"physicalLocation": _file(source),
                           "logicalLocations": [{"fullyQualifiedName": finding.place.named, "kind": "element"}]}],
            "partialFingerprints": {"fusuan/1": name}, "properties": told}


def _file(source: Source) -> dict[str, Any]:
    path = source.path.replace("\\", "/")
    whole = f"file:///{path.lstrip('/')}" if path.startswith("/") or path[1:3] == ":/" else path
    return {"artifactLocation": {"uri": quote(whole, safe="/:", encoding="utf-8", errors="surrogatepass")}}


def _failure(audit: Audit) -> dict[str, Any]:
    return {"level": "error", "message": {"text": clean(error_of(audit)) or "未能读取"},
            "locations": [{"physicalLocation": _file(audit.source)}]}


def _invocation(failures: list[dict[str, Any]]) -> dict[str, Any]:
    return {"executionSuccessful": not failures, "toolExecutionNotifications": failures}


def _tool(rules: dict[str, str]) -> dict[str, Any]:
    known = [{"id": rule, "shortDescription": {"text": label}} for rule, label in sorted(rules.items())]
    return {"driver": {"name": "fusuan", "fullName": "复算", "rules": known}}
