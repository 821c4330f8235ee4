"""The long right reports of corpus/right/: nothing in them is accused, and one wrong digit is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.accusations import accused, main, texts

RIGHT = Path(__file__).parent.parent / "corpus" / "right"


@pytest.mark.parametrize("path", [*texts([str(RIGHT)])], ids=lambda path: path.stem)
def test_no_right_text_is_accused(path: Path) -> None:
    assert not accused(path)


def test_a_wrong_digit_is_listed_with_its_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (RIGHT / "township-account.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text.replace("占75.01%", "占75.91%"), encoding="utf-8")
    main([str(tmp_path)])
    told = capsys.readouterr().out
    assert "75.91%" in told and "3164.20 ÷ " in told
    assert "1 accusations in 1 texts" in told
