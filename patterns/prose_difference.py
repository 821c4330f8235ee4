"""文中两数之差：资产 − 负债 = 净资产，送审 − 审定 = 核减，预算 − 合同价 = 节约，限额 − 余额 = 空间，应收 − 实收 = 少收。

按名称在同一句或前文就近寻找两数；三者同句且各只有一个的，合不上即判不符，其余只在明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]], s.guess) for s in find(Report(document))]
>>> found("年末资产总额86.4亿元，负债总额51.9亿元，净资产34.5亿元，资产负债率60.1%。")
[('34.5亿元', ['86.4亿元', '51.9亿元'], False)]
>>> found("送审造价312.40万元，审定造价298.15万元，核减14.25万元。")
[('14.25万元', ['312.40万元', '298.15万元'], False)]
>>> found("固定资产86.4万元，较上年减少3.1万元，负债12万元。")
[]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import Entry
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report

# against another year, no difference of the two amounts named
_COMPARED = regex.compile(r"上年|去年|同期|同比|上一年|(?:19|20)[0-9]{2}年(?:同期|相比|的)")


@dataclass(frozen=True, slots=True)
class Difference:
    """The names of two amounts and of what is left between them; `apart` must stand in neither of the two."""

    more: regex.Pattern[str]
    less: regex.Pattern[str]
    rest: regex.Pattern[str]
    apart: regex.Pattern[str] | None
    after: bool


@cache
def _differences() -> tuple[Difference, ...]:
    table = tomllib.loads((files("fusuan.patterns") / "_differences.toml").read_text(encoding="utf-8"))
    return tuple(Difference(regex.compile(entry["more"]), regex.compile(entry["less"]), regex.compile(entry["rest"]),
                            regex.compile(entry["apart"]) if "apart" in entry else None, entry.get("after", False))
                 for entry in table["difference"])


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = [e for e in prose.ledger if e.figure.dimension == "money"]
        for index, entry in enumerate(lines):
            for difference in _differences():
                if entry.said.role in ("amount", "delta") and not _COMPARED.search(entry.phrase) and difference.rest.search(entry.words.strip()):
                    yield from _between(prose, lines, index, difference)
                    break


def _is(entry: Entry, pattern: regex.Pattern[str], difference: Difference) -> bool:
    words = entry.words.strip()
    return bool(pattern.search(words)) and not (difference.apart and difference.apart.search(words))


def _between(prose: Prose, lines: Sequence[Entry], index: int, difference: Difference) -> Iterator[Statement]:
    """The nearest two amounts of these names before; the rest may also stand ahead of one or both."""
    rest = lines[index]
    start = next((n + 1 for n in range(index - 1, max(-1, index - 25), -1) if difference.rest.search(lines[n].words.strip())), 0)
    before = [e for e in lines[max(start, index - 24):index] if rest.text - e.text <= 3
              and e.item.depth <= rest.item.depth]
    after = [e for e in lines[index + 1:index + 12] if e.sentence == rest.sentence or difference.after and e.text - rest.text <= 3]
    less = _named(before, rest, difference.less, difference) or _named(after, rest, difference.less, difference)
    more = [e for e in _named(before, rest, difference.more, difference) if e not in less[:1]] \
        or _named(after, rest, difference.more, difference)
    if not more or not less or more[0] is less[0]:
        return
    first = min(more[0], less[0], key=lambda e: e.at)
    here = [e for e in before if e.sentence == rest.sentence]
    sure = more[0] in here and less[0] in here and sum(e in here for e in more) == sum(e in here for e in less) == 1 \
        and len([e for e in here if e.said.role == "amount" and not e.inner]) == 2
    reading = Reading({"opening": (more[0].figure,), "outgo": (less[0].figure,)})
    yield Statement("balance", "balance", named(rest.said, rest.words or rest.item.name), (reading,),
                    prose.quote(first.said, rest.said), guess=not sure)


def _named(among: Sequence[Entry], rest: Entry, pattern: regex.Pattern[str], difference: Difference) -> list[Entry]:
    """The amounts of a name, the nearest before first; those of other sentences last, and among these the parts of lists."""
    return sorted((e for e in reversed(among) if _is(e, pattern, difference)),
                  key=lambda e: (e.sentence != rest.sentence, e.inner and e.sentence != rest.sentence))
