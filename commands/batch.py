"""核对一个文件夹里的所有报告。"""

from __future__ import annotations

from os.path import isdir
from pathlib import Path
from typing import Any

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._fail_on import fail_on_option
from fusuan.commands._marked import counting, marked_option, marking
from fusuan.commands._outputs import check_outputs, writing
from fusuan.commands._scheme import check_scheme
from fusuan.commands._store import finished, stopping, store_beside, using_store
from fusuan.commands._terminal import say


@chinese
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="结果文件", type=click.Path(path_type=Path, dir_okay=False),
              help="全部结果写入一个工作簿（.xlsx），或写成网页（.html，每份一页），也可用 .csv、.json、.sarif、.xml（JUnit）")
@click.option("--jsonl", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="另写一份供程序读取的结果，每行一份报告")
@click.option("--store", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="结果存储：已核对的不丢，再次运行只核对有变化的（默认：结果文件旁的 .fusuan）")
@click.option("--fresh", is_flag=True, help="不用以前的结果，全部重新核对")
@click.option("--manifest", metavar="清单", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="报送清单（.csv、.xlsx，列名：单位、项目、文件），据此列出没有报送的单位")
@click.option("--jobs", metavar="个数", type=click.IntRange(1, 256), help="同时核对几份（默认：处理器个数）")
@click.option("--cluster", metavar="地址", default="", help="由几台机器核对：Dask 调度器的地址（tcp://…:8786）；local 为本机（需 fusuan[cluster]）")
@click.option("--timeout", metavar="秒", type=click.FloatRange(0.1), default=120.0, help="每份文件的时限（默认 120 秒）")
@click.option("--password", "passwords", metavar="密码", multiple=True, help="加密文件的打开密码；可给出多个，逐个尝试")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
@marked_option
@fail_on_option
def command(folder: Path, **options: Any) -> None:
    """核对一个文件夹（含下级）里的所有报告。"""
    from fusuan.batch.folder import Order, through
    from fusuan.batch.outputs import Outputs
    from fusuan.batch.tally import Tally
    from fusuan.extract import suffixes

    if not isdir(folder):
        raise click.UsageError(f"没有这个文件夹：{folder}")
    check_scheme(options["scheme"])
    entries = _manifest(options["manifest"])
    store = store_beside(options["store"], options["output"], options["jsonl"])
    whole, lines = check_outputs([options["output"], options["jsonl"]], [])
    tally = Tally()
    outputs = Outputs(whole, lines, store, say, options["marked"], counting(tally, marking(options["marked"], whole, store), whole, store))
    with stopping(outputs), writing(outputs.whole), using_store():
        through(folder, suffixes(), outputs, _limits(options), tally, Order(entries, options["fresh"], options["cluster"]))
    finished(tally, outputs, options["fail_on"])


def _manifest(path: Path | None) -> tuple[Any, ...]:
    from fusuan.batch.manifest import ManifestError, read

    try:
        return tuple(read(path)) if path else ()
    except ManifestError as error:
        raise click.UsageError(str(error)) from error


def _limits(options: dict[str, Any]) -> Any:
    from os import cpu_count

    from fusuan.batch.pool import Limits

    return Limits(options["jobs"] or cpu_count() or 1, options["timeout"], options["scheme"], passwords=options["passwords"])
