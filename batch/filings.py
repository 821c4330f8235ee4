"""What each file is: whose report it is, on which year and project, and what kind of document; and who filed nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from fusuan.batch import kinds
from fusuan.batch.gather import Found
from fusuan.batch.manifest import Entry
from fusuan.batch.trace import Trace
from fusuan.model import Source

_YEAR = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])")
_NUMBERED = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,4}[)）]?[-—_.、． ]+")
_UNIT = re.compile("[\u4e00-\u9fff（）()·]{2,24}?(?:局|委员会|委|办公室|办|中心|医院|大学|学院|中学|小学|学校|幼儿园|院|校|会|馆|站|所|支队|大队|队|部|厅|政府|社|处|台|团|街道|镇|乡|公司|农场|林场|法院|检察院)(?=\\Z|20|[0-9_—－. （(-]|部门|单位|整体|项目|绩效|自评)")
_ALIKE = 88


@dataclass(frozen=True, slots=True)
class Filing:
    """A file as a filing. `number` is its place in the batch; `trace` is what was taken down of it, None where it was not read.
    `stated` is the unit that the document itself names."""

    number: int
    item: Found
    key: str
    unit: str = ""
    project: str = ""
    year: str = ""
    kind: str = ""
    trace: Trace | None = None
    stated: str = ""


def filing(number: int, item: Found, key: str, source: Source | None, trace: Trace | None, entry: Entry | None) -> Filing:
    """Say what a file is: by the manifest, else by the document, else by its folder and name."""
    stem = PurePosixPath(item.shown).stem
    folder = _folder_unit(item.shown)
    stated = source.unit if source else ""
    unit = (entry.unit if entry else "") or folder or stated or _of_name(stem)
    project = (entry.project if entry else "") or (trace.project if trace else "")
    year = (source.year if source else "") or next(iter(_YEAR.findall(stem) or _YEAR.findall(item.shown)), "")
    kind = (trace.kind if trace else "") or kinds.kind("", (), item.name)
    return Filing(number, item, key, unit, project, year, kind, trace, stated)


def _folder_unit(shown: str) -> str:
    """Return the unit that the outermost folder is named for, its number taken off; empty where no folder is."""
    for part in PurePosixPath(shown).parts[:-1]:
        name = _NUMBERED.sub("", part.removesuffix(".zip").removesuffix(".rar").removesuffix(".7z")).strip()
        if (unit := _of_name(name)):
            return unit
    return ""


def _of_name(name: str) -> str:
    """Return the unit a file or folder is named for.

    >>> _of_name("甲县水务局2023年部门整体支出绩效自评报告"), _of_name("03 乙县教育局"), _of_name("自评报告")
    ('甲县水务局', '乙县教育局', '')
    """
    found = _UNIT.match(_NUMBERED.sub("", name))
    return found[0] if found else ""


def same(one: str, other: str) -> bool:
    """Tell whether two names are the same unit's: written out, shortened (甲县水务局, 水务局), or a character apart.

    >>> same("甲县水务局", "水务局"), same("甲县水务局", "甲县水利局"), same("甲县财政局", "乙县财政局")
    (True, False, False)
    """
    from rapidfuzz.fuzz import ratio

    one, other = (re.sub(r"[\s（）()]", "", name) for name in (one, other))
    short, long = sorted((one, other), key=len)
    if short and long.endswith(short) and len(short) >= 3:
        return True
    return len(short) == len(long) and len(short) >= 10 and ratio(one, other) >= _ALIKE + 4


def folder_units(filings: Iterable[Filing]) -> list[str]:
    """Return the units that folders are named for: each is expected to have filed something."""
    return list(dict.fromkeys(filter(None, (_folder_unit(one.item.shown) for one in filings))))


def silent(entries: Iterable[Entry], filings: Sequence[Filing], folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each unit (of the manifest, or with a folder of its own) of which no self-evaluation was checked, and what came instead."""
    came: dict[str, list[Filing]] = {}
    for one in filings:
        if one.unit:
            came.setdefault(one.unit, []).append(one)
    for unit in dict.fromkeys([*(entry.unit for entry in entries if entry.unit), *folders]):
        own = came.get(unit, []) or [f for name, fs in came.items() if same(name, unit) for f in fs]
        if not any(f.trace is not None and (f.kind in kinds.FILINGS or not f.kind) for f in own):
            yield unit, _instead(own)


def _instead(own: Sequence[Filing]) -> str:
    if not own:
        return "没有收到任何文件"
    counts: Mapping[str, int] = {what: sum(_what(f) == what for f in own) for what in dict.fromkeys(map(_what, own))}
    return "只收到 " + "、".join(f"{what} {count} 个" for what, count in counts.items())


def _what(one: Filing) -> str:
    if one.trace is not None:
        return one.kind or "文件"
    return {"picture": "图片", "archive": "压缩包", "duplicate": "重复文件", "folder": "文件夹"}.get(one.item.code, "读不出的文件")
