"""Whether a list of parts claims to be complete: by its wording, or because the field divides so."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

from fusuan.patterns._items import Item
from fusuan.patterns._list_parts import YEARLY, strength, style_of

_PARTIAL = regex.compile(r"等|主要(?!用于)|重点|例如|如:|譬如|…")
_CLOSING = regex.compile(r"其余|剩余|另有|此外|余下|其他")
PER_HEAD = regex.compile(r"[人户亩生车]均|平均|每[人户亩个辆名生次套台座]|单价|标准")


@cache
def _partitions() -> tuple[tuple[int, tuple[tuple[str, ...], ...]], ...]:
    table = tomllib.loads((files("fusuan.patterns") / "_partitions.toml").read_text(encoding="utf-8"))
    return tuple((entry.get("least", 2), tuple(tuple(m.split()) for m in entry["members"])) for entry in table["partition"])


def _member(name: str, words: tuple[str, ...]) -> bool:
    return all((w[1:] not in name) if w.startswith("!") else (w in name) for w in words)


def known(names: Sequence[str]) -> bool:
    """Tell whether these names divide something as the field does.

    >>> known(["税收收入", "非税收入"]), known(["教育支出", "农林水支出"]), known(["基本支出", "项目支出"])
    (True, False, True)
    """
    names = list(dict.fromkeys(names))
    for least, members in _partitions():
        hits = [next((n for n, words in enumerate(members) if _member(name, words)), None) for name in names]
        if None not in hits and len(set(hits)) >= least and len(set(hits)) >= min(2, len(members)):
            return True
    return False


def whole(parts: Sequence[Item], opened: str, total: Item | None) -> bool:
    """Tell whether a list claims to be complete."""
    if len(parts) < 2 or any(_PARTIAL.search(_own(item)) for item in parts) or upper_end([item.name for item in parts]):
        return False
    if regex.search(r"(?:包括|具体为|如下|分别为|分别是)$", opened) and all(style_of(item.lead) for item in parts) and len(parts) >= 3:
        return True
    # 其他 behind a stronger break closes the list outside this one
    inside = strength(parts[-1].lead) <= max(strength(parts[1].lead), 2)
    if "分别" in opened or [item.name for item in parts] == ["前者", "后者"] or inside and _CLOSING.match(parts[-1].name):
        return True
    if all(YEARLY.search(item.lead) and not item.name for item in parts):
        return True
    names = [item.name for item in parts]
    if len(parts) >= 3 and all(item.amount and not item.amount.pre.strip() and item.amount.post.startswith("用于") for item in parts[1:]):
        return True
    return known(names) or (total is not None and _kinds_of(total.name, names) and not _beyond(total, parts))


_GOOD = regex.compile(r"满意|优秀|良好|较好|合格|优良|达标")
_BAD = regex.compile(r"不(?:太|够)?满意|一般|不合格|较差|不达标|未|[差劣]|不了解|无所谓")


def upper_end(names: Sequence[str]) -> bool:
    """Tell whether parts are the good marks of a scale and no others: those that answered otherwise are left out.

    >>> upper_end(["满意", "基本满意"]), upper_end(["满意", "基本满意", "不满意"]), upper_end(["教育", "卫生"])
    (True, False, False)
    """
    return bool(names) and all(_GOOD.search(name) for name in names) and not any(_BAD.search(name) for name in names)


def _beyond(total: Item, parts: Sequence[Item]) -> bool:
    """Tell whether parts come to more than their total: kinds of one noun may overlap (刑事案件, 未成年人案件)."""
    added = sum(part.amount.figure.value for part in parts if part.amount)
    return total.amount is not None and added > total.amount.figure.value


def _kinds_of(total: str, names: Sequence[str]) -> bool:
    """Tell whether parts are named as the kinds of what the total counts.

    >>> _kinds_of("三级绩效指标", ["数量指标", "质量指标", "时效指标"]), _kinds_of("财政支出", ["教育支出", "卫生支出", "住房支出"])
    (True, False)
    """
    noun = names[0][-2:] if names else ""
    return len(names) >= 3 and len(noun) == 2 and noun in total and noun not in ("支出", "收入", "资金", "经费", "项目", "预算", "补助", "决算") \
        and all(name.endswith(noun) and name != total for name in names)


def _own(item: Item) -> str:
    post = item.amount.post if item.amount else ""
    return post[:4]
