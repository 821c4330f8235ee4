"""The JSON that is written meets docs/fusuan-1.schema.json, which in turn names every field that is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fusuan.batch.audit import audit
from fusuan.batch.unread import failed, skipped
from fusuan.export.json import as_json

ROOT = Path(__file__).parent.parent
SPECIMENS = ROOT / "corpus" / "specimens"
FILES = ("account-tables-wrong.pdf", "base-data.xlsx", "department-prose.docx", "looks-wrong-form.docx", "template-blank.xlsx")


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "fusuan-1.schema.json").read_text("utf-8"))
    return found


@cache
def result(name: str) -> dict[str, Any]:
    """Return the result for a specimen as a program that reads it has it."""
    found: dict[str, Any] = json.loads(json.dumps(as_json(audit(SPECIMENS / name))))
    return found


def faults(value: Any) -> list[str]:
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in Draft202012Validator(schema()).iter_errors(value)]


def unnamed(value: Any, rule: dict[str, Any]) -> Iterator[str]:
    """Yield the fields of a value that its rule does not name."""
    rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
    if isinstance(value, dict) and "properties" in rule:
        for key, inner in value.items():
            if key not in rule["properties"]:
                yield key
            else:
                yield from unnamed(inner, rule["properties"][key])
    elif isinstance(value, list) and "items" in rule:
        for inner in value:
            yield from unnamed(inner, rule["items"])


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_meets_it(name: str) -> None:
    assert result(name)["checks"]
    assert not faults(result(name))


@pytest.mark.parametrize("name", FILES)
def test_it_names_what_is_written(name: str) -> None:
    assert not set(unnamed(result(name), schema()))


def test_files_that_were_not_checked_meet_it(tmp_path: Path) -> None:
    assert not faults(as_json(audit(tmp_path / "没有.docx")))
    assert not faults(as_json(failed(tmp_path / "甲.pdf", "timeout", "超过时限")))
    assert not faults(as_json(skipped(tmp_path / "~$甲.docx", "skipped", "临时文件")))


@pytest.mark.parametrize(("key", "value"), [
    ("verdict", "wrong"), ("computed", 12.5), ("stated", None), ("where", {"page": 0}), ("kind", "其他")])
def test_what_breaks_the_contract_is_seen(key: str, value: Any) -> None:
    spoilt = json.loads(json.dumps(result("department-prose.docx")))
    spoilt["checks"][0][key] = value
    assert faults(spoilt)


def test_a_missing_field_is_seen() -> None:
    whole = result("department-prose.docx")
    for key in whole:
        assert faults({name: value for name, value in whole.items() if name != key}), key
