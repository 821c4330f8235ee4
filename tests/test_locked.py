"""Files under a password: opened with it, told of without it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from fusuan import cli, extract
from fusuan.batch.audit import audit
from fusuan.model import ReadError
from tests import hostile

PASSWORD = "密码Ab12"
PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def locked(data: bytes, password: str) -> bytes:
    """Lock an office file as Office does."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_pdf(text: str, password: str) -> bytes:
    """Write a PDF under a password (the standard handler, revision 2)."""
    secret = (password.encode("latin-1") + PAD)[:32]
    owner = rc4(hashlib.md5(secret).digest()[:5], secret)
    key = hashlib.md5(secret + owner + (-4).to_bytes(4, "little", signed=True) + b"identity").digest()[:5]
    content = rc4(hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10], f"BT /F 12 Tf 50 700 Td ({text}) Tj ET".encode())
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
              b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
              b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
              b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner.hex().encode(), rc4(key, PAD).hex().encode())]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R/Encrypt 6 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF" % (
        table, b"identity".hex().encode(), b"identity".hex().encode(), len(out))


def zip_crypto(name: str, data: bytes, password: str) -> bytes:
    """Write a .zip locked in the old way, which the standard library reads and does not write."""
    import zlib

    tables = [0] * 256
    for n in range(256):
        c = n
        for _ in range(8):
            c = c >> 1 ^ (0xEDB88320 if c & 1 else 0)
        tables[n] = c
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ tables[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ tables[(keys[2] ^ keys[1] >> 24) & 255]

    for byte in password.encode():
        update(byte)
    out = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(data) >> 24]) + data:
        part = keys[2] | 2
        out.append(byte ^ (part * (part ^ 1) >> 8 & 255))
        update(byte)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo(name)
        archive.writestr(entry, bytes(out))
    packed = bytearray(buffer.getvalue())
    for start, at in ((packed.index(b"PK\3\4"), 6), (packed.index(b"PK\1\2"), 8)):
        packed[start + at] |= 1
        packed[start + at + 8:start + at + 12] = zlib.crc32(data).to_bytes(4, "little")
        packed[start + at + 16:start + at + 20] = len(data).to_bytes(4, "little")
    return bytes(packed)


def word() -> bytes:
    from docx import Document

    document, out = Document(), io.BytesIO()
    for text in hostile.SAID:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", 1.5])
    sheet.append(["乙", 2])
    book.save(out)
    return out.getvalue()


FILES = {
    "a.docx": locked(word(), PASSWORD), "a.xlsx": locked(workbook(), PASSWORD), "a.wps": locked(word(), PASSWORD),
    "a.pdf": locked_pdf("Budget 130.00", "Ab12"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_password_opens_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert extract.read(tmp_path / name, ("不对", "Ab12", PASSWORD)).blocks
    for passwords, word in (((), "请用 --password"), (("不对",), "密码不对")):
        with pytest.raises(ReadError, match=word) as caught:
            extract.read(tmp_path / name, passwords)
        assert caught.value.code == "encrypted"


FILED = Path(__file__).parent / "filed"
"""Locked by LibreOffice with PASSWORD: what writes these formats under a password is no library of ours."""


@pytest.mark.parametrize("name", ["locked.doc", "locked.xls"])
def test_a_password_opens_what_older_office_programs_lock(name: str) -> None:
    words = [found.verdict.value for found in audit(FILED / name, passwords=("不对", PASSWORD)).findings]
    assert words == ["holds"]
    for passwords, word in (((), "请用 --password"), (("不对",), "密码不对")):
        with pytest.raises(ReadError, match=word) as caught:
            extract.read(FILED / name, passwords)
        assert caught.value.code == "encrypted"


def test_a_lock_that_is_not_opened_here_is_called_one() -> None:
    with pytest.raises(ReadError, match="不能解开") as caught:
        extract.read(FILED / "locked.odt", (PASSWORD,))
    assert caught.value.code == "encrypted"


def test_what_excel_locks_against_writing_alone_opens_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(locked(workbook(), "VelvetSweatshop"))
    assert extract.read(tmp_path / "a.xlsx").blocks


def test_members_of_a_locked_archive_and_locked_members(tmp_path: Path) -> None:
    inner = zip_crypto("自评.docx", FILES["a.docx"], "外层")
    (tmp_path / "a.zip").write_bytes(inner)
    member, = extract.members(tmp_path / "a.zip", ("外层", PASSWORD))
    assert extract.read_member(member).blocks
    member, = extract.members(tmp_path / "a.zip", ("外层",))
    with pytest.raises(ReadError, match="密码不对"):
        extract.read_member(member)
    member, = extract.members(tmp_path / "a.zip")
    assert member.error is not None
    assert member.error.code == "encrypted"


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "报告.docx").write_bytes(FILES["a.docx"])
    (tmp_path / "包.zip").write_bytes(zip_crypto("自评.txt", "\n".join(hostile.by("水利局")).encode(), PASSWORD))
    assert cli.main(["check", str(tmp_path / "报告.docx")]) == 2
    assert "--password" in capsys.readouterr().out
    assert cli.main(["check", "--password", "x", "--password", PASSWORD, str(tmp_path / "报告.docx"), str(tmp_path / "包.zip")]) == 0
    store = tmp_path / "结果"
    store.mkdir()
    assert cli.main(["batch", str(tmp_path), "-o", str(store / "疑点.xlsx")]) == 2
    assert cli.main(["batch", str(tmp_path), "-o", str(store / "疑点.xlsx"), "--password", PASSWORD]) == 0
    assert PASSWORD.encode() not in b"".join(path.read_bytes() for path in store.iterdir())
