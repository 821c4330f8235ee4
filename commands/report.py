"""由已有的结果再写一次。"""

from __future__ import annotations

from pathlib import Path

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._outputs import check_outputs, writing
from fusuan.commands._store import finished, using_store
from fusuan.commands._terminal import say


@chinese
@click.argument("results", metavar="存储或.jsonl", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", metavar="结果文件", type=click.Path(path_type=Path, dir_okay=False),
              help="写入一个工作簿（.xlsx），也可用 .csv、.json、.jsonl")
@click.option("--jsonl", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="另写一份供程序读取的结果，每行一份报告")
def command(results: Path, output: Path | None, jsonl: Path | None) -> None:
    """由批量核对的结果存储（.fusuan）或 .jsonl 再写出结果，不重新核对。"""
    from fusuan.batch.outputs import Outputs
    from fusuan.batch.reported import report
    from fusuan.batch.tally import Tally

    if not results.is_file():
        raise click.UsageError(f"没有这个文件：{results}。请给出批量核对时写出的 .fusuan 或 .jsonl")
    whole, lines = check_outputs([output, jsonl], [results])
    tally, outputs = Tally(), Outputs(whole, lines, None, say)
    with writing(outputs.whole), using_store():
        report(results, outputs, tally)
    finished(tally, outputs)
