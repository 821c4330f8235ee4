"""The store gives back what was put into it, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan.batch.audit import audit
from fusuan.batch.store import Store, StoreError, key_of
from fusuan.batch.unread import failed

SPECIMENS = sorted(Path(__file__).parent.parent.glob("corpus/specimens/*.docx"))


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_an_audit_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    before, key = audit(path), key_of(path)
    with Store(tmp_path / "a.fusuan") as store:
        store.put(key, before)
    with Store(tmp_path / "a.fusuan") as store:
        assert store.get(key) == before
        assert list(store.audits()) == [before]


def test_what_may_pass_is_kept_and_not_relied_on(tmp_path: Path) -> None:
    with Store(tmp_path / "a.fusuan") as store:
        for code in ("timeout", "damaged"):
            store.put(code, failed(Path("甲\udcff.docx"), code, "……"))
        assert store.get("timeout") is None
        assert store.get("damaged") is not None
        assert len(list(store.audits())) == 2


def test_a_file_that_is_no_store_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "a.fusuan"
    path.write_text("这不是存储" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="无法使用结果存储"):
        Store(path)
