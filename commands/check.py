"""核对一份或几份报告。"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._fail_on import fail_on_option
from fusuan.commands._marked import marked_option, marking
from fusuan.commands._outputs import check_outputs, write
from fusuan.commands._scheme import check_scheme
from fusuan.commands._terminal import note, recognising, say, width

if TYPE_CHECKING:
    from fusuan.batch.tally import Tally
    from fusuan.model import Audit

FORMS = ("table", "json", "csv", "jsonl", "sarif", "xml")


@chinese
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="结果文件", type=click.Path(path_type=Path, dir_okay=False),
              help="另存结果：.xlsx 工作簿、.html 网页、.csv、.json、.jsonl、.sarif、.xml（JUnit），按后缀")
@click.option("--format", "form", type=click.Choice(FORMS), default="table",
              metavar="格式", help="屏幕上的格式：table（默认）、json、csv、jsonl、sarif、xml（JUnit）")
@click.option("--password", "passwords", metavar="密码", multiple=True, help="加密文件的打开密码；可给出多个，逐个尝试")
@click.option("--timeout", metavar="秒", type=click.FloatRange(0.1), default=120.0, help="每份文件的时限（默认 120 秒）")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
@marked_option
@fail_on_option
@click.option("--debug", is_flag=True, help="程序自身出错时显示出错位置，不另开进程（供开发者）")
def command(files: tuple[Path, ...], output: Path | None, form: str, **options: Any) -> None:
    """核对一份或几份报告，列出不符与存疑之处。"""
    from fusuan.export import whole

    check_scheme(options["scheme"])
    paths = _distinct(files)
    output = check_outputs([output], paths)[0]
    mark = marking(options.pop("marked"), output)
    fail_on = options.pop("fail_on")
    for path in paths:
        if os.path.isdir(path):
            raise click.UsageError(f"“{path}”是文件夹。核对整个文件夹请用：fusuan batch \"{path}\"")
    dismissed = _dismissed(output)
    audits: list[Audit] = []
    for audit in _checked(paths, whole(output), **options):
        audits.append(audit)
        if form == "table":
            _table(audit, dismissed, first=len(audits) == 1)
    tally = _tally(audits)
    if form != "table":
        _print(audits, form)
    elif len(audits) > 1:
        say("")
        for line in tally.lines():
            say(line)
    if output is not None:
        write(audits, output)
        note(f"结果已写入 {output}")
    for result in audits:
        mark(result)
    raise click.exceptions.Exit(tally.status(fail_on))


def _checked(paths: Sequence[Path], whole: bool, scheme: str | None, timeout: float, passwords: tuple[str, ...],
             debug: bool) -> Iterator[Audit]:
    """Check each in a process of its own; in this one for who looks for a mistake of ours."""
    if debug:
        from fusuan.batch.audit import audits

        return (audit for path in paths for audit in audits(path, scheme, debug=True, whole=whole, passwords=passwords))
    from fusuan.batch.guarded import guarded
    from fusuan.batch.pool import Limits

    return guarded(paths, Limits(1, timeout, scheme, passwords=passwords, watch=recognising), whole=whole)


def _distinct(files: Sequence[Path]) -> list[Path]:
    return list({os.path.realpath(path): path for path in reversed(files)}.values())[::-1]


def _tally(audits: Iterable[Audit]) -> Tally:
    """Count them up: a file that could not be read weighs more than a figure that does not fit."""
    from fusuan.batch.tally import Tally

    tally = Tally()
    for result in audits:
        tally.add(result)
    return tally


def _dismissed(output: Path | None) -> Mapping[str, bool]:
    """What the auditor has settled as no error in the workbook that is to be written again."""
    from fusuan.desk import dismissed

    return dismissed(output, None) if output else {}


def _table(result: Audit, dismissed: Mapping[str, bool], first: bool) -> None:
    from fusuan.export.text import lines

    if not first:
        say("")
    for line in lines(result, width(), dismissed):
        say(_coloured(line))


def _coloured(line: str) -> str:
    """Colour the verdict that follows the number of a finding; click leaves colours out where nobody sees them."""
    number, bracket, rest = line.partition("] ")
    colour = {"不符": "red", "存疑": "yellow"}.get(rest[:2]) if bracket and number[:1] == "[" else None
    return f"{number}{bracket}{click.style(rest[:2], fg=colour, bold=True)}{rest[2:]}" if colour else line


def _print(audits: Sequence[Audit], form: str) -> None:
    """Print what the writer of that format would write to a file."""
    import tempfile

    from fusuan import export

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"out.{form}")
        export.write(audits, path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in file:
                say(line.rstrip("\r\n"), escape=form in ("json", "jsonl", "sarif"))
