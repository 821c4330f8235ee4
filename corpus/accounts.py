"""Make a department's final accounts: nine tables and their narrative, of an invented unit, with errors planted or none.

    python corpus/accounts.py FOLDER       accounts-1, -2, -3 (codes in so many columns), right and -wrong, as .docx, .xlsx and .pdf

Every figure follows from the amounts below, so that all relations hold; `ERRORS` says which one figure each kind of error changes,
and what may be stated as wrong because of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

try:
    from corpus.make import Block, write_docx, write_pdf, write_xlsx
except ImportError:  # run as a script
    from make import Block, write_docx, write_pdf, write_xlsx  # type: ignore[import-not-found,no-redef]

D = Decimal
NAMES = {"205": "教育支出", "20501": "教育管理事务", "2050101": "行政运行", "20502": "普通教育", "2050201": "学前教育", "2050202": "小学教育",
         "2050203": "初中教育", "20508": "进修及培训", "2050803": "培训支出", "207": "文化旅游体育与传媒支出", "20703": "体育",
         "2070307": "体育场馆", "2070308": "群众体育", "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
         "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出", "210": "卫生健康支出",
         "21011": "行政事业单位医疗", "2101101": "行政单位医疗", "2101102": "事业单位医疗", "221": "住房保障支出",
         "22102": "住房改革支出", "2210201": "住房公积金", "229": "其他支出", "22960": "彩票公益金安排的支出",
         "2296003": "用于体育事业的彩票公益金支出"}
# basic, project
GENERAL = {"2050101": ("412.35", "0"), "2050201": ("0", "186.40"), "2050202": ("1530.28", "264.17"), "2050203": ("1217.66", "198.35"),
           "2050803": ("0", "24.80"), "2070307": ("0", "88.03"), "2070308": ("0", "41.25"), "2080505": ("305.12", "0"),
           "2080506": ("152.56", "0"), "2101101": ("38.44", "0"), "2101102": ("121.70", "0"), "2210201": ("228.84", "0")}
FUND, OWN = {"2296003": ("0", "65.20")}, {"2050203": ("36.50", "0")}
OPENED, CLOSED, FUND_OPENED, FUND_CLOSED = D("51.37"), D("28.63"), D("12.20"), D("7.00")
STAFF = {"30102": ("津贴补贴", "640.15"), "30103": ("奖金", "88.32"), "30107": ("绩效工资", "512.77"), "30108": ("机关事业单位基本养老保险缴费", "305.12"),
         "30109": ("职业年金缴费", "152.56"), "30110": ("职工基本医疗保险缴费", "160.14"), "30113": ("住房公积金", "228.84")}
AID = {"30302": ("退休费", "46.25"), "30305": ("生活补助", "12.31")}
COSTS = {"30201": ("办公费", "58.27"), "30205": ("水费", "9.35"), "30206": ("电费", "31.42"), "30207": ("邮电费", "12.08"), "30211": ("差旅费", "27.66"),
         "30213": ("维修（护）费", "45.75"), "30217": ("公务接待费", "3.26"), "30231": ("公务用车运行维护费", "14.51"), "30299": ("其他商品和服务支出", "22.13")}
GOODS = {"31002": ("办公设备购置", "16.84")}
BUDGET = {"205": "3650.00", "207": "130.00", "208": "460.00", "210": "165.00", "221": "230.00"}
BEFORE = {"205": "3588.42", "207": "143.60", "208": "441.27", "210": "152.93", "221": "219.66"}

Amounts = dict[str, tuple[Decimal, ...]]
Rows = list[list[str]]


@dataclass(frozen=True)
class Error:
    """A kind of error: where it is planted (title of the table and words of the row, or words of the text), what stands there
    and what is put there; `stated`: what may be stated as wrong.
    """

    kind: str
    near: tuple[str, str]
    old: str
    new: str
    stated: tuple[str, ...]


ERRORS = (
    Error("parent", ("支出决算表", "普通教育"), "3433.36", "3344.36", ("3344.36",)),
    Error("total row", ("收入决算表", "合计"), "4883.71", "4838.71", ("4838.71",)),
    Error("row", ("一般公共预算财政拨款支出决算表", "群众体育"), "41.25", "47.25", ("47.25",)),
    Error("sister", ("财政拨款收入支出决算总表", "四、卫生健康支出"), "160.14", "166.14", ("166.14", "160.14")),
    Error("half", ("一般公共预算财政拨款基本支出决算表", "工资福利支出"), "3707.12", "3770.12", ("3770.12",)),
    Error("三公", ("财政拨款“三公”经费支出决算表", ""), "17.77", "17.97", ("17.97",)),
    Error("balance", ("政府性基金预算财政拨款收入支出决算表", "合计"), "7.00", "9.00", ("9.00",)),
    Error("rate", ("财政拨款支出与年初预算、上年决算对比表", "社会保障"), "99.50", "95.90", ("95.90",)),
    Error("change", ("财政拨款支出与年初预算、上年决算对比表", "卫生健康"), "7.21", "7.12", ("7.12",)),
    Error("text", ("", "行政单位医疗（项）"), "38.44万元", "34.84万元", ("34.84万元",)),
    Error("whole", ("", "收入支出总计"), "总计4947.28万元", "总计4974.28万元", ("4974.28万元",)),
    Error("share", ("", "本年支出合计"), "占82.32%", "占83.22%", ("83.22%",)),
)


def _pairs(source: dict[str, tuple[str, str]]) -> dict[str, tuple[Decimal, Decimal]]:
    return {code: (D(basic), D(project)) for code, (basic, project) in source.items()}


def _levels(leaves: Amounts) -> Amounts:
    """The amounts of classes and groups with those of the items, in the order of the codes."""
    found: Amounts = {}
    for code, amounts in leaves.items():
        for size in (3, 5, 7):
            before = found.get(code[:size], (D(0),) * len(amounts))
            found[code[:size]] = tuple(a + b for a, b in zip(before, amounts, strict=True))
    return dict(sorted(found.items()))


def _spent(*sources: dict[str, tuple[str, str]]) -> Amounts:
    """All, basic and project spending of items."""
    found: Amounts = {}
    for source in sources:
        for code, (basic, project) in _pairs(source).items():
            before = found.get(code, (D(0), D(0), D(0)))
            found[code] = (before[0] + basic + project, before[1] + basic, before[2] + project)
    return found


def _income() -> Amounts:
    """All income, of the treasury, of the unit's own, by the accounts it is for: what was carried over was for schools and sport."""
    carried = {"2050202": CLOSED - OPENED, "2296003": FUND_CLOSED - FUND_OPENED}
    found: Amounts = {}
    for code, (whole, _, _) in _spent(GENERAL, FUND).items():
        own = sum(_pairs(OWN).get(code, (D(0), D(0))), D(0))
        treasury = whole + carried.get(code, D(0))
        found[code] = (treasury + own, treasury, own)
    return found


def _sum(leaves: Amounts) -> tuple[Decimal, ...]:
    return tuple(sum(column, D(0)) for column in zip(*leaves.values(), strict=True))


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}" if amount else ""


def _coded(leaves: Amounts, codes: int, heads: list[str]) -> Rows:
    """A table by account with its codes in one, two (class and group, item) or three columns."""
    tops = {1: [["科目编码", "科目名称", *heads]], 2: [["科目编码", "<", "科目名称", *heads], ["类款", "项", "^", *["^"] * len(heads)]],
            3: [["项目", "<", "<", "<", *heads], ["功能分类科目编码", "<", "<", "科目名称", *["^"] * len(heads)], ["类", "款", "项", "^", *["^"] * len(heads)]]}
    rows = [list(row) for row in tops[codes]]
    for code, amounts in _levels(leaves).items():
        parted = {1: [code], 2: [code[:5], code[5:]], 3: [code[:3], code[3:5], code[5:]]}[codes]
        rows.append([*parted, NAMES[code], *map(_text, amounts)])
    return [*rows, ["合计", *["<"] * codes, *(f"{amount:.2f}" for amount in _sum(leaves))]]


def _sided(left: list[tuple[str, Decimal]], right: list[tuple[str, list[Decimal]]], heads: list[list[str]], foot: Rows) -> Rows:
    rows = [list(row) for row in heads]
    for n in range(max(len(left), len(right))):
        name, amount = left[n] if n < len(left) else ("", D(0))
        other, amounts = right[n] if n < len(right) else ("", [D(0)] * len(right[0][1]))
        rows.append([name, _text(amount), other, *map(_text, amounts)])
    return [*rows, *foot]


def _classes(*columns: Amounts) -> list[tuple[str, list[Decimal]]]:
    """The classes with their spending in each of some columns, numbered."""
    codes = sorted({code[:3] for column in columns for code in column})
    whole = [[sum((a[0] for code, a in column.items() if code.startswith(own)), D(0)) for column in columns] for own in codes]
    return [(f"{'一二三四五六七'[n]}、{NAMES[code]}", amounts) for n, (code, amounts) in enumerate(zip(codes, whole, strict=True))]


def _whole() -> Rows:
    income, spent = _sum(_income()), _sum(_spent(GENERAL, FUND, OWN))[0]
    fund = _sum(_spent(FUND))[0] + FUND_CLOSED - FUND_OPENED
    left = [("一、一般公共预算财政拨款收入", income[1] - fund), ("二、政府性基金预算财政拨款收入", fund), ("三、事业收入", income[2])]
    opened, closed = OPENED + FUND_OPENED, CLOSED + FUND_CLOSED
    foot = [["本年收入合计", f"{income[0]:.2f}", "本年支出合计", f"{spent:.2f}"],
            ["年初结转和结余", f"{opened:.2f}", "年末结转和结余", f"{closed:.2f}"], ["总计", f"{income[0] + opened:.2f}", "总计", f"{spent + closed:.2f}"]]
    return _sided(left, _classes(_spent(GENERAL, FUND, OWN)), [["收入", "<", "支出", "<"], ["项目", "决算数", "项目", "决算数"]], foot)


def _treasury() -> Rows:
    income = _sum(_income())[1]
    general, fund = _sum(_spent(GENERAL))[0], _sum(_spent(FUND))[0]
    left = [("一、一般公共预算财政拨款", income - fund - FUND_CLOSED + FUND_OPENED), ("二、政府性基金预算财政拨款", fund + FUND_CLOSED - FUND_OPENED)]
    heads = [["收入", "<", "支出", "<", "<", "<"], ["项目", "决算数", "项目", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款"]]
    foot = []
    for names, parts in ((("本年收入合计", income, "本年支出合计"), (general, fund)),
                         (("年初财政拨款结转和结余", OPENED + FUND_OPENED, "年末财政拨款结转和结余"), (CLOSED, FUND_CLOSED)),
                         (("总计", income + OPENED + FUND_OPENED, "总计"), (general + CLOSED, fund + FUND_CLOSED))):
        foot.append([names[0], f"{names[1]:.2f}", names[2], f"{sum(parts):.2f}", *(f"{part:.2f}" for part in parts)])
    return _sided(left, _classes(_spent(GENERAL, FUND), _spent(GENERAL), _spent(FUND)), heads, foot)


def _basic() -> tuple[Rows, Decimal, Decimal]:
    """Basic spending by economic account, staff beside office costs, with the totals of both."""
    whole = _sum(_spent(GENERAL))[1]
    office = sum((D(a) for _, a in (*COSTS.values(), *GOODS.values())), D(0))
    aid = sum((D(a) for _, a in AID.values()), D(0))
    pay = {"30101": ("基本工资", str(whole - office - aid - sum(D(a) for _, a in STAFF.values()))), **STAFF}
    halves = []
    for groups in ((("301", "工资福利支出", pay), ("303", "对个人和家庭的补助", AID)), (("302", "商品和服务支出", COSTS), ("310", "资本性支出", GOODS))):
        lines = []
        for code, name, parts in groups:
            lines.append([code, name, f"{sum(D(a) for _, a in parts.values()):.2f}"])
            lines += [[own, title, f"{D(a):.2f}"] for own, (title, a) in parts.items()]
        halves.append(lines)
    rows = [["人员经费", "<", "<", "公用经费", "<", "<"], ["科目编码", "科目名称", "决算数"] * 2]
    for n in range(max(map(len, halves))):
        rows.append([cell for half in halves for cell in (half[n] if n < len(half) else [""] * 3)])
    return [*rows, ["人员经费合计", "<", f"{whole - office:.2f}", "公用经费合计", "<", f"{office:.2f}"]], whole - office, office


def _three() -> Rows:
    car, guests = D(COSTS["30231"][1]), D(COSTS["30217"][1])
    heads = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "<", "<", "公务接待费"]
    under = ["^", "^", "小计", "公务用车购置费", "公务用车运行维护费", "^"]
    values = [D("20.50"), D(0), D("16.00"), D(0), D("16.00"), D("4.50")], [car + guests, D(0), car, D(0), car, guests]
    return [["预算数", *["<"] * 5, "决算数", *["<"] * 5], [*heads, *heads], [*under, *under], [f"{v:.2f}" for half in values for v in half]]


def _fund() -> Rows:
    (code, (basic, project)), = _pairs(FUND).items()
    values = [FUND_OPENED, basic + project + FUND_CLOSED - FUND_OPENED, basic + project, basic, project, FUND_CLOSED]
    heads = [["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"], ["^", "^", "^", "^", "小计", "基本支出", "项目支出", "^"]]
    return [*heads, *([own, NAMES[own], *(f"{v:.2f}" for v in values)] for own in (code[:3], code[:5], code)), ["合计", "<", *(f"{v:.2f}" for v in values)]]


def _compared() -> Rows:
    """Spending by class against budget and the year before: rates and changes in columns."""
    rows = [["项目", "年初预算数", "决算数", "完成率（%）", "上年决算数", "增减额", "增减率（%）"]]
    spent = {code: amounts[0] for code, amounts in _levels(_spent(GENERAL)).items() if len(code) == 3}
    lines = [(NAMES[code], D(BUDGET[code]), amount, D(BEFORE[code])) for code, amount in spent.items()]
    lines.append(("合计", *(sum((line[n] for line in lines), D(0)) for n in (1, 2, 3))))  # type: ignore[arg-type]
    for name, plan, done, before in lines:
        rows.append([name, f"{plan:.2f}", f"{done:.2f}", f"{done / plan * 100:.2f}", f"{before:.2f}", f"{done - before:.2f}", f"{(done - before) / before * 100:.2f}"])
    return rows


def tables(codes: int) -> Iterator[tuple[str, Rows]]:
    """The nine tables, and one of comparisons that goes with the narrative."""
    columns = ["本年支出合计", "基本支出", "项目支出"]
    yield "收入支出决算总表", _whole()
    yield "收入决算表", _coded(_income(), codes, ["本年收入合计", "财政拨款收入", "事业收入"])
    yield "支出决算表", _coded(_spent(GENERAL, FUND, OWN), codes, columns)
    yield "财政拨款收入支出决算总表", _treasury()
    yield "一般公共预算财政拨款支出决算表", _coded(_spent(GENERAL), codes, columns)
    yield "一般公共预算财政拨款基本支出决算表", _basic()[0]
    yield "财政拨款“三公”经费支出决算表", _three()
    yield "政府性基金预算财政拨款收入支出决算表", _fund()
    yield "国有资本经营预算财政拨款支出决算表", [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["", "", "", "", ""], ["合计", "<", "", "", ""]]
    yield "财政拨款支出与年初预算、上年决算对比表", _compared()


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.2f}%"


def narrative() -> Iterator[str]:
    """What the narrative says of the tables."""
    income, spent, general = _sum(_income()), _sum(_spent(GENERAL, FUND, OWN)), _sum(_spent(GENERAL))
    _, people, office = _basic()
    total, before = income[0] + OPENED + FUND_OPENED, D("4602.31")
    yield f"一、2023年度收入支出总计{total:.2f}万元。与2022年度相比，收入支出总计增加{total - before:.2f}万元，增长{_share(total - before, before)}。"
    yield (f"二、本年收入合计{income[0]:.2f}万元，其中：财政拨款收入{income[1]:.2f}万元，占{_share(income[1], income[0])}；"
           f"事业收入{income[2]:.2f}万元，占{_share(income[2], income[0])}。")
    yield (f"三、本年支出合计{spent[0]:.2f}万元，其中：基本支出{spent[1]:.2f}万元，占{_share(spent[1], spent[0])}；"
           f"项目支出{spent[2]:.2f}万元，占{_share(spent[2], spent[0])}。")
    yield "四、一般公共预算财政拨款支出情况"
    for n, (code, amounts) in enumerate(_spent(GENERAL).items(), 1):
        path = "".join(f"{NAMES[code[:size]]}（{level}）" for size, level in ((3, "类"), (5, "款"), (7, "项")))
        yield f"{n}、{path}。主要用于单位运转和项目实施。支出决算为{amounts[0]:.2f}万元。"
    yield f"五、一般公共预算财政拨款基本支出{general[1]:.2f}万元，其中：人员经费{people:.2f}万元，公用经费{office:.2f}万元。"
    car, guests = D(COSTS["30231"][1]), D(COSTS["30217"][1])
    yield f"六、“三公”经费年初预算20.50万元，支出决算{car + guests:.2f}万元，完成预算的{_share(car + guests, D('20.50'))}。其中：公务用车运行维护费{car:.2f}万元，公务接待费{guests:.2f}万元。"


def report(codes: int, wrong: Iterable[Error] = ()) -> list[Block]:
    """The accounts with codes in so many columns and these errors."""
    planted = list(wrong)
    found = [Block("title", "松溪县教育体育局2023年度部门决算"), Block("heading", "第一部分 部门决算表")]
    for title, rows in tables(codes):
        own = [error for error in planted if error.near[0] == title]
        found += [Block("text", title), Block("text", "单位：万元"), Block("table", rows=tuple(tuple(_spoilt(row, own)) for row in rows))]
    found.append(Block("heading", "第二部分 部门决算情况说明"))
    for line in narrative():
        for error in planted:
            if not error.near[0] and error.near[1] in line:
                assert error.old in line, (error, line)
                line = line.replace(error.old, error.new, 1)
        found.append(Block("text", line))
    return found


def _spoilt(row: list[str], errors: list[Error]) -> list[str]:
    """The row with the first cell replaced that holds what an error replaces; a column of figures before it stays."""
    for error in errors:
        if error.old in row and (not error.near[1] or any(cell.startswith(error.near[1]) for cell in row)):
            at = row.index(error.old)
            row = [*row[:at], error.new, *row[at + 1:]]
    return row


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for codes in (1, 2, 3):
        for name, wrong in ((f"accounts-{codes}", ()), (f"accounts-{codes}-wrong", ERRORS)):
            content = report(codes, wrong)
            write_docx(content, folder / f"{name}.docx")
            write_xlsx(content, folder / f"{name}.xlsx")
            if not write_pdf(folder / f"{name}.docx", folder / f"{name}.pdf"):
                print("LibreOffice is not installed: no .pdf", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
