"""What a file is, told by its content: the suffix is often wrong in what units file."""

from __future__ import annotations

import zipfile

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._ole import MAGIC, Compound
from fusuan.model import ReadError

_MAIN_PARTS = (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("xl/workbook.bin", ".xlsb"),
               ("ofd.xml", ".ofd"), ("ppt/presentation.xml", ".pptx"))
_PACKAGES = (".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".doc", ".xls", ".wps", ".et")
_MIME_TYPES = ((b"opendocument.text", ".odt"), (b"opendocument.spreadsheet", ".ods"))
_STARTS = ((b"{\\rtf", ".rtf"), (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"II*\0", ".tif"), (b"MM\0*", ".tif"),
           (b"GIF8", ".gif"), (b"BM", ".bmp"), (b"Rar!", ".rar"), (b"7z\xbc\xaf\x27\x1c", ".7z"), (b"\x1f\x8b", ".gz"))
_STREAMS = (("EncryptedPackage", ""), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"))

_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style", b"<div", b"mime-version:")


def kind_of(file: File) -> str:
    """Return the suffix that fits the content of the file; its own where the content does not tell.

    Raises ReadError missing, empty, encrypted or damaged.
    """
    head, suffix = _head(file), file.suffix
    if head.startswith(b"PK"):
        return _zip_kind(file, suffix)
    if head.startswith(MAGIC):
        return _ole_kind(file, suffix)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    kind = next((kind for start, kind in _STARTS if head.startswith(start)), "")
    if kind and not (kind == ".bmp" and suffix == ".txt"):
        return kind
    return _text_kind(file, head, suffix)


def _head(file: File) -> bytes:
    head = file.head()
    if not head:
        raise ReadError("empty", f"文件是空的（0 字节）：{file.name}。请重新取得该文件")
    if not head.strip(b"\0"):
        raise ReadError("damaged", f"文件内容全是空字节：{file.name}。多为拷贝或下载中断，请重新取得该文件")
    return head


def _zip_kind(file: File, suffix: str) -> str:
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = {name.lower().replace("\\", "/").lstrip("/") for name in archive.namelist()}
            mime = _start(archive, "mimetype", 100) if "mimetype" in names else b""
            is_locked = mime and "meta-inf/manifest.xml" in names and b"encryption-data" in _start(archive, "META-INF/manifest.xml", 1 << 20)
    except Exception as error:
        raise ReadError("damaged", f"文件不完整或已损坏：{file.name}。多为拷贝或下载中断，请重新取得该文件") from error
    if is_locked:
        raise ReadError("encrypted", f"文件设有打开密码：{file.name}。这种格式的密码本程序不能解开，请用原软件去除密码并另存后再试")
    kind = next((kind for part, kind in _MAIN_PARTS if part in names), "")
    return kind or next((kind for word, kind in _MIME_TYPES if word in mime), "") or _other_package(names, suffix)


def _start(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as stream:
        return stream.read(most)


def _other_package(names: set[str], suffix: str) -> str:
    """A package whose main part goes by an unusual name, or was damaged, is what its suffix says; any other is .zip."""
    parts = ("[content_types].xml", "_rels/", "word/", "xl/")
    return suffix if suffix in _PACKAGES and any(name.startswith(parts) for name in names) else ".zip"


def _ole_kind(file: File, suffix: str) -> str:
    """Tell by the streams in the container."""
    compound = Compound(file)
    for name, kind in _STREAMS:
        if name in compound:
            if not kind:
                raise locked(file)
            return suffix if (kind, suffix) in ((".doc", ".wps"), (".xls", ".et")) else kind
    if suffix in (".doc", ".wps", ".xls", ".et"):
        return suffix
    raise ReadError("unknown_format", f"不认识这种旧版复合文档：{file.name}。请用原软件另存为 .docx 或 .xlsx 后再试")


def _text_kind(file: File, head: bytes, suffix: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        return ".html"
    if start.startswith(b"<?xml"):
        return ".xml"
    if suffix in (".docx", ".xlsx", ".xlsm", ".docm", ".doc", ".xls", ".wps", ".et", ".pdf") and b"\0" in head:
        raise ReadError("damaged", f"文件开头已损坏，不是有效的 {suffix} 文件：{file.name}。请重新取得该文件")
    if b"\0" not in head and suffix in (".docx", ".xlsx", ".doc", ".xls", ".wps", ".et", ".pdf", ""):
        return ".txt" if _is_text(head) else _lost(file, suffix)
    return suffix


def _is_text(head: bytes) -> bool:
    """A text holds no control characters and decodes."""
    if any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head):
        return False
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    """Tell whether it decodes, but for a character cut off at the end."""
    try:
        head.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 4 and len(head) == 4096
    return True


def _lost(file: File, suffix: str) -> str:
    if not suffix:
        return ""
    raise ReadError("damaged", f"内容不是有效的 {suffix} 文件：{file.name}。请用原软件打开并另存后再试")
