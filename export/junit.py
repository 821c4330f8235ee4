"""供持续集成读取的结果（.xml，JUnit）：每份报告一组，每处复算一例；不符为失败，存疑为跳过，未能读取为错误。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from fusuan.export._rows import clean, computed_text, error_of, explained, label_of, printed, ruled, word_of
from fusuan.export._told import result_of
from fusuan.model import Audit, Finding, Verdict

SUFFIXES: tuple[str, ...] = (".xml",)


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write a suite as each audit arrives."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fusuan">\n')
        for audit in audits:
            file.write(tostring(_suite(audit), encoding="unicode") + "\n")
        file.write("</testsuites>\n")


def _suite(audit: Audit) -> Element:
    cases = list(_cases(audit))
    count = {kind: str(sum(case.find(kind) is not None for case in cases)) for kind in ("failure", "error", "skipped")}
    suite = Element("testsuite", {"name": clean(audit.source.path), "tests": str(len(cases)), "failures": count["failure"],
                                  "errors": count["error"], "skipped": count["skipped"]})
    suite.extend(cases)
    return suite


def _cases(audit: Audit) -> Iterator[Element]:
    if audit.status != "checked":
        case = _case(audit, "读取")
        SubElement(case, "error" if audit.status == "failed" else "skipped", {"message": clean(error_of(audit))})
        yield case
    for finding in audit.findings:
        yield _judged(_case(audit, _named(finding)), finding)


def _case(audit: Audit, name: str) -> Element:
    return Element("testcase", {"classname": clean(audit.source.name), "name": clean(name)})


def _named(finding: Finding) -> str:
    return " ".join(filter(None, (label_of(finding), finding.stated.name, printed(finding), f"（{finding.place.named}）")))


def _judged(case: Element, finding: Finding) -> Element:
    if finding.verdict is Verdict.BROKEN:
        failure = SubElement(case, "failure", {"type": finding.check, "message": clean(explained(finding))})
        failure.text = clean(f"填报：{printed(finding)}\n{word_of(finding)}：{computed_text(finding)}\n算式：{result_of(finding)}\n规则：{ruled(finding)}")
    elif finding.verdict is Verdict.DOUBTFUL:
        SubElement(case, "skipped", {"message": clean(f"存疑：{explained(finding)}（规则 {finding.check}）")})
    return case
