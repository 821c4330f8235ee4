"""LibreOffice is kept on a lead: it fetches nothing, and is gone when the process that wanted it is."""

from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fusuan.extract import File, _libreoffice, _office_guard
from fusuan.model import ReadError
from tests.office import needs_writer
from tests.test_docs import ROOT

needs_posix = pytest.mark.skipif(os.name == "nt", reason="no such signals there")
ODT = """<?xml version="1.0"?><office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:text><text:p>支出12.5万元
<draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="as-char"><draw:image xlink:href="http://127.0.0.1:{0}/a.png"
 xlink:type="simple"/></draw:frame></text:p><text:section text:name="s"><text:section-source
 xlink:href="http://127.0.0.1:{0}/b.odt"/><text:p>甲</text:p></text:section></office:text></office:body></office:document>"""


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """Listen on this machine; yield the port, and what was asked for."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, seen
    server.shutdown()
    server.server_close()


@needs_writer
def test_nothing_a_file_links_to_is_fetched(tmp_path: Path, asked: tuple[int, list[str]]) -> None:
    port, seen = asked
    path = tmp_path / "a.fodt"
    path.write_text(ODT.format(port), encoding="utf-8")
    assert _libreoffice.converted(File(path), ".fodt", "docx").read_bytes().startswith(b"PK")
    assert not seen


@needs_writer
def test_what_it_cannot_open_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(b"PK\3\4 and no more")
    with pytest.raises(ReadError) as caught:
        _libreoffice.converted(File(path), ".odt", "docx")
    assert caught.value.code == "damaged"


def rtf(text: str) -> str:
    return "{\\rtf1\\ansi " + "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text) + "\\par}"


@needs_writer
@needs_posix
def test_the_files_of_a_folder_are_converted_in_one_call(tmp_path: Path) -> None:
    folder, shim, calls = tmp_path / "来件", tmp_path / "bin" / "soffice", tmp_path / "calls"
    folder.mkdir()
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$#" >> "{calls}"\nexec "{_libreoffice.program()}" "$@"\n')
    shim.chmod(0o755)
    for name in "甲乙丙丁":
        said = f"{name}局2023年度支出合计420.50万元，其中：基本支出310.20万元，项目支出110.30万元。"
        (folder / f"{name}.rtf").write_text(rtf(said) if name != "丙" else "{\\rtf1 \\object\\objdata" + "zz" * 999)
    (folder / "坏.odt").write_bytes(b"PK\3\4 and no more")
    done = subprocess.run([sys.executable, str(ROOT / "cli.py"), "batch", str(folder), "-o", str(tmp_path / "a.xlsx"), "--jsonl",
                           str(tmp_path / "a.jsonl"), "--jobs", "1"], capture_output=True, check=False,
                          env={**os.environ, "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}", "TMPDIR": str(tmp_path)})
    results = {Path(result["file"]["path"]).name: result for result in map(json.loads, (tmp_path / "a.jsonl").read_text("utf-8").splitlines())}
    assert done.returncode == 2, done.stderr
    assert {name: results[f"{name}.rtf"]["status"] for name in "甲乙丁"} == dict.fromkeys("甲乙丁", "checked")
    assert results["坏.odt"]["status"] == "failed"
    assert len(calls.read_text().split()) <= 3  # all together, then by itself what did not come of it
    assert not list(tmp_path.glob("fusuan-*"))


def started(folder: Path, command: list[str], seconds: float) -> subprocess.Popen[str]:
    """Start a guard and give it an order."""
    guard = subprocess.Popen([sys.executable, "-I", "-S", str(_office_guard.__file__), str(folder)], text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert guard.stdin is not None
    guard.stdin.write(json.dumps({"command": command, "seconds": seconds}) + "\n")
    guard.stdin.flush()
    return guard


def lasting(folder: Path) -> list[str]:
    """Return a program that starts another, as LibreOffice's launcher does, and writes down who they are."""
    inner = f"import os,time; open({str(folder / 'inner')!r},'w').write(str(os.getpid())); time.sleep(60)"
    return [sys.executable, "-c", f"import subprocess,sys; subprocess.call([sys.executable,'-c',{inner!r}])"]


def ended(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


def appeared(path: Path) -> int:
    for _ in range(200):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError(path)


@needs_posix
def test_it_ends_with_whoever_wanted_it(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    guard = started(folder, lasting(tmp_path), 60)
    inner = appeared(tmp_path / "inner")
    assert guard.stdin is not None
    guard.stdin.close()  # as happens when the process that holds the pipe is killed
    assert guard.wait(20) == 0
    assert ended(inner)
    assert not folder.exists()


@needs_posix
def test_it_ends_when_its_time_is_over(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    guard = started(folder, lasting(tmp_path), 1.5)
    assert guard.stdout is not None
    assert guard.stdout.readline() == "late\n"
    assert ended(appeared(tmp_path / "inner"))
    assert folder.exists()
    guard.communicate()
    assert not folder.exists()


@needs_writer
@needs_posix
def test_a_killed_process_leaves_no_office_and_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text("{\\rtf1 12.5}")
    said = (f"import sys; sys.path[:0] = {sys.path!r}\nfrom fusuan.extract import File, _libreoffice as o\n"
            f"from pathlib import Path\no.converted(File(Path({str(tmp_path / 'a.rtf')!r})), '.rtf', 'docx')\n"
            "office = o._office(__import__('os').getpid())\nprint(office.folder, office._guard.pid, flush=True)\ninput()")
    process = subprocess.Popen([sys.executable, "-c", said], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "TMPDIR": str(tmp_path)})
    assert process.stdout is not None
    folder, guard = process.stdout.readline().split()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert ended(int(guard))
    assert not Path(folder).exists()
