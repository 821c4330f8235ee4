"""The outline of a report as its headings give it, with the marks claimed under each heading.

>>> def outline(*lines):
...     texts = tuple(Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines, 1))
...     return [(n.level, n.name, [p.figure.text for p in n.earned]) for n in nodes_in(texts)]
>>> outline("（一）投入", "1、目标设定：", "（1）有计划，根据评分标准该项得分6分；", "（2）指标细化，", "该项得4分。")
[(2, '投入', []), (3, '目标设定', []), (4, '有计划', ['6分']), (4, '指标细化', ['4分'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from fusuan.patterns._report import Text
from fusuan.patterns.marks.words import Paragraph, Place, Points, core_of, points_in

__all__ = ["Heading", "Paragraph", "Place", "nodes_in", "section_of"]

_LEVELS = [regex.compile(p) for p in (
    r"\s*第?[一二三四五六七八九十]{1,3}[、.．部章]", r"\s*[（(][一二三四五六七八九十]{1,3}[)）]",
    r"\s*[0-9]{1,2}\s?[、.．](?![0-9])", r"\s*[（(][0-9]{1,2}[)）]", r"\s*(?:[①-⑳]|[0-9]{1,2}[)）])")]
_OF_YEAR = regex.compile(r"^\s*(?:(?:19|20)[0-9]{2}\s?年(?:度|末)?|本年度?|我单位|本单位)")
_NAME_ENDS = regex.compile(r"[，,。；;：:（(0-9]")


@dataclass(slots=True, eq=False)
class Heading:
    """A heading or numbered paragraph: what stands under it directly, and the nodes below it."""

    level: int
    name: str
    text: Text
    points: list[Points] = field(default_factory=list)
    below: list[Heading] = field(default_factory=list)

    @property
    def earned(self) -> list[Points]:
        return [p for p in self.points if p.role == "earned"]

    def leaves(self) -> Iterator[Heading]:
        """The nodes that carry a mark or could: a heading whose parts are marked is none itself."""
        parts = [leaf for node in self.below for leaf in node.leaves()]
        if any(leaf.earned for leaf in parts) or self.below and not self.earned:
            yield from parts
        else:
            yield self


def level_of(text: str) -> int:
    """The depth of a paragraph by its number: 一、 is 1, （一） 2, 1、 3, （1） 4, ① 5; 0 where it has none."""
    return next((n for n, pattern in enumerate(_LEVELS, 1) if pattern.match(text)), 0)


def nodes_in(texts: Sequence[Text]) -> list[Heading]:
    """Return every node in order of reading; `below` ties them into a tree."""
    found: list[Heading] = []
    path: list[Heading] = []
    for text in texts:
        printed = text.paragraph.text
        level = level_of(printed)
        if level:
            while path and path[-1].level >= level:
                path.pop()
            node = Heading(level, heading_name(printed), text)
            if path:
                path[-1].below.append(node)
            path.append(node)
            found.append(node)
        points = points_in(text)
        # a paragraph that gives the total sums up: what it says of groups is no item of the heading above it
        if path and not any(p.role == "total" for p in points):
            path[-1].points += points
    return found


def heading_name(printed: str) -> str:
    """The words of a heading, or the opening words of a numbered paragraph."""
    bare = next((p.sub("", printed, count=1) for p in _LEVELS if p.match(printed)), printed)
    bare = _OF_YEAR.sub("", bare)
    return core_of(_NAME_ENDS.split(bare.strip(), maxsplit=1)[0][:24])


def section_of(name: str, nodes: Sequence[Heading]) -> Heading | None:
    """The section a group is described in: the one heading of that name under which marks are claimed."""
    core = core_of(name)
    like = [n for n in nodes if len(core) >= 2 and _same(core, n.name) and any(leaf.earned for leaf in n.leaves())
            and (n.below or len(n.earned) > 1)]
    exact = [n for n in like if n.name == core]
    chosen = exact or like
    # two headings of one name are two projects, or two tellings: which is meant is not said
    return chosen[0] if len(chosen) == 1 else None


def _same(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and len(long) <= 16 and long.startswith(short)
