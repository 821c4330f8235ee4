"""Who may speak to the page: requests by its own name, from its own pages, with the token where others can reach it.

A page on the web can have a browser send requests to 127.0.0.1, or have a name of its own lead there (DNS rebinding):
Host and Origin tell these from ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "fusuan"
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Guard:
    """Wraps an application; `hosts` are the names it answers to, `token` is empty where none is asked for."""

    app: ASGIApp
    hosts: frozenset[str]
    token: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._answer(scope)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (answer or self.app)(scope, receive, dressed)

    def _answer(self, scope: Scope) -> Response | None:
        """Return what to say instead, where a request is not to be let through."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if name_of(host) not in self.hosts:
            return PlainTextResponse("请用启动时显示的网址打开本页面。", 421)
        if scope["method"] not in ("GET", "HEAD") and not _own(headers, host):
            return PlainTextResponse("这一请求不是由本页面发出的，已拒绝。", 403)
        return self._without_token(scope, headers) if self.token else None

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Let in who has the token in a cookie; who has it in the address gets the cookie and a clean address."""
        if compare_digest(_cookie(headers.get("cookie", "")).encode(), self.token.encode()):
            return None
        given = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [""])[0]
        if scope["method"] == "GET" and compare_digest(given.encode(), self.token.encode()):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", max_age=None)
            return answer
        return PlainTextResponse("需要口令：请用启动时显示的完整网址（含 token）打开。", 401)


def _own(headers: Headers, host: str) -> bool:
    """Tell whether a request that changes something comes from our own page; programs that are no browser send no Origin."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    return site in ("same-origin", "none") and (origin is None or urlsplit(origin).netloc == host)


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def name_of(host: str) -> str:
    """Return a Host header without its port.

    >>> name_of("127.0.0.1:8720"), name_of("[::1]:80"), name_of("LocalHost"), name_of("evil@127.0.0.1")
    ('127.0.0.1', '::1', 'localhost', '')
    """
    if "@" in host or "/" in host:
        return ""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def hosts_of(host: str, more: Iterable[str] = ()) -> frozenset[str]:
    """Return the names a server bound to `host` answers to."""
    return LOOPBACK | {host.lower(), *more}
