"""The routes: what each address of the page gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from typing import Any
from urllib.parse import parse_qs, quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as NotFound

from fusuan.desk import Remarks, first
from fusuan.desk.remarks import ANSWERS
from fusuan.page.checker import Checker
from fusuan.page.drawing import picture, templates
from fusuan.page.inbox import LIMIT, Filing, Inbox, total
from fusuan.page.results import RESULTS, Result, decided, report, settled_names
from fusuan.page.uploads import Refused, received

_FORM = 32 << 10
_OWN = ("fusuan.page", "static")
_STATIC = {"htmx.min.js": ("text/javascript", *_OWN), "page.js": ("text/javascript", *_OWN), "page.css": ("text/css", *_OWN),
           "icon.svg": ("image/svg+xml", *_OWN), "report.js": ("text/javascript", "fusuan.export"),
           "report.css": ("text/css", "fusuan.export")}
_NONE = "没有这份报告，可能已被删除。请返回列表"


@dataclass(frozen=True, slots=True)
class Page:
    """What the routes work on."""

    inbox: Inbox
    checker: Checker

    def filing(self, number: str) -> Filing:
        filing = self.inbox.get(number)
        if filing is None:
            raise HTTPException(404, _NONE)
        return filing

    def view(self, number: str) -> tuple[Filing, dict[str, Any]]:
        filing = self.filing(number)
        view = self.inbox.view(filing)
        if view is None:
            raise HTTPException(404, filing.error or "这份报告还在核对，请稍候")
        return filing, view


def application(page: Page) -> FastAPI:
    # its own documentation would be loaded from the network
    app = FastAPI(title="复算", docs_url=None, redoc_url=None, openapi_url=None)
    for kind in (NotFound, RequestValidationError, Exception):
        app.add_exception_handler(kind, _told)
    for routes in (_lists, _uploads, _filings, _pictures, _downloads, _statics):
        routes(app, page)
    return app


def _told(request: Request, error: Exception) -> Response:
    """Say in Chinese what went wrong; what the framework says of itself is English."""
    if isinstance(error, HTTPException):
        return PlainTextResponse(str(error.detail), error.status_code)
    if isinstance(error, (NotFound, RequestValidationError)):
        return PlainTextResponse("没有这个页面。请返回列表", 404)
    return PlainTextResponse("程序出错，未能完成。请刷新页面再试；如仍如此，请重新启动", 500)


def draw(name: str, **values: Any) -> str:
    return templates().get_template(name).render(values)


def _lists(app: FastAPI, page: Page) -> None:
    @app.get("/")
    def home() -> HTMLResponse:
        return HTMLResponse(draw("home.html", rows=_rows(page)[0], limit=LIMIT >> 20, results=RESULTS))

    @app.get("/rows")
    def rows(since: str = "") -> Response:
        """Give the list, or nothing where the asker has it already."""
        drawn, version = _rows(page)
        return Response(status_code=204) if version == since else HTMLResponse(drawn)


def _rows(page: Page) -> tuple[str, str]:
    filings = page.inbox.filings()[::-1]
    done = settled_names(page.inbox)
    counts = {filing.id: sum(bool(first(done, names)) for names in filing.open) for filing in filings}
    version = sha256(repr((filings, counts)).encode("utf-8", "replace")).hexdigest()[:12]
    return draw("rows.html", filings=filings, totals=list(total(filings)), decided=counts, version=version), version


def _uploads(app: FastAPI, page: Page) -> None:
    @app.post("/filings")
    async def add(request: Request) -> Response:
        try:
            filings = await received(request, page.inbox)
        except Refused as refused:
            return JSONResponse({"error": refused.message}, refused.status)
        except OSError as error:
            return JSONResponse({"error": f"无法存下文件：{error.strerror or error}。请检查磁盘空间后再试"}, 507)
        page.checker.wake()
        return JSONResponse({"ids": [filing.id for filing in filings]}, 201)

    @app.delete("/filings/{number}")
    def remove(number: str) -> HTMLResponse:
        page.inbox.delete(number)
        return HTMLResponse(_rows(page)[0])

    @app.delete("/filings")
    def remove_all() -> HTMLResponse:
        for filing in page.inbox.filings():
            page.inbox.delete(filing.id)
        return HTMLResponse(_rows(page)[0])


def _filings(app: FastAPI, page: Page) -> None:
    @app.get("/filings/{number}")
    def show(number: str) -> HTMLResponse:
        filing, view = page.view(number)
        return HTMLResponse(draw("filing.html", filing=filing, view=view, text=page.inbox.text(filing), remarks=decided(page.inbox, view), answers=ANSWERS,
                                 results=RESULTS))

    @app.post("/filings/{number}/findings/{finding}")
    async def decide(number: str, finding: int, request: Request) -> HTMLResponse:
        given = await _form(request)
        return HTMLResponse(await run_in_threadpool(lambda: _decided(page, number, finding, given)))


def _decided(page: Page, number: str, finding: int, given: Mapping[str, str]) -> str:
    filing, view = page.view(number)
    known = {item["number"]: item for item in view["findings"]}
    verdict, remark = given.get("verdict", ""), given.get("remark", "").strip()
    if finding not in known or verdict not in ("", *ANSWERS):
        raise HTTPException(404, "没有这一条复算，请刷新页面")
    with Remarks(page.inbox.store) as remarks:
        remarks.settle(known[finding]["names"], verdict, remark[:2000], given.get("who", "").strip()[:40],
                    datetime.now().isoformat(" ", "seconds"))
        stands = remarks.get(known[finding]["names"].split()[0])
    return draw("decision.html", filing=filing, item=known[finding], remark=stands, answers=ANSWERS)


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _FORM:
            raise HTTPException(413, "备注过长，请缩短后再试")
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _pictures(app: FastAPI, page: Page) -> None:
    @app.get("/filings/{number}/pages/{leaf}.png")
    def show(number: str, leaf: int) -> FileResponse:
        filing, view = page.view(number)
        if not view["pdf"] or not 1 <= leaf <= (view["pages"] or 0):
            raise HTTPException(404, "没有这一页")
        drawn = picture(page.inbox.path(filing), leaf, page.inbox.folder(number) / f"page-{leaf}.png")
        if drawn is None:
            raise HTTPException(404, "这一页画不出来，请看原文")
        return FileResponse(drawn, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def _downloads(app: FastAPI, page: Page) -> None:
    @app.get("/filings/{number}/report.html")
    def one(number: str) -> Response:
        filing, view = page.view(number)
        return _made(page, Result("report.html", "网页", lambda inbox, some, folder: report(inbox, some[0], folder, view)), [filing])

    for result in RESULTS:
        _download(app, page, result)


def _download(app: FastAPI, page: Page, result: Result) -> None:
    @app.get(f"/download/{result.id}")
    def whole() -> Response:
        return _made(page, result, [filing for filing in page.inbox.filings() if filing.key])

    @app.get(f"/filings/{{number}}/{result.id}")
    def one(number: str) -> Response:
        return _made(page, result, [page.view(number)[0]])


def _made(page: Page, result: Result, filings: list[Filing]) -> Response:
    """Make a file where nobody else makes one, and leave nothing of it when it is sent."""
    if not filings:
        raise HTTPException(404, "还没有核对完的报告")
    folder = page.inbox.arriving()
    folder.mkdir(mode=0o700)
    cleared = BackgroundTask(rmtree, folder, ignore_errors=True)
    try:
        path = result.make(page.inbox, filings, folder)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    if isinstance(path, str):
        return PlainTextResponse(path, 404, background=cleared)
    return _attached(path, path.name, cleared)


def _attached(path: Path, name: str, after: BackgroundTask | None = None) -> FileResponse:
    return FileResponse(path, media_type="application/octet-stream", background=after,
                        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"})


def _statics(app: FastAPI, page: Page) -> None:
    @app.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in _STATIC:
            raise HTTPException(404, "没有这个文件")
        kind, package, *folder = _STATIC[name]
        return Response(files(package).joinpath(*folder, name).read_bytes(), media_type=kind)
