"""One report filed as .docx, .pdf, .doc, .html, .txt, .ofd and in a .zip gives the same relations with the same verdicts; a scan of it
nearly the same, and no accusation that the report does not give."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from bench.flattened import flattened
from corpus.scanned import scanned
from fusuan.batch.audit import audits
from fusuan.extract import File
from fusuan.extract._libreoffice import converted
from fusuan.extract._scan_pages import installed
from fusuan.model import Finding
from tests.ofd_maker import of_pdf
from tests.office import has, needs_writer

SEED = Path(os.environ.get("FUSUAN_SHARED") or Path(__file__).parents[2] / "shared", "seed")
HEADS = ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分"]
ROWS = [["产出指标", "数量指标", "巡查河道次数", "20", "≥120次", "126次", "20"], ["产出指标", "质量指标", "验收合格率", "20", "≥95%", "96%", "20"],
        ["效益指标", "社会效益", "受益人口", "30", "≥3万人", "3.2万人", "30"], ["满意度指标", "服务对象满意度", "群众满意度", "30", "≥90%", "88%", "25"]]
TEXTS = ("某县水务局2023年度部门整体支出绩效自评报告", "一、部门支出情况",
         "2023年本部门支出合计420.50万元，其中：基本支出310.20万元，占73.77%；项目支出120.30万元，占28.61%。",
         "项目预算130.00万元，实际支出120.30万元，完成预算的95.24%。与上年支出400.00万元相比，增加20.50万元，增长5.13%。")


def specimen(folder: Path) -> Path:
    """Write our own report, with slips, as .docx."""
    document = Document()
    for text in TEXTS:
        document.add_paragraph(text)
    table = document.add_table(0, len(HEADS), "Table Grid")
    for row in (HEADS, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = folder / "自评.docx"
    document.save(str(path))
    return path


def relations(path: Path) -> Counter[tuple[str, str, str, str]]:
    """Return what was found in a file, in terms that no format changes."""
    audit, = audits(path)
    assert audit.status == "checked", audit.error
    return Counter(map(said, audit.findings))


def said(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.check, finding.verdict.value, finding.stated.text.replace(" ", ""), str(finding.computed.value if finding.computed else ""))


def office(kind: str) -> Callable[[Path, Path], bytes]:
    return lambda folder, source: converted(File(source), ".docx", kind).read_bytes()


def ofd(folder: Path, source: Path) -> bytes:
    path = source.with_suffix(".pdf")
    if not path.exists():
        path = folder / "by_way.pdf"
        path.write_bytes(office("pdf")(folder, source))
    return of_pdf(path)


def written(folder: Path, source: Path) -> bytes:
    return flattened(source, "bars").encode()


def packed(folder: Path, source: Path) -> bytes:
    with zipfile.ZipFile(folder / "by_way.zip", "w") as archive:
        archive.write(source, "甲/自评.docx")
    return (folder / "by_way.zip").read_bytes()


WAYS: dict[str, Callable[[Path, Path], bytes]] = {"pdf": office("pdf"), "doc": office("doc"), "html": office("html"), "rtf": office("rtf"),
                                                  "odt": office("odt"), "ofd": ofd, "txt": written, "zip": packed}


@pytest.mark.parametrize("kind", WAYS)
def test_our_own_report(tmp_path: Path, kind: str) -> None:
    if kind not in ("zip", "txt") and not has("sw"):
        pytest.skip("LibreOffice Writer is not installed")
    source = specimen(tmp_path)
    (tmp_path / f"自评.{kind}").write_bytes(WAYS[kind](tmp_path, source))
    found = relations(source)
    assert sum(found.values()) > 8
    assert {"holds", "broken"} <= {verdict for _, verdict, _, _ in found}
    assert relations(tmp_path / f"自评.{kind}") == found


@needs_writer
@pytest.mark.skipif(not SEED.is_dir(), reason="the shared report is not here")
@pytest.mark.parametrize("kind", ["pdf", "doc", "html", "txt", "ofd", "zip"])
def test_the_shared_report(tmp_path: Path, kind: str) -> None:
    source, own = SEED / "report.docx", SEED / f"report.{kind}"
    path = tmp_path / f"report.{kind}"
    path.write_bytes(own.read_bytes() if own.exists() else WAYS[kind](tmp_path, source))
    assert relations(path) == relations(source)


def as_scanned(source: Path, scan: Path) -> None:
    """Hold a scan against what it was printed from: at most two relations fewer, none broken but those that are there."""
    one, two = (Counter((check, text.replace("％", "%"), value, verdict == "broken") for (check, verdict, text, value) in relations(path).elements())
                for path in (source, scan))
    kept, meant = (Counter(key[:3] for key in found.elements()) for found in (two, one))
    assert (meant & kept).total() >= meant.total() - 2, list((meant - kept).elements())
    assert not [key for key in two - one if key[3]]


recognition = pytest.mark.skipif(not installed(), reason="the extra fusuan[ocr] is not installed")


@needs_writer
@recognition
def test_our_own_report_scanned(tmp_path: Path) -> None:
    source = specimen(tmp_path)
    (tmp_path / "a.pdf").write_bytes(office("pdf")(tmp_path, source))
    as_scanned(source, scanned(tmp_path / "a.pdf", tmp_path / "b.pdf"))


@recognition
@pytest.mark.skipif(not SEED.is_dir(), reason="the shared report is not here")
def test_the_shared_report_scanned() -> None:
    as_scanned(SEED / "report.docx", SEED / "report_scan.pdf")
