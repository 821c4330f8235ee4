"""Where in the text a place lies, in the words a person looks for: the headings above it, the labels of its row and column.

Word shows no paragraph numbers, so that 第84段 alone cannot be found by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Block, Cell, Document, Place, Table

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LEVELS = tuple(map(re.compile, (
    rf"第(?:{_NUMERAL}|\d{{1,2}})[部章篇]分?", rf"{_NUMERAL}[、.．]", rf"[（(]\s*{_NUMERAL}\s*[）)]",
    r"\d{1,2}[、.．](?!\d)", r"[（(]\s*\d{1,2}\s*[）)]")))
_LONGEST, _LEAD, _FIRST = 40, 30, 10
_LEAD_END = re.compile(r"[。：:；;，,\d]")
_PAUSE = re.compile(r"[。：:；;，,]|、$")
_TITLE_END = "。；;，,、"
_UNIT_LINE = re.compile(r"^[（(].*[）)]$|[（(]?\s*(?:金额)?(?:计量)?单位\s*[：:]|公开\d+表|^第?\s*\d+\s*页?$|编制(?:单位|部门)|填报(?:单位|日期)|(?:部门|单位)名?称?[：:]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LABEL, _DEEP = 24, 3
_VALUE = re.compile(r"[≥≤＞＜><=]?-?\d[\d.,]*\D{0,4}$")
_ABOUT = re.compile("(?:名称|单位|部门|负责人|联系人|电话|日期|项目|年度)[)）]?$")
"""Labels at the top of a form whose row tells of whom it is: it heads no columns."""
_VAST = 500_000
"""Positions of a table beyond which its cells go by its title alone."""
JOINT = " › "


def headed(document: Document) -> Document:
    """Return the document with every place knowing its headings; one pass, whatever its length."""
    return replace(document, blocks=tuple(_blocks(document.blocks)))


def _blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    path: list[tuple[int, str]] = []
    before: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            yield _labelled(block, _title(before) or _joined(path))
            before = []
            continue
        if found := _heading(block.text):
            path = [*(step for step in path if step[0] < found[0]), found]
        before = [*before[-2:], block.text]
        yield replace(block, place=_under(block.place, _joined(path)))


def _under(place: Place, heading: str) -> Place:
    return replace(place, heading=heading) if heading else place


def _joined(path: Sequence[tuple[int, str]]) -> str:
    return JOINT.join(text for _, text in path)


def _heading(text: str) -> tuple[int, str] | None:
    """Read the level and the words of a heading, or of the number that begins a longer paragraph.

    >>> _heading("（二）过程"), _heading("2、采购执行率：全年采购8万元，占……")
    ((2, '（二）过程'), (3, '2、采购执行率'))
    >>> _heading("1.5万元用于设备更新"), _heading("一是完善制度。")
    (None, None)
    """
    line = " ".join(text[:200].split())
    for level, mark in enumerate(_LEVELS):
        if match := mark.match(line):
            return level, _words(line, match.end(), len(text) > 200)
    return None


def _words(line: str, start: int, more: bool) -> str:
    """Take the whole of a short line, of a paragraph the words up to its first pause or figure."""
    whole = line.rstrip("：:")
    if not more and len(whole) <= _LONGEST and not _PAUSE.search(whole):
        return whole
    end = _LEAD_END.search(line, start)
    cut = min(end.start() if end else len(line), start + _LEAD)
    lead = line[:cut].rstrip("“‘（( ")
    # a number alone is no name: the first words are what can be searched for
    return lead if len(lead) > start + 1 else f"{line[:start + _FIRST]}…"


def _title(before: Sequence[str]) -> str:
    """The line above a table that names it; unit lines and the like aside."""
    lines = [" ".join(text.split()) for text in before if len(text) < 80]
    return next((line for line in reversed(lines) if line and len(line) <= _LONGEST and line[-1] not in _TITLE_END
                 and not _UNIT_LINE.search(line) and _CHINESE.search(line)), "")


def _labelled(table: Table, title: str) -> Table:
    """Name every cell by the labels of its row and column."""
    names = _cell_names(table, title) if table.height * table.width <= _VAST else {}
    cells = (replace(c, place=_under(c.place, names.get(id(c), title))) for c in table.cells)
    return replace(table, cells=tuple(cells), place=_under(table.place, title))


def _cell_names(table: Table, title: str) -> dict[int, str]:
    """Go through the rows once, keeping the heads that stand over each column."""
    names: dict[int, str] = {}
    heads: dict[int, tuple[str, ...]] = {}
    below = True  # the row before headed nothing that this one could stand under
    for covering in table.grid():
        row = list({id(cell): cell for cell in covering if cell is not None}.values())
        if head := _is_head(row):
            own = {column: _label(cell.text) for column, cell in enumerate(covering) if cell is not None}
            heads = {column: ((*heads.get(column, ()), text) if not below else (text,)) for column, text in own.items()}
        below = not head or bool(_ABOUT.search(_label(row[0].text)))
        for cell, labels in _row_labels(row):
            over = () if head else heads.get(cell.place.column or 0, ())[-2:]
            names.setdefault(id(cell), JOINT.join(dict.fromkeys(filter(None, (title, *labels, *over)))))
    return names


def _label(text: str) -> str:
    return "".join(text.split())


def _names(text: str) -> bool:
    """Tell whether a cell's text is a label: words, short, no sentence, no value with its unit."""
    label = _label(text)
    return 0 < len(label) <= _LABEL and bool(_CHINESE.search(label)) and label[-1] not in _TITLE_END \
        and not _VALUE.match(label)


def _is_head(row: Sequence[Cell]) -> bool:
    """Tell whether a row heads columns: two labels and more, and nothing but labels.

    >>> def row(*texts):
    ...     return [Cell(text, Place(table=1, row=0, column=at)) for at, text in enumerate(texts)]
    >>> _is_head(row("项目", "预算数", "执行数")), _is_head(row("基本支出", "12.5", "12.5"))
    (True, False)
    """
    filled = [cell for cell in row if cell.text.strip()]
    return len(filled) > 1 and all(_names(cell.text) and len(_label(cell.text)) <= 16 for cell in filled)


def _row_labels(row: Sequence[Cell]) -> Iterator[tuple[Cell, Sequence[str]]]:
    """Each cell of a row with the labels left of it: the run of labels that stands nearest.

    >>> texts = "产出", "时效", "办结率", "≥95%", "97%", "支出", "12"
    >>> list(_row_labels([Cell(text, Place(column=at)) for at, text in enumerate(texts)]))[-1][1]
    ('支出',)
    """
    run: tuple[str, ...] = ()
    parted = False
    for cell in row:
        yield cell, run[-_DEEP:]
        if _names(cell.text):
            run = (_label(cell.text),) if parted else (*run, _label(cell.text))
            parted = False
        else:
            parted = True
