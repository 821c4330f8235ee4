"""How a report comes in: as the body of a request, within the limit, onto the disk; an archive gives several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from fusuan.page.inbox import LIMIT, Filing, Inbox, known_as
from fusuan.page.unpacking import SUFFIXES, unpacked

TOO_LARGE = f"超过 {LIMIT >> 20} MB，页面不接收。请拆分或压缩后再试，或用 fusuan batch 直接核对文件夹"


class Refused(Exception):
    """An upload is not taken in; the message (Chinese) says why and what to do."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.message, self.status = message, status


async def received(request: Request, inbox: Inbox) -> list[Filing]:
    """Take in the body of a request; the file's name is in its address."""
    name = known_as(request.query_params.get("name", ""))
    if int(_digits(request.headers.get("content-length", "0"))) > LIMIT:
        raise Refused(f"{name}：{TOO_LARGE}", 413)
    path = inbox.arriving()
    try:
        await _written(request, path, name)
        return await run_in_threadpool(lambda: list(_taken(inbox, name, path)))
    except ClientDisconnect as gone:
        raise Refused(f"{name}：上传中断，未收下", 400) from gone
    finally:
        path.unlink(missing_ok=True)


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() else "0"


async def _written(request: Request, path: Path, name: str) -> None:
    size = 0
    with path.open("wb") as file:
        async for chunk in request.stream():
            size += len(chunk)
            if size > LIMIT:
                raise Refused(f"{name}：{TOO_LARGE}", 413)
            file.write(chunk)


def _taken(inbox: Inbox, name: str, path: Path) -> Iterator[Filing]:
    """Add what has arrived: the file itself, or each report of an archive."""
    if not path.stat().st_size:
        yield inbox.refuse(name, "文件是空的。请重新取得该文件")
    elif name.lower().endswith(SUFFIXES):
        yield from unpacked(inbox, name, path)
    else:
        yield inbox.add(name, path)
