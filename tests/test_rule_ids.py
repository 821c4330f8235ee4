"""The id of its rule stands with a finding wherever it is told, and `fusuan rules` explains every id that is met there."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from fusuan import cli
from fusuan.batch.audit import audits
from fusuan.export import rules_of
from fusuan.model import Audit
from tests import marked_back as back
from tests.test_desk import run, settle, sheet
from tests.test_marked import SPECIMENS

SAID = re.compile(r"规则[：: ]\s*([a-z_]+)")
FILES = ("department-prose.docx", "final-accounts-wrong.docx", "transfer-form.xlsx", "department-form.docx", "account-tables-wrong.pdf")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of wrong reports, with every output there is of them."""
    home = tmp_path_factory.mktemp("rules")
    (home / "in").mkdir()
    for name in FILES:
        shutil.copy(SPECIMENS / name, home / "in" / name)
    reports = [home / "in" / name for name in FILES]
    for suffix in ("json", "jsonl", "csv", "sarif", "xml", "html", "xlsx"):
        run("check", *reports, "-o", f"out.{suffix}", *(["--marked", "marked"] if suffix == "json" else []), folder=home)
    run("letter", *reports, "-o", "letters", folder=home)
    (home / "out.txt").write_text(run("check", *reports, folder=home).stdout, encoding="utf-8")
    (home / "old.txt").write_text(run("compare", "out.json", "out.jsonl", folder=home).stdout, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def found(folder: Path) -> list[Audit]:
    return [audit for name in FILES for audit in audits(folder / "in" / name)]


def said(text: str) -> set[str]:
    return set(SAID.findall(text))


def letters(folder: Path) -> str:
    """Return what the cells of all letters say, each row of which must name its rule."""
    tables = [docx.Document(str(path)).tables[0] for path in (folder / "letters").glob("*.docx")]
    rows = [row.cells[4].text for table in tables for row in table.rows[1:]]
    assert len(rows) > len(FILES) and all(said(row) for row in rows)
    return "\n".join(rows)


def marked(folder: Path) -> str:
    read: dict[str, Callable[[Path], Sequence[Sequence[str]]]] = {".docx": back.word, ".pdf": back.pdf, ".xlsx": back.workbook}
    notes = [mark[-1] for path in (folder / "marked").iterdir() for mark in read[path.suffix](path)]
    assert notes and all(said(note) for note in notes)
    return "\n".join(notes)


def in_sarif(folder: Path) -> set[str]:
    (one,) = json.loads((folder / "out.sarif").read_text("utf-8"))["runs"]
    assert {rule["id"] for rule in one["tool"]["driver"]["rules"]} == {result["ruleId"] for result in one["results"]}
    return {result["ruleId"] for result in one["results"]}


def in_json(text: str) -> set[str]:
    return {check["rule"] for check in json.loads(text)["checks"] if check["verdict"] in ("broken", "doubtful")}


def in_csv(folder: Path) -> set[str]:
    rows = csv.DictReader((folder / "out.csv").read_text("utf-8-sig").splitlines())
    return {row["规则"] for row in rows if row["结论"] in ("不符", "存疑")}


def of_every(folder: Path, kind: str) -> set[str]:
    """A folder of pages beside the list."""
    return {rule for path in folder.rglob(f"*.{kind}") for rule in said(re.sub("<[^>]+>", "", path.read_text("utf-8")))}


SEEN: dict[str, Callable[[Path], set[str]]] = {
    "terminal": lambda home: said((home / "out.txt").read_text("utf-8")),
    "compare": lambda home: said((home / "old.txt").read_text("utf-8")),
    "json": lambda home: {rule for one in json.loads((home / "out.json").read_text("utf-8")) for rule in in_json(json.dumps(one))},
    "jsonl": lambda home: {rule for line in (home / "out.jsonl").read_text("utf-8").splitlines() for rule in in_json(line)},
    "csv": in_csv,
    "sarif": in_sarif,
    "junit": lambda home: said(" ".join(ElementTree.parse(home / "out.xml").getroot().itertext())) | {
        rule for case in ElementTree.parse(home / "out.xml").iter("skipped") for rule in said(case.get("message", ""))},
    "html": lambda home: of_every(home, "html"),
    "workbook": lambda home: {row["规则"] for row in sheet(home / "out.xlsx", "疑点清单")},
    "letter": lambda home: said(letters(home)),
    "marked": lambda home: said(marked(home)),
}


@pytest.mark.parametrize("output", SEEN)
def test_every_output_names_the_rules(output: str, folder: Path, found: list[Audit]) -> None:
    wrong = {finding.check for audit in found for finding in audit.findings if not finding.agrees}
    every = {finding.check for audit in found for finding in audit.findings}
    assert len(wrong) >= 4
    assert wrong <= SEEN[output](folder) <= every


def test_so_does_what_was_answered(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "out.xlsx", tmp_path / "疑点.xlsx")
    settle(tmp_path / "疑点.xlsx", "94.6分", "不属实", "另有加分项")
    assert said(run("review", "疑点.xlsx", folder=tmp_path).stdout) == {"marks"}


def test_rules_and_kinds_are_explained(found: list[Audit], capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever of the two words of a result is asked about, and in either language."""
    for check, label in sorted({(finding.check, finding.label) for audit in found for finding in audit.findings}):
        kind = rules_of(label)
        assert kind is not None and check in kind[1]
        for asked in (check, label, kind[0].rpartition("（")[2].removesuffix("）")):
            assert cli.main(["rules", asked]) == 0
            assert any(line.startswith(f"{check}  ") for line in capsys.readouterr().out.splitlines()) or asked == label
