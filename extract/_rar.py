"""The members of a .rar, by rars where it is installed."""

from __future__ import annotations

from typing import Any

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._packed import MOST_MEMBERS, MOST_ONE, Budget, Got, Unpacked, Wanted, decoded, named, too_large
from fusuan.model import ReadError

_MOST = 512 << 20


def unpacked(file: File, budget: Budget, wanted: Wanted) -> Unpacked:
    """Yield the name of each member and what was got of it."""
    file.within(_MOST, ".rar 压缩包")
    archive, password = _opened(file)
    entries = [(entry, named(_name(entry))) for entry in archive.infolist() if not entry.is_dir()]
    ready = _together(archive, [entry for entry, name in entries if wanted(name)], password)
    for entry, name in entries:
        if not name:
            continue
        budget.count(file)
        got: Got = ready.get(entry.member_index)
        if got is None and wanted(name):
            got = _member(archive, entry, File(f"{file.name}/{name}", b"", file.passwords), password)
        if isinstance(got, bytes):
            budget.take(len(got), file)
        yield name, got


def _opened(file: File) -> tuple[Any, str | None]:
    """Return the archive and the password that opens its list of members (None where none is needed)."""
    try:
        import rars
    except ImportError as error:
        raise ReadError("needs_library", f"读取 .rar 需要 rars：{file.name}。请执行 pip install \"fusuan[archives]\"，或解压后再试") from error
    data = file.read_bytes()
    for password in (None, *file.passwords):
        try:
            return rars.RarFile.from_bytes(data, password=password, options=_limits()), password
        except (rars.PasswordRequired, rars.BadPassword):
            continue
        except rars.UnsupportedRarFeature as error:
            raise ReadError("unknown_format", f"这种 .rar（如分卷）尚不能读取：{file.name}。请解压后再试") from error
        except Exception as error:
            raise _damaged(file) from error
    raise locked(file)


def _limits() -> Any:
    import rars

    return rars.ReadOptions(max_member_output_bytes=MOST_ONE, max_total_output_bytes=2 * MOST_ONE,
                            max_reader_workspace_bytes=MOST_ONE, max_header_count=2 * MOST_MEMBERS)


def _name(entry: Any) -> str:
    """Return the name of a member; old programs wrote it as bytes alone."""
    return decoded(bytes(entry.orig_filename_bytes)) if "\ufffd" in entry.filename else str(entry.filename)


def _together(archive: Any, entries: list[Any], password: str | None) -> dict[int, bytes]:
    """Return members that are packed as one stream, in one pass; none where they are not, or something is wrong."""
    if not any(entry.is_solid for entry in entries) or sum(entry.file_size for entry in entries) > MOST_ONE:
        return {}
    try:
        data = archive.read_many(entries, pwd=password)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001
        return {}
    return {entry.member_index: bytes(found) for entry, found in zip(entries, data, strict=True)}


def _member(archive: Any, entry: Any, member: File, password: str | None) -> Got:
    import rars

    if fault := too_large(member.name, entry.file_size, entry.compress_size):
        return fault
    if entry.is_split_before or entry.is_split_after:
        return ReadError("unknown_format", f"分卷压缩的文件不能单独读取：{member.name}。请合并解压后再试")
    for tried in dict.fromkeys((password, *member.passwords)):
        try:
            return bytes(archive.read(entry, pwd=tried))
        except (rars.PasswordRequired, rars.BadPassword):
            continue
        except Exception:  # noqa: BLE001
            return _damaged(member)
    return locked(member)


def _damaged(file: File) -> ReadError:
    return ReadError("damaged", f"压缩包不完整或已损坏：{file.name}。请重新打包或重新取得")
