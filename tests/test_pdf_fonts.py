"""PDFs whose Chinese font is neither in the file nor on the machine."""

import io
import subprocess
import sys
from pathlib import Path

from PIL import ImageFont

from fusuan.extract._pdf_fonts import squares
from tests.test_extract_pdf import pdf_bytes, text_at

_WITHOUT_FONTS = """
import sys
import pypdfium2
if sys.argv[2] == "none":
    base = pypdfium2.PdfSysfontBase
    base.EnumFonts = base.MapFont = base.GetFont = lambda *asked: None
    base().setup()
from pathlib import Path
from fusuan.extract import pdf
from fusuan.extract._file import File
print(*(paragraph.text for paragraph in pdf.read(File(Path(sys.argv[1]))).paragraphs), sep="\\n")
"""


def test_a_character_by_itself_is_read_on_a_machine_without_its_font(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf_bytes([text_at(90, 100, "合") + text_at(102, 100, "计") + text_at(114, 100, "1,100.5万元") + text_at(90, 140, "又及：无。")]))
    for fonts in ("all", "none"):
        done = subprocess.run([sys.executable, "-c", _WITHOUT_FONTS, str(path), fonts], capture_output=True, text=True, encoding="utf-8", check=True)
        assert done.stdout.split() == ["合计1,100.5万元", "又及：无。"], fonts


def test_each_character_is_a_square() -> None:
    font = ImageFont.truetype(io.BytesIO(squares()), 20)
    assert [font.getlength(text) for text in ("1", "合", "合计1")] == [20, 20, 60]
    assert [font.getmask(text).getbbox() is not None for text in ("1", "合", "㊣", "鑫")] == [True] * 4
