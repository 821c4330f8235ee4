"""What a report says of itself: its title, the unit that files it, the year it reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from unicodedata import normalize

from fusuan.model import Block, Paragraph, Table

_FAR = 40
"""How many paragraphs from the top a title or a unit may stand: a cover and a list of contents before it."""
_LONGEST = 60
_SUBJECT = re.compile("绩效|自评|评价|自查|决算|预算|报告|情况|目标|申报|评分|基础数据|指标|收支|三公")
_TITLE_END = re.compile("(?:报告|表|说明|材料|总结|报告书|情况|体系|汇总|部门[预决]算|[预决]算公开)(?:[(（][^()（）]{1,20}[)）])?\\Z")
_INCOMPLETE = re.compile("(?:部门|单位)?(?:整体|项目)?(?:支出)?绩效(?:自评|评价|目标)|自评|评价|报告")
_NOT_TITLE = re.compile(r"[。；;！？]|[：:，,|]|附件|附表|附：|目\s*录|\t|^[(（]?[一二三四五六七八九十0-9]+[)）、.．]")
_UNIT_END = ("(?:局|委|委员会|办|办公室|中心|院|校|会|馆|站|所|队|部|厅|府|社|处|室|园|台|团|库|街道|镇|乡|公司|支队|大队"
             "|医院|大学|学院|中学|小学|学校|幼儿园|机关|协会|联合会|农场|林场)")
_UNIT_LINE = re.compile(rf"[\u4e00-\u9fff（）()、·]{{2,28}}{_UNIT_END}(?:[（(][\u4e00-\u9fff]{{1,12}}[)）])?\Z")
_STATED = re.compile(r"(?:填报|编报|报送|自评|评价|预算|项目|单位|部门|申报|编制)?[(（]?(?:单位|部门)[)）]?(?:[(（][^)）]{1,6}[)）])?"
                     r"(?:全称|名称)?(?:[(（]?(?:盖章|公章|签章)[)）]?)?\s*[：:]\s*(?P<unit>[^\s：:，。；_]{3,40})")
_LABEL = re.compile(r"(?:填报|编报|自评|评价|预算|项目|基层|本)?[(（]?(?:单位|部门)[)）]?(?:[(（](?:单位|部门|盖章|公章)[)）])?(?:全称|名称)?"
                    r"(?:[(（](?:盖章|公章|签章)[)）])?\Z")
_DOING_LABEL = re.compile(r"(?:项目)?(?:实施|承担|执行|责任)(?:单位|部门)(?:名称)?\Z")
_OVER_LABEL = re.compile(r"(?:[省市县区]级|项目)?(?:主管|预算)(?:单位|部门)(?:及代码|名称)?\Z")
_DIVISION = re.compile("(?:股|科|科室|处|组)\\Z")
_SEAL = re.compile(r"[(（](?:盖章|公章|签章|章)[)）]?|[(（]\Z")
_AFTER = re.compile(r"(?:填报|填表|自评|报送|编制)(?:日期|时间|人).*|联系(?:人|电话).*|负责人.*|\A[0-9]{2,12}\s*[-—－]?\s*")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*(?:[-—~至]\s*20[0-9]{2}\s*)?(?:年(?!\s*[0-9]{1,2}\s*月)|\s*财年)")
_CHINESE_YEAR = re.compile("二[〇○零0О][〇○零一二三四五六七八九]{2}年")
_DIGITS = str.maketrans("〇○零О一二三四五六七八九", "0000123456789")
_DATE = re.compile(r"[0-9二〇○零一三四五六七八九十]{2,4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月")
_INTRODUCED = re.compile(rf"(?P<unit>[\u4e00-\u9fff]{{2,26}}?{_UNIT_END})(?:[(（][^()（）]{{1,30}}[)）])?"
                         "(?:是|为|系|隶属|属于|成立于|位于|内设|下设|的主要职责|主要职能)")
_SELF = re.compile("我|本|该|单位|全|根据|按照|以")
_MONEY_UNITS = ("元", "万", "亿", "%", "人", "个")


def identify(blocks: Sequence[Block]) -> tuple[str, str, str]:
    """Return title, unit and year of the report, each empty where it does not say.

    >>> from fusuan.model import Place
    >>> lines = ("甲县水务局2021年度部门整体支出绩效自评报告", "一、基本情况")
    >>> identify([Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)])
    ('甲县水务局2021年度部门整体支出绩效自评报告', '甲县水务局', '2021')
    """
    lines = [_plain(line) for line in islice(_lines(blocks), _FAR)]
    at, title = _title(lines)
    return title, _unit(blocks, lines, at, title), _year(lines, at, title)


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip()


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the first lines of the report: paragraphs, and what a table says in a row of one cell at its top."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.note != "footnote":
                yield from (line for line in block.text.split("\n") if line.strip())
        elif block.cells and block.cells[0].columns == block.width:
            yield block.cells[0].text.replace("\n", "")


def _title(lines: list[str]) -> tuple[int, str]:
    """Return where the line (or two) that names the report begins, and the name."""
    for at, line in enumerate(lines):
        text = re.sub(r"\s+", "", line)
        if len(text) > _LONGEST and _NOT_TITLE.search(line):
            break
        if 4 <= len(text) <= _LONGEST and _SUBJECT.search(text) and not _NOT_TITLE.search(line):
            before = re.sub(r"\s+", "", lines[at - 1]) if at else ""
            after = re.sub(r"\s+", "", lines[at + 1]) if at + 1 < len(lines) else ""
            if _INCOMPLETE.match(text) and _joins(before):
                return at - 1, before + text
            if _TITLE_END.search(text):
                return at, text
            if 2 <= len(after) <= 12 and re.search("(?:报告|表)\\Z", after):
                return at, text + after
    return -1, ""


def _joins(before: str) -> bool:
    return 2 <= len(before) <= 40 and not _NOT_TITLE.search(before) and not before.endswith(("日", "月"))


def _unit(blocks: Sequence[Block], lines: list[str], at: int, title: str) -> str:
    for line in lines:
        stated = _STATED.search(line)
        if stated and (unit := _named(stated["unit"])):
            return unit
    return (_in_tables(blocks, _LABEL) or _before_year(title)
            or next((line for line in reversed(lines[max(at - 3, 0):max(at, 0)]) if _UNIT_LINE.fullmatch(line)), "")
            or _by_project(blocks) or _signed(blocks) or _introduced(lines))


def _signed(blocks: Sequence[Block]) -> str:
    """Return the unit that signs at the end, over a date."""
    tail = [_plain(block.text) for block in blocks[-8:] if isinstance(block, Paragraph) and not block.note]
    return next((re.sub(r"\s", "", unit) for unit, date in pairwise(tail)
                 if _DATE.match(date) and _UNIT_LINE.fullmatch(re.sub(r"\s", "", unit))), "")


def _introduced(lines: list[str]) -> str:
    """Return the unit that a sentence near the top says what it is."""
    found = (_INTRODUCED.match(line) for line in lines)
    return next((match["unit"] for match in found if match and not _SELF.match(match["unit"])), "")


def _by_project(blocks: Sequence[Block]) -> str:
    """Return the unit that carries a project out; where only a division of it is named, the one above."""
    doing = _in_tables(blocks, _DOING_LABEL)
    return (_in_tables(blocks, _OVER_LABEL) or doing) if not doing or _DIVISION.search(doing) else doing


def _named(text: str) -> str:
    """Return the name of a unit as stated, a seal's place taken off; empty where it is a unit of money instead."""
    name = _AFTER.sub("", _SEAL.sub("", _plain(text))).strip("()（）_ ")
    return "" if len(name) < 3 or name.startswith(_MONEY_UNITS) or not re.search("[\u4e00-\u9fff]{2}", name) else name


def _before_year(title: str) -> str:
    """Return what stands before the year, or before the subject, of a title, where it is the name of a unit."""
    year = _YEAR.search(title) or _CHINESE_YEAR.search(title)
    head = title[: year.start()] if year else ""
    head = head or (title[year.end():] if year else title).removeprefix("度")
    following = r"\Z|关于|部门|单位|整体|财政|预算" + ("|项目|20" if year else "")
    unit = re.match(rf"(?:关于)?(?P<unit>[\u4e00-\u9fff（）()·]{{2,28}}?{_UNIT_END})(?={following})", head)
    return unit["unit"] if unit else ""


def _in_tables(blocks: Sequence[Block], label: re.Pattern[str]) -> str:
    """Return what stands to the right of a label in the head of a form."""
    for table in islice((block for block in blocks if isinstance(block, Table)), 3):
        cells = [cell for cell in table.cells if (cell.place.row or 0) < 8]
        for cell, following in pairwise(cells):
            said = re.sub(r"\s+|[：:]", "", _plain(cell.text))
            if label.fullmatch(said) and following.place.row == cell.place.row:
                unit = _named(following.text.replace("\n", ""))
                if unit and len(unit) <= 40 and not _LABEL.fullmatch(unit) and not re.search("预算|执行|金额|分值", unit):
                    return unit
    return ""


def _year(lines: list[str], at: int, title: str) -> str:
    """Return the year in the title, else near it, else the one named most in the first lines."""
    near = [title, *lines[max(at - 1, 0):at + 3]] if title else lines[:3]
    for line in near:
        if len(line) <= _LONGEST and (found := _years(line)):
            return found[0]
    common = Counter(year for line in lines for year in _years(line)).most_common(1)
    return common[0][0] if common else ""


def _years(text: str) -> list[str]:
    found = [match[1] for match in _YEAR.finditer(text)]
    return found or [match[0][:4].translate(_DIGITS) for match in _CHINESE_YEAR.finditer(text)]
