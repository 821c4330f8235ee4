"""The specimen reports of corpus/specimens: every planted error is found, nothing else is accused, in every format.

NAME.truth.toml is written by hand: `errors`, `doubts` (at least doubtful) and `right` in the manner of sentences/*.toml
("kind: stated sign formula"; a name after @ where the same figure stands in several places); `todo` maps lines not caught yet, and "accused" where
something right is still accused, to why. NAME.expected.csv is what the program gives, after a person has read it.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fusuan.batch.audit import audit
from fusuan.model import Audit, Finding, Verdict
from tests.sentences import FAMILY, narrow

CORPUS = Path(__file__).parent.parent / "corpus"
AGREES = {Verdict.HOLDS, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.DOUBTFUL}
_LINE = re.compile(r"(?P<kinds>[\w/]+): (?P<stated>[^=≠@]+?)(?: (?P<sign>[=≠]) (?P<ways>[^@]+?))?(?: @(?P<near>.+))?$")


def _made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_make", CORPUS / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus_make"] = module
    spec.loader.exec_module(module)
    return module


make = _made()
FILES = [(name, suffix) for name in make.names() for suffix in make.truth(name)["writes"]]
audited = cache(lambda name, suffix: audit(make.SPECIMENS / f"{name}.{suffix}"))


def _number(text: str) -> Decimal | None:
    digits = re.search(r"[0-9]+(?:\.[0-9]+)?", narrow(text).replace(",", ""))
    return Decimal(digits.group()) if digits else None


class Line:
    """One line of a truth file."""

    def __init__(self, text: str) -> None:
        match = _LINE.match(text)
        assert match is not None, text
        self.text = text
        self.kinds = {FAMILY.get(kind, kind) for kind in match["kinds"].split("/")}
        self.stated, self.near = match["stated"], match["near"] or ""
        self.ways = (match["ways"] or "").split(" | ")
        self.figures = {_number(self.stated)}
        if {"cross", "unit", "caps"} & self.kinds:
            # two places disagree: either may be the one that is shown
            self.figures.add(_number(self.ways[0]))

    def fits(self, finding: Finding) -> bool:
        if FAMILY.get(finding.label, finding.label) not in self.kinds:
            return False
        words = narrow(finding.quote + finding.message + finding.stated.name + finding.stated.text)
        if self.near and narrow(self.near) not in words:
            return False
        if _number(self.stated) is None:
            return narrow(self.stated) in words
        return _number(finding.stated.text) in self.figures

    def leans(self, finding: Finding) -> bool:
        """Tell whether a finding takes the wrong figure as an operand: it then may well be broken too."""
        computed = finding.computed
        return computed is not None and any(abs(f.value) in self.figures for f in computed.operands)


def _todo(name: str, line: str) -> None:
    if reason := make.truth(name).get("todo", {}).get(line):
        pytest.xfail(reason)


def _lines(key: str) -> list[Any]:
    return [pytest.param(name, suffix, line, id=f"{name}.{suffix}-{line}")
            for name, suffix in FILES for line in make.truth(name).get(key, [])]


def shown(told: Audit) -> str:
    return "\n".join(f"{f.label}: {f.stated.text} {f.verdict} {f.computed.formula if f.computed else ''}" for f in told.findings)


@pytest.mark.parametrize(("name", "suffix", "line"), _lines("errors"))
def test_a_planted_error_is_found(name: str, suffix: str, line: str) -> None:
    told = audited(name, suffix)
    if not any(Line(line).fits(f) and f.verdict is Verdict.BROKEN for f in told.findings):
        _todo(name, line)
        pytest.fail(f"not found: {line}\n{shown(told)}")


@pytest.mark.parametrize(("name", "suffix", "line"), _lines("doubts"))
def test_what_is_open_to_doubt_is_pointed_out(name: str, suffix: str, line: str) -> None:
    told = audited(name, suffix)
    assert any(Line(line).fits(f) and f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL) for f in told.findings), shown(told)


@pytest.mark.parametrize(("name", "suffix", "line"), _lines("right"))
def test_a_right_relation_is_confirmed(name: str, suffix: str, line: str) -> None:
    told = audited(name, suffix)
    if not any(Line(line).fits(f) and f.verdict in AGREES for f in told.findings):
        _todo(name, line)
        pytest.fail(f"not confirmed: {line}\n{shown(told)}")


@pytest.mark.parametrize(("name", "suffix"), FILES, ids=[".".join(file) for file in FILES])
def test_nothing_else_is_accused(name: str, suffix: str) -> None:
    told = audited(name, suffix)
    assert told.status == "checked", told.error
    planted = make.truth(name)
    errors = [Line(line) for line in (*planted["errors"], *planted.get("doubts", ()))]
    accused = [f"{f.label}: {f.message}" for f in told.findings
               if f.verdict is Verdict.BROKEN and not any(e.fits(f) or e.leans(f) for e in errors)]
    if accused:
        _todo(name, "accused")
        pytest.fail("\n".join(accused))


@pytest.mark.parametrize("name", make.names())
def test_the_findings_are_those_a_person_read(name: str) -> None:
    """Where this fails, run `python corpus/make.py --expected` and read the difference before it is committed."""
    assert make.findings(name) == (make.SPECIMENS / f"{name}.expected.csv").read_text("utf-8")


@pytest.mark.parametrize("name", make.names())
def test_the_files_are_made_of_their_text(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Office files in the repository are, byte for byte, what make.py writes today."""
    for source in make.SPECIMENS.glob(f"{name}.*"):
        if source.suffix in (".md", ".toml"):
            (tmp_path / source.name).write_bytes(source.read_bytes())
    content = list(make.blocks((tmp_path / f"{name}.md").read_text("utf-8")))
    told = make.truth(name)
    if "docx" in told["writes"]:
        make.write_docx(content, tmp_path / "a.docx", told.get("numbered", False))
        assert (tmp_path / "a.docx").read_bytes() == (make.SPECIMENS / f"{name}.docx").read_bytes()
    if "xlsx" in told["writes"]:
        make.write_xlsx(content, tmp_path / "a.xlsx")
        assert (tmp_path / "a.xlsx").read_bytes() == (make.SPECIMENS / f"{name}.xlsx").read_bytes()
