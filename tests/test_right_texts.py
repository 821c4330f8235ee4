"""The right reports and forms of corpus/right/: nothing in them is accused, and of the errors people make no fewer are found than were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import people
from bench.accusations import accused, main, texts
from fusuan.model import Verdict
from tests.forms import findings_of, laid_out

RIGHT = Path(__file__).parent.parent / "corpus" / "right"


@pytest.mark.parametrize("path", [*texts([str(RIGHT)])], ids=lambda path: path.stem)
def test_no_right_text_is_accused(path: Path) -> None:
    assert not accused(path)


def forms() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RIGHT / "forms.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", forms(), ids=lambda case: case["name"])
def test_no_right_form_is_accused_or_doubted(case: dict[str, Any]) -> None:
    found = findings_of(laid_out(case))
    assert [f.message for f in found if f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)] == []
    assert sum(f.agrees for f in found) >= 10


def test_no_fewer_errors_that_people_make_are_found() -> None:
    floor = json.loads(people.FLOOR.read_text(encoding="utf-8"))["found"]
    left = people.missed()
    assert len(people.errors()) - len(left) >= floor, left


def test_a_wrong_digit_is_listed_with_its_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (RIGHT / "township-account.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text.replace("占75.01%", "占75.91%"), encoding="utf-8")
    main([str(tmp_path)])
    told = capsys.readouterr().out
    assert "75.91%" in told and "3164.20 ÷ " in told
    assert "1 accusations in 1 texts" in told
