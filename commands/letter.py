"""写复核意见。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._exit import AGREES, FAILED
from fusuan.commands._outputs import writing
from fusuan.commands._scheme import check_scheme
from fusuan.commands._store import using_store
from fusuan.commands._terminal import note

if TYPE_CHECKING:
    from fusuan.model import Audit


@chinese
@click.argument("files", metavar="报告、文件夹或结果…", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="意见", type=click.Path(path_type=Path),
              help="一个单位：.docx 文件；几个单位：文件夹，每个单位一份（默认：当前文件夹）")
@click.option("--template", metavar="模板", type=click.Path(path_type=Path, dir_okay=False), help="用自己的模板（.docx）")
@click.option("--template-out", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
              help="写出自带的模板（.docx），改好后用 --template 指定")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
def command(files: tuple[Path, ...], output: Path | None, template: Path | None, template_out: Path | None,
            scheme: str | None) -> None:
    """写复核意见（.docx）：逐条列出位置、填报内容、复核结果、依据、整改要求。"""
    if template_out is not None:
        _write_template(template_out)
    elif not files:
        raise click.UsageError("请给出报告、文件夹或批量核对的结果（.fusuan、.jsonl）")
    check_scheme(scheme)
    _check(output, template)
    audits = list(_audited(files, scheme))
    _write(audits, output, template)
    raise click.exceptions.Exit(FAILED if any(audit.status == "failed" for audit in audits) else AGREES)


def _write_template(path: Path) -> None:
    from fusuan.export import letter

    _unused(path)
    with writing(path):
        letter.write_template(path)
    note(f"模板已写入 {path}")


def _write(audits: Sequence[Audit], output: Path | None, template: Path | None) -> None:
    """Write a letter for each unit: one to the file named, several into a folder."""
    from fusuan.export import letter, reserved

    groups = letter.by_unit(audits)
    if _is_file(output) and len(groups) > 1:
        raise click.UsageError(f"这些报告属于 {len(groups)} 个单位，每个单位一份意见：请用 -o 给出文件夹")
    target = output or Path(".")
    for unit, own in groups.items():
        with writing(target):
            (target.parent if _is_file(output) else target).mkdir(parents=True, exist_ok=True)
            path = target if _is_file(output) else reserved(target, letter.file_stem(unit), "{}", ".docx")
            letter.write(own, path, template)
        note(f"复核意见已写入 {path}")


def _is_file(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == ".docx"


def _audited(files: Sequence[Path], scheme: str | None) -> Iterator[Audit]:
    for path in files:
        for result in _results(path, scheme):
            if result.status == "failed":
                note(f"未能读取  {result.source.path}：{(result.error or {}).get('message', '')}")
            yield result


def _results(path: Path, scheme: str | None) -> Iterator[Audit]:
    """Yield what came of a report, of all in a folder or an archive, or what a batch has left behind."""
    from fusuan.batch.audit import audits
    from fusuan.batch.gather import gather
    from fusuan.batch.reported import results
    from fusuan.batch.store import SUFFIX
    from fusuan.extract import suffixes

    if path.is_file() and path.suffix.lower() in (SUFFIX, ".jsonl"):
        with using_store():
            yield from results(path)
        return
    for found in gather(path, suffixes()) if path.is_dir() else ():
        if not found.code:
            yield from audits(found.path, scheme)
    if not path.is_dir():
        yield from audits(path, scheme)


def _check(output: Path | None, template: Path | None) -> None:
    """What cannot be used or would be written over is said before any work."""
    from fusuan.export import check_template
    from fusuan.model import ReadError

    if output is not None and _is_file(output):
        _unused(output)
    try:
        check_template(template)
    except ReadError as error:
        raise click.UsageError(error.message) from error


def _unused(path: Path) -> None:
    """A letter that somebody may have worked in is never written over."""
    if path.exists():
        raise click.UsageError(f"已有同名文件：{path}。为免覆盖，请换一个文件名，或先把它移走")
