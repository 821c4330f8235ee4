"""The words before a figure, and the noun in them.

>>> from fusuan.model import Paragraph, Place
>>> [(told.figure.text, told.pre) for told in told_in(Text.of(Paragraph("其中：因公出国（境）费3.2万元，较上年减少1万元", Place())))]
[('3.2万元', '因公出国(境)费'), ('1万元', '较上年减少')]
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from fusuan.model import Figure
from fusuan.patterns._report import Text

_TAIL = regex.compile(
    r"(?:累计|共计|合计|总计|预计|实际|已|共|均|约|近|达到?|完成|实现|安排|下达|拨付|支付|列支|发放|投入|使用|为|是|计|仅|有|了|各|总额为|数为|额为|:|\s)+$")
_HEAD = regex.compile(
    r"^(?:\s|其中|主要|包括|具体|另外?|以及|及(?!时)|和|与|并|即|含|一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|"
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、)]|[①-⑳]|"
    r"(?:19|20)?[0-9]{2}\s?年度?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[0-9]{1,2}(?:-[0-9]{1,2})?月份?|截[止至][^,]*?(?:日|底|末)|上半年|全年(?!预算)|本年度?|今年|当年|我[县市区省局镇单位]{1,2}|全[县市区省国]|,|:|;|、|将|对|由|在(?![职岗编建校册籍读]))+")
_LED_IN = regex.compile(r"^(?:占|为)(?=[^用])")
_VERBS = regex.compile(r"^(?:完成|安排|实现|共|用于|下达|累计|预计|现将|的|追减|追加|了)+|^(?:拟|将|应|需|再|又|本次)+$")
_STOP = regex.compile(r"[,;。:\n、()!?|]")
_ASIDE = regex.compile(r"\((?!其中|含|包括)[^()0-9,;。:、]{1,8}\)|“[^“”0-9]{1,24}”|《[^《》]{1,60}》")


class Told(NamedTuple):
    """A figure; all that stands between the one before and it, the words right before it, and those right after.

    `text` is the number of its paragraph.
    """

    figure: Figure
    gap: str
    pre: str
    post: str
    text: int = 0

    @property
    def start(self) -> int:
        return self.figure.span[0]


def told_in(text: Text, number: int = 0) -> list[Told]:
    """Return the figures of a paragraph with their words; a short aside (因公出国(境)费) belongs to the name it stands in."""
    ends = [0, *(figure.span[1] for figure in text.figures)]
    starts = [*(figure.span[0] for figure in text.figures), len(text.folded)]
    gaps = [text.folded[end:start] for end, start in zip(ends, starts, strict=True)]
    stops = [list(_STOP.finditer(_ASIDE.sub(lambda aside: "·" * len(aside.group()), gap))) for gap in gaps]
    return [Told(figure, gap, gap[before[-1].end():] if before else gap, rest[:after[0].start()] if after else rest, number)
            for figure, gap, before, rest, after in zip(text.figures, gaps, stops, gaps[1:], stops[1:], strict=False)]


def clean(words: str) -> str:
    """Return the noun in the words before a figure.

    >>> clean("其中:一般公共预算财政拨款收入"), clean("一是安排水渠清淤补助"), clean("2022年度“三公”经费支出合计为")
    ('一般公共预算财政拨款收入', '水渠清淤补助', '“三公”经费支出')
    """
    name = _HEAD.sub("", words.strip())
    name = _LED_IN.sub("", name)
    name = _TAIL.sub("", name)
    return _VERBS.sub("", name).strip()
