"""A document prepared for reading: the figures of its paragraphs and cells, found once and shared by all patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from fusuan.model import Cell, Document, Figure, Paragraph, Place, Table
from fusuan.patterns.figures.numbers import figures_in
from fusuan.patterns.grids.unframed.restore import unflattened
from fusuan.patterns.text.fold import fold

# a full stop typed as a point: 上年30万元. 较上年
_POINT = re.compile(r"(?<=[\u4e00-\u9fff%)])\.(?=\s|$|[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph with its folded text (same length as printed) and its figures."""

    paragraph: Paragraph
    folded: str
    figures: tuple[Figure, ...]

    @property
    def printed(self) -> str:
        return self.paragraph.text

    @property
    def place(self) -> Place:
        return self.paragraph.place

    def opens(self, at: int, stops: str = "。;!\n") -> int:
        """Where the words begin that lead up to a place: behind the last stop before it."""
        return max(self.folded.rfind(stop, 0, at) for stop in stops) + 1

    def quote(self, start: int, end: int, stops: str = "。;!\n") -> str:
        """The words from where the sentence (or what `stops` part) of `start` begins up to `end`."""
        return self.paragraph.text[self.opens(start, stops):end].strip()

    @classmethod
    def of(cls, paragraph: Paragraph) -> Text:
        return cls(paragraph, _POINT.sub("。", fold(paragraph.text)), figures_in(paragraph.text, paragraph.place))


_OPEN = re.compile(r"[\u4e00-\u9fff0-9,，、万亿“”（(%％;；》]$")
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、.．)）](?![0-9])|第[一二三四五六七八九十]|[|]|附)")


_CELLS = re.compile(r"[\u4e00-\u9fff)）]\s+[≥≤]?[0-9][0-9.,]*[%％]?\s+[≥≤]?[0-9][0-9.,]*[%％]?(?:\s|$)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BROKEN = re.compile(r"万\|元|亿\|元")
_IN_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff（(、≥≤])(?P<end>[0-9][0-9,]*\.?[0-9]*)\|(?P<begin>[0-9,]*\.?[0-9]+)")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


def whole(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Join lines that a hard line end cuts in the middle of a sentence (text copied out of a PDF): all such lines of a text that is full of
    them, of another those that end within a number.

    >>> from fusuan.model import Place
    >>> lines = ["全年用于农村道路养护、桥梁维修加固和安全防护的支", "出合计为612万元，比上年增加174万元，增长39", ".7%。", "二、其他"]
    >>> [p.text for p in whole(Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines))]
    ['全年用于农村道路养护、桥梁维修加固和安全防护的支出合计为612万元，比上年增加174万元，增长39.7%。', '二、其他']
    >>> lines = ["二、资金到位情况", "截至当年底共筹集水利建设资金6,836.37万元，已到位6,69", "6.37万元，到位率97.95%。", "本页末行写到2", "3.其他事项"]
    >>> [p.text[-12:] for p in whole(Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines))][1:]
    ['元，到位率97.95%。', '本页末行写到2', '3.其他事项']
    """
    lines = list(paragraphs)
    wrapped = sum(_open(p.text) for p in lines) >= 0.4 * len(lines)
    held: Paragraph | None = None
    last = ""
    for paragraph in lines:
        if held is not None and (_BROKEN.search(last[-1:] + "|" + paragraph.text[:1]) or _open(last) and (wrapped or _in_number(last, paragraph.text))) \
                and not _HEADING.match(paragraph.text):
            held = Paragraph(held.text + paragraph.text.lstrip(), held.place, held.note)
        else:
            if held is not None:
                yield held
            held = paragraph
        last = paragraph.text.rstrip()
    if held is not None:
        yield held


def _open(line: str) -> bool:
    """Tell whether a line ends where the page was full: in the middle of a sentence, and as long as a line is.

    A row of a table copied out ends so too, but has its values among blanks.
    """
    return 18 <= len(line.rstrip()) <= 60 and bool(_OPEN.search(line.rstrip())) and "|" not in line and not _CELLS.search(line)


def _in_number(line: str, following: str) -> bool:
    """Tell whether a line ends in the middle of a number: 已到位6,69 | 6.37万元."""
    cut = _IN_NUMBER.search(f"{line[-20:]}|{following[:20]}")
    return cut is not None and _NUMBER.fullmatch(cut["end"] + cut["begin"]) is not None


class Report:
    """A document and, made when first asked for, what the patterns share of it."""

    def __init__(self, document: Document) -> None:
        self.document = unflattened(document)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The paragraphs of the body in order, with their figures."""
        return tuple(Text.of(paragraph) for paragraph in whole(self.document.paragraphs))

    @cached_property
    def blocks(self) -> tuple[Text | Table, ...]:
        """Paragraphs (as texts) and tables in reading order."""
        starts = {text.paragraph.place: text for text in self.texts}
        return tuple(block if isinstance(block, Table) else starts[block.place]
                     for block in self.document.blocks if isinstance(block, Table) or block.place in starts)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the document, those put back among them."""
        return tuple(self.document.tables)

    @cached_property
    def put_back(self) -> dict[Place, int]:
        """The number (from 0) of the table that a place in a table without frame belongs to."""
        return {cell.place: n for n, table in enumerate(self.tables) if table.place.table is None for cell in table.cells}

    @cached_property
    def parted(self) -> frozenset[int | None]:
        """The numbers of tables whose merged cells were parted, their text in every place: they went through a program that knows none."""
        return frozenset(table.place.table for table in self.tables if table.place.table is not None and _parted(table))

    @cached_property
    def cells(self) -> dict[Cell, tuple[Figure, ...]]:
        """The figures of every table cell (unit as printed in the cell; headings are for the forms to read)."""
        return {cell: figures_in(cell.text, cell.place) for table in self.document.tables for cell in table.cells}


def _parted(table: Table) -> bool:
    """Tell whether a table without a merged cell repeats words side by side as no one writes them: three times in two rows, or a name at
    the left twice in three. (A target and a result beside it may be the same words.)
    """
    if any(cell.rows * cell.columns > 1 for cell in table.cells):
        return False
    alike = {(a.place.row, a.place.column or 0): len(_HAN.findall(a.text)) for a, b in pairwise(table.cells)
             if a.place.row == b.place.row and a.text == b.text and _HAN.search(a.text)}
    thrice = {row for (row, column), letters in alike.items() if (row, column + 1) in alike and letters >= (3 if column else 2)}
    return len(thrice) >= 2 or sum(not column and letters >= 3 for (_, column), letters in alike.items()) >= 3
