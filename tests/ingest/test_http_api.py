"""An agency's API, against a real server: tokens, cursors, answers without news."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest import http
from ingest.source import Source
from ingest.ways import http as ways_http
from store.db import open_readonly
from tests.ingest.conftest import Answer, Server, visit


def item(n: int) -> dict[str, Any]:
    return {
        "uri": f"urn:api:{n}", "type": "text", "pubstatus": "usable", "versioncreated": f"2025-06-02T10:{n:02d}:00Z",
        "headline": f"Ward {n} to dig a canal", "byline": "Meera Nair", "language": "en",
        "body_html": f"<p>The council of ward {n} said on Monday that work would begin as soon as the rains are over.</p>"
                     f"<p>It will take {n} months, the engineer said, and {n * 11} labourers.</p>",
    }  # fmt: skip


class Api:
    """Items after a number, two at a time; the number to go on from in a field, a header and a link."""

    def __init__(self, server: Server) -> None:
        self.server, self.items = server, 5
        server.answer = self.answer

    def answer(self, path: str, headers: dict[str, str]) -> Answer | None:
        if not path.startswith("/items"):
            return None
        query = parse_qs(urlsplit(path).query)
        given = headers.get("Authorization") or headers.get("X-Api-Key") or query.get("key", [""])[0]
        if given not in ("Bearer s3cret", "s3cret"):
            return 401, "application/json", b'{"error": "who are you?"}'
        after = int(query.get("since", ["0"])[0])
        found = [item(n) for n in range(after + 1, min(after + 2, self.items) + 1)]
        last = after + len(found)
        return 200, "application/json", json.dumps({"items": found, "meta": {"next": last}}).encode()


def api(server: Server, **options: Any) -> Source:
    options = {"cursor": "json:meta.next", "cursor_query": "since", **options}
    return Source(name="api", kind="http", url=server.base + "/items", token="s3cret", options=options)


@pytest.mark.parametrize("options", [{}, {"token_header": "X-Api-Key"}, {"token_query": "key"}])
def test_everything_once_and_then_from_the_cursor(
    tmp_path: Path, server: Server, options: dict[str, str]
) -> None:
    made = Api(server)
    assert visit(tmp_path, api(server, **options)).tally.new == 5
    assert "nothing" not in (visit(tmp_path, api(server, **options)).why or "")
    made.items = 6
    server.asked.clear()
    assert visit(tmp_path, api(server, **options)).tally.new == 1
    assert "since=5" in server.asked[0]


def test_a_wrong_token_is_told_and_the_cursor_stays(tmp_path: Path, server: Server) -> None:
    Api(server)
    good = api(server)
    assert visit(tmp_path, good).tally.new == 5
    wrong = Source(name="api", kind="http", url=good.url, token="stale", options=good.options)
    line = visit(tmp_path, wrong)
    assert line.outcome == "failed" and line.action
    db = open_readonly(tmp_path / "wire.db")
    assert json.loads(db.execute("SELECT cursor FROM sources").fetchone()[0]) == {"at": "5"}


def test_the_next_link_is_followed_on_the_same_server_alone(tmp_path: Path, server: Server) -> None:
    def answer(path: str, headers: dict[str, str]) -> Answer | None:
        asked = urlsplit(path)
        if asked.path != "/items":
            return None
        page = int(parse_qs(asked.query).get("page", ["1"])[0])
        away = "http://127.0.0.2:9/items?page=3" if page == 2 else f"{server.base}/items?page={page + 1}"
        feed = {
            "version": "https://jsonfeed.org/version/1.1", "title": "Api", "next_url": away,
            "items": [{"id": f"j{page}", "title": f"Canal {page}", "content_text": f"Canal {page} was dug by {page * 7} people in ward {page}."}],
        }  # fmt: skip
        return 200, "application/feed+json", json.dumps(feed).encode()

    server.answer = answer
    source = Source(name="api", kind="http", url=server.base + "/items", options={"cursor": "link:next"})
    assert visit(tmp_path, source).tally.new == 2


def test_secrets_are_nowhere_in_the_store(tmp_path: Path, server: Server) -> None:
    Api(server)
    visit(tmp_path, api(server, token_query="key"))
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"s3cret" not in kept
    for (url,) in open_readonly(tmp_path / "wire.db").execute("SELECT url FROM documents"):
        assert "s3cret" not in url


def test_an_answer_that_is_held_back_until_there_is_news(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ", 0.3)
    made = Api(server)
    at_once, ready = server.answer, threading.Event()

    def held(path: str, headers: dict[str, str]) -> Answer | None:
        if f"since={made.items}" in path:
            ready.wait(0.8)
        return at_once(path, headers)

    def publish() -> None:
        made.items += 1
        ready.set()

    server.answer = held
    patient = api(server, wait=5)
    assert visit(tmp_path, patient).tally.new == 5
    line = visit(tmp_path, patient)
    assert (line.outcome, line.tally.new) == ("fetched", 0)
    threading.Timer(0.3, publish).start()
    begun = time.monotonic()
    assert visit(tmp_path, patient).tally.new == 1
    assert time.monotonic() - begun < 2
    ready.clear()
    assert visit(tmp_path, api(server)).outcome == "failed"  # a server that nobody lets wait is late


@pytest.mark.parametrize("status", [204, 200])
def test_no_news_in_any_form_is_no_failure(tmp_path: Path, server: Server, status: int) -> None:
    made = Api(server)
    source = api(server)
    assert visit(tmp_path, source).tally.new == 5
    at_once = server.answer
    server.answer = lambda path, headers: (status, "application/json", b"")
    line = visit(tmp_path, source)
    assert (line.outcome, line.action) == ("unchanged", None)
    server.answer, made.items = at_once, 6
    assert visit(tmp_path, source).tally.new == 1


def test_a_visit_of_long_poll_ends_after_one_wait(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Api(server)
    made.items = 40
    monkeypatch.setattr(ways_http, "LASTS", 0.0)
    assert visit(tmp_path, api(server)).tally.new == 2
    assert visit(tmp_path, api(server)).tally.new == 2
