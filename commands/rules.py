"""复算的种类。"""

from __future__ import annotations

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._terminal import say


@chinese
@click.argument("names", metavar="[名称]…", nargs=-1)
def command(names: tuple[str, ...]) -> None:
    """列出每一种复算：算式、查什么、不查什么、例子。名称可以是规则（marks），也可以是疑点的类型（得分合计）。"""
    from fusuan.batch.rules import described
    from fusuan.export import rules_of

    kinds = {name: found for name in names if not any(described([name])) and (found := rules_of(name))}
    lines = list(described({*names, *(rule for _, rules in kinds.values() for rule in rules)}))
    if not lines:
        raise click.UsageError(f"没有这样的规则：{'、'.join(names)}。不带名称运行 fusuan rules 可列出全部")
    for told, rules in kinds.values():
        say(f"{told}：疑点的类型，由以下规则得出：{'、'.join(rules)}。\n")
    for line in lines:
        say(line)
