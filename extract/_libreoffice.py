"""LibreOffice, where it is installed: turns old formats into ones that are read here."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fusuan.extract import _office_guard
from fusuan.extract._file import File
from fusuan.model import ReadError

_USUAL = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe",
          r"C:\Program Files (x86)\LibreOffice\program\soffice.exe")
SECONDS = 180
"""How long one call may take."""
CONVERTED = "FUSUAN_CONVERTED"
"""The variable that names the folder of files that were converted beforehand: the worker that reads them is another process."""
_NOWHERE = "127.0.0.1"
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    *(("Inet/Settings", f"ooInet{kind}Proxy{what}", value) for kind in ("HTTP", "HTTPS", "FTP")
      for what, value in (("Name", _NOWHERE), ("Port", "9"))),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""Nothing a file links to is fetched (and what would be goes to a proxy that is not there), no macro runs."""


def program() -> str | None:
    """Return where LibreOffice is; None where it is not."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in _USUAL if Path(path).is_file()), None)


def converted(file: File, kind: str, target: str) -> File:
    """Return `file` (whose content is of `kind`, ".doc") in the format `target` ("docx"), maybe as it was converted beforehand.

    Raises ReadError needs_libreoffice, damaged, or too_large where it takes too long.
    """
    soffice = program()
    if soffice is None:
        raise ReadError("needs_libreoffice", f"读取 {kind} 格式需要 LibreOffice：{file.name}。请安装 LibreOffice"
                        f"{'（或执行 pip install msdoc2docx）' if kind in ('.doc', '.wps') else ''}，或用 Word、WPS 把文件另存为 .{target} 后再试")
    if beforehand := _beforehand(file.read_bytes(), target):
        return file.holding(beforehand.read_bytes())
    office = _office(os.getpid())
    source, result = office.folder / f"in{kind}", office.folder / "out" / f"in.{target}"
    source.write_bytes(file.read_bytes())
    try:
        if not office.convert(soffice, target, [source]):
            raise ReadError("too_large", f"LibreOffice 转换超过 {SECONDS} 秒：{file.name}。请用原软件另存为新格式后再试")
        return file.holding(result.read_bytes())
    except FileNotFoundError as error:
        raise ReadError("damaged", f"LibreOffice 打不开这个文件：{file.name}。文件可能已损坏或设有密码，"
                        f"请用原软件打开并另存为 .{target} 后再试") from error
    finally:
        source.unlink(missing_ok=True)
        result.unlink(missing_ok=True)


def convert_together(wanted: Sequence[tuple[File, str, str]], folder: Path) -> None:
    """Convert files, each with its kind and target, in one call a target, and lay what comes of them into `folder`.

    Starting LibreOffice takes four times as long as a file does. What does not come of it (one file may end the call for all that
    follow) is converted by itself when it is read.
    """
    soffice = program()
    if soffice is None:
        return
    office = _office(os.getpid())
    for target in {target for _, _, target in wanted}:
        named = {_name(data, kind): data for file, kind, to in wanted if to == target for data in [file.read_bytes()]}
        sources = [office.folder / name for name in named]
        for source, data in zip(sources, named.values(), strict=True):
            source.write_bytes(data)
        office.convert(soffice, target, sources)
        for source in sources:
            source.unlink()
            result = office.folder / "out" / f"{source.stem}.{target}"
            if zipfile.is_zipfile(result):  # else it was written in part
                shutil.move(result, folder / result.name)


def _name(data: bytes, suffix: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()}{suffix}"


def _beforehand(data: bytes, target: str) -> Path | None:
    """Return where a file lies that was converted together with others, if it was."""
    folder = os.environ.get(CONVERTED)
    path = Path(folder, _name(data, f".{target}")) if folder else None
    return path if path is not None and path.is_file() else None


class _Office:
    """The folder that LibreOffice works in, and the process that runs it and tidies up after this one."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fusuan-office-"))
        profile = self.folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        self._guard = subprocess.Popen([sys.executable, "-I", "-S", str(_office_guard.__file__), str(self.folder)],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, encoding="utf-8", start_new_session=True)

    def convert(self, soffice: str, target: str, sources: Sequence[Path]) -> bool:
        """Convert into the folder "out" beside; tell whether it came to its end in time."""
        assert self._guard.stdin is not None and self._guard.stdout is not None
        command = [soffice, f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
                   "--nodefault", "--convert-to", target, "--outdir", str(self.folder / "out"), *map(str, sources)]
        self._guard.stdin.write(json.dumps({"command": command, "seconds": SECONDS}) + "\n")
        self._guard.stdin.flush()
        return self._guard.stdout.readline().strip() != "late"


@cache
def _office(process: int) -> _Office:
    """Return the office of this process: two LibreOffices on one folder turn each other away."""
    return _Office()


def _registry() -> str:
    """Return the settings as LibreOffice keeps them."""
    items = "".join(f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
                    "</prop></item>" for path, name, value in _SETTINGS)
    return ('<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
            f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>')
