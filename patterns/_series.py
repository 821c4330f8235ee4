"""Interleaved series: n names and n values, and what is said of each in turn.

收入、支出总计分别为A、B万元，较上年分别减少C、D万元，下降E%、F%: the values belong to the names by their order.

>>> def shown(text):
...     return [(s.figure.text, s.role, s.name, s.rank) for s in ranked(said_in(Text.of(Paragraph(text, Place()))))]
>>> shown("收入、支出总计分别为31万元、30万元，较上年分别减少1万元、2万元，下降3%、6%")[:3]
[('31万元', 'amount', '收入', 0), ('30万元', 'amount', '支出', 1), ('1万元', 'delta', '', 0)]
>>> shown("甲镇和乙镇各为3万元、5万元")
[('3万元', 'amount', '甲镇', 0), ('5万元', 'amount', '乙镇', 1)]
>>> shown("中央和地方共计64万元，前者48万元，后者16万元")[1:]
[('48万元', 'amount', '前者', None), ('16万元', 'amount', '后者', None)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Paragraph, Place
from fusuan.patterns._report import Text
from fusuan.patterns._said import Said, clean, said_in

__all__ = ["Paragraph", "Place", "Text", "ranked", "said_in"]

_BARE = regex.compile(r"\s*[、,和及与]?\s*")
_NAMES = regex.compile(
    r"(?P<names>[^;。:\n()]{2,80}?)(?:数|额)?(?:分别|各)?(?:为|是|达到?|完成|实现|安排|支出|支付|下达|增加|投入|共)*$")
_EACH = regex.compile(r"分别|各为|各是")
_PARTING = regex.compile(r"、|以及|和|及|与")
_FIRM = regex.compile(r"、|以及|,")
_WEAK = regex.compile(r"、|和|及|与|,")
_ENDINGS = ("决算数", "预算数", "决算", "预算", "支出", "收入", "补助", "资金", "经费", "总额")


def ranked(found: Sequence[Said]) -> tuple[Said, ...]:
    """Give the figures of a paragraph that stand in series their rank, and those of a named series their names."""
    done: list[Said] = []
    size = 0
    for group in _groups(found):
        names = _names(group[0], len(group)) if len(group) > 1 else []
        if names:
            size = len(group)
            done += [replace(s, name=name, rank=rank, of=size, role="amount", opens=rank == 0)
                     for rank, (s, name) in enumerate(zip(group, names, strict=True))]
        elif len(group) > 1 and (_EACH.search(group[0].pre) or len(group) == size and group[0].role != "amount"):
            first = group[0]
            kept = first.name if first.role in ("share", "rate", "completion") else ""
            done += [replace(s, name=kept, rank=rank, of=len(group), role=first.role, falls=first.falls, against=first.against,
                             pre=first.pre) for rank, s in enumerate(group)]
        else:
            if "。" in group[0].gap or "\n" in group[0].gap or len(group) > 1:
                size = 0
            # 增长9%,7%: of which two things is not told
            unclear = len(group) > 1 and group[0].role in ("growth", "delta")
            done += [replace(s, role="other") for s in group] if unclear else group
    return tuple(done)


def _groups(found: Sequence[Said]) -> Iterator[list[Said]]:
    """Runs of figures with nothing but a comma between them, of one unit (the last may print it for all)."""
    run: list[Said] = []
    for said in found:
        bare = run and _BARE.fullmatch(said.gap) and said.gap.strip() and len(run) < 12
        if bare and (said.figure.unit == run[-1].figure.unit or not run[-1].figure.unit):
            run.append(said)
            continue
        if run:
            yield _one_unit(run)
        run = [said]
    if run:
        yield _one_unit(run)


def _one_unit(run: list[Said]) -> list[Said]:
    """312、298万元: the unit at the end is that of all."""
    unit = run[-1].figure.unit
    return [s if s.figure.unit == unit else replace(s, figure=replace(s.figure, unit=unit)) for s in run]


def _names(first: Said, count: int) -> list[str]:
    """The names before a series of values, when there are as many."""
    clause = regex.split(r"[;。:\n()!]", first.gap)[-1].rstrip()
    for words in (clause.rpartition(",")[2], clause):
        if not (match := _NAMES.search(words)):
            continue
        if not _EACH.search(words) and not regex.search(r"(?:为|是|达到?)$", words):
            continue
        for parting in (_PARTING, _FIRM, _WEAK):
            names = [clean(name) for name in parting.split(match["names"].replace("分别", "").strip())]
            if len(names) == count and all(2 <= len(name) <= 30 for name in names):
                return _shared(names)
    return []


def _shared(names: list[str]) -> list[str]:
    """收入、支出总计: the ending of the last name is that of all."""
    ending = next((e for e in _ENDINGS if names[-1].endswith(e) and len(names[-1]) > len(e)), "")
    if ending and not any(name.endswith(_ENDINGS[:4]) for name in names[:-1]):
        return [name if name.endswith(ending) else name + ending for name in names[:-1]] + names[-1:]
    return names
