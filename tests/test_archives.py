"""Archives: what is in them, by what name, and that none of them takes more than it may."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from fusuan import cli, extract
from fusuan.batch.audit import audits
from fusuan.extract import _packed, archives
from tests.conftest import GOOD, WRONG

Files = dict[str, bytes]
TEXT, OTHER = ("\n".join(lines).encode() for lines in (GOOD, WRONG))


def zipped(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def packed_by_hand(name: bytes, data: bytes, extra: bytes = b"", flags: int = 0, size: int | None = None) -> bytes:
    """Write a .zip of one member whose fields are as told."""
    size = len(data) if size is None else size
    fields = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 33, zlib.crc32(data), len(data), size, len(name), len(extra))
    local = b"PK\3\4" + fields + name + extra + data
    entry = b"PK\1\2\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name + extra
    return local + entry + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def sevenzipped(files: Files, password: str | None = None) -> bytes:
    py7zr = pytest.importorskip("py7zr")
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return buffer.getvalue()


def rared(files: Files, password: str | None = None, **options: object) -> bytes:
    rars = pytest.importorskip("rars")
    builder = rars.RarBuilder(password=password, **options)
    for name, data in files.items():
        builder.add_bytes(data, name)
    return bytes(builder.to_bytes())


def aes_zipped(files: Files, password: str) -> bytes:
    pyzipper = pytest.importorskip("pyzipper")
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def listed(folder: Path, data: bytes, name: str = "甲单位.zip", passwords: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return the name of each member, and its text or the code of its error."""
    (folder / name).write_bytes(data)
    return [(member.name, member.error.code if member.error else (member.data or b"").decode())
            for member in archives.members(folder / name, passwords, {".txt", ".docx", ".zip", ".7z", ".rar"})]


@pytest.mark.parametrize("pack", [zipped, sevenzipped, rared], ids=["zip", "7z", "rar"])
def test_members_go_by_the_name_of_the_archive_and_their_own(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    data = pack({"自评/表.txt": b"12.5", "图.jpg": b"x", "__MACOSX/._表.txt": b"y", "b.docx": b"z"})
    assert sorted(listed(tmp_path, data)) == [
        ("甲单位.zip/__MACOSX/._表.txt", "skipped"), ("甲单位.zip/b.docx", "z"), ("甲单位.zip/图.jpg", "skipped"),
        ("甲单位.zip/自评/表.txt", "12.5")]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_without_a_mark(tmp_path: Path, encoding: str) -> None:
    data = packed_by_hand("某局/自评表①.txt".encode(encoding), b"12.5")
    assert listed(tmp_path, data) == [("甲单位.zip/某局/自评表①.txt", "12.5")]


def test_a_name_in_a_field_of_its_own(tmp_path: Path) -> None:
    raw, said = b"???.txt", "自评表.txt".encode()
    extra = struct.pack("<HHBI", 0x7075, 5 + len(said), 1, zlib.crc32(raw)) + said
    assert listed(tmp_path, packed_by_hand(raw, b"12.5", extra)) == [("甲单位.zip/自评表.txt", "12.5")]
    stale = struct.pack("<HHBI", 0x7075, 5 + len(said), 1, 0) + said
    assert listed(tmp_path, packed_by_hand(raw, b"12.5", stale)) == [("甲单位.zip/???.txt", "12.5")]


def test_a_name_leads_nowhere(tmp_path: Path) -> None:
    data = zipped({"../../../etc/表.txt": b"1", "C:\\x\\表.txt": b"2", "/root/表\x1b[2J.txt": b"3"})
    assert [name for name, _ in listed(tmp_path, data)] == [
        "甲单位.zip/etc/表.txt", "甲单位.zip/x/表.txt", "甲单位.zip/root/表[2J.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["甲单位.zip"]


def test_an_archive_in_an_archive_is_opened_once(tmp_path: Path) -> None:
    second = zipped({"b.txt": b"2", "c.zip": zipped({"c.txt": b"3"})})
    assert listed(tmp_path, zipped({"a.txt": b"1", "乙.zip": second, "丙.rar": rared({"d.txt": b"4"})})) == [
        ("甲单位.zip/a.txt", "1"), ("甲单位.zip/乙.zip/b.txt", "2"), ("甲单位.zip/乙.zip/c.zip", "too_large"),
        ("甲单位.zip/丙.rar/d.txt", "4")]


@pytest.mark.parametrize(("data", "code"), [
    (zipped({"a.txt": TEXT})[:-30], "damaged"), (zipped({}), "no_text"), (b"PK\3\4 and no more", "damaged"),
    (b"Rar!\x1a\x07\x01\x00 and no more", "damaged"), (b"7z\xbc\xaf\x27\x1c and no more", "damaged"),
    (b"no archive at all", "damaged"), (b"", "empty"),
], ids=["cut", "empty", "zip", "rar", "7z", "text", "nothing"])
def test_an_archive_that_cannot_be_opened_is_one_line(tmp_path: Path, data: bytes, code: str) -> None:
    assert listed(tmp_path, data) == [("甲单位.zip", code)]


def test_a_damaged_member_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": b"2"}))
    at = data.index(b"a.txt") + 20
    data[at:at + 40] = bytes(40)
    assert listed(tmp_path, bytes(data)) == [("甲单位.zip/a.txt", "damaged"), ("甲单位.zip/b.txt", "2")]


def test_what_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = zipped({"a.txt": bytes(40_000_000), "b.txt": b"2"})
    assert listed(tmp_path, zeros) == [("甲单位.zip/a.txt", "too_large"), ("甲单位.zip/b.txt", "2")]
    many = zipped({f"{n}.txt": b"1234" for n in range(9)})
    monkeypatch.setattr(_packed, "MOST_ALL", 10)
    monkeypatch.setattr(archives, "Budget", lambda: _packed.Budget(members=5, left=10))
    assert listed(tmp_path, many)[-1] == ("甲单位.zip", "too_large")
    assert len(listed(tmp_path, many)) == 3
    monkeypatch.setattr(archives, "Budget", lambda: _packed.Budget(members=5, left=1000))
    assert len(listed(tmp_path, many)) == 6


def test_a_member_that_is_longer_than_it_says(tmp_path: Path) -> None:
    assert listed(tmp_path, packed_by_hand(b"a.txt", b"12.5" * 9, size=4)) == [("甲单位.zip/a.txt", "damaged")]


@pytest.mark.parametrize("pack", [sevenzipped, rared, aes_zipped], ids=["7z", "rar", "aes"])
def test_a_password_opens_and_another_does_not(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    data = pack({"a.txt": TEXT}, "密码12")
    name = "甲单位.zip/a.txt"
    assert listed(tmp_path, data, passwords=("不对", "密码12")) == [(name, TEXT.decode())]
    for passwords in ((), ("不对",)):
        (_, code), = listed(tmp_path, data, passwords=passwords)
        assert code == "encrypted"


def test_without_the_library_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data in (("py7zr", sevenzipped({"a.txt": b"1"})), ("rars", rared({"a.txt": b"1"})),
                       ("pyzipper", aes_zipped({"a.txt": b"1"}, "p"))):
        monkeypatch.setitem(__import__("sys").modules, name, None)
        (tmp_path / "a.zip").write_bytes(data)
        member, = archives.members(tmp_path / "a.zip", ("p",))
        assert member.error is not None
        assert member.error.code == "needs_library"
        assert "pip install" in member.error.message


def test_each_member_is_a_file_of_its_own_in_the_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "甲单位.zip"
    path.write_bytes(zipped({"对.txt": TEXT, "错.txt": OTHER, "坏.docx": b"PK\3\4", "图纸.dwg": b"x"}))
    results = {audit.source.name: audit for audit in audits(path)}
    assert {name: audit.status for name, audit in results.items()} == {
        "甲单位.zip/对.txt": "checked", "甲单位.zip/错.txt": "checked", "甲单位.zip/坏.docx": "failed",
        "甲单位.zip/图纸.dwg": "skipped"}
    (tmp_path / "错.txt").write_bytes(OTHER)
    alone, = audits(tmp_path / "错.txt")
    assert results["甲单位.zip/错.txt"].source.sha256 == alone.source.sha256
    assert [f.message for f in results["甲单位.zip/错.txt"].findings] == [f.message for f in alone.findings]
    assert cli.main(["check", str(path)]) == 2
    assert "甲单位.zip/错.txt" in capsys.readouterr().out


def test_an_archive_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(zipped({"a.txt": TEXT}))
    assert extract.is_archive(tmp_path / "a.docx")
    assert [member.name for member in extract.members(tmp_path / "a.docx")] == ["a.docx/a.txt"]
    assert not extract.is_archive(tmp_path / "none.zip")
