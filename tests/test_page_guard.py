"""Who may speak to the page."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="the extra fusuan[page] is not installed")
pytest.importorskip("httpx2", reason="the test client of Starlette needs httpx2")

from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from fusuan.page.guard import COOKIE, Guard, hosts_of

HERE = "http://127.0.0.1:8720"
IN = PlainTextResponse("let in", 201)


@pytest.mark.parametrize(("headers", "status"), [
    ({"host": "evil.example"}, 421), ({"host": "127.0.0.1.evil.example"}, 421), ({"host": "evil@127.0.0.1"}, 421),
    ({"origin": "http://evil.example"}, 403), ({"origin": "null"}, 403), ({"origin": "http://127.0.0.1:1"}, 403),
    ({"sec-fetch-site": "cross-site"}, 403), ({"sec-fetch-site": "same-site", "origin": HERE}, 403),
    ({"origin": HERE, "sec-fetch-site": "same-origin"}, 201), ({"host": "localhost:8720"}, 201), ({}, 201)])
def test_only_our_own_page_may_hand_in(headers: dict[str, str], status: int) -> None:
    client = TestClient(Guard(IN, hosts_of("127.0.0.1")), base_url=HERE)
    assert client.post("/filings?name=a.txt", content=b"x", headers=headers).status_code == status


def test_a_token_is_asked_for_beyond_this_machine() -> None:
    client = TestClient(Guard(IN, hosts_of("10.0.0.5"), "s3cret"), base_url="http://10.0.0.5:8720", follow_redirects=False)
    for path in ("/", "/?token=wrong", "/?token=", "/static/page.js", "/rows"):
        assert client.get(path).status_code == 401
    assert client.post("/filings?name=a.txt&token=s3cret", content=b"x").status_code == 401
    entered = client.get("/?token=s3cret")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "httponly" in entered.headers["set-cookie"].lower() and "samesite=strict" in entered.headers["set-cookie"].lower()
    assert client.cookies[COOKIE] == "s3cret" and client.get("/").status_code == 201
