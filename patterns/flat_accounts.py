"""散行收支表：总计两边相等；逐项列示后以“合计”收尾的清单；行次与金额分离时，各收入金额相加等于本年收入合计。

收入总计与支出总计必相等；“一、本季收入”下编号连续的各项相加等于其后的“收入合计”；金额成串、已与名称分离的，
只核对各数之和与合计数，除另一合计数可以印证外不判不符。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]], s.guess) for s in find(Report(document))]
>>> found("上季结余 86.57", "一、本季收入", "1.转移支付 95.00", "2.发包收入 12.60", "收入合计 107.60", "二、本季支出", "1.办公费 31.00", "支出合计 31.00")
[('107.60', ['95.00', '12.60'], False)]
>>> text = "收入支出决算总表 项目 行次 一、财政拨款收入 1 二、事业收入 2 11,122.04 13,628.89 3 4 本年收入合计 5 年初结转 6 总计 7 24,750.93 {}"
>>> found(text.format("24,750.93"))
[('24,750.93', ['24,750.93'], False), ('24,750.93', ['11,122.04', '13,628.89'], False)]
>>> found(text.format("24,570.93"))[1]
('24,570.93', ['11,122.04', '13,628.89'], False)
>>> found("本年收入合计 24,750.93 万元，支出 24,570.93 万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Cell, Figure, Reading, Statement
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.amounts import Label, label_of
from fusuan.patterns.grids.unframed.build import Rebuilt

_WHOLE = regex.compile(r"(?:收入|支出)?总\s?计")
_CLOSING = regex.compile(r"(?P<side>收入|支出|收支|费用)?(?:合\s?计|小\s?计)")
_LONG = regex.compile(r"(?<![0-9.,])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{3,})\.[0-9]{2}(?![0-9.])")


def find(report: Report) -> Iterator[Statement]:
    for table in report.tables:
        if isinstance(table, Rebuilt) and table.width in (2, 4):
            rows = [list(row) for row in table.grid()]
            yield from _both(report, rows) if table.width == 4 else _listed(report, rows)
    yield from _apart(report)
    yield from _by_nature(report)


def _both(report: Report, rows: Sequence[Sequence[Cell | None]]) -> Iterator[Statement]:
    """The totals of both sides."""
    if not any(cell is not None and cell.text == "收入" for cell in rows[0]):
        return
    for row in rows:
        left, right = _amount(report, row[1]), _amount(report, row[3])
        if left is not None and right is not None and all(row[n] is not None and _WHOLE.fullmatch(row[n].text.strip()) for n in (0, 2)):  # type: ignore[union-attr]
            yield _same(right, left, f"{_quote(row)}")


def _same(stated: Figure, other: Figure, quote: str, doubt: str = "") -> Statement:
    facts = {"proven": "yes", **({"doubt": doubt} if doubt else {})}
    return Statement("mention", "cross", stated, (Reading({"other": (other,)}),), quote, facts)


def _quote(row: Sequence[Cell | None]) -> str:
    return " ".join(cell.text for cell in row if cell is not None and cell.text)


def _amount(report: Report, cell: Cell | None) -> Figure | None:
    figures = report.cells.get(cell, ()) if cell is not None else ()
    return replace(figures[0], unit=figures[0].unit or "元") if len(figures) == 1 and figures[0].dimension in ("", "money") else None


def _listed(report: Report, rows: Sequence[Sequence[Cell | None]]) -> Iterator[Statement]:
    """A heading without amount (一、本季收入), numbered items, and the total that closes them (收入合计)."""
    head: Label | None = None
    items: list[Figure] = []
    quotes: list[str] = []
    numbers: list[int] = []
    for row in rows:
        name, amount = row[0], _amount(report, row[1])
        label = label_of("".join(name.text.split())) if name is not None else Label("")
        closing = _CLOSING.fullmatch(label.text)
        if label.grade in (1, 2) and amount is None:
            head, items, quotes, numbers = label, [], [_quote(row)], []
        elif head is not None and label.grade > head.grade and not label.among and name is not None:
            quotes.append(_quote(row))
            numbers.append(int(match.group()) if (match := regex.match(r"[0-9]+", name.text)) else 0)
            items += [amount] if amount is not None else []
        elif closing and head is not None and amount is not None and len(items) >= 2:
            sure = numbers == list(range(1, len(numbers) + 1)) and (closing["side"] or "") in head.text
            quote = "\n".join((*quotes, _quote(row)))
            yield Statement("parts", "sum", amount, (Reading({"parts": tuple(items)}),), quote, {"proven": "yes"} if sure else {}, guess=not sure)
            head = None
    yield from _balanced([(label_of("".join(row[0].text.split())).text if row[0] is not None else "", _amount(report, row[1]), _quote(row))
                          for row in rows])


_OPENING = regex.compile(r"(?:上|期初|年初|月初)[年月季期]?(?:结余|余额|结存|结转)")
_CLOSED = regex.compile(r"(?:本|期末|年末|月末)[年月季期]?(?:结余|余额|结存)")


def _balanced(rows: Sequence[tuple[str, Figure | None, str]]) -> Iterator[Statement]:
    """上季结余, 收入合计, 支出合计 and 本季结余 of one list."""
    found: dict[str, tuple[Figure, str]] = {}
    for name, amount, quote in rows:
        closing = _CLOSING.fullmatch(name)
        role = "opening" if _OPENING.fullmatch(name) else "closing" if _CLOSED.fullmatch(name) else \
            {"收入": "income", "支出": "outgo"}.get((closing["side"] or "") if closing else "", "")
        if role and amount is not None:
            if role in found:
                return
            found[role] = amount, quote
    if len(found) == 4:
        roles: dict[str, tuple[Figure, ...]] = {role: (found[role][0],) for role in ("opening", "income", "outgo")}
        quote = "\n".join(found[role][1] for role in ("opening", "income", "outgo", "closing"))
        yield Statement("balance", "balance", found["closing"][0], (Reading(roles),), quote, {"proven": "yes"})


def _apart(report: Report) -> Iterator[Statement]:
    """Amounts in a row that stand behind the names they lost: their sum, before 本年收入合计, is one of the totals behind it."""
    for text in report.texts:
        if "行次" not in text.folded or "本年收入合计" not in text.folded:
            continue
        cut = text.folded.index("本年收入合计")
        parts = _figures(text, 0, cut)
        totals = _figures(text, cut, len(text.folded))[:2]
        if len(parts) < 2 or len(totals) != 2 or _held(text, parts) or _held(text, totals):
            continue
        if totals[0].value != totals[1].value or sum(p.value for p in parts) == totals[0].value:
            yield _same(totals[0], totals[1], text.folded[cut:totals[1].span[1]])
        added = sum((p.value for p in parts), Decimal(0))
        stated = next((t for t in totals if t.value != added), totals[0])
        proven = any(t.value == added for t in totals)
        yield Statement("parts", "sum", stated, (Reading({"parts": tuple(parts)}),), text.folded[parts[0].span[0]:totals[1].span[1]],
                        guess=not proven)


def _figures(text: Text, start: int, end: int) -> list[Figure]:
    found = []
    for match in _LONG.finditer(text.folded, start, end):
        value = Decimal(match.group().replace(",", ""))
        found.append(Figure(text.paragraph.text[slice(*match.span())], value, "元", 2, text.paragraph.place, match.span()))
    return found


def _held(text: Text, figures: Sequence[Figure]) -> bool:
    """Tell whether words stand between figures, which then have names of their own."""
    return any(regex.search(r"[\u4e00-\u9fff]", text.folded[a.span[1]:b.span[0]]) for a, b in zip(figures, figures[1:], strict=False))


_NATURE = {"按收入性质分": regex.compile(r"一般公共预算|政府性基金|国有资本|专户|非税|其他资金|事业收入|上级补助|结转"),
           "按支出性质分": regex.compile(r"基本支出|项目支出|人员|公用")}
_NAMED = regex.compile(r"\s*(?:其中)?\s?[::]?\s?(?P<name>[^::0-9]{2,24})[::]\s?(?P<value>[0-9.,]+)?\s*")


def _by_nature(report: Report) -> Iterator[Statement]:
    """按收入性质分：A，按支出性质分：B, two splits of one amount, and below them, alternating, the kinds of each."""
    totals: dict[str, Figure] = {}
    parts: dict[str, list[Figure]] = {}
    words: list[str] = []
    for text in report.texts:
        if not (match := _NAMED.fullmatch(text.folded)):
            continue
        name, figure = match["name"].strip(), text.figures[0] if text.figures else None
        if name in _NATURE and figure is not None:
            totals[name], parts[name] = figure, []
        for key, kinds in _NATURE.items():
            if key in totals and figure is not None and figure is not totals[key] and kinds.search(name) and len(parts[key]) < 8:
                parts[key].append(figure)
        if totals:
            words.append(text.folded.strip())
    quote = "\n".join(words[:14])
    for key, total in totals.items():
        if parts[key]:
            yield Statement("parts", "sum", total, (Reading({"parts": tuple(parts[key])}),), quote, guess=True)
    if len(totals) == 2:
        income, outgo = (totals[key] for key in _NATURE)
        yield _same(outgo, income, "\n".join(words[:2]), "两种分类的口径可能不同")
