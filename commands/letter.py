"""写复核意见。"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._chinese import chinese
from fusuan.commands._exit import AGREES, FAILED
from fusuan.commands._outputs import writing
from fusuan.commands._results import all_of
from fusuan.commands._scheme import check_scheme
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
@click.option("--reviewed", metavar="结果", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="填了核实结论的工作簿（.xlsx）或结果存储（.fusuan）：其中“不属实”的不写入意见")
@click.option("--scheme", metavar="方案", help="评分方案的名称（见 fusuan schemes）或 .toml 文件")
def command(files: tuple[Path, ...], output: Path | None, template: Path | None, template_out: Path | None,
            reviewed: Path | None, scheme: str | None) -> None:
    """写复核意见（.docx）：逐条列出位置、填报内容、复核结果、依据、整改要求。"""
    from fusuan.desk import standing

    if template_out is not None:
        _write_template(template_out)
    elif not files:
        raise click.UsageError("请给出报告、文件夹或批量核对的结果（.fusuan、.jsonl）")
    check_scheme(scheme)
    _check(output, template)
    settled = _settled([*files, reviewed] if reviewed else files)
    audits = [standing(audit, settled) for audit in all_of(files, scheme)]
    _write(audits, output, template)
    raise click.exceptions.Exit(FAILED if any(audit.status == "failed" for audit in audits) else AGREES)


def _settled(results: Sequence[Path]) -> dict[str, bool]:
    """Tell what was settled as no error, in stores and in the workbooks beside them."""
    from fusuan.batch.store import SUFFIX
    from fusuan.desk import dismissed

    books = [path for path in results if path.suffix.lower() in (SUFFIX, ".xlsx") and path.is_file()]
    stores = [path if path.suffix.lower() == SUFFIX else None for path in books]
    found = (dismissed(book.with_suffix(".xlsx"), store).items() for book, store in zip(books, stores, strict=True))
    return {name: is_none for one in found for name, is_none in one}


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
