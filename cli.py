"""fusuan（复算）的命令行：只做组装，重活在各文件夹里，用到时才加载。"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

if __name__ in ("__main__", "__mp_main__"):  # run from a checkout: the folders beside this file are the package
    _package = ModuleType("fusuan")
    _package.__path__ = [str(Path(__file__).parent)]
    sys.modules["fusuan"] = _package

if TYPE_CHECKING:
    from fusuan.model import Audit

VERSION = "0.1.0"
AGREES, BROKEN, FAILED, STOPPED = 0, 1, 2, 130
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _listed(formatter: click.HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write names and what they do side by side, a Chinese character counting two columns."""
    room = max(_columns(name) for name, _ in rows)
    formatter.write_paragraph()
    formatter.write(f"{heading}：\n")
    for name, words in rows:
        formatter.write(f"  {name}{' ' * (room - _columns(name))}  {words}\n")


def _columns(text: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in text)


class Chinese(click.Command):
    """A command whose own help speaks Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (option.get_help_record(ctx) for option in self.get_params(ctx) if isinstance(option, click.Option))
        _listed(formatter, "选项", [row for row in options if row is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明"
        return option


class ChineseGroup(Chinese, click.Group):
    """The program itself."""

    command_class = Chinese

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Chinese.format_options(self, ctx, formatter)
        _listed(formatter, "命令", [(name, self.commands[name].get_short_help_str(80)) for name in self.commands])
        formatter.write_paragraph()
        formatter.write_text("退出码：0 没有不符；1 有不符；2 有文件未能读取，或用法有误。")


@click.group(cls=ChineseGroup, context_settings=HELP, subcommand_metavar="命令 [参数]…", options_metavar="[选项]",
             no_args_is_help=False, invoke_without_command=True)
@click.version_option(VERSION, "-V", "--version", message="fusuan %(version)s", help="显示版本号")
@click.pass_context
def app(ctx: click.Context) -> None:
    """复算：重算绩效自评报告里的合计、比率、增减与得分，列出对不上的数字。"""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@app.command(options_metavar="[选项]")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="结果文件", type=click.Path(path_type=Path, dir_okay=False),
              help="另存结果：.xlsx 工作簿、.csv、.json、.jsonl（按后缀）")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "jsonl"]), default="table",
              metavar="格式", help="屏幕上的格式：table（默认）、json、csv、jsonl")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
@click.option("--debug", is_flag=True, help="程序自身出错时显示出错位置（供开发者）")
def check(files: tuple[Path, ...], output: Path | None, form: str, scheme: str | None, debug: bool) -> None:
    """核对一份或几份报告，列出不符与存疑之处。"""
    from fusuan.batch.audit import audit

    _check_scheme(scheme)
    paths = _distinct(files)
    _check_outputs([output], paths)
    audits: list[Audit] = []
    for path in paths:
        if path.is_dir():
            raise click.UsageError(f"“{path}”是文件夹。核对整个文件夹请用：fusuan batch \"{path}\"")
        audits.append(audit(path, scheme, debug=debug))
        if form == "table":
            _table(audits[-1], first=len(audits) == 1)
    if form != "table":
        _print(audits, form)
    if output is not None:
        _write(audits, output)
        _note(f"结果已写入 {output}")
    raise click.exceptions.Exit(_status(audits))


@app.command(options_metavar="[选项]")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="结果文件", type=click.Path(path_type=Path, dir_okay=False),
              help="全部结果写入一个工作簿（.xlsx），也可用 .csv、.json")
@click.option("--jsonl", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="逐份写入，每行一份报告；中断时已完成的不丢")
@click.option("--jobs", metavar="个数", type=click.IntRange(1, 256), help="同时核对几份（默认：处理器个数）")
@click.option("--timeout", metavar="秒", type=click.FloatRange(0.1), default=120.0, help="每份文件的时限（默认 120 秒）")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
def batch(folder: Path, **options: Any) -> None:
    """核对一个文件夹（含下级）里的所有报告。"""
    from fusuan.batch.folder import Outputs, through
    from fusuan.batch.tally import Tally
    from fusuan.extract import suffixes

    if not folder.is_dir():
        raise click.UsageError(f"没有这个文件夹：{folder}")
    _check_scheme(options["scheme"])
    outputs = [options["output"], options["jsonl"]]
    _check_outputs(outputs, [])
    tally = Tally()
    with _writing(options["output"]), _writing(options["jsonl"]):
        through(folder, suffixes(), Outputs(options["output"], options["jsonl"], _say), _limits(options), tally)
    for line in tally.lines():
        _say(line)
    for path in filter(None, outputs):
        _note(f"结果已写入 {path}")
    raise click.exceptions.Exit(tally.status)


@app.command(options_metavar="[选项]")
@click.argument("names", metavar="[名称]…", nargs=-1)
def rules(names: tuple[str, ...]) -> None:
    """列出每一种复算：算式、查什么、不查什么、例子。"""
    from fusuan.batch.rules import described

    lines = list(described(names))
    if not lines:
        raise click.UsageError(f"没有这样的规则：{'、'.join(names)}。不带名称运行 fusuan rules 可列出全部")
    for line in lines:
        _say(line)


@app.command(options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def figures(file: Path) -> None:
    """列出从一份报告里读出的每个数字，以及它是否核对、为何没有核对。"""
    from fusuan.batch.audit import audit
    from fusuan.batch.figures import listed

    result = audit(file, deep=True)
    if result.status != "checked":
        _say(f"{file}：{(result.error or {}).get('message', '')}")
        raise click.exceptions.Exit(FAILED)
    for line in listed(result, _width()):
        _say(line)


@app.command(options_metavar="[选项]")
def schemes() -> None:
    """列出可用的评分方案。"""
    from fusuan.batch.schemes import listed

    for line in listed():
        _say(line)


def _check_scheme(scheme: str | None) -> None:
    """A scheme that cannot be used is said once, before any file is read."""
    if scheme is None:
        return
    from fusuan.batch.schemes import fault

    if why := fault(scheme):
        raise click.UsageError(why)


def _distinct(files: Sequence[Path]) -> list[Path]:
    return list({path.resolve(): path for path in reversed(files)}.values())[::-1]


def _check_outputs(outputs: Iterable[Path | None], inputs: Iterable[Path]) -> None:
    """An output that cannot be written, or would overwrite a report, is said before the work begins."""
    from fusuan.export import writers

    known = {suffix for writer in writers() for suffix in writer.SUFFIXES}
    reports = {path.resolve() for path in inputs}
    for path in filter(None, outputs):
        if path.suffix.lower() not in known:
            raise click.UsageError(f"不会写这种格式：{path.name}。可用的后缀：{'、'.join(sorted(known))}")
        if path.resolve() in reports:
            raise click.UsageError(f"结果文件与报告是同一个文件：{path}。请换一个文件名，以免覆盖报告")
        with _writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _writing(path: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if path is None:
            raise
        reason = error.strerror or str(error)
        raise click.FileError(str(path), f"无法写入 {path}：{reason}。如已在 Excel 或 WPS 中打开，请关闭后重试") from error


def _write(audits: Iterable[Audit], output: Path) -> None:
    from fusuan import export

    with _writing(output):
        export.write(audits, output)


def _limits(options: dict[str, Any]) -> Any:
    from os import cpu_count

    from fusuan.batch.pool import Limits

    return Limits(options["jobs"] or cpu_count() or 1, options["timeout"], options["scheme"])


def _status(audits: Iterable[Audit]) -> int:
    """Say how it went: a file that could not be read weighs more than a figure that does not fit."""
    from fusuan.batch.tally import Tally

    tally = Tally()
    for result in audits:
        tally.add(result)
    return tally.status


def _table(result: Audit, first: bool) -> None:
    from fusuan.export.text import lines

    if not first:
        _say("")
    for line in lines(result, _width()):
        _say(_coloured(line))


def _coloured(line: str) -> str:
    """Colour the verdict at the end of a row; click leaves colours out where nobody sees them."""
    colour = {"不符": "red", "存疑": "yellow"}.get(line[-2:]) if line[-4:-2] == "  " else None
    return line[:-2] + click.style(line[-2:], fg=colour, bold=True) if colour else line


def _print(audits: Sequence[Audit], form: str) -> None:
    """Print what the writer of that format would write to a file."""
    import tempfile

    from fusuan import export

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"out.{form}")
        export.write(audits, path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in file:
                _say(line.rstrip("\r\n"), escape=form != "csv")


def _width() -> int:
    from shutil import get_terminal_size

    return max(40, get_terminal_size((120, 24)).columns)


def _say(text: str, *, escape: bool = False) -> None:
    """Print a line in characters the terminal has; JSON keeps the rest as escapes, which lose nothing."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        if escape:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            text = "".join(_escaped(char, encoding) for char in text)
        else:
            from fusuan.export.text import encodable

            text = encodable(text, encoding)
    click.echo(text)


def _escaped(char: str, encoding: str) -> str:
    from json import dumps

    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return dumps(char)[1:-1]
    return char


def _note(text: str) -> None:
    """Say something beside the result: standard output may be a program's to read."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), err=True)


def _wrong_use(error: click.ClickException) -> str:
    """Say in Chinese what click found wrong with a command line."""
    if isinstance(error, click.MissingParameter):
        return f"缺少参数：{error.param.make_metavar(error.ctx) if error.param and error.ctx else ''}"
    if isinstance(error, click.NoSuchOption):
        near = f"。是否想用：{'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有这个选项：{error.option_name}{near}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        why = f"可用 {'、'.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else error.message
        return f"{'、'.join(error.param.opts)} 的值不对：{why}"
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return f"没有这个命令：{error.message.split(chr(39))[1]}"
    return error.format_message() if not isinstance(error, click.FileError) else error.message


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    try:
        status = app.main(arguments, prog_name="fusuan", standalone_mode=False)
    except click.ClickException as error:
        _note(f"用法有误：{_wrong_use(error)}" if isinstance(error, click.UsageError) else _wrong_use(error))
        if isinstance(error, click.UsageError):
            _note(f"查看用法：{error.ctx.command_path if error.ctx else 'fusuan'} --help")
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        _note("已中断")
        return STOPPED
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None  # nothing left to flush at exit
        return AGREES
    return status if isinstance(status, int) else AGREES


if __name__ == "__main__":
    raise SystemExit(main())
