"""Starts the page: binds the address, says where it is, serves until it is interrupted."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from fusuan.batch.pool import Limits
from fusuan.page.app import Page, application
from fusuan.page.checker import Checker
from fusuan.page.guard import LOOPBACK, Guard, hosts_of
from fusuan.page.inbox import Inbox


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; `token`: whether one is asked for on this machine too."""

    host: str
    port: int
    token: bool = False


def serve(address: Address, inbox: Inbox, limits: Limits, say: Callable[[str], None], browse: bool) -> None:
    """Serve the page until Ctrl-C. Raises OSError where the address cannot be used."""
    import uvicorn

    listening = _bound(address)
    checker = Checker(inbox, limits)
    token = token_urlsafe(24) if address.token or address.host not in LOOPBACK else ""
    app = Guard(application(Page(inbox, checker)), hosts_of(address.host, _names(address.host)), token)
    url = _url(address.host, listening.getsockname()[1], token)
    for line in _greeting(url, inbox.home, address.host not in LOOPBACK):
        say(line)
    checker.start()
    if browse:
        _browse(url)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off",
                                           timeout_graceful_shutdown=3))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:  # it has closed what was open, and says so once more
        pass
    finally:
        checker.stop()


def _bound(address: Address) -> socket.socket:
    family, kind, proto, _, where = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, proto)
    if os.name == "posix":  # elsewhere it would let another program take the port over
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(where)
    listening.listen(128)  # who opens the address the moment it is printed waits, and is not refused
    return listening


def _names(host: str) -> list[str]:
    """Return the names under which others reach a machine that listens at every address."""
    if host not in ("0.0.0.0", "::"):
        return []
    own = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(own, None)}
    except OSError:
        found = set()
    return [own.lower(), *found, *_outward()]


def _outward() -> list[str]:
    """Return the address this machine would speak from; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return [str(probe.getsockname()[0])]
        except OSError:
            return []


def _url(host: str, port: int, token: str) -> str:
    shown = (_outward() or ["127.0.0.1"])[0] if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/{f'?token={token}' if token else ''}"


def _greeting(url: str, home: Path, shared: bool) -> list[str]:
    lines = [f"复算页面：{url}", f"放入的报告与结果存放在 {home}（仅本用户可读），在页面上删除即从这里删除", "结束请按 Ctrl-C"]
    if shared:
        lines.insert(1, "注意：其他机器可凭上面带口令的网址打开本页面。传输未加密，请只在可信的内网中使用，勿将网址外传")
    return lines


def _browse(url: str) -> None:
    import threading
    import webbrowser

    threading.Timer(0.6, webbrowser.open, [url]).start()
