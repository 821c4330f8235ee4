"""Names of amounts: which kind of figure they speak of, and which may mean the same thing."""

from __future__ import annotations

from functools import lru_cache

import regex

_BUDGET = regex.compile(r"预算(?!收入|支出|执行|财政|拨款|资金|内|管理)|预算数|计划|概算|目标|任务数|应发|应到|支出预算$|收入预算$|年初预算|资金预算$")
_FINAL = regex.compile(r"决算|实际|执行|完成|支出数|拨付|支付|使用|到位")
_SUFFIX = regex.compile(r"(?:总额|合计|总计|数额|金额|支出|收入|经费|费用|资金|费|数|额|预算|决算|情况|总量|总数|数据|数字|完成|安排|执行|实际|拨款|补助)+$")
_NOISE = regex.compile(r"^.{1,16}情况\s+|[“”\"'‘’\s()·的及和与《》*]|(?:19|20)[0-9]{2}\s?年度?|本年度?|我[县市区省局]|全[县市区省]|年初|全年|累计")


def basis_of(name: str) -> str:
    """Say which kind of figure a name speaks of.

    >>> [basis_of(n) for n in ("年初预算", "支出决算", "调整数", "公务接待费", "一般公共预算收入", "政府性基金预算支出")]
    ['budget', 'final', 'adjusted', '', '', '']
    """
    if "调整" in name or "全年预算" in name:
        return "adjusted"
    if _FINAL.search(name) and not name.endswith(("预算", "预算数", "计划", "目标")):
        return "final"
    return "budget" if _BUDGET.search(name) else ""


@lru_cache(maxsize=20_000)
def core(name: str) -> str:
    """Return what makes a name itself, its general endings left off.

    >>> core("公务用车运行维护费用支出"), core("2020年度“三公”经费支出决算数"), core("支出")
    ('公务用车运行维护', '三公', '支出')
    """
    bare = _NOISE.sub("", name)
    return _SUFFIX.sub("", bare) or bare


def opposed(a: str, b: str) -> bool:
    """Tell whether one name speaks of income and the other of outgo."""
    one, other = ("收入" in a, "支出" in a), ("收入" in b, "支出" in b)
    return sum(one) == sum(other) == 1 and one != other


@lru_cache(maxsize=100_000)
def alike(a: str, b: str) -> bool:
    """Tell whether two names may mean the same thing: one is in the other, letter by letter in order.

    >>> alike("公务用车运行费用", "公务用车运行维护费"), alike("税收收入", "非税收入"), alike("地方收入", "地方一般公共预算收入")
    (True, False, True)
    >>> alike("全镇财政总收入", "全镇财政总支出")
    False
    """
    if opposed(a, b):
        return False
    a, b = core(a), core(b)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if len(short) < 2:
        return short == long
    letters = iter(long)
    return all(letter in letters for letter in short) and not (("非" in long) ^ ("非" in short))
