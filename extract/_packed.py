"""What the readers of archives share: how much may be unpacked, and how members are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fusuan.extract._file import File
from fusuan.model import ReadError

Got = bytes | ReadError | None
"""The bytes of a member, why there are none, or None where it was not wanted."""
Wanted = Callable[[str], bool]
Unpacked = Iterator[tuple[str, Got]]

MOST_MEMBERS = 10_000
MOST_ONE = 256 << 20
"""Bytes of one member: the largest report measured has 60 MB."""
MOST_ALL = 4 << 30
"""Bytes of all members together, those of archives within the archive among them."""
MOST_RATIO = 1000
_SMALL = 16 << 20
_AWAY = re.compile(r"^[A-Za-z]:|[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked of one archive."""

    members: int = MOST_MEMBERS
    left: int = MOST_ALL

    def count(self, file: File) -> None:
        """Take one member more; raise ReadError where there are too many."""
        self.members -= 1
        if self.members < 0:
            raise ReadError("too_large", f"压缩包里的文件超过 {MOST_MEMBERS} 个：{file.name}。请分批打包后再试")

    def take(self, size: int, file: File) -> None:
        """Take what was unpacked; raise ReadError where all of it comes to too much."""
        self.left -= size
        if self.left < 0:
            raise ReadError("too_large", f"压缩包解开后超过 {MOST_ALL >> 30} GB：{file.name}。请分批打包后再试")


def too_large(name: str, size: int, packed: int) -> ReadError | None:
    """Say that a member is too large, or packed suspiciously well (office files pack 5 to 40 times, zeros 1,000)."""
    if size > MOST_ONE:
        return ReadError("too_large", f"压缩包里的文件超过 {MOST_ONE >> 20} MB：{name}。请单独解压后核对")
    if size > _SMALL and size > MOST_RATIO * max(packed, 1):
        return ReadError("too_large", f"解压后过大，疑似异常压缩文件：{name}。请核实后单独解压再试")
    return None


def named(name: str) -> str:
    """Return the name of a member as a plain path below the archive: it is shown, never opened.

    >>> named("..\\\\甲\\\\./自评表.docx"), named("C:/a.txt")
    ('甲/自评表.docx', 'a.txt')
    """
    parts = _AWAY.sub("", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def decoded(raw: bytes) -> str:
    """Return a name written without telling its encoding: UTF-8 if it is that, else GBK, which Windows writes in China.

    >>> decoded("自评表".encode("gbk")), decoded("自评表".encode())
    ('自评表', '自评表')
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
