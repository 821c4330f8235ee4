"""Nine tables of final accounts and their narrative (corpus/accounts.py): right, with each kind of error alone, and with one of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.accounts import ERRORS, Error, report
from corpus.make import write_docx, write_pdf, write_xlsx
from fusuan.batch.audit import audit
from fusuan.model import Finding, Verdict
from tests.office import needs_writer

# printing takes long: one .pdf, of the layout that is the hardest to read back
FILES = [*((codes, suffix) for codes in (1, 2, 3) for suffix in ("docx", "xlsx")), pytest.param(3, "pdf", marks=needs_writer)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts")


@cache
def findings(folder: Path, codes: int, suffix: str, wrong: tuple[Error, ...]) -> tuple[Finding, ...]:
    path = folder / f"{codes}-{'-'.join(error.kind for error in wrong)[:40]}.{suffix}"
    content = report(codes, wrong)
    if suffix == "xlsx":
        write_xlsx(content, path)
    else:
        write_docx(content, path.with_suffix(".docx"))
    if suffix == "pdf":
        assert write_pdf(path.with_suffix(".docx"), path)
    told = audit(path)
    assert told.status == "checked", told.error
    return told.findings


def accused(found: tuple[Finding, ...]) -> set[str]:
    return {f.stated.text.strip() for f in found if f.verdict is Verdict.BROKEN}


@pytest.mark.parametrize(("codes", "suffix"), FILES)
def test_of_right_accounts_nothing_is_accused_and_nearly_all_is_confirmed(folder: Path, codes: int, suffix: str) -> None:
    found = findings(folder, codes, suffix, ())
    assert [f.message for f in found if not f.agrees] == []
    assert len(found) > 330 and sum(f.check == "sister" for f in found) > 100


@pytest.mark.parametrize(("codes", "suffix"), FILES)
def test_the_planted_errors_are_found_and_nothing_else(folder: Path, codes: int, suffix: str) -> None:
    wrong = accused(findings(folder, codes, suffix, ERRORS))
    assert [error.kind for error in ERRORS if not wrong & set(error.stated)] == []
    assert wrong <= {stated for error in ERRORS for stated in error.stated}


@pytest.mark.parametrize("error", ERRORS, ids=[error.kind for error in ERRORS])
def test_one_error_is_accused_at_its_place(folder: Path, error: Error) -> None:
    wrong = accused(findings(folder, 2, "docx", (error,)))
    assert wrong and wrong <= set(error.stated)
