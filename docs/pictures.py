"""Render the pictures of docs/pictures/ from what the program writes now: terminal, workbook, marked copies, letter.

    python docs/pictures.py

Needs LibreOffice (soffice) and a Chinese font (Noto Sans CJK); Pillow and pypdfium2 come with the program's libraries.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
REPORT = "corpus/specimens/department-prose"
COLOURS = {"不符": "#ff7b72", "存疑": "#e3b341"}
_COLUMNS = 88


def run(*arguments: str | Path) -> str:
    """Run the program in the project's folder; return what it prints."""
    done = subprocess.run([sys.executable, str(ROOT / "cli.py"), *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", check=False, env={**os.environ, "COLUMNS": str(_COLUMNS), "PYTHONIOENCODING": "utf-8"})
    return done.stdout


def terminal(command: str, printed: str, target: Path) -> None:
    """Draw lines of a terminal: each character in its own columns."""
    from PIL import Image, ImageDraw, ImageFont

    font: Any = ImageFont.truetype(FONT, 15, index=7)
    lines = [f"$ {command}", *printed.rstrip().splitlines()]
    picture = Image.new("RGB", (8 * _COLUMNS + 24, 21 * len(lines) + 20), "#0d1117")
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        colour = next((tone for word, tone in COLOURS.items() if line.startswith("[") and word in line[:8]), "#e6edf3")
        column = 0
        for char in line:
            draw.text((12 + 8 * column, 10 + 21 * row), char, font=font, fill=colour)
            column += 2 if char > "\u2e80" else 1
    _save(picture, target)


def page(path: Path, target: Path, words: str = "", part: tuple[float, float, float, float] = (0, 0, 1, 1), scale: float = 1.3) -> None:
    """Draw a part (left, top, right, bottom of 1) of the first page of a file that says `words`, by way of PDF."""
    import pypdfium2

    with TemporaryDirectory() as folder:
        if path.suffix != ".pdf":
            subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)], check=True, capture_output=True)
            path = Path(folder, f"{path.stem}.pdf")
        document = pypdfium2.PdfDocument(path.read_bytes())
        shown = next(one for one in document if words in one.get_textpage().get_text_bounded())
        picture = shown.render(scale=scale, may_draw_forms=False).to_pil()
        document.close()
    width, height = picture.size
    _save(picture.crop((int(part[0] * width), int(part[1] * height), int(part[2] * width), int(part[3] * height))), target)


def form(path: Path) -> Path:
    """Write a small form of one's own with a total that does not come out."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet, frame = book.add_worksheet("自评表"), book.add_format({"border": 1, "num_format": "0.00"})
    sheet.set_column(0, 3, 18)
    sheet.write("A1", "单位：万元")
    for row, line in enumerate((("项目", "年初预算", "全年执行数", "执行率"), ("年度资金总额", 268.5, 252.4, "94.00%"),
                                ("其中：当年财政拨款", 240, 226.4, "94.33%"), ("上年结转资金", 18.5, 16, "86.49%"), ("其他资金", 10, 9, "90.00%")), 2):
        sheet.write_row(row, 0, line, frame)
    book.close()
    return path


def _save(picture: Any, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    picture.convert("RGB").quantize(48).save(target, optimize=True)


def main() -> None:
    command = f"fusuan check {REPORT}.docx"
    terminal(command, run(*command.split()[1:]), PICTURES / "terminal.png")
    with TemporaryDirectory() as place:
        folder = Path(place)
        run("check", f"{REPORT}.pdf", form(folder / "自评表.xlsx"), "--marked", folder, "-o", folder / "疑点.xlsx")
        run("letter", f"{REPORT}.docx", "-o", folder / "意见.docx")
        page(folder / "疑点.xlsx", PICTURES / "workbook.png", "原文：", (0, 0, 1, 0.6))
        page(folder / "department-prose（标注）.pdf", PICTURES / "marked-pdf.png", "", (0.08, 0.05, 0.92, 0.55))
        page(folder / "自评表（标注）.xlsx", PICTURES / "marked-xlsx.png", "", (0.05, 0.03, 0.95, 0.25))
        page(folder / "意见.docx", PICTURES / "letter.png", "", (0.05, 0.05, 0.95, 0.6))


if __name__ == "__main__":
    main()
