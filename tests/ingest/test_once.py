"""A page that several sources link to is asked for once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest import once, run
from ingest.once import Once
from ingest.outcome import Failed, Fetched, Outcome
from ingest.refresh import sent_on
from ingest.source import Source
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import PAGE, Server, visit
from tests.ingest.feeds import item, rss

LINK = "/news/ward-5-to-dig-a-canal"


def lay(server: Server) -> tuple[Source, Source]:
    """A front page and a section's feed that link to one story, under different tracking."""
    title = "Ward 5 to dig a canal of its own"
    server.pages[LINK] = (200, "text/html", PAGE.format(t=title, n=5).encode())
    for name, link in (("front", LINK), ("section", f"{LINK}?utm_source=section")):
        told = f"<item><title>{title}</title><link>{server.base}{link}</link><description>The council</description></item>"
        feed = f'<rss version="2.0"><channel><title>t</title>{told}</channel></rss>'
        server.pages[f"/{name}"] = (200, "application/rss+xml", feed.encode())
    front, section = (
        Source(name=name, kind="feed", url=f"{server.base}/{name}") for name in ("front", "section")
    )
    return front, section


def asked(server: Server) -> list[str]:
    return [path for path in server.asked if path.startswith(LINK)]


def bodies(folder: Path) -> list[int]:
    return [len(story.body) for _, story in stories.usable(open_readonly(folder / "wire.db"))]


def test_runs_one_after_another_ask_once(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, section = lay(server)
    first = visit(tmp_path, front)
    second = visit(tmp_path, section)
    assert (first.tally.requests, second.tally.requests) == (2, 1)
    assert len(asked(server)) == 1
    assert bodies(tmp_path) == [2, 2]
    monkeypatch.setattr(run, "FRESH", -timedelta(seconds=5))
    third = Source(name="third", kind="feed", url=section.url)
    assert visit(tmp_path, third).tally.requests == 2
    assert bodies(tmp_path) == [2, 2, 2]


def test_a_feed_that_told_the_whole_story_is_no_page_of_it(server: Server, tmp_path: Path) -> None:
    front, section = lay(server)
    feed = rss(item("canal", 5, link=server.base + LINK, title="Canal")).decode()
    server.pages["/front"] = (200, "text/html", feed.encode())
    visit(tmp_path, front)
    assert asked(server) == []
    visit(tmp_path, section)
    assert len(asked(server)) == 1
    assert sorted(bodies(tmp_path)) == [2, 3]


class Network:
    """Answers after a while, of a slow host when it is told to, and counts."""

    def __init__(self) -> None:
        self.slow = threading.Event()
        self.asked: list[str] = []
        self.answer: Outcome | None = None

    def __call__(self, url: str, **_: Any) -> Outcome:
        self.asked.append(url)
        if "slow" in url:
            self.slow.wait(60)
        time.sleep(0.02)
        return self.answer or Fetched(body=url.encode() * 10, url=url)


def test_workers_of_a_run_ask_once_and_none_waits_for_another_page() -> None:
    network = Network()
    pages = Once(network, lambda url: None)
    slow = threading.Thread(target=pages.page, args=("https://slow.example/a",))
    slow.start()
    with ThreadPoolExecutor(8) as threads:
        links = [f"https://a.example/{n % 4}?utm_source={n}" for n in range(32)]
        found = list(threads.map(pages.page, links))
    assert slow.is_alive()
    network.slow.set()
    slow.join()
    assert len(network.asked) == 5
    assert sum(page.shared for page in found if isinstance(page, Fetched)) == 28
    assert not pages._turns


def test_what_could_not_be_had_is_asked_for_again_and_memory_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = Network()
    pages = Once(network, lambda url: None)
    network.answer = Failed(why="HTTP 500", kind="server")
    for _ in range(2):
        assert pages.page("https://a.example/1") is network.answer
    assert len(network.asked) == 2
    network.answer = Fetched(body=b"x" * 1000)
    monkeypatch.setattr(once, "HELD", 5000)
    for n in range(50):
        pages.page(f"https://a.example/{n}")
    assert sum(len(page.body) for page in pages._held.values()) <= 5000


REFRESH = (
    "<html><head><noscript><META http-equiv='refresh' content=\"0;URL='{to}'\"></noscript></head></html>"
)


def test_a_page_that_sends_its_reader_on_is_followed_once(server: Server, tmp_path: Path) -> None:
    front, _ = lay(server)
    server.pages |= {
        "/front": (200, "text/xml", rss(*(f"<item><guid>{n}</guid><title>Ward {n}</title><link>{server.base}/r{n}</link></item>" for n in range(3)))),
        "/r0": (200, "text/html", REFRESH.format(to=LINK).encode()),
        "/r1": (200, "text/html", REFRESH.format(to="/r2").encode()),
        "/r2": (200, "text/html", REFRESH.format(to="/r1").encode()),
    }  # fmt: skip
    line = visit(tmp_path, front)
    assert line.tally.new == 3
    found = [story for _, story in stories.usable(open_readonly(tmp_path / "wire.db")) if story.body]
    assert [story.guid for story in found] == ["0"]
    assert [server.asked.count(path) for path in ("/r0", "/r1", "/r2")] == [1, 2, 2]


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ('<meta http-equiv="refresh" content="0;url=/story">', "https://a.example/story"),
        ("<META HTTP-EQUIV=Refresh CONTENT='3; URL=https://b.example/story?a=1&amp;b=2'>", "https://b.example/story?a=1&b=2"),
        ('<meta http-equiv="refresh" content="0, //b.example/story">', "https://b.example/story"),
        ('<meta http-equiv="refresh" content="1800">', None),
        ('<meta http-equiv="refresh" content="300;url=/story">', None),
        ('<meta http-equiv="refresh" content="0;url=#top">', None),
        ('<meta http-equiv="refresh" content="0;url=javascript:alert(1)">', None),
        ('<meta http-equiv="refresh" content="0;url=http://[::1">', None),
        ('<meta name="description" content="0;url=/story">', None),
        ('<meta http-equiv="refresh" content="0;url=/story">' + " " * 20_000, None),
    ],
)  # fmt: skip
def test_where_a_page_sends_its_reader(head: str, target: str | None) -> None:
    assert sent_on(Fetched(body=head.encode(), url="https://a.example/r")) == target
