"""The file that an audit is of, on disk or in an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from fusuan.extract import File, Member, is_archive, members
from fusuan.model import ReadError, Source

Open = Callable[[Source], File]


def opened(source: Source) -> File:
    """Return the file at the path of an audit's source; one in an archive is unpacked into memory."""
    return opener()(source)


def opener() -> Open:
    """Return what opens file after file: those of one archive in their order cost no more than unpacking it once."""
    held: Archive | None = None

    def open_(source: Source) -> File:
        nonlocal held
        path = Path(source.path)
        if path.is_file():
            return File(path)
        archive = next((above for above in path.parents if above.is_file()), None)
        if archive is None or not is_archive(archive):
            return File(path)  # which says that there is none
        if held is None or held.path != archive:
            held = Archive(archive)
        return held.file(path.relative_to(archive.parent).as_posix())

    return open_


class Archive:
    """The members of an archive, taken one after another, and once more from the start where one is asked for again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rest: Iterator[Member] = iter(())

    def file(self, name: str) -> File:
        for rest in (self._rest, members(self.path)):
            self._rest = rest
            for member in rest:
                if member.name == name and member.data is not None:
                    return File(member.name, member.data, member.passwords)
        raise ReadError("missing", f"压缩包里找不到这份文件：{name}。请核对压缩包是否已被替换")
