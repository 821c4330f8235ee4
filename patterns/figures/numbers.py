"""Figures as reports print them, and the numbers that are none.

>>> def show(text):
...     return [(f.text, str(f.value), f.unit) for f in figures_in(text)]
>>> show("2019年总收入1,248.35 万元，增长４．５％，实有6人，得分3分")
[('1,248.35 万元', '1248.35', '万元'), ('４．５％', '4.5', '%'), ('6人', '6', '人'), ('3分', '3', '分')]
>>> show("（保财绩〔2020〕3号）第5条，1-5月，2022年6月28日，0-6岁，13912345678，B05版")
[]
>>> show("补助118.62万元（省直达-11.35万元），1.5万\\n元，叁佰万元整，百分之五")
[('118.62万元', '118.62', '万元'), ('-11.35万元', '-11.35', '万元'), ('1.5万\\n元', '1.5', '万元'), ('叁佰万元整', '3000000', '元'), ('百分之五', '5', '%')]
>>> show("2.136个书屋"), show("2.5万元以上"), show("3.205户"), show("2.13个百分点")
([('136个', '136', '个')], [('2.5万元', '2.5', '万元')], [('205户', '205', '户')], [('2.13个百分点', '2.13', '个百分点')])
>>> show("支出12.5¹万元，增长5.2⁽¹²⁾%，面积35m²"), figure_in("12.5²").value
([('12.5¹万元', '12.5', '万元'), ('5.2⁽¹²⁾%', '5.2', '%'), ('35m²', '35', 'm²')], Decimal('12.5'))
>>> show("整治3120.4hm2，其中梯田845.2hm²、水面3km2，服务2145户（人）次，到场37人（次），见附件3m2b")
[('3120.4hm2', '3120.4', 'hm2'), ('845.2hm²', '845.2', 'hm²'), ('3km2', '3', 'km2'), ('2145户（人）次', '2145', '户次'), ('37人（次）', '37', '人次')]
>>> show("在册职工4 318人，拨付1 207.5亿元，指标1 100人，捐款$5,120，投入￥30，惠及2.4万名学生")
[('4 318人', '4318', '人'), ('1 207.5亿元', '1207.5', '亿元'), ('1', '1', ''), ('100人', '100', '人'), ('5,120', '5120', '元'), ('30', '30', '元'), ('2.4万名', '2.4', '万人')]
>>> show("决算数为 108. 92 万元，增长 3. 41%，用于：1. 20万元购置设备")
[('108. 92 万元', '108.92', '万元'), ('3. 41%', '3.41', '%'), ('20万元', '20', '万元')]
>>> [(f.sign, f.text) for f in figures_in("节约20万元，合约3份")]
[('', '20万元'), ('', '3份')]
>>> [(f.sign, f.text) for f in figures_in("≥928小时，不超过5%，约20万元，90%以上")]
[('≥', '928小时'), ('≤', '5%'), ('≈', '20万元'), ('≥', '90%')]
"""

from __future__ import annotations

from decimal import Decimal

import regex

from fusuan.model import Figure, Place
from fusuan.patterns.figures.chinese import ARABIC, LETTERS
from fusuan.patterns.figures.spelt import spelt
from fusuan.patterns.figures.words import AFTER, CLASSIFIERS, IN_GROUPS, PER, YUAN, follows, lead
from fusuan.patterns.text.fold import fold

_UNIT = rf"""
    (?P<money>(?:万亿|[百千]?\s?亿|[十百千]\s?万|万|千|百)?(?P<odd>[余多])?\s{{0,2}}{YUAN}{PER}?)
  | (?P<rate>[%‰])
  | (?P<points>个?百分点)
  | (?P<times>倍|成(?![效本果立为功员就交品绩都型人熟长分年因]))
  | (?P<marks>分(?![别之项部配类级期批钟布为析管成享散解流局段工支担红公校馆院拣包权母内行]))
  | (?P<short>(?:万亿|[百千]?亿|[十百千]?万)(?P<odd>[余多])?(?![人名户亩吨个次平立只株册元余多亿万]|{IN_GROUPS})(?<![余多](?={CLASSIFIERS})))
  | (?P<count>(?:万亿|[万亿])(?:(?P<odd>[余多])(?:{CLASSIFIERS})|(?:{IN_GROUPS}))|{CLASSIFIERS})
"""
_NUMBER = regex.compile(
    rf"""(?=[0-9])(?<![0-9A-Za-z.])(?<!(?<!\.[0-9]{{1,6}})[0-9],)   # 31.5,42.7: two figures; 31,427: one
    (?P<digits>(?<=[\u4e00-\u9fff])(?<![表图件注第标])[0-9]{{1,3}}(?:\x20[0-9]{{3}})++(?:\.[0-9]++)?(?=\s?(?:[万亿]?元|[亿人户]|{CLASSIFIERS}))   # 42 318万元
      |(?<=[为是达占加长少降低高约计的算数额]\x20?)[0-9]{{1,6}}\.\x20[0-9]{{1,2}}(?=\s?(?:[万亿]?元|%))|{ARABIC})   # 决算数为 116. 92 万元
    (?P<more>[余多])?+[⁰¹²³⁴-⁹⁽⁾]{{0,5}}+\s{{0,2}}(?P<unit>{_UNIT})?   # the mark of a note
    {AFTER}""",
    regex.VERBOSE,
)
_NOT = regex.compile(
    r"""(?=[0-9.,\s(\[（〔第十三两四五])(?:   # what all of them begin with
        [0-9]{4}\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月]\s?[0-9]{1,2}(?:\s?日)?(?![0-9万元%])   # dates
      | (?:19|20)[0-9]{2}\s?[-~—至]\s?(?:19|20)[0-9]{2}\s?年?
      | (?<![0-9]|[0-9][.,])[0-9]?(?:19|20)[0-9]{2}\s?(?:年度|年|学年|财年)
      | (?:^|(?<=[\n。;:!]))\s*[0-9]{1,2}(?:[.、](?![0-9]|$)|[.、](?=\s?(?:19|20)[0-9]{2}\s?年)|、(?=\s?[0-9]{3,6}\s?[\u4e00-\u9fff])|\))  # list numbers
      | [(]\s?[0-9]{1,2}\s?[)](?=\s?[\u4e00-\u9fff“])
      | (?<![0-9]|[0-9][.,])(?:19|20)[0-9]{2}(?=全[国省市区县]|[省市区县]级)
      | [0-9]{1,2}\s?[-~—至、]\s?[0-9]{1,2}\s?(?:月份?|日|季度)
      | [0-9]{1,2}\s?(?:月份|月(?!租)|日|时(?!效)|号(?!召)|季度|点钟)
      | [\[(（〔]\s?(?:19|20)[0-9]{2}\s?[\])）〕]\s?第?\s?[0-9]*\s?号?
      | 第\s?[0-9]+(?:\.[0-9]+)?
      | (?<=[A-Za-z])[0-9][0-9A-Za-z.-]*
      | (?<![0-9])[0-9]++(?![hk]?m[23](?![0-9A-Za-z]))[A-Za-z]++[0-9][0-9A-Za-z-]*
      | (?<![0-9.])1[3-9][0-9]{9}(?![0-9])
      | (?<![0-9.])0?[0-9]{3,4}-[0-9]{7,8}(?![0-9])
      | (?<![0-9]|[0-9][.,])[0-9]{8,}(?![0-9.,]|\s?(?:[万亿千百]?元|分|%))                                # codes
      | (?<![0-9.,])[0-9.,]++\s?%?\s?[-~—至]\s?[0-9.,]++\s?(?=岁|%|分|倍|次|年|[万亿]?元|人|个|天|小时|周)(?!%?\s?[×*÷/+=])
      | (?<![0-9])[0-9]++/[0-9]++(?=\s?(?:公顷|人|万|次))
      | 十三五|十四五|十五五|三公|两会|四风|五年)
    """,
    regex.VERBOSE,
)
_WHOLE = regex.compile(r"[人名户家笔辆台套项次件批所座处条份篇册本场期位只头株棵架起例宗栋幢间张支艘岁类届个部]")
_NEXT = regex.compile(r"项目(?!标)|部门|人员|人均|批复|家庭|台账|期[末初]|条件|类型")
_ANY = regex.compile(rf"[0-9{LETTERS}半]")
"""What a text without figures has none of: most cells of words have not."""
_OTHERWISE = regex.compile(r"\((?:(次)|.)\)")
_ODD = regex.compile(r"[\s余多]")
_CURRENCY = regex.compile(r"(?:[$¥]|人民币|港[币幣]|澳门[币元]|澳門[幣元])\s?$")
"""What says before a figure that it is money: $5,120,000."""
_LONGEST = 24
"""More digits than this are a code, whatever unit follows: no report counts beyond trillions."""
_BARE = regex.compile(ARABIC + r"[%元万]*+")
_BESIDE = regex.compile(r"[\s≥≤<>=≈约近不低于超过少高大小以上内下含及()左右整人民币¥⁰¹²³⁴-⁹⁽⁾]")
_ITEM = regex.compile(r"\s*([1-9][0-9]?)\.([1-9][0-9]*)$")


def figures_in(text: str, place: Place = Place(), unit: str = "") -> tuple[Figure, ...]:
    """Return the figures of a paragraph or cell in order; `unit` holds for those that print none.

    Not figures: years, dates, document and list numbers, codes, telephone numbers, ordinals, ranges.
    """
    folded = fold(text)
    if not _ANY.search(folded):
        return ()
    barred = [match.span() for match in _NOT.finditer(folded)]
    written = list(spelt(text, folded, place))
    found = [figure for figure, _ in written if figure]
    taken = barred + [span for _, span in written]
    start = 0
    while match := _NUMBER.search(folded, start):
        start = max(match.end("digits"), match.start() + 1)
        span = match.span("digits")
        if span[1] - span[0] > _LONGEST or any(a < span[1] and span[0] < b for a, b in taken):
            continue
        figure = _figure(text, folded, match, place, unit)
        found.append(figure)
        start = max(start, figure.span[1])
    return tuple(sorted(found, key=lambda figure: figure.span))


def figure_in(text: str, place: Place = Place(), unit: str = "") -> Figure | None:
    """Return the one figure that a cell holds, None where it holds none or other words beside it.

    >>> figure_in("(31.17)").value, figure_in("≥50个").sign, figure_in("<=50个").sign, figure_in("100%覆盖"), figure_in("—")
    (Decimal('-31.17'), '≥', '≤', None, None)
    """
    folded = fold(text)
    bare = folded.strip()
    if bare.startswith("(") and bare.endswith(")") and _BARE.fullmatch(bare[1:-1].strip()):
        inner = figure_in(text.strip()[1:-1], place, unit)
        return inner and Figure(text, -inner.value, inner.unit, inner.decimals, place, (0, len(text)))
    found = figures_in(text, place, unit)
    if len(found) != 1:
        return None
    left = folded[: found[0].span[0]] + folded[found[0].span[1]:]
    return found[0] if not _BESIDE.sub("", left) else None


def _figure(text: str, folded: str, match: regex.Match[str], place: Place, unit: str) -> Figure:
    start, digits = match.start("digits"), match["digits"]
    before = lead(folded, start)
    if before.minus is not None:
        start = before.minus
    printed = _unit(match) or ("" if unit or not _CURRENCY.search(folded, max(0, start - 6), start) else "元")
    if match["count"] and _next_word(folded, match):
        printed, end = "", match.end("digits")
    else:
        end = max(match.end("digits"), match.end("unit"))
    item = _ITEM.match(folded[:match.end("digits")]) if not folded[:match.start("digits")].strip() else None
    if item and match["count"] and _WHOLE.match(printed):
        # "2.136个": whole things are not counted in thousandths, the 2. is a list number
        digits = item[2]
        start = match.end("digits") - len(digits)
    digits = digits.replace(",", "").replace(" ", "")
    value = Decimal(digits) * (1 if before.minus is None else -1)
    decimals = len(digits.partition(".")[2])
    sign = "≈" if match["more"] or match["odd"] else before.sign or follows(match["after"])
    return Figure(text[start:end], value, printed or unit, decimals, place, (start, end), sign=sign)


def _next_word(folded: str, match: regex.Match[str]) -> bool:
    """Tell whether what looks like a classifier begins the next cell of a table copied out: 5.12 项目支出, 28.40 部门.

    >>> [(f.text, f.unit) for f in figures_in("接待 5.12 项目支出 30 部门预算 3 项目标 12 人")]
    [('5.12', ''), ('30', ''), ('3 项', '项'), ('12 人', '人')]
    """
    if match.end("digits") == match.start("count"):
        return False
    return bool("." in match["digits"] and _WHOLE.fullmatch(match["count"]) or _NEXT.match(folded, match.start("count")))


def _unit(match: regex.Match[str]) -> str:
    if printed := match["money"] or match["short"]:
        printed = _ODD.sub("", printed).replace("圆", "元")
        return printed if match["money"] else printed + "元"
    if match["points"]:
        return "个百分点"
    return match["rate"] or match["times"] or match["marks"] or _count(_ODD.sub("", match["count"] or ""))


def _count(classifier: str) -> str:
    """The unit of a count; of two ways to count, the first: 户(人)次 are 户次, 人(次) 人次."""
    classifier = _OTHERWISE.sub(r"\1", classifier)
    return {"百分比": "%", "名": "人", "万名": "万人", "亿名": "亿人"}.get(classifier, classifier)
