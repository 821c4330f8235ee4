"""The canonical names of budget and performance terms: by vocabulary first, by near forms next, by segments last.

>>> canonical("2023年三公”经费支出"), canonical("编制内在职人员控制率"), canonical("公车运行维护费"), canonical("其他事项")
('“三公”经费', '在职人员控制率', '公务用车运行维护费', None)
>>> canonical("公务用车购置及运行维户费"), canonical("年末结转结余"), canonical("税收收入"), canonical("培训班公务接待费")
('公务用车购置及运行维护费', '年末结转和结余', None, None)
>>> figure_name("全年共列支公务接待费"), figure_name("其中：差旅费用"), figure_name("")
('公务接待费', '差旅费', '')
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import regex

from fusuan.patterns.names.words import clean
from fusuan.patterns.text.fold import fold

_NOISE = regex.compile(r"[“”\"'‘’「」『』\s()（）·、《》〈〉*#]|(?:19|20)[0-9]{2}\s?年?度?|[0-9]{1,2}\s?月份?|^(?:本年度?|当年|全年|我单位|本单位|本部门|部门|单位)(?=[\u4e00-\u9fff]{3})")
_CLAUSE = regex.compile(r"[,，。;；:：\n!！?？|]")
_BASIS = regex.compile(r"(?:年初预算|全年预算|调整后?预算|决算|预算|执行|实际支出|支出|实际|完成|总额|合计|金额|数额|数|总计|情况|批复|安排|预决算)+$")
_MARKED = "税非收支初末上下本增减购运维基项在编控变调"
"""Letters that part one term from its neighbour: near forms must agree in them."""


@cache
def _vocabulary() -> dict[str, str]:
    """Every spelling (bare of quotes and brackets), and the name it stands for."""
    data = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    found = {}
    for names in (*data.values(), _own()):
        for name, synonyms in names.items():
            for spelling in (name, *synonyms):
                found[_bare(spelling)] = name
    return found


def _own() -> dict[str, list[str]]:
    """The names that the user's project file (fusuan.toml, named by the command line) adds."""
    path = os.environ.get("FUSUAN_PROJECT")
    if not path:
        return {}
    said = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig")).get("vocabulary", {})
    return {name: [str(one) for one in also] for name, also in said.items()}


@cache
def rates() -> frozenset[str]:
    """The canonical names that are rates."""
    data = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    return frozenset(data["rates"])


def _bare(text: str) -> str:
    return _NOISE.sub("", fold(text))


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str | None:
    """Return the canonical name that a text writes as a whole, None where it writes none or more than one thing.

    Years, quotation marks (broken ones too), brackets and a trailing basis (决算数) do not count.
    """
    bare = _bare(text[:60])
    if not 2 <= len(bare) <= 24:
        return None
    words = _vocabulary()
    short = _BASIS.sub("", bare)
    for spelling in (bare, short + "支出" if "支出" in bare[len(short):] else short, short):
        if spelling in words and len(spelling) >= 2:
            return words[spelling]
    return _near(short) or _near(bare)


def _near(bare: str) -> str | None:
    """A spelling one or two letters away in a name long enough that this cannot be another term."""
    if len(bare) < 7:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    words = _vocabulary()
    found = process.extractOne(bare, _long(), scorer=Levenshtein.distance, score_cutoff=1)
    if found is None or _marks(found[0]) != _marks(bare):
        return None
    return words[found[0]]


@cache
def _long() -> tuple[str, ...]:
    return tuple(word for word in _vocabulary() if len(word) >= 7)


def _marks(text: str) -> str:
    return "".join(c for c in text if c in _MARKED)


def figure_name(before_text: str, deep: bool = False) -> str:
    """Return the name of the figure that stands right after `before_text`: canonical where known, else as printed.

    `deep`: where the words are too many to be a name, cut them by segmentation (this loads a dictionary).
    """
    clause = _CLAUSE.split(before_text[-80:])[-1]
    name = clean(fold(clause)) or clean(fold(before_text[-80:]))
    if known := canonical(name):
        return known
    bare = _bare(clause)
    # the longest known term at the end of the clause: 全年共列支公务接待费
    ends = (end[start:] for end in (bare, _BASIS.sub("", bare)) for start in range(len(end) - 2))
    if found := next((end for end in ends if end in _vocabulary()), ""):
        return _vocabulary()[found]
    return _last_nouns(name) if deep and len(name) > 14 else name


def _last_nouns(words: str) -> str:
    """The last run of words after a verb or particle, as the segmenter cuts them."""
    tokens = list(_segments(words))
    kept: list[str] = []
    for token in reversed(tokens):
        if token in _LINKS and kept:
            break
        kept.insert(0, token)
    return "".join(kept)


_LINKS = frozenset("的 了 和 及 与 对 将 把 在 为 是 用于 安排 下达 拨付 支付 完成 实现 投入 累计 共 共计 开展 组织 进行 其中 由 向 从 给 使".split())


def _segments(words: str) -> Iterable[str]:
    """Segment by rjieba where it is installed (the same words, quicker), else by jieba."""
    from importlib import import_module
    from importlib.util import find_spec

    name = "rjieba" if find_spec("rjieba") else "jieba"
    module = import_module(name)
    if name == "jieba":
        import logging

        module.setLogLevel(logging.WARNING)
    found: Iterable[str] = module.cut(words)
    return found
