"""The figures of consecutive paragraphs as items: a named amount with the changes, rates and shares said of it.

>>> from fusuan.model import Paragraph, Place
>>> text = Text.of(Paragraph("收入31840万元，完成预算78800万元的40.4%，比上年减收1395万元，下降4.2%。其中：税收收入9126万元", Place()))
>>> [(item.name, str(item.amount.figure.value), len(item.said)) for item in items_in((text,))]
[('收入', '31840', 5), ('税收收入', '9126', 1)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from fusuan.patterns._report import Text
from fusuan.patterns._said import Said, said_in
from fusuan.patterns.names.likeness import alike, basis_of, core, opposed

BASIS = regex.compile(
    r"^(?:(?:19|20)?[0-9]{2}年度?)?(?:年初|全年|本年|当年|年度|调整后?|年中|部门|财政|支出|收入|项目|实际|上年|资金|批复|总|其|该)*"
    r"(?:预算|决算|执行|调整|计划|概算|目标|到位|支出|拨付|支付|完成|投资|使用|收入)"
    r"(?:数|额|支出|收入|资金|安排|批复|总额|完成|金额|情况)*$|^(?:调整后|调整为|追加后)$")
_GENERIC = regex.compile(r"^(?:支出|收入|资金|金额|费用|经费|数|总额|总数|其余|剩余|共|合计)?$")


@dataclass(slots=True, eq=False)
class Item:
    """An amount under a name and all that is said of it, in order. `lead` is what stands before its first figure.

    `depth` counts the brackets it stands in; `sentence` numbers the sentences of the stream, `text` its paragraphs.
    """

    name: str
    said: list[Said] = field(default_factory=list)
    lead: str = ""
    depth: int = 0
    sentence: int = 0
    text: int = 0
    year: str = ""

    def of(self, *roles: str) -> list[Said]:
        return [said for said in self.said if said.role in roles]

    @property
    def amounts(self) -> list[Said]:
        return self.of("amount")

    @property
    def amount(self) -> Said | None:
        """Its first amount, of money where it has any (2400人1260万元)."""
        return next(iter(self.money), None) or next(iter(self.amounts), None)

    @property
    def money(self) -> list[Said]:
        return [said for said in self.amounts if said.figure.dimension == "money"]

    @property
    def dimension(self) -> str:
        return self.amount.figure.dimension if self.amount else ""


_YEAR = regex.compile(r"(?<![比较与同于从])(?:19|20)[0-9]{2}(?=\s?年)")


def items_in(texts: Sequence[Text], told: Sequence[Sequence[Said]] | None = None) -> list[Item]:
    """Gather the figures of consecutive paragraphs into items, in order; `told`: what is said of the figures of each, where that is known."""
    items: list[Item] = []
    sentence, tail, year = 0, "", ""
    for index, text in enumerate(texts):
        depth = end = 0
        for said in told[index] if told is not None else said_in(text, index):
            if not said.figure.unit:
                continue
            gap = text.folded[end:said.start]
            depth = max(0, depth + gap.count("(") - gap.count(")"))
            begun = gap.count("。") + gap.count("!") + (end == 0 and index > 0)
            sentence += begun
            lead = gap if end else tail + "\n" + gap
            year = (_YEAR.findall(lead) or [year])[-1]
            end = said.figure.span[1]
            fresh = Item(said.name, [said], lead, depth, sentence, index, year)
            if begun and said.role in ("delta", "growth", "prior"):
                _told_again(fresh, items)
            _put(fresh, items)
        rest = text.folded[end:]
        tail = (rest if end else tail + "\n" + rest)[-160:]
    return items


def _told_again(fresh: Item, items: list[Item]) -> None:
    """Go back to an item before the last one where a sentence opens with a change that names it."""
    known = next((i for i in items[-24:] if fresh.name and i.text == fresh.text and i.year == fresh.year and i.amounts
                  and core(i.name) == core(fresh.name)), None)
    if known is not None:
        items.remove(known)
        items.append(known)
        known.sentence = fresh.sentence


def _put(fresh: Item, items: list[Item]) -> None:
    """Add what is said to the item before it that it belongs to, else as an item of its own."""
    said, sentence, depth = fresh.said[0], fresh.sentence, fresh.depth
    open_item = next((item for item in reversed(items[-8:]) if item.depth <= depth), None)
    if open_item is None:
        items.append(fresh)
        return
    if _belongs(said, open_item, sentence, depth):
        open_item.said.append(said)
        open_item.name = open_item.name or (said.name if said.role == "amount" else "")
    else:
        items.append(replace(fresh, said=[said], name=said.name))


def _belongs(said: Said, item: Item, sentence: int, depth: int) -> bool:
    """Tell whether a figure says more of the item before it."""
    near = sentence == item.sentence or (sentence == item.sentence + 1 and (said.text == item.text or bool(_AGAINST_IT.match(said.gap))))
    if len(item.said) >= _MOST:
        return False
    if depth != item.depth:
        # 同比增长5%(上年12亿元)
        last = item.said[-1].role
        if said.role in ("prior", "base"):
            return depth == item.depth + 1 and said.gap.startswith("(") and last in ("growth", "delta", "completion")
        return last == "prior" and said.role in ("delta", "growth") and depth == item.depth + 1 and not said.name and "(" not in said.gap
    if said.role in ("base", "completion", "other"):
        return near and not (said.role == "other" and said.name and sentence != item.sentence)
    if said.role in ("delta", "growth", "prior"):
        other = opposed(said.name, item.name) or bool(_LEFT.match(item.name)) and sentence != item.sentence
        fresh = bool(said.name) and not alike(said.name, item.name) and (not BASIS.match(said.name) or other)
        return near and not fresh and not (said.role == "delta" and "其中" in said.gap)
    if said.figure.dimension != "money":
        return sentence == item.sentence and not said.name and bool(item.amounts) and (said.joined is False or not said.gap.strip()) \
            and said.figure.dimension not in {s.figure.dimension for s in item.amounts}
    return sentence == item.sentence and _same(said, item)


def _same(said: Said, item: Item) -> bool:
    """An amount belongs to the item before it when it only names another basis of the same thing."""
    if (_PARTED.search(said.gap) and said.gap.strip() != "、") or (not said.name and not said.pre.strip() and said.gap.endswith("(")):
        return False
    if not said.name and basis_of(item.name) == "budget" and item.money and _REACHED.fullmatch(said.pre.strip()):
        # 年初预算A,实际完成B: two bases of one thing
        return True
    if item.money and CHANGED.search(said.pre.strip()):
        return True
    had = {basis_of(s.name) for s in item.amounts if s.figure.dimension == "money"}
    if _OVER.search(item.name):
        return False
    if not item.money:
        return _GENERIC.match(said.name) is not None or bool(BASIS.match(said.name)) or bool(item.of("prior"))
    basis = basis_of(said.name)
    return bool(BASIS.match(said.name)) and basis != "" and (basis not in had or basis == "final" and had == {""})


_LEFT = regex.compile(r"剩余|结余|结转|尚余|年末")
_MOST = 40
_PARTED = regex.compile(r"其中|包括|;|、")
_OVER = regex.compile(r"结转|结余|^上年")
_REACHED = regex.compile(r"(?:全年|本年|当年|累计|已)?(?:实际(?:完成|支出|执行|收入)?|(?:完成|执行|实现|决算|支出))(?:数|额)?(?:为|达)?")
CHANGED = regex.compile(r"(?:调整|调增|调减|变更)(?:至|到|为)$")
_AGAINST_IT = regex.compile(r"\s*(?:比|较|与|同)")
