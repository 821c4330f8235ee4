"""Relations between sister tables, and between text and tables, that hold in a document: a parser of its own for bench/tables.py.

A table is known by the words of its title, a row by its code or name, a column by its last heading. Two cells say the same where
their rows and columns bear the same name in two tables that belong together (a table of income and spending and any other; two of
spending by account) and their amounts agree. A figure of the text says what a cell says where it stands behind the name of a row,
or of a column of the total row, and agrees with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from fusuan.model import Cell, Document, Figure, Finding, Paragraph, Place, Table

_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SAID = re.compile(r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(?P<unit>亿元|万元|元)")
_CODE = re.compile(r"[0-9]{1,9}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TITLE = re.compile(r"^[^。；]{2,50}表(?:（[^（）]{1,12}）)*$")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.、．]|其中[：:]|[0-9]{3,7})+")
_TOTAL = re.compile(r"(?:本年|当年)?(?:财政拨款)?(?:收入|支出|收支)?(?:合计|总计)|(?:本年|当年)(?:收入|支出)小计|金额|(?:预算|决算|支出|收入)数|总额")
_UNIT = re.compile(r"单位[：:]?\s*(?:人民币)?\s*(元|万元)")
_WORTH = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_KINDS = (("三公", "三公"), ("基本", "基本支出.{0,14}表"), ("基金", "政府性基金.{0,16}表"), ("资本", "国有资本"),
          ("拨款总表", "财政拨款.{0,4}收.{0,2}支.{0,4}总表"), ("一般公共", "一般公共预算.{0,4}支出.{0,12}表"), ("拨款支出", "财政拨款支出.{0,12}表"),
          ("总表", "收.{0,2}支.{0,4}总表"), ("收入", "收入.{0,4}表"), ("支出", "支出.{0,4}表"))
_SCOPES = (("一般公共预算", "一般公共预算"), ("政府性基金", "政府性基金"), ("基本支出", "基本支出"), ("项目支出", "项目支出"))
_WHOLE = {"一般公共": "一般公共预算", "基金": "政府性基金", "基本": "基本支出"}
_BY_ACCOUNT = ("支出", "拨款支出", "一般公共", "基金")

Node = tuple[Place, Decimal]


@dataclass(frozen=True)
class Item:
    """An amount of a table: which kind of table it stands in, under which (row, column) it may be looked up, what it says."""

    table: int
    kind: str
    addresses: frozenset[tuple[str, str]]
    value: Decimal
    step: Decimal
    place: Place
    printed: Decimal

    @property
    def node(self) -> Node:
        return self.place, self.printed


@dataclass
class Groups:
    """What the findings say is the same: cells and figures of the text, in groups."""

    above: dict[Node, Node] = field(default_factory=dict)

    def top(self, one: Node) -> Node:
        while (up := self.above.get(one, one)) != one:
            one = up
        return one

    def join(self, one: Node, other: Node) -> None:
        self.above[self.top(one)] = self.top(other)

    def same(self, one: Node, other: Node) -> bool:
        return self.top(one) == self.top(other)


def groups(findings: Iterable[Finding]) -> Groups:
    """The figures that findings hold to be the same: one stated, one alone recomputed."""
    found = Groups()
    for f in findings:
        if f.agrees and f.label == "cross" and isinstance(f.stated, Figure) and f.computed is not None and len(f.computed.operands) == 1:
            other = f.computed.operands[0]
            found.join((f.stated.place, abs(f.stated.value)), (other.place, abs(other.value)))
    return found


def bare(name: str) -> str:
    """A name without its number and blanks; what is a total is 合计."""
    name = _NUMBERED.sub("", "".join(name.split()))
    if _TOTAL.fullmatch(name):
        return "合计"
    return next((scope for word, scope in _SCOPES if name.startswith(word) and len(name) <= len(word) + 4), name)


def items(document: Document) -> list[Item]:
    """The amounts of the standard tables of a document, in order."""
    found: list[Item] = []
    near: list[str] = []
    title, unit, number = "", "万元", 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            near.append(block.text)
            continue
        lines = ["".join(line.split()) for line in near[-6:]]
        own = next((line for line in reversed(lines) if _TITLE.match(line)), "")
        title = own or title
        unit = next((m[1] for line in reversed(lines) if (m := _UNIT.search(line))), unit)
        number += bool(own)
        kind = next((kind for kind, words in _KINDS if re.search(words, title)), "")
        if kind:
            found += _amounts(block, number, kind, _WORTH[unit])
        near = []
    return found


def _amounts(table: Table, number: int, kind: str, worth: Decimal) -> Iterator[Item]:
    heads: dict[int, list[str]] = defaultdict(list)
    for cells in table.grid():
        values = dict(_values(cells))
        if not values:
            for column, cell in enumerate(cells):
                heads[column].append(bare(cell.text) if cell is not None else "")
            continue
        for column, (cell, name) in values.items():
            printed = Decimal(cell.text.strip().replace(",", ""))
            head = next((h for h in reversed(heads[column]) if h and h not in ("类", "款", "项")), "合计")
            step = Decimal(1).scaleb(int(printed.as_tuple().exponent)) * worth
            if printed:
                yield Item(number, kind, frozenset(_addresses(kind, bare(name) if name else "合计", head)), printed * worth, step, cell.place, printed)


def _values(cells: list[Cell | None]) -> Iterator[tuple[int, tuple[Cell, str]]]:
    """The amounts of a row by column, each with the name to its left; a row without words is named nothing."""
    name, seen = "", None
    plain = not any(cell is not None and _HAN.search(cell.text) for cell in cells)
    for column, cell in enumerate(cells):
        text = "".join(cell.text.split()) if cell is not None else ""
        if cell is None or cell is seen:
            continue
        seen = cell
        if _HAN.search(text):
            name = text
        elif (name or plain) and _AMOUNT.fullmatch(text) and not (plain and _CODE.fullmatch(text) and len(text) <= 2):
            yield column, (cell, name)


def _addresses(kind: str, row: str, column: str) -> Iterator[tuple[str, str]]:
    """What a cell may be looked up by; rows of income are told by the account they are for, and are no rows of spending."""
    if kind == "收入" and row != "合计":
        return
    yield row, column
    if row == "合计":
        yield column, "合计"
    if column == "合计" and kind in _WHOLE:
        yield row, _WHOLE[kind]
        if row == "合计":
            yield _WHOLE[kind], "合计"


def sisters(found: list[Item]) -> Iterator[tuple[Item, Item]]:
    """The pairs of cells of two tables that say the same and agree; of rows of one name and amount the first with the first."""
    by_address: dict[tuple[str, str, int], list[Item]] = defaultdict(list)
    often: Counter[tuple[int, str, str, Decimal]] = Counter()
    for item in found:
        for row, column in item.addresses:
            often[item.table, row, column, item.value] += 1
            by_address[row, column, often[item.table, row, column, item.value]].append(item)
    given: set[tuple[Place, Place]] = set()
    for same in by_address.values():
        for n, one in enumerate(same):
            for other in same[n + 1:]:
                if one.table != other.table and _belong(one, other) and near(one, other) and (one.place, other.place) not in given:
                    given.add((one.place, other.place))
                    yield one, other


def _belong(one: Item, other: Item) -> bool:
    """Tell whether two tables tell of the same things; of basic spending, by other accounts, only the whole and 三公."""
    kinds = {one.kind, other.kind}
    if "基本" in kinds:
        whole = any("合计" in address or "基本支出" in address for address in one.addresses & other.addresses if address[0] in ("合计", "基本支出"))
        return len(kinds) == 2 and "收入" not in kinds and ("三公" in kinds or whole)
    return len(kinds) == 2 and (bool(kinds & {"总表", "拨款总表"}) or kinds <= set(_BY_ACCOUNT))


def near(one: Item, other: Item) -> bool:
    return abs(one.value - other.value) <= max(one.step, other.step)


def told(document: Document, found: list[Item]) -> Iterator[tuple[Node, list[Item]]]:
    """The figures of the text that agree with a row they are named like, with the cells they agree with."""
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in found:
        for row, _ in item.addresses:
            if len(row) >= 3:
                rows[row].append(item)
    names = re.compile("|".join(map(re.escape, sorted(rows, key=len, reverse=True)))) if rows else None
    for paragraph in document.paragraphs if names is not None else ():
        last, head = 0, ""
        for match in _SAID.finditer(paragraph.text):
            before = re.split(r"[。；]", paragraph.text[last:match.start()])[-1]
            named = names.findall(_words(before)) if names is not None else []
            # what an item says behind its first sentence it says of what it began with
            head = head or next(iter(names.findall(_words(paragraph.text[:match.start()]))[-1:]), "") if names is not None else ""
            last, printed = match.end(), Decimal(match["number"].replace(",", ""))
            value, step = printed * _WORTH[match["unit"]], Decimal(1).scaleb(int(printed.as_tuple().exponent)) * _WORTH[match["unit"]]
            cells = [i for i in rows[named[-1] if named else head] if abs(i.value - value) <= max(step, i.step)]
            if cells and len(match["number"].replace(".", "")) >= 3 and printed:
                yield (paragraph.place, printed), cells


def _words(text: str) -> str:
    """A text without blanks and without what says that an account is a class, a group or an item."""
    return "".join(re.sub(r"（(?:[0-9]{2,3})?[类款项]）", "，", text).split())
