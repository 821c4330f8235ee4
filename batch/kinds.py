"""What kind of document a file is: by its title, else by its first lines, else by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

REPORT, FORM, ACCOUNT, BUDGET, OTHER = "自评报告", "自评表", "决算", "预算", "非自评材料"
FILINGS = frozenset({REPORT, FORM, "评价报告"})
_KINDS = ((FORM, "自评(?:价)?(?:情况)?(?:评分|得分)?(?:汇总)?表|绩效目标完成情况表|评分表|评价指标体系|基础数据表"),
          (REPORT, "自评(?:价)?(?:工作)?(?:情况)?(?:的)?(?:报告|总结|说明|材料)|绩效(?:自我)?(?:自评|自查)|支出绩效(?:自评)?报告"),
          ("评价报告", "绩效评价报告|绩效(?:再|复)评"),
          (ACCOUNT, "决算"), (BUDGET, "预算(?!执行)"), ("绩效目标表", "绩效目标(?:申报)?表"))
_OTHER = re.compile("(?:通知|合同|协议|会议纪要|会议记录|发票|简报|请示|批复|函|工作总结|工作报告|工作报道|方案|制度|办法|花名册|名单|通讯录|证明|[^自评价效]报告)"
                    "(?:书)?(?:[(（][^()（）]{1,20}[)）])?(?:[.][A-Za-z]{2,5})?\\Z")


def kind(title: str, lines: Iterable[str] = (), name: str = "") -> str:
    """Return the kind of a document, empty where nothing tells.

    >>> kind("甲县水务局2023年度部门整体支出绩效自评报告"), kind("", ["项目支出绩效自评表", "（2023年度）"]), kind("", [], "关于开会的通知.docx")
    ('自评报告', '自评表', '非自评材料')
    >>> kind("2023年度部门决算"), kind("", ["随便一段话"]), kind("关于开展2023年度绩效自评工作的通知")
    ('决算', '', '非自评材料')
    """
    for text in (title, *lines, name):
        short = re.sub(r"\s+", "", text)
        if not short or len(short) > 60:
            continue
        found = next((known for known, words in _KINDS if re.search(words, short)), "")
        if _OTHER.search(short) and not (found in FILINGS and short.rstrip("书").endswith("报告")):
            return OTHER
        if found:
            return found
    return ""
