"""An item, a named amount with the changes, rates and shares said of it, and to which of several a figure belongs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

from fusuan.patterns._said import Said, clean
from fusuan.patterns.names.likeness import alike, basis_of, core, opposed

_ELSE = regex.compile(
    r"[,;]\s*(?:截[至止][^,;]{0,16},?)?(?:已|实际|累计|目前|尚|结余|结转|剩余|余额|全年(?:实际)?支出|年末|年终|年底|期末|当年|收支|控制在|"
    r"核定|限额|以上|上述|人均|户均|平均|收回|上缴|缺口|差额|距|还差|超)[^,;。]*$")
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
    until: int = 0

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

    @property
    def start(self) -> int:
        return self.said[0].start

    @property
    def end(self) -> int:
        return self.said[-1].figure.span[1]


def put(fresh: Item, items: list[Item]) -> None:
    """Add what is said to the item before it that it belongs to, else as an item of its own."""
    said, sentence, depth = fresh.said[0], fresh.sentence, fresh.depth
    if (counted := _of_counted(fresh, items)) is not None:
        counted.said.append(said)
        return
    open_item = next((item for item in reversed(items[-8:]) if item.depth <= depth), None)
    if open_item is None:
        items.append(fresh)
        return
    open_item = _over_list(said, items, open_item) or open_item
    said = _after_rate(said, open_item)
    if _belongs(said, open_item, sentence, depth):
        open_item.said.append(said)
        open_item.until = sentence
        open_item.name = open_item.name or (said.name if said.role == "amount" else "")
    else:
        items.append(replace(fresh, said=[said], name=said.name))


_COMES_TO = regex.compile(r"(?:共|合|总)?计(?:金额|资金|支出|发放)?(?:为)?")


def _of_counted(fresh: Item, items: list[Item]) -> Item | None:
    """The counted thing that an amount without a name is of: 保洁员工资(9人)21600元; 困难户12户,每户500元,计6000元."""
    said, last = fresh.said[0], items[-1] if items else None
    if last is None or said.role != "amount" or said.figure.dimension != "money" or said.name or last.sentence != fresh.sentence \
            or last.text != fresh.text or len(last.said) != 1:
        return None
    if said.gap == ")" and last.depth == fresh.depth + 1 and last.name and last.lead.endswith("(") and last.dimension not in ("money", "rate", ""):
        last.depth, last.lead = fresh.depth, last.lead[:-1]
        return last
    counted = items[-2] if len(items) > 1 else None
    if counted is not None and counted.sentence == fresh.sentence and len(counted.said) == 1 and counted.depth == fresh.depth == last.depth \
            and counted.amount is not None and not counted.money and last.money and last.name.startswith("每") and _COMES_TO.fullmatch(said.pre.strip()):
        return counted
    return None


def _over_list(said: Said, items: list[Item], last: Item) -> Item | None:
    """预算345万元,其中甲280万元、乙65万元,实际支出333万元: what is told behind a list is of the total over it."""
    if said.role != "amount" or not BASIS.match(said.name) or not last.lead.startswith("、") or not said.gap.startswith((",", ";")):
        return None
    for position in range(len(items) - 1, 0, -1):
        if items[position].sentence != last.sentence or items[position].depth != last.depth:
            return None
        if "其中" in items[position].lead:
            return items[position - 1] if items[position - 1].money else None
    return None


_THEN = regex.compile(r"^(?:上一?年末?度?|去年|上年同期|去年同期)(?:的)?")


def _after_rate(said: Said, item: Item) -> Said:
    """What follows a rate and tells its base: 完成预算99.6%(预算19.88万元); 增长5%,上年资产总额30万元."""
    last = item.said[-1].role
    if said.role != "amount" or said.figure.dimension != item.dimension or said.text != item.said[-1].text:
        return said
    if last == "completion" and said.gap.startswith("(") and basis_of(said.name) in ("budget", "adjusted"):
        return replace(said, role="base")
    then = _THEN.match(said.name)
    if last in ("growth", "delta") and then and "。" not in said.gap and core(said.name[then.end():]) == core(item.name):
        return replace(said, role="prior", name="")
    return said


def of_another(said: Said, items: list[Item], sentence: int, year: str) -> Item | None:
    """A change in a new sentence that names an amount before speaks of that one, not of the last part listed."""
    name = said.name if said.role in ("delta", "growth", "prior") else _subject_of_rate(said)
    if not name or not items or core(name) == core(items[-1].name):
        return None
    known = next((i for i in reversed(items[-24:]) if core(i.name) == core(name) and i.amounts), None)
    return known if known is not None and said.text == known.text and known.year == year else None


def _subject_of_rate(said: Said) -> str:
    """What a rate that opens a sentence is of, where it is named: 一般预算收入为年初预算28600万元的109%."""
    if said.role not in ("base", "completion", "share"):
        return ""
    match = regex.match(r"[\s。;]*([^,;。:]{3,20}?)(?:为|占|完成|达到?|相当于)(?:了|到)?(?:年初|全年|调整|本年|财政|总|一般)", said.pre)
    return clean(match[1]) if match else ""


def returns(said: Said, items: list[Item], sentence: int) -> bool:
    """A change that opens a sentence and names nothing speaks of the total again, not of the last part listed."""
    return bool(items) and said.role in ("delta", "growth", "prior") and not said.name and sentence == items[-1].sentence + 1 \
        and said.text - items[-1].text <= 1 and bool(regex.search(r"[比较与同]", said.gap))


def head(items: list[Item], sentence: int) -> Item | None:
    """The total over the list in the sentence before, None where that sentence lists nothing."""
    for position in range(len(items) - 1, 0, -1):
        item = items[position]
        if item.sentence < sentence - 1:
            return None
        if item.money and item.depth == 0 and _ELSE.search(item.lead) and _DONE.search(item.name + item.said[0].pre):
            return item
        if _LISTS.search(item.lead) and item.depth == 0:
            return items[position - 1] if items[position - 1].money else None
    return None


def _belongs(said: Said, item: Item, sentence: int, depth: int) -> bool:
    """Tell whether a figure says more of the item before it."""
    near = sentence == item.sentence or (sentence == item.sentence + 1 and (said.text == item.text or bool(_AGAINST_IT.match(said.gap))))
    if len(item.said) >= _MOST:
        return False
    if said.role == "prior" and not said.name and depth == item.depth and said.text == item.text \
            and item.said[-1].role in ("delta", "growth") and sentence == item.until + 1:
        return True
    if depth != item.depth:
        # 同比增长5%(上年12亿元)
        last = item.said[-1].role
        if said.role == "prior" and regex.search(r"[比较与][^,;。()]*\($", said.gap):
            return depth == item.depth + 1
        if said.role in ("prior", "base"):
            return depth == item.depth + 1 and said.gap.startswith("(") and last in ("growth", "delta", "completion")
        return last == "prior" and said.role in ("delta", "growth") and depth == item.depth + 1 and not said.name and "(" not in said.gap
    if said.role in ("base", "completion", "share", "rate", "points", "other"):
        return near and not (said.role in ("rate", "other") and said.name and sentence != item.sentence)
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
    if (regex.search(r"其中|包括|;|、", said.gap) and said.gap.strip() != "、" and said.rank is None) or (not said.name and not said.pre.strip() and said.gap.endswith("(")):
        return False
    if not said.name and not item.money and item.amounts and said.gap.strip() in ("", "、", ","):
        # 18508人、166万元: the money of those counted
        return True
    if said.joined and not item.money and item.amounts and _SPENT.fullmatch(said.pre.strip()):
        return True
    plans = [s for s in item.money[1:] if not CHANGED.search(s.pre.strip())]
    if not said.name and basis_of(item.name) == "budget" and item.money and not plans and _REACHED.fullmatch(said.pre.strip()):
        # 年初预算A,实际完成B: two bases of one thing
        return True
    if item.money and CHANGED.search(said.pre.strip()):
        return True
    had = {basis_of(s.name) for s in item.amounts if s.figure.dimension == "money"}
    if regex.search(r"结转|结余|^上年", item.name):
        return False
    if not item.money:
        return _GENERIC.match(said.name) is not None or bool(BASIS.match(said.name)) or bool(item.of("prior"))
    basis = basis_of(said.name)
    return bool(BASIS.match(said.name)) and basis != "" and (basis not in had or basis == "final" and had == {""})


_LEFT = regex.compile(r"剩余|结余|结转|尚余|年末")
_MOST = 40
_SPENT = regex.compile(r"(?:共|计|合计|投入|安排|下达|补助|发放|支出|涉及|拨付|使用|兑付)*(?:资金|经费|金额|补助)?")
_REACHED = regex.compile(r"(?:全年|本年|当年|累计|已)?(?:实际(?:完成|支出|执行|收入)?|(?:完成|执行|实现|决算|支出))(?:数|额)?(?:为|达)?")
CHANGED = regex.compile(r"(?:调整|调增|调减|变更)(?:至|到|为)$")
_DONE = regex.compile(r"支出|完成|收入|投入|执行|使用|拨付")
_LISTS = regex.compile(r"其中|主要(?:是|原因|系|由于)")
_AGAINST_IT = regex.compile(r"\s*(?:比|较|与|同)")
