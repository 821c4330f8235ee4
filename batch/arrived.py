"""收到了什么：文件夹里的每个文件、压缩包里的每份文件，内容相同的只核对一份。"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from fusuan.batch.gather import ARCHIVES, Found, Listing, gather, reports, why_not
from fusuan.batch.pool import Pool
from fusuan.batch.store import PASSING, Store, key_of
from fusuan.batch.work import listed, unlisted

LEFT = {"litter": "临时文件、系统文件", "own": "本程序写出的结果", "picture": "图片", "archive": "压缩包（内容各自核对）", "note": "网页、说明或模板",
        "format": "不可读取的格式", "folder": "没有进入的文件夹", "duplicate": "与其他文件完全相同", "twin": "同一报告的另一种格式", "skipped": "不是报告",
        "interrupted": "因中断尚未核对"}
"""Codes of what is left alone, in words; any other tells of a file that could not be read."""


def arrived(folder: Path, suffixes: Collection[str], but: Collection[Path], pool: Pool, store: Store) -> list[Found]:
    """Return every file in natural order, with its hash, the files in archives behind their archive."""
    met = gather(folder, suffixes, but)
    if pool.loading and not store.known():  # all of it is to be checked: workers make ready meanwhile
        pool.start(sum(not item.code for item in met))
    items = list(_told_apart(replace(item, sha256=_sha256(item.path)) for item in met))
    packed = [item for item in items if not item.code and item.suffix in ARCHIVES]
    found = _listings(packed, suffixes, pool, store)
    inside = {item.shown: list(_members(item, found[item.shown], reports(suffixes))) for item in packed if item.shown in found}
    return list(_told_apart(one for item in items for one in inside.get(item.shown, [item])))


def _is_archive(path: Path) -> bool:
    from fusuan.extract import is_archive

    return is_archive(path)


def _listings(packed: list[Found], suffixes: Collection[str], pool: Pool, store: Store) -> dict[str, Listing]:
    """Say of each that is an archive what is in it: what the store knows, by its content, is not opened again."""
    readable = " ".join(sorted(suffixes))
    keys = {item.shown: key_of(item.sha256, {"name": item.name, "readable": readable}, item.suffix) for item in packed}
    known: dict[str, Listing] = {item.shown: listing for item in packed if (listing := store.listing(keys[item.shown])) is not None}
    rest = [item for item in packed if item.shown not in known and _is_archive(item.path)]
    for number, listing in pool.settled(rest, partial(listed, passwords=pool.limits.passwords), unlisted):
        shown = rest[number].shown
        known[shown] = listing
        if not any(error in PASSING for _, _, _, error, _ in listing):
            store.keep_listing(keys[shown], listing)
    return known


def _members(archive: Found, listing: Iterable[tuple[str, int, str, str, str]], wanted: Collection[str]) -> Iterator[Found]:
    """Yield the archive, then what is in it."""
    from natsort import natsort_keygen, ns

    inside = []
    code, why = "archive", ""
    for number, (name, size, sha256, error, message) in enumerate(listing):
        if name == archive.name:  # the archive itself, which could not be opened (any further)
            code, why = error, message
            continue
        left = why_not(PurePosixPath(name), wanted) if error == "skipped" else (error, message)
        inside.append(replace(archive, shown=str(PurePosixPath(archive.shown).parent / name), size=size, sha256=sha256, member=number,
                              code=left[0] or error, skip=left[1] or message))
    yield replace(archive, code=code, skip=why or f"压缩包，内有 {len(inside)} 个文件，各自核对")
    yield from sorted(inside, key=lambda item: natsort_keygen(alg=ns.PATH | ns.IGNORECASE)(item.shown))


def _told_apart(items: Iterable[Found]) -> Iterator[Found]:
    """Of identical files only the first is to be checked."""
    first: dict[tuple[str, str], str] = {}
    for item in items:
        known = first.setdefault((item.sha256, item.suffix), item.shown) if item.sha256 and not item.code else item.shown
        yield item if known == item.shown else replace(item, code="duplicate", skip=f"与“{known}”完全相同（SHA-256 一致），只核对一份")


def _sha256(path: Path) -> str:
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
