"""Make files that are broken or mean harm, several hundred, with good ones among them.

    python tests/hostile.py FOLDER      write them there, to try them by hand

Most are made from good files by rules (cut, bits flipped, bytes blanked, named wrongly), so that every reader gets its
share; the rest are made by hand, each for one thing that once hurt a program of this kind.
"""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.ofd_maker import layer, line, ofd

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SAID = ("某县水务局2023年度部门整体支出绩效自评报告", "本年支出合计420.50万元，其中：基本支出300.20万元，项目支出120.30万元。",
        "项目预算130.00万元，实际支出120.30万元，完成预算的92.54%。")
Files = dict[str, bytes]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def word(body: str, before: str = "", parts: Mapping[str, str | bytes] = {}) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml":
                   f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>', **parts})


def said(*lines: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in lines)


def workbook(sheet: str, parts: Mapping[str, str | bytes] = {}) -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{relations}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                      f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>', **parts})


def cells(*rows: tuple[str, ...]) -> str:
    return "<sheetData>" + "".join(
        f'<row r="{n}">' + "".join(f'<c r="{chr(65 + k)}{n}" t="inlineStr"><is><t>{text}</t></is></c>' for k, text in enumerate(row))
        + "</row>" for n, row in enumerate(rows, 1)) + "</sheetData>"


def pdf(content: bytes, *, page: str = "", objects: tuple[bytes, ...] = (), pages: str = "/Count 1/Kids[3 0 R]") -> bytes:
    """Write a PDF of one page: objects 1 to 5 are catalogue, pages, page, content, font; `objects` follow."""
    packed = zlib.compress(content)
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages{pages}>>".encode(),
              f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>{page}>>/Contents 4 0 R>>".encode(),
              b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
              b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *objects]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(bodies) + 1, table, len(bodies) + 1, len(out))


def drawn(*lines: str) -> bytes:
    return b"".join(b"BT /F 12 Tf 50 %d Td (%s) Tj ET\n" % (780 - 30 * n, text.encode()) for n, text in enumerate(lines))


def by(unit: str) -> list[str]:
    """Return the report of another unit, whose figures are its own."""
    return [text.replace("水务局", unit).replace("420.50", "460.50").replace("300.20", "340.20") for text in SAID]


def page() -> bytes:
    return ("<html><meta charset=utf-8><body>" + "".join(f"<p>{text}</p>" for text in SAID) + "</body></html>").encode()


def good() -> Files:
    """Return a good file of each kind that can be made without another program."""
    text = "\n".join(SAID).encode()
    return {
        "好.docx": word(said(*by("林业局"))), "好.xlsx": workbook(cells(("项目", "预算数", "执行数"), ("甲", "12.5", "3"), ("合计", "12.5", "3"))),
        "好.pdf": pdf(drawn("Budget 130.00", "Spent 120.30")), "好.txt": text, "好.html": page(),
        "好.ofd": ofd([layer(*(line(words, 25, 20 + 10 * n, 3) for n, words in enumerate(by("体育局"))))]),
        "好.zip": zipped({"甲/好.txt": "\n".join(by("教育局")).encode(), "乙.docx": word(said(*by("统计局")))}), "好.xls": old_book()}


def old_book(last: tuple[int, int] = (2, 2)) -> bytes:
    """Return an .xls of the records that make a plain sheet, its last cell in a row and column of choice."""
    from fusuan.extract._ole import wrapped

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))
    places = [(row, column) for row in range(3) for column in range(3)]
    for number, (row, column) in enumerate([*places[:-1], last]):
        sheet += record(0x203, struct.pack("<HHHd", row, column, 0, number + 0.5))
    name = "表".encode("utf-16-le")
    about = struct.pack("<IHBB", len(start) + 4 + 8 + len(name) + 4, 0, 1, 1) + name
    return wrapped("Workbook", start + record(0x85, about) + record(0x0A, b"") + sheet + record(0x0A, b""))


def spoilt(name: str, data: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield a good file spoilt in every usual way."""
    stem, _, suffix = name.rpartition(".")
    for part in (1, 10, 100, 300, 500, 700, 900, 990):
        yield f"{stem}截断{part}.{suffix}", data[:max(1, len(data) * part // 1000)]
    for number in range(22):
        flipped = bytearray(data)
        for _ in range((1, 2, 5, 20, 100)[number % 5]):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        yield f"{stem}翻转{number}.{suffix}", bytes(flipped)
    at = chance.randrange(len(data))
    yield f"{stem}清零.{suffix}", data[:at] + bytes(min(200, len(data) - at)) + data[at + 200:]
    yield f"{stem}空白.{suffix}", bytes(len(data))
    yield f"{stem}两份.{suffix}", data + data
    yield f"{stem}前缀.{suffix}", b"\0" * 700 + data
    for other in ("docx", "xlsx", "pdf", "doc", "xls"):
        if other != suffix:
            yield f"{stem}{suffix}改名.{other}", data


def _bombs() -> Files:
    zeros = bytes(48_000_000)
    return {
        "炸弹.docx": word(said(*SAID), parts={"word/styles.xml": b"<a>" + zeros}), "炸弹正文.docx": word(" " * 48_000_000),
        "炸弹.zip": zipped({"a.txt": zeros, "好.txt": "\n".join(SAID).encode()}),
        "炸弹.xlsx": workbook(cells(("甲", "1"),) + " " * 48_000_000),
        "核心属性.xlsx": workbook(cells(("甲", "1.5"), ("乙", "2")), parts={"docProps/core.xml": zeros}),
        "类型.docx": zipped({"mimetype": zeros, "a.bin": b"x"}),
        "层层.zip": _nested(9), "许多.zip": zipped({f"{n}.bin": b"" for n in range(12_000)}),
        "实体.docx": word(said("&e9;"), before="<!DOCTYPE x [" + '<!ENTITY e0 "eeeeeeeeee">' + "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)) + "]>"),
        "外部.docx": word(said("&e;"), before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "外链.docx": word(said(*SAID), parts={"word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
            'Type="x/styles" Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>')}),
        "深.docx": word("<w:sdt><w:sdtContent>" * 30_000), "深.html": b"<div>" * 200_000 + b"1.5",
    }


def _nested(depth: int) -> bytes:
    data = zipped({"a.txt": b"1.5"})
    for number in range(depth):
        data = zipped({f"{number}.zip": data})
    return data


def _wide() -> Files:
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000"/></w:tcPr><w:p/></w:tc></w:tr>'
    return {
        "跨列.docx": word(f"<w:tbl>{row * 4000}</w:tbl>" + said("甲")), "百万表.docx": word("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 30_000),
        "跨行.xls": b"<html><table><tr>" + b"<td rowspan=1000 colspan=1000>3</td>" * 500 + b"</tr>" + b"<tr><td>1</td></tr>" * 1000,
        "远格.xlsx": workbook("<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>2</v></c></row>'
                                                    for n in range(1, 400)) + "</sheetData>"),
        "很远.xlsx": workbook('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row></sheetData>'),
        "合并.xlsx": workbook(cells(("甲", "1.5")) + "<mergeCells>" + "".join(
            f'<mergeCell ref="A{n}:XFD{n + 100000}"/>' for n in range(1, 3000)) + "</mergeCells>"),
        "长行.txt": "本年支出12.5万元，".encode() * 20_000, "长数.txt": b"1" * 200_000, "千表.html": b"<table><tr><td>1</table>" * 30_000,
        "编号.docx": word(said(*SAID), parts={"word/numbering.xml": f'<w:numbering xmlns:w="{WORD}"><w:abstractNum/>'}),
        "公式.xlsx": workbook('<sheetData><row r="1"><c r="A1" t="str"><f>HYPERLINK("http://127.0.0.1:9","x")</f><v>=cmd|x</v></c>'
                            '<c r="B1"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'),
    }


def _pages() -> Files:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
    big = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
    return {
        "自画.pdf": pdf(drawn("1.5") + b"/X Do", page="/XObject<</X 6 0 R>>", objects=(form,)),
        "页树环.pdf": pdf(drawn("1.5"), pages="/Count 3/Kids[2 0 R 3 0 R 2 0 R]"), "页数.pdf": pdf(drawn("1.5"), pages="/Count 2000000000/Kids[3 0 R]"),
        "两万页.pdf": pdf(drawn("1.5"), pages="/Count 20000/Kids[" + "3 0 R " * 20_000 + "]"),
        "无尽.pdf": pdf(b"0 0 m 10 10 l S\n" * 300_000), "无尽字.pdf": pdf(b"BT /F 12 Tf 50 700 Td " + b"(1234567890) Tj " * 30_000 + b"ET"),
        "大图.pdf": pdf(drawn("1.5") + b"9999 0 0 9999 0 0 cm /X Do", page="/XObject<</X 6 0 R>>", objects=(big,)),
        "远字.pdf": pdf(b"BT /F 12 Tf 1e30 1e30 Td (1.5) Tj ET" + drawn("2.5")), "无页.pdf": pdf(b"", pages="/Count 0/Kids[]"),
        "深页.ofd": ofd([layer("<x>" * 5000)]), "步长.ofd": ofd([layer('<ofd:TextObject Boundary="9 9 9 9" Size="4"><ofd:TextCode X="0" Y="4" '
                                                                  'DeltaX="g 999999999 0">' + "1" * 100_000 + "</ofd:TextCode></ofd:TextObject>")]),
        "大图.png": b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 0, 0, 0, 0) + bytes(40),
    }


def _named() -> Files:
    text = "\n".join(by("档案局")).encode()
    return {
        "名\x1b[31m\x1b]0;x\x07.txt": text, "名\n换行.txt": text, "=1+1.txt": text, "<b>名.txt": text, "名" * 80 + ".txt": text,
        "~$锁.docx": b"x", ".docx": text, "无后缀": text, "空.docx": b"", "空.pdf": b"", "空.xls": b"",
        "公式.txt": "=cmd|'/c calc'!A1\n<script>alert(1)</script>\n\x1b[2J支出合计12.5万元\n".encode(), "乱码.txt": bytes(range(128, 256)) * 50,
        "零.txt": "合计12.5".encode() + bytes(100), "加密.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "坏.rar": b"Rar!\x1a\x07\x01\0" + bytes(range(256)), "坏.7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256)),
    }


def make(folder: Path) -> Files:
    """Write them all below `folder`; return the good ones by name."""
    kept = good()
    files: dict[str, bytes] = dict(kept)
    chance = random.Random(20231231)
    for name, data in kept.items():
        files.update(spoilt(name, data, chance))
    for made in (_bombs(), _wide(), _pages(), _named()):
        files.update(made)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        if os.name != "nt" or not set(name) & set('\n\x1b\x07<>:"|?*'):
            (folder / name).write_bytes(data)
    if os.name != "nt":
        _no_files(folder)
    return kept


def _no_files(folder: Path) -> None:
    """Make what goes by the name of a report and is none."""
    os.mkfifo(folder / "管道.docx")
    links: dict[str, str] = {"零设备.pdf": "/dev/zero", "自环.xlsx": "自环.xlsx", "断链.docx": "没有.docx", "随机.zip": "/dev/urandom"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (folder / "文件夹.docx").mkdir()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
