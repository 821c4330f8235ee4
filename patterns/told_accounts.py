"""正文所说与表中所列是否一致：收支总计、本年收入支出合计、基本支出，以及按类、款、项写明的各科目金额。

按说法认表（财政拨款收入支出总计即财政拨款收支总表的总计），按科目的类款项名称认行；说的是别的年度、年初预算的不比。
科目金额以多数与某张表相符为据，个别既不合于该表、也不合于其他表同一科目的，才判不符。

>>> from fusuan.model import Cell, Document, Paragraph, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(line):
...     rows = [["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"], ["一、财政拨款", "70.50", "一、教育支出", "72.50"],
...             ["本年收入合计", "70.50", "本年支出合计", "72.50"], ["年初结转和结余", "2.00", "年末结转和结余", "0.00"], ["总计", "72.50", "总计", "72.50"]]
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     blocks = (Paragraph("财政拨款收入支出决算总表", Place(paragraph=1)), Table(cells, 6, 4, Place(table=1)), Paragraph(line, Place(paragraph=2)))
...     return [(s.stated.text, s.readings[0]["other"][0].text) for s in find(Report(Document("", "", blocks)))]
>>> found("本年度财政拨款收入支出总计75.20万元。")
[('75.20万元', '72.50')]
>>> found("上年度财政拨款收入支出总计75.20万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

import regex

from fusuan.model import Figure, Paragraph, Place, Reading, Statement
from fusuan.patterns._report import Report, Text
from fusuan.patterns.accounts.items import Told, items_of
from fusuan.patterns.accounts.names import Names
from fusuan.patterns.accounts.tables import Account, Accounts, words
from fusuan.patterns.text.clauses import clause_before

_TABLES = ("一般公共预算支出表", "财政拨款支出表", "支出表")
_WHOLES = ("财政拨款总表", "总表")
_RUN_IN = regex.compile(r"\s*(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)[^。;:0-9]{4,40}[。:]")
_FUNDS = regex.compile(r"政府性基金|国有资本经营")
_SCOPE = regex.compile(r"财政拨款|一般公共预算|政府性基金|国有资本")
_LEAST = 3
"""So many accounts must agree with a table before one that does not is accused."""
_TAIL = 2
"""So many units of the last printed digit text and table may differ by rounding each for itself."""
_RIGHT_BEHIND = regex.compile(r"(?:数|额|总额|金额|总数|合计)?(?:为|是|共|共计|:)?\s*")
_OTHER_TIME = regex.compile(r"上年|去年|上一?年度|年初预算|调整预算|比|较|占|下降|增长")
_YEAR = regex.compile(r"20[0-9]{2}(?=\s*年)")
_FINAL, _BUDGET = regex.compile(r"决算|支出决算"), regex.compile(r"(?<!公共|基金|经营)预算")


def find(report: Report) -> Iterator[Statement]:
    accounts = Accounts(report)
    if accounts.all:
        texts = [*report.texts, *_sentences(report)]
        told = [*(said for text in texts for said in _wholes(text, accounts)), *_items(texts, accounts)]
        yield from told
        yield from _named(texts, accounts, {(s.stated.place, s.stated.span) for s in told if isinstance(s.stated, Figure)})


def _sentences(report: Report) -> Iterator[Text]:
    """The cells that hold sentences, and lines over the whole width of a table: a workbook has its narrative in them."""
    for table in report.document.tables:
        for cell in table.cells:
            if report.cells[cell] and "。" in cell.text or cell.columns >= table.width > 1 and cell.text:
                yield Text.of(Paragraph(cell.text, cell.place))


def _named(texts: Sequence[Text], accounts: Accounts, taken: Set[tuple[Place, tuple[int, int]]]) -> Iterator[Statement]:
    """What is named like a row or column of a table and agrees with it: vouched for, where nothing was said of it yet."""
    names = Names(accounts.all)
    for text in texts:
        since = 0
        for figure in text.figures:
            if (figure.place, figure.span) not in taken:
                meant = ((name, account, cell) for name, account, cell in names.meant(text, figure, since) if _equal(figure, (cell,)))
                if found := next(meant, None):
                    yield _statement(figure, found[0], (found[2],), found[1], text)
            since = figure.span[1] if figure.dimension in ("money", "rate") else since


def _statement(figure: Figure, name: str, others: tuple[Figure, ...], account: Account, text: Text) -> Statement:
    start = max(0, text.folded.rfind("。", 0, figure.span[0]) + 1)
    quote = text.paragraph.text[start:figure.span[1]].strip()[-120:]
    return Statement("sister", "cross", replace(figure, name=name), (Reading({"other": others}),), f"{quote}；{account.title}")


def _wholes(text: Text, accounts: Accounts) -> Iterator[Statement]:
    """What a paragraph says of a table as a whole; each amount once, by the longest words that fit."""
    taken: set[tuple[int, int]] = set()
    for told in words()["told"]:
        for match in regex.finditer(told["said"], text.folded):
            figure = next((f for f in text.figures if f.span[0] >= match.end()), None)
            if figure is None or figure.span in taken or figure.dimension != "money" or figure.sign \
                    or not _RIGHT_BEHIND.fullmatch(text.folded[match.end():figure.span[0]]):
                continue
            scoped = told["table"] in ("收入表", "支出表") and _SCOPE.search(clause_before(text.folded, match.start()))
            account = None if scoped else _meant(text.folded, match.span(), accounts.by_kind.get(told["table"], ()))
            others = _cell(account, told["cell"]) if account is not None else ()
            if account is not None and others and (_equal(figure, others) or not accounts.open_to_doubt(account)):
                taken.add(figure.span)
                yield _statement(figure, match.group(), others, account, text)


def _equal(figure: Figure, others: Sequence[Figure]) -> bool:
    step = max(f.scale.scaleb(-f.decimals) for f in (figure, *others))
    return abs(figure.base - sum(f.base for f in others)) <= _TAIL * step


def _meant(folded: str, span: tuple[int, int], tables: Sequence[Account]) -> Account | None:
    """The only table of its kind, where the sentence speaks of its year and its basis."""
    start, end = span
    if len(tables) != 1 or _OTHER_TIME.search(clause_before(folded, start)):
        return None
    sentence = folded[max(folded.rfind(mark, 0, start) for mark in "。;") + 1:end]
    basis = tables[0].mark[0]
    said = regex.sub(r"(?:公共|基金|经营)预算", "", sentence)
    if basis == "决算" and _BUDGET.search(said) and not _FINAL.search(said) or basis == "预算" and _FINAL.search(said):
        return None
    years = _YEAR.findall(sentence)
    return tables[0] if not years or years[-1] == tables[0].year else None


def _cell(account: Account, cell: str) -> tuple[Figure, ...]:
    """The figure that is meant; both halves' totals where there are two, nothing where the table tells of several."""
    if cell == "grand":
        every = [figure for side in ("收入", "支出") if (column := account.column("total", side)) is not None
                 for _, name, figure in account.rows(column) if name in ("总计", f"{side}总计", f"{side}合计")]
        return tuple(every[:1]) if every and all(f.value == every[0].value for f in every) else ()
    column = account.column("total")
    return (account.total(column) if column is not None else ()) or account.halves()


def _items(texts: Sequence[Text], accounts: Accounts) -> Iterator[Statement]:
    """The accounts named in the text against the table that most of them agree with."""
    told = list(_told(texts))
    tables = [accounts.by_kind[kind][0] for kind in _TABLES if len(accounts.by_kind.get(kind, ())) == 1]
    rows = {account.kind: account.paths() for account in tables}
    counts = [sum(_agrees(item, _at(rows[account.kind], item)) for item, *_ in told if _of_year(item, account)) for account in tables]
    if not counts or max(counts) < _LEAST:
        return
    best = tables[counts.index(max(counts))]
    others = [*((account, rows[account.kind]) for account in tables if account is not best), *_classes(accounts)]
    yield from _held_against(best, rows[best.kind], [line for line in told if _of_year(line[0], best)], others)


Line = tuple[Told, Text, bool]
"""An account named in the text, where, and whether its section is of part of the spending (财政拨款, 一般公共预算) only."""


def _told(texts: Sequence[Text]) -> Iterator[Line]:
    """The accounts named in the text, but for those of funds, whose classes bear the names of others."""
    chapter = heading = ""
    for text in texts:
        if found := _heading(text):
            chapter, heading = (chapter, f"{chapter} {found}") if found.lstrip().startswith("(") else (found, found)
        if not _FUNDS.search(heading) and not _FUNDS.search(text.folded):
            scoped = bool(_SCOPE.search(heading) or _SCOPE.search(text.folded))
            yield from ((item, text, scoped) for item in items_of(text))


def _heading(text: Text) -> str:
    """The heading that a paragraph is, or begins with: (四)一般公共预算财政拨款支出情况。2023年度…; empty where it has none."""
    if len(text.folded) <= 40 and not text.figures:
        return text.folded
    return match.group() if (match := _RUN_IN.match(text.folded)) else ""


Rows = dict[tuple[str, ...], tuple[Figure, ...]]


def _classes(accounts: Accounts) -> Iterator[tuple[Account, Rows]]:
    """The classes of the tables of income beside spending, by name."""
    for kind in _WHOLES:
        for account in accounts.by_kind.get(kind, ()):
            column = account.column("total", "支出")
            if column is not None:
                yield account, {("类", name): (figure,) for name, figure in account.classes(column).items()}


def _held_against(account: Account, rows: Rows, told: Sequence[Line],
                  others: Sequence[tuple[Account, Rows]]) -> Iterator[Statement]:
    """Each amount against its row; what is that of another table is held against that one.

    What a section says of part of the spending need not be what a table gives of all of it.
    """
    own = [(item, text, scoped and account.kind == "支出表", there) for item, text, scoped in told if (there := _at(rows, item))]
    lost = sum(not _agrees(item, there) for item, _, _, there in own)
    for item, text, part, there in own:
        elsewhere = next(((other, found) for other, lines in others if _agrees(item, found := _at(lines, item))), None)
        if _agrees(item, there) or elsewhere is None and not part and 3 * lost <= len(own):
            yield _statement(item.figure, item.path[-1], _nearest(item, there), account, text)
        elif elsewhere is not None:
            yield _statement(item.figure, item.path[-1], _nearest(item, elsewhere[1]), elsewhere[0], text)


def _nearest(item: Told, there: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The cell of a row that an amount agrees with, else its total."""
    return next(((f,) for f in there if _agrees(item, (f,))), there[:1])


def _of_year(item: Told, account: Account) -> bool:
    return item.year in ("", account.year) and not (item.final and account.mark[0] == "预算")


def _at(rows: Rows, item: Told) -> tuple[Figure, ...]:
    """The figures of the row of an account, the total first; its name may leave 支出 off."""
    return rows.get((item.level, *item.path)) or rows.get((item.level, *item.path[:-1], f"{item.path[-1]}支出")) or ()


def _agrees(item: Told, there: Sequence[Figure]) -> bool:
    """Tell whether an amount of the text is that of the row, in one column or another, but for rounding."""
    return any(_equal(item.figure, (f,)) for f in there)
