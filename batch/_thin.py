"""Was enough of a file recomputed to say that it agrees? Where not: how little, and what stood in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fusuan.model import Document, Figure, Finding, Place, Unchecked

LEAST = (1, 5)
"""The share of figures that must take part in some recomputation. Filings and accounts measured stand at a third and above,
speeches and bulletins, in which figures hang together with nothing, below an eighth."""
_FEW = 3
_ROW = 3


def thin(document: Document, figures: Sequence[Figure], findings: Sequence[Finding], unchecked: Sequence[Unchecked]) -> str:
    """Say in Chinese how little was recomputed and why; nothing where it was enough.

    >>> thin(Document("甲.docx", "docx"), (), (), ())
    '没有读出数字，没有可以复算的内容'
    """
    if not figures:
        return "没有读出数字，没有可以复算的内容"
    left = {(item.figure.place, item.figure.span) for item in unchecked}
    met = sum((figure.place, figure.span) not in left for figure in figures)
    if met * LEAST[1] >= len(figures) * LEAST[0] and (findings or len(figures) < _FEW):
        return ""
    causes = "；".join([*_unframed(document, unchecked), *_commonest(unchecked)])
    return f"{len(figures)} 个数字复算 {len(findings)} 处（{met} 个数字进入复算）；{causes}"


def _commonest(unchecked: Sequence[Unchecked]) -> list[str]:
    return [f"{reason}（{count} 个）" for reason, count in Counter(item.reason for item in unchecked).most_common(2)]


def _unframed(document: Document, unchecked: Sequence[Unchecked]) -> list[str]:
    """Rows of figures that stand in no table: where a table lost its frame, nothing says which heading they belong to."""
    counts = Counter(item.figure.place for item in unchecked if item.figure.place.table is None)
    rows = [block.place for block in document.paragraphs if counts[block.place] >= _ROW and _bare(block.text)]
    return [f"{_where(rows)}有 {len(rows)} 行数字不在表格里（表没有框线，或是复制成了文字）"] if len(rows) >= _ROW else []


def _bare(text: str) -> bool:
    """Tell whether a line is mostly figures and blanks, as a row of a table is.

    >>> _bare("办公费 12.50 11.80 94.40%"), _bare("全年接待12批、40人、3次。")
    (True, False)
    """
    words = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return words * 2 <= len(text) and not any(char in "。；，" for char in text)


def _where(places: Sequence[Place]) -> str:
    pages = sorted({place.page for place in places if place.page is not None})
    return f"第{'、'.join(map(str, pages[:5]))}页{'等' if len(pages) > 5 else ''}" if pages else "文中"
