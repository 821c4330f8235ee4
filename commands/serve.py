"""在浏览器里核对：打开本机的页面。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._scheme import check_scheme
from fusuan.commands._store import using_store
from fusuan.commands._terminal import note, say


@chinese
@click.option("--host", default="127.0.0.1", metavar="地址", help="监听的地址（默认 127.0.0.1，只有本机能打开；其他地址须凭口令）")
@click.option("--port", default=8720, type=click.IntRange(0, 65535), metavar="端口", help="监听的端口（默认 8720；0：由系统选）")
@click.option("--token", is_flag=True, help="在本机打开也须凭口令（几个人共用一台机器时）")
@click.option("--folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False),
              help="存放放入的报告与结果的文件夹（默认：用户目录下 .fusuan/page）")
@click.option("--store", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="与 batch 共用的结果存储（.fusuan 文件）")
@click.option("--jobs", metavar="个数", type=click.IntRange(1, 256), help="同时核对几份（默认：处理器个数）")
@click.option("--timeout", metavar="秒", type=click.FloatRange(0.1), default=120.0, help="每份文件的时限（默认 120 秒）")
@click.option("--password", "passwords", metavar="密码", multiple=True, help="加密文件的打开密码；可给出多个，逐个尝试")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
@click.option("--open/--no-open", "browse", default=True, help="启动后打开浏览器（默认打开）")
def command(folder: Path | None, store: Path | None, browse: bool, **options: Any) -> None:
    """打开本机页面：拖入报告，看进度，逐条核实，下载结果。"""
    from importlib.util import find_spec
    from os import cpu_count

    if missing := [name for name in ("fastapi", "uvicorn", "jinja2") if find_spec(name) is None]:
        raise click.UsageError(f"页面需要另装组件（{'、'.join(missing)}）。请运行：pip install \"fusuan[page]\"")
    from fusuan.batch.pool import Limits
    from fusuan.batch.store import Store
    from fusuan.page.inbox import Inbox
    from fusuan.page.server import Address, serve

    check_scheme(options["scheme"])
    limits = Limits(options["jobs"] or cpu_count() or 1, options["timeout"], options["scheme"], passwords=options["passwords"])
    try:
        inbox = Inbox(folder or Path.home() / ".fusuan" / "page", store)
        with using_store(), Store(inbox.store):
            pass
        serve(Address(options["host"], options["port"], options["token"]), inbox, limits, say, browse)
    except OSError as error:
        note(f"无法启动页面：{error.strerror or error}。如端口 {options['port']} 已被占用，请用 --port 换一个；如文件夹不可写，请用 --folder 换一个")
        raise click.exceptions.Exit(2) from error
