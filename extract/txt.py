"""纯文本（.txt、.md）：一行一段，自动辨认 UTF-8、GB18030、UTF-16 编码；竖线或制表符分隔的行仍按段落读。"""

from __future__ import annotations

import codecs

from fusuan.extract._file import File
from fusuan.extract._identity import identify
from fusuan.model import Document, Paragraph, Place, ReadError

SUFFIXES = (".txt", ".md", ".text")
_MOST = 64 * 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(file: File) -> Document:
    """Read a text; raises ReadError too_large, no_text, damaged."""
    file.within(_MOST, "文本文件")
    text, remarks = decode(file.read_bytes(), file.name)
    lines = [line.strip("\r\f\v\x1a\ufeff") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    # tabs at the end of a line that tabs part are empty cells
    kept = [line.rstrip(" \u3000" if "\t" in line.strip() else None) for line in lines if line.strip()]
    blocks = tuple(Paragraph(line, Place(paragraph=number)) for number, line in enumerate(kept, 1))
    if not blocks:
        raise ReadError("no_text", f"文件里没有文字：{file.name}。请核对是否取错了文件")
    title, unit, year = identify(blocks)
    return Document(file.name, "txt", blocks, None, title, unit, year, remarks=remarks)


def decode(data: bytes, name: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of the bytes, and remarks where some could not be read.

    >>> decode("决算数".encode("gb18030"))
    ('决算数', ())
    >>> decode("决算3".encode("utf-16-le"))
    ('决算3', ())
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    if b"\0" in data:
        return _wide(data, name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    return min((_lenient(data, encoding) for encoding in ("utf-8", "gb18030")), key=lambda t: t[0].count("\ufffd"))


def _wide(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """UTF-16 without a mark: the zero bytes of its line ends and digits stand all on one side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    text, remarks = _lenient(data[: len(data) // 2 * 2], "utf-16-le" if odd >= even else "utf-16-be")
    strange = sum((character < " " and character not in "\t\r\n\f\v\x1a") or character == "\ufffd" for character in text)
    if strange * 20 > len(text):
        raise ReadError("damaged", f"不是文本文件或已损坏：{name}。请核对文件")
    return text, remarks


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return text, (f"有 {lost} 处字符无法识别，以“\ufffd”代替",) if lost else ()
