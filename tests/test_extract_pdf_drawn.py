"""PDF pages as producers draw them: turned and landscape, text in pieces and out of order, printed twice for a shadow."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan import extract
from fusuan.model import ReadError
from tests.hostile import pdf
from tests.test_extract_pdf import read, texts

SAID = "Budget 130.25 spent 11.00"


def shown(folder: Path, content: str, page: str = "") -> list[str]:
    return texts(read(folder, pdf(content.encode(), page=page)))


def at(x: float, y: float, text: str) -> str:
    return f"BT /F 12 Tf {x} {y} Td ({text}) Tj ET "


@pytest.mark.parametrize("shift", [(0, 0), (0.2, 0), (0.5, -0.5), (1, -1), (1.5, -1.5), (0.3, 0.3)])
def test_text_printed_twice_for_a_shadow_is_read_once(tmp_path: Path, shift: tuple[float, float]) -> None:
    over = at(50 + shift[0], 700 + shift[1], SAID)
    assert shown(tmp_path, at(50, 700, SAID) + "0.5 g " + over) == [SAID]
    assert shown(tmp_path, at(50, 700, SAID) + over + at(50.3, 700, SAID) + at(50, 700.3, SAID)) == [SAID]


def test_characters_printed_twice_one_by_one(tmp_path: Path) -> None:
    assert shown(tmp_path, "".join(at(50 + 6.7 * n, 700, char) + at(50.4 + 6.7 * n, 699.6, char) for n, char in enumerate("1130225"))) == ["1130225"]


def test_a_figure_with_a_digit_twice_keeps_both(tmp_path: Path) -> None:
    assert shown(tmp_path, at(50, 700, "1122.33 of 8888.00")) == ["1122.33 of 8888.00"]


def test_text_in_pieces_and_out_of_order(tmp_path: Path) -> None:
    pieces = [at(50, 700, "Budget 1"), at(98.7, 700, "30"), at(112, 700, "."), at(115.4, 700, "25")]
    assert shown(tmp_path, "".join(pieces)) == shown(tmp_path, "".join(reversed(pieces))) == ["Budget 130.25"]


@pytest.mark.parametrize("page", ["/MediaBox[0 0 842 595]", "/MediaBox[0 0 842 595]/CropBox[20 20 800 580]", "/Rotate 90", "/Rotate 180", "/Rotate 270",
                                  "/MediaBox[-100 -100 595 842]", "/UserUnit 2"])
@pytest.mark.parametrize("lines", [1, 9])
def test_turned_and_landscape_pages(tmp_path: Path, page: str, lines: int) -> None:
    content = "".join(at(50, 500 - 20 * n, f"{SAID}{n}.") for n in range(lines))
    assert "".join(shown(tmp_path, content, f">>{page}/Resources<</Font<</F 5 0 R>>")) == "".join(f"{SAID}{n}." for n in range(lines))


@pytest.mark.parametrize("turn", ["0 1 -1 0 595 0", "0 -1 1 0 0 842", "-1 0 0 -1 595 842"])
def test_text_drawn_turned_on_a_page_that_is_not(tmp_path: Path, turn: str) -> None:
    content = f"{turn} cm " + "".join(at(50, 400 - 20 * n, f"{SAID}{n}.") for n in range(6))
    assert "".join(shown(tmp_path, content)) == "".join(f"{SAID}{n}." for n in range(6))


FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<<%s>>>>/Length %d>>stream\n%s\nendstream"


def form(content: bytes, *named: int) -> bytes:
    return FORM % (b"".join(b"/X%d %d 0 R" % (number, number) for number in named), len(content), content)


def test_forms_without_end_are_told_before_they_are_drawn(tmp_path: Path) -> None:
    page, draw = "/XObject<</X6 6 0 R>>", at(50, 700, SAID).encode() + b" /X6 Do"
    for forms in ((form(b"/X6 Do", 6),), (form(b"/X7 Do", 7), form(b"/X6 Do", 6)),
                  tuple(form(b"/X%d Do " % n * 10, n) for n in range(7, 15)) + (form(b"1 0 0 rg"),)):
        (tmp_path / "a.pdf").write_bytes(pdf(draw, page=page, objects=forms))
        with pytest.raises(ReadError) as caught:
            extract.read(tmp_path / "a.pdf")
        assert caught.value.code == "too_large"
    nested = (form(b"/X7 Do", 7), form(b"/X8 Do /X8 Do", 8), form(at(50, 600, "inner").encode()))
    assert texts(read(tmp_path, pdf(draw, page=page, objects=nested))) == [SAID, "inner"]
