"""The words that open lists, and the marks that number them."""

from __future__ import annotations

import regex

NESTED = regex.compile(r"其中|具体(?:为|是|包括)|(?<!不|内)包括|包含|(?<!不|内|包)含(?![税量义氧])")
AGAIN = regex.compile(
    r"(?P<of>[^,;。:\n]{0,16})(?:按|分)(?!别)[^,;。:\n]{0,14}?(?:分|看|划分|分类|情况|科目|用途|级次|部门|行业|税种|性质|来源|类别|地区|层级|渠道)(?:类)?(?:是|为)?(?:[,:]|$)|以上[^,;。:]{0,8}中[,:]?|上述[^,;。:]{0,8}中[,:]?")
OPENING = regex.compile(
    r"其中|(?<!不|内)包括|包含|(?<!不|内|包)含(?![税量义氧])|分别(?:为|是)|具体(?:为|是|下达|安排|情况|如下|包括)|分项|构成|组成|(?:主要|分别)(?:用于|是|为|安排|有)|(?:^|[,。])用于|"
    r"分别于|如下|来源|资金用途:|前者|分配(?:为|情况|方案)(?:是|:|$)")
MARKER = regex.compile(
    r"(?P<han>[一二三四五六七八九十]{1,3}、)|(?P<is>[一二三四五六七八九十]是)|(?P<paren>\([一二三四五六七八九十]{1,3}\))|"
    r"(?P<num>(?<![0-9.])[0-9]{1,2}[.、](?![0-9]|$)|(?<=\n\s?)[0-9]{1,2}[.、](?=\s?(?:19|20)[0-9]{2}\s?年|\s?[0-9]{3,6}\s?[\u4e00-\u9fff]|$))|(?P<pnum>\([0-9]{1,2}\))|(?P<circle>[①-⑳])|(?P<nth>第[一二三四五六七八九十](?=[,类项笔批]))")


# 本年收入中，财政拨款…; 27户企业中，盈利…: the clause names what is split
AMONG = regex.compile(r"(?:^|[。;\n])[^,;。:\n()]{0,6}?(?P<of>[^,;。:\n()]{0,24}?)(?:之?中|里)[,:][^,;。:]*$")
# 项目支出主要包括：…: what is split is named before the words that open the list
TITLED = regex.compile(r"[。;\n]\s?(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]\)|[0-9][.、])?(?P<of>[^,;。:\n]{2,20}?)"
                       r"(?:主要)?(?:包括|用于|分为|有|为|是)(?:以下[^,;。:]{0,8})?:?$")
# what is told after a list and is no part of it
ELSE = regex.compile(
    r"[,;]\s*(?:截[至止][^,;]{0,16},?)?(?:已|实际|累计|目前|尚|结余|结转|剩余|余额|全年(?:实际)?支出|年末|年终|年底|期末|当年|收支|控制在|"
    r"核定|限额|人均|户均|平均|收回|上缴|缺口|差额|距|还差|超)[^,;。]*$")
PRICE = regex.compile(r"每[^,;。、:每]{0,5}$|^每[^,;。、:每]{0,12}(?:构成|组成)[^,;。、:]{0,4}$|[人户亩车]均[^,;。:]{0,6}$|单价[^,;。:]{0,4}$|标准[为是]?$")


def closed_before(opening: regex.Match[str], lead: str) -> bool:
    """Tell whether a list without figures ends in these words: 主要包括办公费、差旅费等；项目支出…"""
    return opening.group() != "其中" and bool(regex.search(r"[\u4e00-\u9fff]{2}[^;。]*[;。]", lead[opening.end():]))
