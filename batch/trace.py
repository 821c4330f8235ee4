"""What a batch keeps of a document beside its audit, to hold files against each other: what it is, its wording, its amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from fusuan.batch import kinds
from fusuan.model import Audit, Document, Table

_CLAUSE = re.compile("[。；！？\n]")
_BLANK = re.compile(r"\s+")
_SHORTEST, _MOST = 14, 400
_PROJECT = re.compile(r"项目名称[（(]?[^：:\s]{0,6}[)）]?\s*[：:]\s*(?P<name>[^\s：:，。；]{3,40})")
_PROJECT_TITLE = re.compile("(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()“”]{3,40}?项目)(?:支出)?(?:资金)?绩效")
_YEAR_TITLE = re.compile("(20[0-9]{2})年度?(?=[\u4e00-\u9fff]{0,12}(?:自评|绩效评价))")
_ADJUSTED = re.compile("会计差错更正|收回以前年度|归集调[入出]|归集上缴|单位内部调剂|年初结转和?结余调整|调整年初|机构改革|单位(?:合并|划转)|追溯调整|新旧(?:会计)?制度衔接")
CARRIED = ("年初结转和结余", "年末结转和结余")
COMPARED = frozenset((*CARRIED, "本年收入合计", "本年支出合计", "收入总计", "支出总计", "基本支出", "项目支出", "人员经费", "公用经费", "“三公”经费",
                      "公务接待费", "公务用车运行维护费", "公务用车购置费", "因公出国（境）费", "会议费", "培训费", "政府采购支出", "机关运行经费",
                      "全年预算数", "全年执行数", "一般公共预算财政拨款支出", "财政拨款收入", "财政拨款支出"))
"""Names that mean one amount of a unit and a year, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount told once under a name that means one thing: in 元, to how many 元 exact, as printed, and where."""

    name: str
    period: str
    basis: str
    value: str
    step: str
    text: str
    place: str

    @property
    def known(self) -> tuple[Decimal, Decimal]:
        return Decimal(self.value), Decimal(self.step)


@dataclass(frozen=True, slots=True)
class Trace:
    """`clauses` are the longer sentences of its running text, digits left out, `cells` those of its tables, where forms speak; `years` those of which it calls itself the evaluation; `adjusted`: it
    speaks of a reason for which an opening balance is not last year's closing one."""

    kind: str = ""
    project: str = ""
    clauses: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    years: tuple[str, ...] = ()
    adjusted: bool = False
    figures: int = 0
    score: str = ""


def trace(document: Document, audit: Audit) -> Trace:
    """Take down of a document what the others are held against."""
    prose, cells = list(_prose(document)), list(_cells(document))
    texts = [*prose, *cells]
    whole = "\n".join(texts)
    return Trace(kinds.kind(document.title, texts[:12]), _project(document, texts[:40]), tuple(clauses(prose)), tuple(clauses(cells)),
                 tuple(_amounts(audit)), tuple(dict.fromkeys(_YEAR_TITLE.findall(_BLANK.sub("", whole[:20000])))),
                 _ADJUSTED.search(whole) is not None, len(audit.figures), audit.score_stated or "")


def _prose(document: Document) -> Iterator[str]:
    """Yield the running text: paragraphs, and what a table of one column holds (a report kept in a sheet)."""
    for block in document.blocks:
        if not isinstance(block, Table):
            yield block.text
        elif block.width == 1:
            yield from (cell.text for cell in block.cells)


def _cells(document: Document) -> Iterator[str]:
    yield from (cell.text for table in document.tables if table.width > 1 for cell in table.cells)


def clauses(texts: Iterable[str]) -> Iterator[str]:
    """Yield the longer sentences, each once, without blanks and digits: what two reports share if one was written from the other.

    >>> list(clauses(["一、概况", "全年接待来访群众 120 批次、460 人次，回访率达到98%。较好。"]))
    ['全年接待来访群众#批次、#人次,回访率达到#%']
    """
    seen = set[str]()
    for text in texts:
        for clause in _CLAUSE.split(text):
            plain = re.sub(r"[0-9][0-9.,]*", "#", _BLANK.sub("", normalize("NFKC", clause)))
            if len(plain) >= _SHORTEST and plain not in seen and len(seen) < _MOST:
                seen.add(plain)
                yield plain


def _amounts(audit: Audit) -> Iterator[Amount]:
    """Yield the amounts whose name, year and basis stand for one value throughout the document."""
    told = [figure for figure in audit.figures if figure.name in COMPARED and figure.dimension == "money" and not figure.sign]
    values: dict[tuple[str, str, str], set[Decimal]] = {}
    for figure in told:
        values.setdefault((figure.name, figure.period, figure.basis), set()).add(figure.base)
    met = Counter[tuple[str, str, str]]()
    for figure in told:
        key = (figure.name, figure.period, figure.basis)
        met[key] += 1
        if len(values[key]) == 1 and met[key] == 1:
            yield Amount(*key, str(figure.base), str(figure.scale * Decimal(1).scaleb(-figure.decimals)),
                         " ".join(figure.text.split()), str(figure.place))


def _project(document: Document, texts: list[str]) -> str:
    """Return the project reported on, as stated or as the title has it."""
    for table in document.tables:
        for cell, after in zip(table.cells, table.cells[1:], strict=False):
            if _BLANK.sub("", cell.text).rstrip("：:") == "项目名称" and after.place.row == cell.place.row and after.text.strip():
                return _BLANK.sub("", after.text)[:60]
    stated = _PROJECT.search("\n".join(texts))
    if stated:
        return stated["name"]
    title = _PROJECT_TITLE.search(re.sub(r"20[0-9]{2}年度?", " ", _BLANK.sub("", document.title)))
    return title["name"] if title else ""
