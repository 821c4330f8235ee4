"""Rows that lost their table: what several rows prove, and what they do not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Document, Finding, Paragraph, Place, Statement, Verdict
from fusuan.patterns import Text
from fusuan.relations.passages.rows import LONGEST, blocks
from fusuan.relations.rows import said


def texts(lines: Sequence[str]) -> list[Text]:
    return [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)]


def shown(s: Statement) -> str:
    """A statement as its formula; "!" where its failing would be reported."""
    def figures(role: str, joint: str) -> str:
        return joint.join(f.text for f in s.readings[0][role])

    formula = {"parts": figures("parts", "+"), "rate": f"{figures('numerator', '')}/{figures('denominator', '')}",
               "change": f"{figures('now', '')}-{figures('before', '')}"}[s.kind]
    of = f"({formula})/{figures('before', '')}" if s.kind == "change" and s.stated.text and "%" in getattr(s.stated, "unit", "") else formula
    return f"{s.stated.text}={of}" + ("!" if s.certainty else "")


def found(lines: Sequence[str]) -> list[str]:
    """What is said, without what fails and is only evidence of a misprint."""
    return [shown(s) for s in said(texts(lines))[0] if not s.guess]


def statements(lines: Sequence[str]) -> tuple[Statement, ...]:
    """What the whole program reads."""
    paragraphs = tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1))
    return relations.find(patterns.find(Document("", "txt", paragraphs))).statements


def findings(lines: Sequence[str]) -> list[Finding]:
    return list(checks.run(statements(lines)))


SUMS = ["3487=1206+1530+751", "2118=764+911+443", "1659=580+702+377"]
PLAIN = ["东湖站 3487 1206 1530 751", "西湖站 2118 764 911 443", "南湖站 1659 580 702 377"]
CASES: dict[str, tuple[list[str], list[str]]] = {
    "total first": (PLAIN, SUMS),
    "total last": (["东湖站 1206 1530 751 3487", "西湖站 764 911 443 2118"], ["3487=1206+1530+751", "2118=764+911+443"]),
    "barred": (["| 东湖站 | 3487 | 1206 | 1530 | 751 |", "| 西湖站 | 2118 | 764 | 911 | 443 |"], SUMS[:2]),
    "broken lines": (["| 东湖站 | 3487 | 1206 |", "| 1530 | 751 |", "| 西湖站 | 2118 |", "| 764 | 911 | 443 |"], SUMS[:2]),
    "one cell a line": ([cell for line in PLAIN for cell in line.split()], SUMS),
    "one cell a line, counted": ([cell for n, line in enumerate(PLAIN, 1) for cell in (str(n), *line.split())], SUMS),
    "codes before labels": (["30201 东湖站 3487 1206 1530 751", "30202 西湖站 2118 764 911 443"], SUMS[:2]),
    "an empty cell": ([*PLAIN, "北湖站 1311 - 868 443"], [*SUMS, "1311=868+443"]),
    "only one addend": ([*PLAIN, "北湖站 868 - 868 -"], [*SUMS, "868=868"]),
    "one wrong by a digit": ([*PLAIN, "北湖站 2467 933 1024 520"], [*SUMS, "2467=933+1024+520!"]),
    "one wrong by a swap": ([*PLAIN, "北湖站 2747 933 1024 520"], [*SUMS, "2747=933+1024+520!"]),
    "one far off": ([*PLAIN, "北湖站 9051 933 1024 520"], SUMS),
    "wrong among three": ([*PLAIN[:2], "北湖站 2467 933 1024 520"], [*SUMS[:2], "2467=933+1024+520!"]),
    "two wrong of five": ([*PLAIN, "北湖站 2467 933 1024 520", "中湖站 1872 610 802 450"], SUMS),
    "one row twice": ([PLAIN[0], PLAIN[0].replace("东", "北"), "西湖站 9 1 1 1"], [SUMS[0], SUMS[0]]),
    "small numbers": (["甲组 5 2 3", "乙组 7 4 3", "丙组 6 1 5"], []),
    "small numbers told twice": (["甲组 15 8 7", "乙组 19 12 7", "甲组 15 8 7", "乙组 19 12 7"], []),
    "nothing of nothing": (["甲组 0 0 0 0", "乙组 0 0 0 0", "丙组 0 0 0 0"], []),
    "all of it": (["甲组 4127 4127 0", "乙组 3316 3316 0", "丙组 2908 2908 0"], []),
    "no relation": (["甲组 4127 1288 306", "乙组 3316 975 41", "丙组 2908 1634 77"], []),
    "a percentage without its sign": (["甲组 4127 1288 31.21", "乙组 3316 975 29.40"], ["31.21=1288/4127", "29.40=975/3316"]),
    "a percentage before its amounts": (["甲组 31.21% 4127 1288", "乙组 29.40% 3316 975"], ["31.21%=1288/4127", "29.40%=975/3316"]),
    "a rate of change that falls": (["甲组 612.4 588.1 4.13", "乙组 97.3 104.6 -6.98"],
                                     ["4.13=(612.4-588.1)/588.1", "-6.98=(97.3-104.6)/104.6"]),
    "a fall in brackets": (["甲组 612.4 588.1 4.13", "乙组 97.3 104.6 (6.98)"],
                           ["4.13=(612.4-588.1)/588.1", "(6.98)=(97.3-104.6)/104.6"]),
    "a difference and its percentage": (["甲组 58812.4 61247.9 2435.5 4.14%", "乙组 10466.2 9731.8 -734.4 -7.02%"],
                                        ["2435.5=61247.9-58812.4", "-734.4=9731.8-10466.2",
                                         "4.14%=(61247.9-58812.4)/58812.4", "-7.02%=(9731.8-10466.2)/10466.2",
                                         "4.14%=2435.5/58812.4", "-7.02%=-734.4/10466.2"]),
    "a difference and its share of the later amount": (["甲组 58812.4 61247.9 2435.5 3.98%", "乙组 10466.2 9731.8 -734.4 -7.55%"],
                                                       ["2435.5=61247.9-58812.4", "-734.4=9731.8-10466.2",
                                                        "3.98%=2435.5/61247.9", "-7.55%=-734.4/9731.8"]),
    "sums of sums": (["甲组 8451 5230 4127 1103 3221 2908 313", "乙组 6942 4313 3316 997 2629 1634 995"],
                     ["8451=5230+3221", "6942=4313+2629", "5230=4127+1103", "4313=3316+997", "3221=2908+313", "2629=1634+995"]),
    "one row of sums of sums": (["甲校 845127 523019 412708 110311 322108 290804 31304"],
                                ["523019=412708+110311", "322108=290804+31304", "845127=523019+322108"]),
    "one row, one sum": (["甲校 845127 523019 322108"], []),
    "a shorter row": (["甲组 3487 1206 1530 751 3355 3.93", "乙组 2118 764 911 443 2267 -6.57", "丙组 1659 580 702 377 1448 14.57",
                       "丁组 868 868 743 16.82"],
                      [*SUMS, "3.93=(3487-3355)/3355", "-6.57=(2118-2267)/2267", "14.57=(1659-1448)/1448", "16.82=(868-743)/743"]),
    "a row of totals": (["| 合 计 | 84.51 | 69.42 |", "| 甲站 | 52.30 | 43.13 |", "| 乙站 | 32.21 | 26.29 |"],
                        ["84.51=52.30+32.21", "69.42=43.13+26.29"]),
    "totals below": (["甲站 52.30 43.13", "乙站 32.21 26.29", "合计： 84.51 69.42"], ["84.51=52.30+32.21", "69.42=43.13+26.29"]),
    "totals of some rows, told apart by another": (["甲站 52.30 43.13", "乙站 32.21 26.29", "小计 84.51 69.42",
                                                    "丙站 12.76 11.48", "丁站 7.05 6.91", "小计 19.81 18.39"],
                                                   ["84.51=52.30+32.21", "69.42=43.13+26.29", "19.81=12.76+7.05", "18.39=11.48+6.91"]),
    "totals counted from the right": (["合计 84.51 69.42", "甲站 2019 52.30 43.13", "乙站 2020 32.21 26.29"],
                                      ["84.51=52.30+32.21", "69.42=43.13+26.29"]),
    "totals that are none": (["合计 84.51 69.42", "甲站 52.40 43.13", "乙站 32.21 27.29"], []),
    "a total of one row": (["合计 84.51 69.42", "甲站 84.51 69.42"], []),
    "not named a total": (["甲站 52.30 43.13", "乙站 32.21 26.29", "丙站 84.51 69.42"], ["84.51=52.30+32.21", "69.42=43.13+26.29"]),
    "a percentage is not added up": (["合计 84.51 61.25%", "甲站 52.30 31.13%", "乙站 32.21 30.12%"], []),
    "dates and documents": (["2023年5月6日 第12号 3487", "2023年6月8日 第15号 2118"], []),
    "sentences": (["东湖站支出3487元，其中人员1206元。", "西湖站支出2118元，其中人员764元。"], []),
    "a sentence parts rows": ([PLAIN[0], "以上为第一批，其余各站另行通知。", PLAIN[1]], SUMS[:2]),
    "long whole numbers": (["甲校 58596771 41230500 17366271", "乙校 68040296 47100683 20939613"],
                           ["58596771=41230500+17366271", "68040296=47100683+20939613"]),
    "two rows a line": ([" ".join(PLAIN[:2])], SUMS[:2]),
    "a title parts rows": ([PLAIN[0], "关于下达本年度第二批农村公路桥梁隧道小修保养和安全防护工程补助资金分配情况的汇总说明", PLAIN[1]], SUMS[:2]),
    "a shorter row, a part less": ([*PLAIN, "北湖站 1957 933 1024"], [*SUMS, "1957=933+1024"]),
    "a shorter row that says nothing": (["甲组 4127 1288 31.21", "乙组 3316 975 29.40", "丙组 100 31.20"],
                                        ["31.21=1288/4127", "29.40=975/3316"]),
    "too little for an accusation": (["甲 87 30 41 16", "乙 95 33 40 22", "丙 79 25 31 23", "丁 457 133 204 130"],
                                     ["87=30+41+16", "95=33+40+22", "79=25+31+23"]),
    "a digit of two": ([*PLAIN, "北湖站 37 12 15 20"], SUMS),
    "a digit left out": ([*PLAIN, "北湖站 247 933 1024 520"], SUMS),
    "the last digit of a rate": (["甲组 4127 1288 31.21", "乙组 3316 975 29.40", "丙组 2908 1634 56.19", "丁组 1871 803 42.93"],
                                 ["31.21=1288/4127", "29.40=975/3316", "56.19=1634/2908"]),
    "two slips accuse neither": ([*PLAIN, "中湖站 1872 610 802 460", "上湖站 2653 917 1032 704", "下湖站 1498 511 620 367",
                                  "北湖站 2467 933 1024 520", "前湖站 2935 1027 1213 795"],
                                 [*SUMS, "1872=610+802+460", "2653=917+1032+704", "1498=511+620+367"]),
    "percentages of percentages": (["甲组 92.51% 87.26% 94.33%", "乙组 88.04% 81.37% 92.42%"], []),
    "one row that says something": (["甲组 845127 523019 322108", "乙组 31042 31042 0", "丙组 20417 20417 0"], []),
    "the same row again": (["甲组 845127 523019 322108", "乙组 845127 523019 322108"], []),
    "one row, a round sum within": (["甲校 9048150 8574550 8228925 345625 473600 414400 59200"],
                                    ["9048150=8574550+473600", "8574550=8228925+345625", "473600=414400+59200"]),
    "small totals, all of them": (["合计 12 120", "甲 2 20", "乙 4 40", "丙 6 60"], ["12=2+4+6", "120=20+40+60"]),
    "two lists side by side": (["一、税收 61.35 一、教育 48.20", "二、收费 22.18 二、卫生 30.41", "三、转移 17.44 三、农业 22.36", "收入合计 100.97 支出合计 100.97"],
                               ["100.97=17.44+22.18+61.35", "100.97=22.36+30.41+48.20"]),
    "a total misprinted, over rows that lost cells": (["甲乡 2519 1405 1114", "乙乡 873 873", "丙乡 3426 2071 1355", "丁乡 962 962", "戊乡 4637 2512 2125", "合计 12417 6861 4694 962"],
                                                   ["2519=1405+1114", "3426=2071+1355", "4637=2512+2125", "12417=4637+962+3426+873+2519", "6861=2512+2071+873+1405", "962=962",
                                                    "4694=2125+1355+1114!", "873=873"]),
    "rows that lost cells": (["甲乡 2519 1405 1114", "乙乡 873 873", "丙乡 3426 2071 1355", "丁乡 962 962", "戊乡 4637 2512 2125", "合计 12417 6861 4594 962"],
                             ["1114=2519-1405", "1355=3426-2071", "2125=4637-2512", "12417=4637+962+3426+873+2519", "6861=2512+2071+873+1405", "4594=2125+1355+1114",
                              "962=962", "12417=6861+4594+962", "962=962", "873=873"]),
    "numbers of rows are no column": (["工资 15 31402.77 33018.25", "物料 16 18715.13 19248.16", "流出合计 24 50117.90 52266.41"],
                                      ["50117.90=18715.13+31402.77", "52266.41=19248.16+33018.25"]),
    "a digit of a row that lost a cell": (["甲组 3487 1206 1530 751 3355 3.93", "乙组 2118 764 911 443 2267 -6.57", "丙组 1659 580 702 377 1448 14.57",
                                          "丁组 1311 868 443 1229 6.47"],
                                         [*SUMS, "1311=868+443", "3.93=(3487-3355)/3355", "-6.57=(2118-2267)/2267", "14.57=(1659-1448)/1448", "6.47=(1311-1229)/1229!"]),
    "the other digits of such a row": (["甲组 3487 1206 1530 751 3355 3.93", "乙组 2118 764 911 443 2267 -6.57", "丙组 1659 580 702 377 1448 14.57",
                                        "丁组 1311 868 443 1229 9.14"],
                                       [*SUMS, "3.93=(3487-3355)/3355", "-6.57=(2118-2267)/2267", "14.57=(1659-1448)/1448"]),
    "one of rows of many lengths": (["甲县 3487 1206 1530 751", "乙县 7118 764 911 443 5000", "丙县 4059 580 702 377 2410", "丁县 2968 1102 1240 536 90"],
                                    ["7118=764+911+443+5000", "2968=1102+1240+536+90", "4059=580+702+377+2410!", "3487=1206+1530+751"]),
    "two of rows of many lengths": (["甲县 3487 1206 1530 751", "乙县 7128 764 911 443 5000", "丙县 4059 580 702 377 2410", "丁县 2968 1102 1240 536 90"],
                                    ["2968=1102+1240+536+90", "3487=1206+1530+751"]),
    "the top of sums of sums, misprinted": (["甲校 875127 523019 412708 110311 322108 290804 31304"],
                                            ["322108=290804+31304", "523019=412708+110311", "875127=523019+322108!"]),
    "a subtotal of sums of sums, misprinted": (["甲校 845127 533019 412708 110311 322108 290804 31304"], ["533019=412708+110311!"]),
    "two of sums of sums, misprinted": (["甲校 855127 533119 412708 110311 322108 290804 31304"], []),
    "totals too small": (["合计 5 7", "甲 2 3", "乙 3 4"], []),
}


@pytest.mark.parametrize("lines, expected", CASES.values(), ids=CASES)
def test_rows(lines: list[str], expected: list[str]) -> None:
    assert sorted(found(lines)) == sorted(expected)


def test_a_figure_keeps_its_place() -> None:
    statement = said(texts(["说明", "", "东湖站 3487 1206 1530 751", "| 西湖站 | 2118 | 764 | 911 |", "| 443 |"]))[0][1]
    assert (statement.place.paragraph, statement.stated.span) == (3, (8, 12))
    assert [(f.place.paragraph, f.span) for f in statement.readings[0]["parts"]] == [(3, (15, 18)), (3, (21, 24)), (4, (2, 5))]
    assert statement.quote == "西湖站 2118 764 911 443"


def test_rows_are_taken_so_many_at_a_time() -> None:
    lines = [f"站{'甲乙丙丁'[n % 4]} {3000 + 7 * n} {1200 + 3 * n} {1800 + 4 * n}" for n in range(LONGEST + 5)]
    assert [len(block.rows) for block in blocks(texts(lines))] == [LONGEST, 5]
    assert len(found(lines)) == len(lines)


HEAD = "本次下达各站养护经费，分配情况如下。"


def test_the_whole_way() -> None:
    """What is read of rows is recomputed, each relation once, and the one that fails is reported."""
    lines = [HEAD, *(f"| {line.replace(' ', ' | ')} |" for line in [*PLAIN, "北湖站 2467 933 1024 520"])]
    judged = {f.stated.text: f.verdict for f in findings(lines)}
    assert {text: judged[text] for text in ("3487", "2118", "1659", "2467")} == {
        "3487": Verdict.HOLDS, "2118": Verdict.HOLDS, "1659": Verdict.HOLDS, "2467": Verdict.BROKEN}


@pytest.mark.parametrize("wrong", ["8671.6", "8011.6"])
def test_a_misprint_that_two_laws_prove(wrong: str) -> None:
    """The change in its row and the sum of its column fail by one digit of one figure: that figure is told."""
    rows = ["甲组 5881.2 6124.7 243.5", "乙组 1046.6 973.1 -73.5", "丙组 846.2 973.8 127.6", "合计 7774.0 8071.6 297.6"]
    assert Verdict.BROKEN not in {f.verdict for f in findings([HEAD, *rows])}
    broken = [f for f in findings([HEAD, *(row.replace("8071.6", wrong) for row in rows)]) if f.verdict is Verdict.BROKEN]
    assert [f.stated.text for f in broken] == [wrong]


@pytest.mark.parametrize("lines", [
    ["站名 应补助资金 已预拨 本次清算", *(f"{n}站 {a + b} {a} {b}" for n, a, b in zip("甲乙丙丁戊", (1260, 1530, 410, 815, 310),
                                                                       (590, 680, 530, 460, 395), strict=True))],
    ["项目 上年数 本年数 增减额 增减率", "甲组 58812.4 61247.9 2435.5 4.14%", "乙组 10466.2 9731.8 -734.4 -7.02%",
     "丙组 8466.2 9731.8 1265.6 14.95%"],
], ids=["the sum of a difference", "a rate of change"])
def test_what_is_said_already_is_not_said_again(lines: list[str]) -> None:
    assert found(lines)
    assert "rows" not in {s.source for s in statements(["单位：万元", *lines])}


def test_rows_are_no_part_of_sentences() -> None:
    """The figures of rows that prove something are not asked what the sentences around them mean."""
    cells = [f"{cell}万元" if cell.isdigit() else cell for line in PLAIN for cell in line.split()]
    assert {s.source for s in statements(["全年安排养护经费7264万元。", *cells])} == {"rows"}
