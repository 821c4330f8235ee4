"""散行的表：各行同样成立的栏间关系，合计行与各行之和

从表格里复制成文字的各行：由几行同样成立的算术认出各栏之间的关系；由 rate、parts、change 复算。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> def found(*lines):
...     texts = [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)]
...     return [(s.kind, s.stated.text, s.certainty) for s in said(texts)[0]]
>>> found("甲 412.5 380.2 92.17", "乙 96.8 71.3 73.66", "丙 250.4 249.9 99.80")
[('rate', '92.17', 0.0), ('rate', '73.66', 0.0), ('rate', '99.80', 0.0)]
>>> found("甲 412 380 12", "乙 96 71 25")
[]
>>> found("甲类 3412.45 3977.31", "子项一 1200.12 1377.20", "子项二 2212.33 2600.11", "乙类 511.20 498.77")
[('parts', '3412.45', 0.0), ('parts', '3977.31', 0.0)]
>>> found("丙镇 3454 5 2399 1050"), found("资金总额 43.2 43.2 37.24 10 86.2% 9")
([('parts', '3454', 0.0)], [('rate', '86.2%', 0.0)])
>>> found("丁村 20", "戊村 15", "己村 25", "合计 60")
[('parts', '60', 0.0)]
"""

from __future__ import annotations

from collections.abc import Sequence

from fusuan.model import Place, Statement
from fusuan.patterns import Text
from fusuan.relations._row_alone import alone
from fusuan.relations._row_families import nested
from fusuan.relations._row_laws import beside, lawful
from fusuan.relations._row_placed import across
from fusuan.relations._row_sums import totals
from fusuan.relations.passages.rows import blocks, sides


def said(texts: Sequence[Text]) -> tuple[list[Statement], frozenset[Place]]:
    """What the rows among some texts say, and the places of those that say something."""
    found, places = list[Statement](), frozenset[Place]()
    for block in blocks(texts):
        listed = (s for side in (block, *sides(block)) for read in (lawful, nested, totals, across) for s in read(side))
        told = {_figures(s): s for s in (*beside(block), *listed, *alone(block))}
        if told:
            found += told.values()
            places |= block.places
    return found, places


def _figures(statement: Statement) -> frozenset[tuple[Place, tuple[int, int]]]:
    """What makes a statement the same as another, however it was found."""
    return frozenset((f.place, f.span) for f in statement.figures)
