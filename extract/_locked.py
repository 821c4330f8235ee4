"""What is locked with a password: opened with those that were given, or said to need one."""

from __future__ import annotations

import io
from typing import Any

from fusuan.extract._file import File
from fusuan.model import ReadError

_USUAL = "VelvetSweatshop"
"""What Excel locks a workbook with that is protected against writing alone: it opens without being asked for it."""


def locked(file: File) -> ReadError:
    """Say that a file needs a password, or another one than was given."""
    if file.passwords:
        return ReadError("encrypted", f"密码不对：{file.name}。请核对 --password 给出的密码，或用原软件去除密码并另存后再试")
    return ReadError("encrypted", f"文件设有打开密码：{file.name}。请用 --password 给出密码，或用原软件去除密码并另存后再试")


def unlocked(file: File) -> File:
    """Return an office file as it is under its lock; raises ReadError encrypted where no password fits."""
    for password in (_USUAL, *file.passwords):
        data = _opened(file, password)
        if data is not None:
            return file.holding(data)
    raise locked(file)


def _opened(file: File, password: str) -> bytes | None:
    """Return what a password opens; None where it does not, whatever the library stumbles over."""
    from msoffcrypto import OfficeFile

    out = io.BytesIO()
    with file.open() as stream:
        try:
            office: Any = OfficeFile(stream)
            office.load_key(password=password, **_strictly(office))
            office.decrypt(out)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001
            return None
    return out.getvalue() or None


def _strictly(office: Any) -> dict[str, bool]:
    """A password is held against the file where the format can (the newer ones): a wrong one gives no gibberish then."""
    return {"verify_password": True} if office.format == "ooxml" else {}
