"""The page: what is handed in is checked apart from the server, what is decided stays, and nobody else may speak to it."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

pytest.importorskip("fastapi", reason="the extra fusuan[page] is not installed")
pytest.importorskip("httpx2", reason="the test client of Starlette needs httpx2")

from lxml import html
from openpyxl import load_workbook
from starlette.testclient import TestClient

from fusuan.batch.audit import audit as audited
from fusuan.batch.pool import Limits
from fusuan.batch.store import Store
from fusuan.model import Audit
from fusuan.page import uploads, work
from fusuan.page.app import Page, application
from fusuan.page.checker import Checker
from fusuan.page.guard import Guard, hosts_of
from fusuan.page.inbox import Inbox
from fusuan.page.work import check
from tests.conftest import GOOD, WRONG
from tests.house import ROOT

HERE = "http://127.0.0.1:8720"
NAMES = ("<script>alert(1)</script>.txt", "\"><img src=x onerror=alert(2)>.txt", "{{ 7*7 }}.txt", "../../etc/passwd.txt", "a\u202etxt.txt")
PDF = ROOT / "corpus" / "specimens" / "account-tables-wrong.pdf"
Send = Callable[..., str]


class AtOnce(Checker):
    """Checks in this process, so that a test need not wait."""

    def wake(self) -> None:
        for filing in self._inbox.waiting():
            check(self._inbox.path(filing), None)


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "页面 1")


@pytest.fixture
def client(inbox: Inbox) -> TestClient:
    app = application(Page(inbox, AtOnce(inbox, Limits())))
    return TestClient(Guard(app, hosts_of("127.0.0.1")), base_url=HERE)


@pytest.fixture
def send(client: TestClient) -> Send:
    def sent(name: str, *lines: str, data: bytes = b"") -> str:
        answer = client.post(f"/filings?name={quote(name)}", content=data or "\n".join(lines).encode())
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ids"][0])

    return sent


def zipped(members: dict[str, bytes]) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return whole.getvalue()


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def forms(client: TestClient, number: str) -> list[str]:
    """Return where what was decided of each finding is sent."""
    return [str(path) for path in tree(client.get(f"/filings/{number}").text).xpath("//form/@hx-post")]


def test_what_is_handed_in_is_listed_with_what_came_of_it(client: TestClient, send: Send) -> None:
    send("自评/坏.txt", *WRONG)
    send("好.txt", *GOOD)
    send("破.docx", data=bytes(3000))
    rows = [[cell.text_content().strip() for cell in row.xpath("./td")[:3]] for row in tree(client.get("/").text).xpath("//tbody/tr")]
    assert [(name.split("\n")[0], state, broken) for name, state, broken in rows][1:] == [("好.txt", "已核对", "0"), ("自评/坏.txt", "已核对", "2")]
    assert rows[0][0].startswith("破.docx") and rows[0][1] == "未能读取" and len(rows[0][0]) > 12


def test_an_archive_gives_the_reports_in_it(client: TestClient, inbox: Inbox) -> None:
    inner = zipped({"甲/坏.txt": "\n".join(WRONG).encode(), "../../好.txt": "\n".join(GOOD).encode(), "a.exe": b"x", "~$a.docx": b"x"})
    for data in (inner, zipped({}), b"no archive"):
        assert client.post(f"/filings?name={quote('报送/全县.zip')}", content=data).status_code == 201
    states = {filing.name: (filing.state, filing.broken) for filing in inbox.filings()}
    assert states["报送/全县.zip/甲/坏.txt"] == ("checked", 2)
    assert [name for name, (state, _) in states.items() if state == "failed"] == ["报送/全县.zip"]
    assert sum(name.endswith("好.txt") for name in states) == 1 and len(states) == 3
    assert not list((inbox.home / "arriving").iterdir())


def test_the_list_is_sent_again_only_when_it_has_changed(client: TestClient, send: Send) -> None:
    send("好.txt", *GOOD)
    again = tree(client.get("/rows").text).xpath("//@hx-get")[0]
    assert client.get(again).status_code == 204
    send("坏.txt", *WRONG)
    assert client.get(again).status_code == 200


def test_a_finding_stands_beside_its_text_and_is_dismissed_with_a_reason(client: TestClient, send: Send, inbox: Inbox) -> None:
    number = send("坏.txt", *WRONG)
    page = tree(client.get(f"/filings/{number}").text)
    assert "95.24%" in [mark.text_content() for mark in page.xpath('//article//a[contains(@class, "broken")]')]
    decide = page.xpath("//form/@hx-post")[0]
    answer = client.post(decide, data={"verdict": "不属实", "remark": "口径<b>不同</b>", "who": "张三"})
    assert "口径&lt;b&gt;不同&lt;/b&gt;" in answer.text and "张三" in answer.text
    assert "口径" in client.get(f"/filings/{number}").text  # reloaded
    assert "1/2" in client.get("/rows").text
    assert client.post(decide, data={"verdict": ""}).text.count("张三") == 0  # taken back
    assert "0/2" in client.get("/rows").text


@pytest.mark.parametrize(("path", "data"), [("/filings/0/findings/0", {"verdict": "属实"}), ("{}/findings/99", {"verdict": "属实"}),
                                            ("{}/findings/0", {"verdict": "<script>"})])
def test_what_cannot_be_decided_is_said_plainly(path: str, data: dict[str, str], client: TestClient, send: Send) -> None:
    answer = client.post(path.format(f"/filings/{send('坏.txt', *WRONG)}"), data=data)
    assert answer.status_code == 404 and "<script>" not in answer.text


def test_a_restart_finds_everything_again(client: TestClient, send: Send, inbox: Inbox) -> None:
    done = send("坏.txt", *WRONG)
    left = inbox.add("未核.txt", "\n".join(GOOD).encode())
    (inbox.folder(left.id) / "started").touch()
    (inbox.home / "arriving" / "half").write_bytes(b"x")
    found = Inbox(inbox.home)
    assert {filing.id: filing.state for filing in found.filings()} == {done: "checked", left.id: "waiting"}
    assert not list((inbox.home / "arriving").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder from others by itself")
def test_what_is_deleted_while_it_is_checked_leaves_nothing(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    filing = inbox.add("坏.txt", "\n".join(WRONG).encode())
    def deleting(*given: Any, **more: Any) -> Audit:
        audit = audited(*given, **more)
        inbox.delete(filing.id)
        return audit

    monkeypatch.setattr(work, "checked", deleting)
    assert check(inbox.path(filing), None) == "" and kept(inbox) == 0 and not list((inbox.home / "filings").iterdir())


@pytest.mark.parametrize("path", ["/nowhere", "/filings/x", "/filings/x/pages/x.png", "/static/x"])
def test_what_is_not_there_is_said_in_chinese(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and answer.text.startswith("没有")


def test_a_mistake_of_ours_is_said_in_chinese(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Guard(application(Page(inbox, AtOnce(inbox, Limits()))), hosts_of("127.0.0.1"))
    monkeypatch.setattr(Inbox, "filings", lambda self: 1 // 0)
    answer = TestClient(app, base_url=HERE, raise_server_exceptions=False).get("/")
    assert answer.status_code == 500 and answer.text.startswith("程序出错") and "Zero" not in answer.text


def test_what_is_handed_in_is_private(send: Send, inbox: Inbox) -> None:
    send("坏.txt", *WRONG)
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (inbox.home, *inbox.home.rglob("*")) if path.is_dir()} == {0}


def test_deleted_is_gone_from_the_disk(client: TestClient, send: Send, inbox: Inbox) -> None:
    one, two = send("坏.txt", *WRONG), send("好.txt", *GOOD)
    assert "坏.txt" not in client.delete(f"/filings/{one}").text
    assert [path.name for path in (inbox.home / "filings").iterdir()] == [two]
    assert client.get(f"/filings/{one}").status_code == 404
    client.delete("/filings")
    assert not list((inbox.home / "filings").iterdir())
    assert client.delete("/filings/..%2f..").status_code == 404


def test_deleted_is_gone_from_the_store_but_what_was_decided_stays(client: TestClient, send: Send, inbox: Inbox) -> None:
    one, two = send("坏.txt", *WRONG), send("又.txt", *WRONG)
    client.post(forms(client, one)[0], data={"verdict": "不属实", "remark": "口径"})
    client.delete(f"/filings/{one}")
    assert kept(inbox) == 1  # the same content under another name
    client.delete(f"/filings/{two}")
    assert kept(inbox) == 0
    assert "口径" in client.get(f"/filings/{send('坏.txt', *WRONG)}").text


def kept(inbox: Inbox) -> int:
    with Store(inbox.store) as store:
        return len(list(store.audits()))


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_and_texts_are_text(name: str, client: TestClient, send: Send, inbox: Inbox) -> None:
    number = send(name, f"{name}合计420.50万元，其中：<script>{name}</script>310.20万元，项目支出120.30万元。", *WRONG)
    assert inbox.path(inbox.filings()[0]).resolve().parent == inbox.folder(number).resolve()
    for text in (client.get("/").text, client.get(f"/filings/{number}").text):
        page = tree(text)
        assert all(source.startswith("/static/") for source in page.xpath("//script/@src")) and not page.xpath("//script[not(@src)]")
        assert not page.xpath("//img[@src] | //@onerror | //@onclick") and "49" not in page.xpath("//bdi")[0].text_content()


def test_too_large_is_refused_politely(client: TestClient, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LIMIT", 1000)

    def endless() -> Iterator[bytes]:
        yield from (b"x" * 400 for _ in range(5))

    for content in (b"x" * 2000, endless()):  # said beforehand, and found out as it comes
        answer = client.post("/filings?name=a.docx", content=content)
        assert answer.status_code == 413 and "MB" in answer.json()["error"]
    assert not inbox.filings() and not list((inbox.home / "arriving").iterdir())
    assert client.post("/filings?name=a.docx", content=b"").status_code == 201
    assert "空的" in client.get("/rows").text


def test_the_page_of_a_pdf_is_drawn_where_its_findings_are(client: TestClient, send: Send) -> None:
    number = send("决算.pdf", data=PDF.read_bytes())
    page = tree(client.get(f"/filings/{number}").text)
    sizes = [tuple(map(float, size.split(","))) for size in page.get_element_by_id("leaf").get("data-sizes").split()]
    for card in page.xpath('//section[contains(@class, "broken")]'):
        left, top, right, bottom = map(float, card.get("data-box").split())
        width, height = sizes[int(card.get("data-page")) - 1]
        assert 0 <= left < right <= width and 0 <= top < bottom <= height
    drawn = client.get(f"/filings/{number}/pages/1.png")
    assert drawn.headers["content-type"] == "image/png" and drawn.content.startswith(b"\x89PNG")
    assert client.get(f"/filings/{number}/pages/999.png").status_code == 404
    assert client.get(f"/filings/{send('好.txt', *GOOD)}/pages/1.png").status_code == 404


def test_a_pdf_that_cannot_be_drawn_harms_nothing(client: TestClient, send: Send, inbox: Inbox) -> None:
    number = send("决算.pdf", data=PDF.read_bytes())
    inbox.path(inbox.filings()[0]).write_bytes(b"%PDF-1.4\nbroken")
    assert client.get(f"/filings/{number}/pages/1.png").status_code == 404
    assert client.get("/").status_code == 200


def test_the_workbook_holds_what_was_checked(client: TestClient, send: Send) -> None:
    assert client.get("/download/workbook").status_code == 404  # nothing yet
    send("坏.txt", *WRONG)
    answer = client.get("/download/workbook")
    assert unquote(answer.headers["content-disposition"]).endswith("疑点.xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert "坏.txt" in [cell.value for row in book["疑点清单"].iter_rows() for cell in row]


def test_marked_copies_and_letters_leave_out_what_was_dismissed(client: TestClient, inbox: Inbox, wrong: Path) -> None:
    for folder in ("甲", "乙"):
        client.post(f"/filings?name={quote(folder)}/{quote(wrong.name)}", content=wrong.read_bytes())
    assert [client.get(f"/download/{kind}").headers["content-disposition"].endswith(".zip") for kind in ("copies", "letters")] == [True, False]
    number = inbox.filings()[0].id
    for kind in ("copies", "letters"):
        answer = client.get(f"/filings/{number}/{kind}")
        assert zipfile.is_zipfile(BytesIO(answer.content)) and answer.headers["content-disposition"].endswith(".docx")
    for form in forms(client, number):
        client.post(form, data={"verdict": "不属实", "remark": "误报"})
    for kind in ("copies", "letters"):
        assert client.get(f"/filings/{number}/{kind}").text == "没有需要列出的不符与存疑"
    assert not list((inbox.home / "arriving").iterdir())


def test_the_report_can_be_taken_away_as_one_file(client: TestClient, send: Send) -> None:
    number = send("坏.txt", *WRONG)
    client.post(forms(client, number)[0], data={"verdict": "属实", "remark": "<i>核过</i>", "who": "李四"})
    answer = client.get(f"/filings/{number}/report.html")
    assert "李四" in answer.text and "&lt;i&gt;核过&lt;/i&gt;" in answer.text
    assert answer.headers["content-disposition"].startswith("attachment") and "95.24%" in answer.text


def test_the_store_is_the_one_of_batch(send: Send, inbox: Inbox) -> None:
    send("坏.txt", *WRONG)
    with Store(inbox.store) as store:
        (kept,) = store.audits()
    assert kept.source.name == "坏.txt" and kept.document is None


def test_nothing_comes_from_the_network(client: TestClient, send: Send) -> None:
    number = send("坏.txt", *WRONG)
    for path in ("/", f"/filings/{number}"):
        answer = client.get(path)
        assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in tree(answer.text).xpath("//@src | //@href"))
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert not tree(answer.text).xpath("//@style | //style")
        for link in tree(answer.text).xpath("//script/@src | //link/@href"):
            assert client.get(link).status_code == 200
    for path in ("/docs", "/openapi.json", "/static/../app.py", "/static/%2e%2e%2fapp.py"):
        assert client.get(path).status_code == 404
