"""审核人员在工作簿里核实到哪里了。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._terminal import note, say

if TYPE_CHECKING:
    from fusuan.desk import Answer


@chinese
@click.argument("workbook", metavar="疑点.xlsx", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--store", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="结果存储：核实结论记入其中（默认：工作簿旁的 .fusuan，如果有）")
def command(workbook: Path, store: Path | None) -> None:
    """读出工作簿里的核实结论与备注，记入结果存储，并列出各条和尚未核实的数目。"""
    from fusuan.desk import ANSWERS, answers
    from fusuan.desk.answers import NAME, VERDICT, rows

    listed = [row for row in rows(workbook) if row.get(NAME)]
    if not listed:
        raise click.UsageError(f"{workbook.name} 里没有“疑点清单”，请给出 fusuan 写出的工作簿")
    beside = workbook.with_suffix(".fusuan")
    store = store or (beside if beside.exists() else None)
    known = answers(workbook, store)
    counts = Counter(row.get(VERDICT, "") for row in listed)
    told = "，".join(f"{word} {counts[word]}" for word in ANSWERS)
    other = sum(count for word, count in counts.items() if word and word not in ANSWERS)
    say(f"{workbook.name}：共 {len(listed)} 处，{told}{f'，其他 {other}' if other else ''}，尚未核实 {counts['']}")
    for line in _answered(answer for row in listed if (answer := known.get(row[NAME].split()[0]))):
        say(line)
    if store is not None:
        note(f"核实结论已记入 {store}")


def _answered(known: Iterable[Answer]) -> list[str]:
    """One line for every answer, by file."""
    from fusuan.export import clean

    lines: list[str] = []
    for answer in sorted(known, key=lambda answer: answer.shown.get("文件", "")):
        place = "  ".join(filter(None, (answer.shown.get(head, "") for head in ("文件", "位置", "指标", "报告值"))))
        remark = answer.remark
        rule = answer.shown.get("规则", "")
        place += f"（规则 {rule}）" if rule else ""
        words = "，".join(filter(None, (remark.remark, f"{remark.who} {remark.when}".strip())))
        lines.append(clean(f"{remark.verdict or '（未定）'}  {place}{f'：{words}' if words else ''}").replace("\n", " "))
    return lines
