"""`wire sources add` and `wire sources test`, against a site that offers several ways in."""

from __future__ import annotations

import json
import os
import tomllib
from typing import Any

import pytest

COMMENT = "# the desk's own remark, which stays\n"


def posts(*numbers: int) -> bytes:
    return json.dumps(
        [
            {
                "id": n, "date_gmt": "2025-06-02T10:00:00", "modified_gmt": "2025-06-02T10:00:00", "link": f"https://p.example/{n}",
                "guid": {"rendered": f"https://p.example/?p={n}"}, "title": {"rendered": f"Post {n}"},
                "content": {"rendered": f"<p>The ferry number {n} ran again on Monday, the harbour office said.</p>"},
            }
            for n in numbers
        ]
    ).encode()  # fmt: skip


@pytest.fixture
def paper(desk: Any, site: Any) -> Any:
    """A paper's front page with a feed, WordPress behind it, and a list of stories."""
    desk.configure(site)
    config = desk.folder / "wires.toml"
    config.write_text(COMMENT + config.read_text())
    site.feed("/feed.xml", range(3))
    site.pages["/wp-json/wp/v2/posts?per_page=5&_embed=1"] = posts(1, 2)
    site.pages["/front"] = (
        b'<html><head><title>Ward News</title><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        b'<link rel="https://api.w.org/" href="/wp-json/"></head><body>'
        b'<h3><a href="/2025/06/02/ward-to-dig-a-canal-of-its-own">Ward to dig a canal of its own</a></h3></body></html>'
    )
    return desk


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_best_offer_is_written_and_comments_stay(paper: Any, site: Any) -> None:
    url = f"http://{site.address}/front"
    offered = lines(paper.wire("sources", "add", url, "--name", "ward", "--json"))
    assert [(o["kind"], o["stories"]) for o in offered] == [("feed", 3), ("wordpress", 2), ("listing", 1)]
    assert len(site.asked) <= 10 and len(site.asked) == len(set(site.asked))
    text = (paper.folder / "wires.toml").read_text()
    assert text.startswith(COMMENT)
    (source,) = tomllib.loads(text)["source"]
    assert (source["name"], source["kind"], source["url"]) == (
        "ward",
        "feed",
        f"http://{site.address}/feed.xml",
    )
    paper.wire("check")
    paper.wire("run", "ward")
    assert len(lines(paper.wire("list", "--json"))) == 3


@pytest.mark.parametrize(("kind", "path"), [("wordpress", ""), ("listing", "/front")])
def test_another_offer_can_be_taken(paper: Any, site: Any, kind: str, path: str) -> None:
    paper.wire("sources", "add", f"http://{site.address}/front", "--kind", kind)
    (source,) = tomllib.loads((paper.folder / "wires.toml").read_text())["source"]
    assert (source["kind"], source["url"]) == (kind, f"http://{site.address}{path}")


def test_the_usual_places_are_looked_at(paper: Any, site: Any) -> None:
    site.pages["/front"] = b"<html><body><p>Welcome to the paper.</p></body></html>"
    site.pages["/rss.xml"] = site.pages["/feed.xml"]
    (offered,) = lines(paper.wire("sources", "add", f"http://{site.address}/front", "--look", "--json"))
    assert offered["url"].endswith("/rss.xml")
    assert "[[source]]" not in (paper.folder / "wires.toml").read_text()


def test_a_site_that_offers_nothing_changes_nothing(paper: Any, site: Any) -> None:
    before = (paper.folder / "wires.toml").read_text()
    site.pages = {"/front": b"<html><body><p>Welcome.</p></body></html>"}
    paper.wire("sources", "add", f"http://{site.address}/front", status=1)
    paper.wire("sources", "add", f"http://{site.address}/missing", status=1)
    assert (paper.folder / "wires.toml").read_text() == before
    assert len(site.asked) <= 20


def test_a_trial_shows_every_field_and_stores_nothing(paper: Any, site: Any) -> None:
    paper.wire("sources", "add", f"http://{site.address}/feed.xml", "--name", "ward")
    shown = lines(paper.wire("sources", "test", "ward", "--json"))
    assert [one["new"] for one in shown] == [True, True, True]
    assert shown[0]["story"]["body"] and shown[0]["story"]["published"]
    assert not paper.store.exists()
    paper.wire("run")
    assert {one["new"] for one in lines(paper.wire("sources", "test", "ward", "--json"))} == {False}
    site.feed("/feed.xml", range(4))
    assert "new      Flood at" in paper.wire("sources", "test", "ward")
    assert len(lines(paper.wire("list", "--json"))) == 3
    paper.wire("sources", "test", "nobody", status=2)
    del site.pages["/feed.xml"]
    paper.wire("sources", "test", "ward", status=1)


def test_a_trial_of_a_folder_leaves_its_files(paper: Any, site: Any) -> None:
    drop = paper.folder / "drop"
    drop.mkdir()
    file = drop / "wire.xml"
    file.write_bytes(site.pages["/feed.xml"])
    os.utime(file, (1_700_000_000, 1_700_000_000))
    config = paper.folder / "wires.toml"
    config.write_text(config.read_text() + '[[source]]\nname = "drop"\nkind = "folder"\npath = "drop"\n')
    assert len(lines(paper.wire("sources", "test", "drop", "--json"))) == 3
    assert file.exists()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("sftp://desk@files.agency.example/out", "sftp"),
        ("ftpes://files.agency.example", "ftp"),
        ("imaps://desk@imap.paper.example/Wires", "imap"),
    ],
)
def test_a_server_of_files_or_mail_is_written_as_it_stands(desk: Any, site: Any, url: str, kind: str) -> None:
    desk.configure(site)
    desk.wire("sources", "add", url)
    (source,) = tomllib.loads((desk.folder / "wires.toml").read_text())["source"]
    assert (source["kind"], source["url"]) == (kind, url)
    assert site.asked == []
    desk.wire("sources", "add", url.replace("desk@", "desk:secret@"), status=2 if "@" in url else 0)
