"""LibreOffice, where it is installed: turns old formats into ones that are read here."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from fusuan.extract._file import File
from fusuan.model import ReadError

_USUAL = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe",
          r"C:\Program Files (x86)\LibreOffice\program\soffice.exe")
SECONDS = 180
"""How long one file may take."""


def program() -> str | None:
    """Return where LibreOffice is; None where it is not."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in _USUAL if Path(path).is_file()), None)


def converted(file: File, kind: str, target: str) -> File:
    """Return `file` (whose content is of `kind`, ".doc") in the format `target` ("docx").

    Raises ReadError needs_libreoffice, damaged, or too_large where it takes too long.
    """
    soffice = program()
    if soffice is None:
        raise ReadError("needs_libreoffice", f"读取 {kind} 格式需要 LibreOffice：{file.name}。请安装 LibreOffice"
                        f"{'（或执行 pip install msdoc2docx）' if kind in ('.doc', '.wps') else ''}，或用 Word、WPS 把文件另存为 .{target} 后再试")
    with tempfile.TemporaryDirectory(prefix="fusuan-") as folder:
        source = Path(folder, f"in{kind}")
        source.write_bytes(file.read_bytes())
        out = Path(folder, "out")
        _run([soffice, f"-env:UserInstallation={_profile(os.getpid()).as_uri()}", "--headless", "--norestore",
              "--nolockcheck", "--convert-to", target, "--outdir", str(out), str(source)], file.name)
        result = out / f"in.{target}"
        if not result.is_file():
            raise ReadError("damaged", f"LibreOffice 打不开这个文件：{file.name}。文件可能已损坏或设有密码，"
                            f"请用原软件打开并另存为 .{target} 后再试")
        return file.holding(result.read_bytes())


@cache
def _profile(process: int) -> Path:
    """Return the settings folder of this process: two LibreOffices on one folder turn each other away."""
    folder = tempfile.mkdtemp(prefix="fusuan-lo-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _run(command: list[str], name: str) -> None:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadError("too_large", f"LibreOffice 转换超过 {SECONDS} 秒：{name}。请用原软件另存为新格式后再试") from error
    finally:
        if process.poll() is None:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop it and what it started (its launcher leaves the office running otherwise)."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    process.wait()
