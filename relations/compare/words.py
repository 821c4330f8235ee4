"""What is said in words of an amount against another: which way, how much, and against what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import regex

CUES: dict[str, Any] = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


def one_of(section: str, key: str) -> str:
    """An alternation of some words, the longest first."""
    return "|".join(regex.escape(word) for word in sorted(CUES[section][key], key=len, reverse=True))


SLIGHT, ABOUT = one_of("degree", "slight"), one_of("degree", "about")
_YEAR = r"(?:19|20)[0-9]{2}\s?年度?"
_BASE = (rf"(?:(?P<budget>(?P<which>年初批复|年初|全年|本年|当年|调整后?|批复)?的?预算)|(?P<prior>上一?年度?|去年)|(?P<year>{_YEAR}))"
         r"(?:年初|部门|支出|财政拨款)?(?:预算|决算|执行)?(?:安排|执行|支出)?(?:数|总额|同期)?")
_DEGREE = rf"(?:总体|均|都|也)?(?P<degree>{SLIGHT}|{ABOUT}|{one_of('degree', 'other')})?(?:有)?(?:所|大幅度?|明显|小幅)?"
MOVED = regex.compile(
    rf"(?:比|较|与|同|和){_BASE}(?:相比)?,?{_DEGREE}(?P<word>(?P<up>{one_of('moved', 'up')})|(?P<down>{one_of('moved', 'down')})|(?P<level>{one_of('moved', 'level')}))"
    r"(?!率|额|数|幅|支|收|长率|了?\s?[0-9]|[^,;。(]{0,4}[0-9]|的(?:是|有))")
WITHIN = regex.compile(
    r"(?:各项?)?(?:支出|费用|经费)?(?:均|都|全部)?(?:严格|有效)?(?:控制在|没有超[出过]?|未超[出过]?|未突破|不超[出过]?)(?:了)?"
    rf"{_BASE}(?:额度|安排|支出)?(?:范围|额度|指标|标准|控制)?(?:之内|以内|内)?(?![^,;。]{{0,3}}[0-9])")
SIDES = regex.compile(
    rf"(?:(?:支出决算|实际支出|决算|执行|本年)数?)?(?<![不未非])(?:(?P<up>大于|高于|多于|超过|超出)|(?P<down>小于|低于|少于)|(?P<level>等于))(?:了)?{_BASE}"
    r"(?!的?\s?[0-9]|(?:支出|收入|执行)?(?:进度|增[速幅]|均|平均|目标|水平|完成率|[0-9一二三四五六七八九十])|[\u4e00-\u9fff]{0,4}[0-9])")
WANTED = regex.compile(r"下年|明年|下一年|往年|预计|应当?|力争|确保|要求|不得|如果|若|原则|今后|继续|防止|避免|是否|≤|≥|得分|计[0-9]")
_OF_RATES = regex.compile(r"增[速幅]|率|比重|占比|进度|指数|价格|排名|比例|标准")
_GENERIC = regex.compile(
    rf"(?:其中|本年度?|今年|{_YEAR}|年度?|部门|单位|我[局单位]+|财政拨款|一般公共预算|支出|费用|实际|总体|整体|全年|决算|执行|预算|数|额|金额|总额|"
    r"安排|总计|合计|的|均|都|为|其|该项?|项目|此项|经费|[\s“”、])*")
_STOP = regex.compile(r"[;。:\n!]|(?<![0-9]),|,(?![0-9])")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that hold one amount against another.

    `direction`: + - = ≤. `degree`: exact (等于), plain, about (基本), slight (略). `base`: budget or prior; `which` of the
    budgets, where the words tell. `subject`: what is compared, empty where the words name nothing.
    """

    span: tuple[int, int]
    direction: str
    degree: str
    base: str
    which: str
    subject: str
    clause: str

    @property
    def start(self) -> int:
        return self.span[0]


def clause_before(text: str, at: int) -> str:
    """The words of a clause up to a place."""
    low = max(0, at - _LONGEST)
    return text[max((stop.end() for stop in _STOP.finditer(text, low, at)), default=low):at]


def claims(text: str) -> Iterator[Claim]:
    """Return what a text says of amounts against amounts, by words alone.

    >>> [(c.direction, c.degree, c.base, c.subject) for c in claims("决算数等于预算数的主要原因是按需列支,培训费比上年略有增加。")]
    [('=', 'exact', 'budget', ''), ('+', 'slight', 'prior', '培训费')]
    >>> [(c.direction, c.base) for c in claims("2023年办公费决算数未超过2023年预算数,比2022年决算基本持平。")]
    [('≤', 'budget'), ('=', 'prior')]
    >>> list(claims("比上年增加3万元,增速高于上年,力争不低于上年,明年与预算持平。"))
    []
    """
    for match in sorted((m for pattern in (MOVED, WITHIN, SIDES) for m in pattern.finditer(text)), key=lambda m: m.start()):
        clause = clause_before(text, match.start())
        if not WANTED.search(clause) and not WANTED.search(text[match.end():match.end() + 6]) and not _OF_RATES.search(clause):
            yield Claim(match.span(), _direction(match), _degree(match), _base(match, clause), match["which"] or "",
                        _subject(clause, match.re is WITHIN), clause)


def _direction(match: regex.Match[str]) -> str:
    groups = match.groupdict()
    if "up" not in groups:
        return "≤"
    return "+" if groups["up"] else "-" if groups["down"] else "="


def _degree(match: regex.Match[str]) -> str:
    groups = match.groupdict()
    word = groups.get("degree") or ""
    if match.re is SIDES or groups.get("word") in ("相同", "一致", "相等") and not word:
        return "exact"
    return "about" if word in CUES["degree"]["about"] else "slight" if word in CUES["degree"]["slight"] else "plain"


def _base(match: regex.Match[str], clause: str) -> str:
    """What a year named is: the budget of the year spoken of, or the year before."""
    if not match["year"]:
        return "budget" if match["budget"] else "prior"
    years = regex.findall(r"(?:19|20)[0-9]{2}(?=\s?年)", clause)
    own = match["year"][:4] in years or match.re is WITHIN
    return "budget" if own and "预算" in match.group() else "prior"


def _subject(clause: str, within: bool) -> str:
    if within:
        clause = regex.sub(r"(?:各|总|的)?(?:项)?(?:费用|支出|总额|经费)?$", "", clause)
    subject = regex.sub(r"(?:支出)?(?:决算|实际支出|执行|实际|预算安排|支出)?数?$", "", clause.strip())
    return "" if _GENERIC.fullmatch(subject) else subject
