"""Sitemaps over many visits: what is new is read, what is known is not asked for, nothing is passed over."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ingest.source import Source
from ingest.ways import sitemap
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import PAGE, Answer, Server, visit

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Site:
    """An index at /index.xml with children at /NAME.xml; every answer has an ETag, and is 304 where it comes back."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.children: dict[str, tuple[str, list[int]]] = {}  # name → (lastmod, numbers of its stories)
        self.down: set[str] = set()  # paths
        server.answer = self.answer

    def body(self, path: str) -> tuple[str, bytes] | None:
        name = path[1:].removesuffix(".xml")
        base = self.server.base
        if path == "/index.xml":
            listed = "".join(
                f"<sitemap><loc>{base}/{child}.xml</loc>{f'<lastmod>{stamp}</lastmod>' if stamp else ''}</sitemap>"
                for child, (stamp, _) in self.children.items()
            )
            return "text/xml", f"<sitemapindex {SPACE}>{listed}</sitemapindex>".encode()
        if name in self.children:
            listed = "".join(f"<url><loc>{base}/s/{n}</loc></url>" for n in self.children[name][1])
            return "text/xml", f"<urlset {SPACE}>{listed}</urlset>".encode()
        if path.startswith("/s/"):
            n = int(path[3:])
            if n >= 900:
                return "text/html", b"<html><body><a href='/'>A section, no story</a></body></html>"
            return "text/html", PAGE.format(t=f"Ward {n} to dig a canal of its own", n=n).encode()
        return None

    def answer(self, path: str, headers: dict[str, str]) -> Answer | None:
        found = self.body(path)
        if path in self.down or found is None:
            return (500 if path in self.down else 404), "text/plain", b"no"
        etag = f'"{hashlib.md5(found[1]).hexdigest()}"'
        self.server.more = {"ETag": etag}
        if headers.get("If-None-Match") == etag:
            return 304, found[0], b""
        return 200, *found

    def asked(self) -> list[str]:
        found, self.server.asked[:] = list(self.server.asked), []
        return [path for path in found if path != "/robots.txt"]


@pytest.fixture
def site(server: Server) -> Site:
    return Site(server)


def source(site: Site, path: str = "/index.xml") -> Source:
    return Source(name="map", kind="sitemap", url=site.server.base + path)


def count(folder: Path) -> int:
    return len(list(stories.usable(open_readonly(folder / "wire.db"))))


def test_an_unchanged_index_is_one_request_and_a_changed_child_one_more(site: Site, tmp_path: Path) -> None:
    site.children = {name: (f"2025-06-02T1{n}:00:00Z", [n]) for n, name in enumerate("abc")}
    assert visit(tmp_path, source(site)).tally.new == 3
    site.asked()
    assert visit(tmp_path, source(site)).outcome == "unchanged"
    assert site.asked() == ["/index.xml"]
    site.children["a"] = ("2025-06-02T20:00:00+05:30", [0, 7])  # later than c's by its zone alone
    assert visit(tmp_path, source(site)).tally.new == 1
    assert site.asked() == ["/index.xml", "/a.xml", "/s/7"]


@pytest.mark.parametrize("stamp", ["2025-06-02", ""])
def test_a_child_whose_lastmod_is_a_day_or_none_is_asked_for_again_by_its_etag(
    site: Site, tmp_path: Path, stamp: str
) -> None:
    site.children = {"a": (stamp, [1]), "b": (stamp, [2])}
    assert visit(tmp_path, source(site)).tally.new == 2
    site.asked()
    site.children["a"] = (stamp, [1, 3])
    line = visit(tmp_path, source(site))
    assert (line.tally.new, line.tally.unchanged) == (1, 0)
    assert sorted(site.asked()) == ["/a.xml", "/b.xml", "/index.xml", "/s/3"]


def test_many_changed_children_are_read_over_several_visits_and_none_is_left(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "CHILDREN", 3)
    site.children = {f"m{n:02d}": ("2025-06-01T00:00:00Z", [n]) for n in range(8)}
    assert visit(tmp_path, source(site)).tally.new == 3  # of a site's past the newest alone
    assert visit(tmp_path, source(site)).tally.new == 0
    for n in range(8):
        site.children[f"m{n:02d}"] = (f"2025-06-0{2 + n // 7}T00:00:00Z", [n, n + 100])
    brought = [visit(tmp_path, source(site)).tally.new for _ in range(4)]
    assert brought[3] == 0 and sum(brought) == 13
    assert count(tmp_path) == 16


def test_a_child_that_fails_is_read_later_and_costs_the_others_nothing(site: Site, tmp_path: Path) -> None:
    site.children = {name: ("2025-06-01T00:00:00Z", [n]) for n, name in enumerate("abc")}
    visit(tmp_path, source(site))
    site.children = {name: (f"2025-06-0{n + 2}T00:00:00Z", [n, n + 10]) for n, name in enumerate("abc")}
    site.down = {"/a.xml"}
    assert visit(tmp_path, source(site)).tally.new == 2
    site.asked()
    site.down = set()
    assert visit(tmp_path, source(site)).tally.new == 1
    assert site.asked() == ["/index.xml", "/a.xml", "/s/10"]
    assert visit(tmp_path, source(site)).outcome == "unchanged"


@pytest.mark.parametrize("path", ["/index.xml", "/a.xml"])
def test_a_page_without_a_story_is_asked_for_once(site: Site, tmp_path: Path, path: str) -> None:
    site.children = {"a": ("2025-06-01T00:00:00Z", [1, 901, 902])}
    line = visit(tmp_path, source(site, path))
    assert (line.tally.new, line.tally.refused) == (1, 2)
    site.asked()
    site.children = {"a": ("2025-06-02T00:00:00Z", [1, 901, 902, 2])}
    assert visit(tmp_path, source(site, path)).tally.new == 1
    assert [asked for asked in site.asked() if asked.startswith("/s/")] == ["/s/2"]
    assert visit(tmp_path, source(site, path)).outcome == "unchanged"


def test_an_index_within_the_index_is_read_one_step_down(site: Site, server: Server, tmp_path: Path) -> None:
    base, inner, lists = site.server.base, ["a", "b", "deep"], {"a": [1, 2], "b": [3]}

    def answer(path: str, _: dict[str, str]) -> Answer | None:
        name = path[1:].removesuffix(".xml")
        if path == "/index.xml" or name == "deep":
            names = ["deep"] if path == "/index.xml" else [*inner, "index"]
            listed = "".join(f"<sitemap><loc>{base}/{one}.xml</loc></sitemap>" for one in names)
            return 200, "text/xml", f"<sitemapindex {SPACE}>{listed}</sitemapindex>".encode()
        if name in lists:
            listed = "".join(f"<url><loc>{base}/s/{n}</loc></url>" for n in lists[name])
            return 200, "text/xml", f"<urlset {SPACE}>{listed}</urlset>".encode()
        found = site.body(path)
        return (200, *found) if found else (404, "text/plain", b"no")

    server.answer = answer
    line = visit(tmp_path, source(site))
    assert line.tally.new == 3
    asked = site.asked()
    assert line.tally.requests == len(asked)
    assert [asked.count(f"/{name}.xml") for name in ("index", "deep", "a", "b")] == [1, 1, 1, 1]
    lists["b"].append(4)
    assert visit(tmp_path, source(site)).tally.new == 1
    assert count(tmp_path) == 4
