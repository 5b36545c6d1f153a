"""What a visit holds of its pages does not grow with their number: each part is let go once it is stored."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path
from random import randbytes
from typing import Any

import pytest

import ingest.run
from ingest import once, parts
from ingest.outcome import Fetched, Item
from ingest.packing import packed
from ingest.source import Source
from parsers.story import Story
from tests.ingest.conftest import PAGE, Server, visit
from tests.wire.conftest import rss

PAGES = 40
NOW = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)


def title(n: int) -> str:
    return f"Ward {n} to dig a canal of its own"


def lay(server: Server, kind: str) -> None:
    """Pages, and what links to them."""
    paths = [f"/news/ward-{n}-to-dig-a-canal" for n in range(PAGES)]
    for n, path in enumerate(paths):
        server.pages[path] = (200, "text/html", PAGE.format(t=title(n), n=n).encode())
    links = [server.base + path for path in paths]
    made = {
        "feed": rss([(f"g{n}", link, title(n), ["Work begins soon."]) for n, link in enumerate(links)]),
        "sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<url><loc>{link}</loc></url>" for link in links)
        + "</urlset>",
        "listing": "".join(f'<h3><a href="{link}">{title(n)}</a></h3>' for n, link in enumerate(links)),
    }[kind]
    server.pages["/source"] = (200, "text/html" if kind == "listing" else "text/xml", made if isinstance(made, bytes) else made.encode())  # fmt: skip


@pytest.mark.parametrize("kind", ["feed", "sitemap", "listing"])
def test_pages_and_their_stories_are_let_go_part_by_part(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    lay(server, kind)
    monkeypatch.setattr(once, "HELD", 0)  # it lends pages that are not stored yet to other sources
    store, held = ingest.run.store_batch, []

    def alive() -> tuple[int, int]:
        every = gc.get_objects()
        pages = sum(type(one) is Fetched and one.body.startswith(b"<!DOCTYPE") for one in every)
        return pages, sum(type(one) is Story and len(one.body) > 1 for one in every)

    gc.collect()
    others = alive()  # of other tests

    def counted(*given: Any, **more: Any) -> Any:
        pages, stories = alive()
        held.append((pages - others[0], stories - others[1]))
        return store(*given, **more)

    monkeypatch.setattr(ingest.run, "store_batch", counted)
    line = visit(tmp_path, Source(name="wards", kind=kind, url=f"{server.base}/source", robots=False))
    assert line.tally.new == PAGES
    assert len(held) >= PAGES // parts.AT_ONCE
    assert max(pages for pages, _ in held) <= 1  # the others are packed
    assert max(stories for _, stories in held) <= 2 * parts.AT_ONCE


def test_a_part_of_large_pages_is_full_before_ten() -> None:
    page = Item(document=packed(Fetched(body=randbytes(parts.LARGE // 2), url="https://a.example/1"), NOW))
    assert not parts.full([page])
    assert parts.full([page, page])
    assert parts.full([Item()] * parts.AT_ONCE)
