"""文中多项并列：总数与各分项都写明几样数（预算、支出、个数、核减额、结余……），各样分别相加。

各分项写明的同一样数之和，与总数句中同名的数核对；有一个分项没有写这样数的，不核对。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in find(Report(document))]
>>> found("年初预算指标25亿元，已支出11亿元。其中：基本支出指标10亿元，支出5亿元；项目支出指标15亿元，支出6亿元。")
[('25亿元', ['10亿元', '15亿元']), ('11亿元', ['5亿元', '6亿元'])]
>>> found("两项基金总收入50万元，总支出40万元。", "1.养老基金收入30万元，支出26万元。", "2.失业基金收入20万元，支出14万元。")
[('50万元', ['30万元', '20万元']), ('40万元', ['26万元', '14万元'])]
>>> found("全年预算25亿元，其中基本支出10亿元，项目支出15亿元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from model import Reading, Statement
from patterns._items import Item
from patterns._list_parts import Split, opening_of, priced, strength, style_of
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import Said

_MEASURE = regex.compile(
    r"(?P<what>支出|收入|结余|缺口|核减|审减|送审|审定|指标|预算|执行|拨付|下达|到位|投资|补助|增收|减收|追加|调增|调减|发放|兑付|收回|资产|负债|"
    r"利润|任务|面积)(?=[^,;。:]{0,6}$)")
_CLOSES = regex.compile(r"(?:^|[。\n;])\s?(?:以上|上述|合计|共计|总计)[^,;。]*$")
_DONE = {"执行": "支出", "拨付": "支出", "预算": "指标", "审减": "核减"}
_MOST = 40
_AS_FOLLOWS = regex.compile(r"情况(?:为|如下)?:?$")
_ASIDE = regex.compile(r"\([^()]*\)")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for heads in _runs(prose):
            yield from _added(prose, heads)
        for split in prose.splits:
            yield from _other_kind(prose, split)


def _runs(prose: Prose) -> Iterator[list[int]]:
    """The first items of the parts of each list: those parted by semicolons behind 其中, and numbered paragraphs."""
    items = prose.items
    for index, item in enumerate(items):
        if "其中" in item.lead or _AS_FOLLOWS.search(opening_of(item)):
            heads = [index, *(n for n in range(index + 1, min(len(items), index + _MOST))
                              if items[n].sentence == item.sentence and items[n].depth == item.depth and ";" in items[n].lead)]
            if len(heads) > 1:
                yield heads
        style = style_of(item.lead) if "\n" in item.lead else ""
        if style and index and not style_of(items[index - 1].lead) == style:
            heads = [n for n in range(index, min(len(items), index + 4 * _MOST))
                     if "\n" in items[n].lead and style_of(items[n].lead) == style and items[n].depth == 0]
            if len(heads) > 1 and all(b > a + 1 for a, b in zip(heads, heads[1:], strict=False)):
                yield heads


def _added(prose: Prose, heads: Sequence[int]) -> Iterator[Statement]:
    items = prose.items
    first = items[heads[0]]
    last = _end(items, heads)
    over = [i for i in items[max(0, heads[0] - 8):heads[0]] if first.sentence - i.sentence <= 2 and first.text - i.text <= 2
            and i.depth == first.depth]
    if last < len(items) and _CLOSES.search(items[last].lead):
        over = [i for i in items[last:last + 8] if i.sentence == items[last].sentence]
    parts = [_measures(items[a:b]) for a, b in zip(heads, [*heads[1:], last], strict=True)]
    for (role, dimension, what), said in _measures(over).items():
        chosen = [part.get((role, dimension, what)) or part.get((role, dimension, "")) for part in parts]
        figures = [s for s in chosen if s is not None]
        if len(figures) == len(parts) and len({what for part in parts for _, _, what in part}) > 1:
            name = next(i.name for i in over if said in i.said) or what
            yield Statement("parts", "sum", named(said, name),
                            (Reading({"parts": tuple(named(s, s.name) for s in figures)}),), prose.quote(said, figures[-1]), guess=True)


def _other_kind(prose: Prose, split: Split) -> Iterator[Statement]:
    """债券10亿元,支持项目5个,其中甲2个4亿元、乙3个6亿元: the parts tell a second kind of thing, and so does what stands
    before the total.
    """
    parts = split.lists[0] if split.lists else ()
    place = prose.places[id(split.total)]
    kinds = {s.figure.dimension for s in split.total.amounts}
    before = [s for i in prose.items[max(0, place - 3):place] if split.total.sentence - i.sentence <= 1 and i.depth == split.total.depth
              for s in i.amounts if s.figure.dimension not in kinds]
    for said in before[::-1][:1]:
        chosen = [[s for s in part.amounts if s.figure.dimension == said.figure.dimension] for part in parts]
        if len(parts) >= 2 and all(len(c) == 1 for c in chosen):
            figures = tuple(named(c[0], part.name) for c, part in zip(chosen, parts, strict=True))
            yield Statement("parts", "sum", named(said, said.name), (Reading({"parts": figures}),), prose.quote(said, chosen[-1][0]), guess=True)


def _end(items: Sequence[Item], heads: Sequence[int]) -> int:
    """Where the last part ends: with its sentence, or with its paragraph where the parts are paragraphs."""
    last = items[heads[-1]]
    whole = "\n" in last.lead and strength(last.lead) >= 5
    end = heads[-1] + 1
    while end < len(items) and end < heads[-1] + _MOST and (items[end].text == last.text if whole else items[end].sentence == last.sentence):
        end += 1
    return end


def _measures(items: Sequence[Item]) -> dict[tuple[str, str, str], Said]:
    """What is said in a stretch, by its role, its kind and the word for what it measures; the first of each."""
    found: dict[tuple[str, str, str], Said] = {}
    for item in items:
        for said in item.of("amount", "delta"):
            words = _ASIDE.sub("", said.pre.strip())
            told = [m["what"] for m in _MEASURE.finditer(words)]
            what = _DONE.get(told[-1], told[-1]) if told else ("" if said.figure.dimension != "money" else None)
            if what is not None and item.depth == items[0].depth:
                found.setdefault((said.role, said.figure.dimension, what), said)
                if said.figure.dimension != "money":
                    # the first count of a part is what it counts, whatever else its words name (受理执行案件2778件)
                    found.setdefault((said.role, said.figure.dimension, ""), said)
    money = [s for i in items for s in i.money if i.depth == items[0].depth and not priced(i)]
    if len(money) == 1:
        found.setdefault(("amount", "money", ""), money[0])
    return found
