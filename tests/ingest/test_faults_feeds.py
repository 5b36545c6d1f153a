"""The fault table (FETCHING.md, section 10): what stands in a feed, through a whole visit into the store."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from ingest.source import Source
from parsers import reading
from parsers.hints import Hints
from parsers.story import Story
from store import stories
from store.db import open_readonly
from tests.ingest.conftest import Server, visit
from tests.ingest.feeds import HEAD, item, paragraphs, rss
from tests.ingest.rude import growth


def stored(folder: Path) -> list[Story]:
    return [story for _, story in stories.usable(open_readonly(folder / "wire.db"))]


def take(server: Server, folder: Path, *bodies: bytes, kind: str = "application/rss+xml") -> list[Story]:
    """The stories in the store after a visit for each body."""
    for body in bodies:
        server.pages["/feed"] = (200, kind, body)
        visit(folder, Source(name="s", url=f"{server.base}/feed", timezone="Asia/Kolkata"))
    return stored(folder)


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain; charset=us-ascii", "application/octet-stream", "x"]
)
def test_row_38_a_feed_is_told_by_its_content(server: Server, tmp_path: Path, kind: str) -> None:
    assert len(take(server, tmp_path, rss(item("a", 1), item("a", 2)), kind=kind)) == 2


WORDS = "Café “Zürich” – naïve"
UTF_8, LATIN, CP1252 = (
    f'<?xml version="1.0" encoding="{name}"?>' for name in ("utf-8", "iso-8859-1", "windows-1252")
)


@pytest.mark.parametrize(
    ("head", "sent_as", "before", "kind"),
    [
        (UTF_8, "cp1252", b"", "application/xml"),
        (HEAD, "cp1252", b"", "application/xml"),
        ("", "cp1252", b"", "application/xml"),
        (LATIN, "utf-8", b"", "application/xml; charset=iso-8859-1"),
        (LATIN, "cp1252", b"", "application/xml"),
        (CP1252, "cp1252", b"", "application/xml; charset=utf-8"),
        ("", "utf-16", b"", "application/xml"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", b"", "text/xml; charset=utf-8"),
        (UTF_8, "utf-8-sig", b"", "application/xml"),
        (UTF_8, "utf-8", b"\xef\xbb\xbf\r\n", "application/xml"),
        (HEAD, "utf-8", b"", "text/xml; charset=us-ascii"),
    ],
)
def test_row_39_the_right_letters_whatever_is_declared(
    server: Server, tmp_path: Path, head: str, sent_as: str, before: bytes, kind: str
) -> None:
    text = rss(item("a", 1, title=WORDS), head=head).decode()
    (story,) = take(server, tmp_path, before + text.encode(sent_as), kind=kind)
    assert story.headline == WORDS


@pytest.mark.parametrize(
    "before",
    [
        b"\n\n  \t\r\n",
        b"<!-- cached at 10:00 -->\n",
        b"<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/feed.php</b> on line <b>7</b><br />\n",
        b"Notice: Use of undefined constant in /var/www/a.php on line 3\n",
    ],
)
def test_row_40_what_precedes_the_xml_is_skipped(server: Server, tmp_path: Path, before: bytes) -> None:
    assert len(take(server, tmp_path, before + rss(item("a", 1), item("a", 2)))) == 2


def test_row_41_broken_xml_keeps_its_entries_and_their_characters_are_cleaned(
    server: Server, tmp_path: Path
) -> None:
    items = [
        item("a", 1, title="Rain &nbsp;&mdash; and &unheardof; wind"),
        item("a", 2, title="Smith & Sons"),
        item("a", 3, title="Bell\x07 rings\x00 twice\x0b"),
        item("a", 4).replace("</title>", "</title><category>Sea"),
        item("a", 5),
    ]
    found = take(server, tmp_path, rss(*items))
    assert len(found) == 5
    told = {story.guid: story.headline or "" for story in found}
    assert told["g-a-2"] == "Smith & Sons" and told["g-a-3"] == "Bell rings twice"
    assert told["g-a-1"].startswith("Rain — and") and told["g-a-1"].endswith("wind")
    assert all(len(story.body) == 3 for story in found)


def test_row_42_a_cut_feed_withdraws_nothing_and_comes_again(server: Server, tmp_path: Path) -> None:
    whole = rss(*(item("a", number) for number in (1, 2, 3)))
    cut = whole[: whole.index(b"Keeper 2") + 30]
    assert len(take(server, tmp_path, whole, cut)) == 3
    assert {len(story.body) for story in stored(tmp_path)} == {3}
    server.more["ETag"] = '"cut"'
    take(server, tmp_path, cut)
    server.headers.clear()
    take(server, tmp_path, cut)
    assert "If-None-Match" not in server.headers[0], "a cut document's validators are not kept"


def test_row_43_entities_are_bounded_and_nothing_is_read_for_them(server: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the combination is 4711")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = (
        f'{HEAD}<!DOCTYPE rss SYSTEM "{server.base}/dtd" [<!ENTITY e0 "ha ha">{bomb}'
        f'<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY net SYSTEM "{server.base}/entity">'
        f'<!ENTITY % more SYSTEM "{server.base}/more">%more;]>'
    )
    begun = time.monotonic()
    with growth() as grown:
        found = take(
            server, tmp_path, rss(item("a", 1, title="A &e11; &file; &net;"), item("a", 2), head=head)
        )
    assert time.monotonic() - begun < 10 and grown[0] < 100 << 20
    assert [path for path in server.asked if path != "/feed"] == []
    assert "4711" not in repr(found) and len(repr(found)) < 20_000


@pytest.mark.parametrize(
    "text",
    ["<div>" * 20_000, "<!-- " * 20_000, "<b><i>" * 10_000, "<a " + "x=1 " * 20_000 + ">"],
    ids=["nesting", "comments", "inline", "attributes"],
)
def test_row_44_depth_costs_bounded_time_and_its_entry_alone(
    server: Server, tmp_path: Path, text: str
) -> None:
    begun = time.monotonic()
    with growth() as grown:
        found = take(server, tmp_path, rss(item("a", 1), item("a", 2, text=text), item("a", 3)))
    assert time.monotonic() - begun < 8 and grown[0] < 200 << 20
    assert {"g-a-1", "g-a-3"} <= {story.guid for story in found}


def test_row_45_guids_that_change_repeat_or_are_missing(server: Server, tmp_path: Path) -> None:
    changing = [rss(item("a", 1, guid=f"run-{n}"), item("a", 2, guid=f"run-{n}-b")) for n in range(3)]
    assert len(take(server, tmp_path, *changing)) == 2
    none = rss(item("a", 3, guid=None), item("a", 3, guid=None))
    assert len(take(server, tmp_path, none, none)) == 3
    words = "<p>The bakers of the old town elected a new guild master on Sunday after a long night of counting.</p>"
    same = rss(item("a", 4, guid="same"), item("b", 5, guid="same", title="Bakers elect", text=words))
    assert len(take(server, tmp_path, same, same)) == 5, (
        "one guid for two texts at two addresses is two stories"
    )
    nothing = rss(item("a", 6, guid=f"{1}", link=" "), item("a", 7, guid="2", link=" "))
    again = rss(item("a", 6, guid="3", link=" "), item("a", 7, guid="4", link=" "))
    assert len(take(server, tmp_path, nothing, again)) == 7, "without address and lasting guid the text tells"


def test_row_46_dresses_of_one_address_are_one_story(server: Server, tmp_path: Path) -> None:
    path = "news.example/town/harbour-opens"
    links = [
        f"http://{path}", f"https://{path}", f"https://www.{path}", f"http://{path}/", f"http://{path}?utm_source=rss",
        f"http://{path}?utm_medium=x&amp;fbclid=1", f"http://{path}/amp/", f"http://{path}?amp=1", f"HTTP://NEWS.example:80/{path.partition('/')[2]}",
        f"http://{path}#top",
    ]  # fmt: skip
    text = [f"<p>{line}</p>" for line in paragraphs("a", 1)]
    told = [
        f"<p>The council of ward {n} had said at {n} o'clock that all was well there.</p>"
        for n in range(len(links))
    ]
    bodies = [
        rss(item("a", 1, guid=None, link=link, text="".join([*text, *told[:n]])))
        for n, link in enumerate(links)
    ]
    (story,) = take(server, tmp_path, *bodies)
    assert len(story.body) == len(text) + len(links) - 1, "the last telling leads"


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("", None),
        ("yesterday or so", None),
        ("0000-00-00 00:00:00", None),
        ("Mon, 02 Jun 2025 15:30:00 IST", "2025-06-02T10:00:00+00:00"),
        ("Mon, 02 Jun 2025 19:00:00 GMT+9", "2025-06-02T10:00:00+00:00"),
        ("Mon, 02 Jun 2025 15:30:00 +5:30", "2025-06-02T10:00:00+00:00"),
        ("2025-06-02 03:30 PM +0530", "2025-06-02T10:00:00+00:00"),
        ("2 juin 2025 10:00 GMT", "2025-06-02T10:00:00+00:00"),
        ("2. Juni 2025, 10:00 UTC", "2025-06-02T10:00:00+00:00"),
        ("2025-06-02T10:00:00Z", "2025-06-02T10:00:00+00:00"),
        ("Mon, 02 Jun 2025 15:30:00", "2025-06-02T10:00:00+00:00"),
        ("Mon, 2 Jun 25 10:00:00 UT", "2025-06-02T10:00:00+00:00"),
    ],
)
def test_row_47_the_right_instant_or_none(
    server: Server, tmp_path: Path, said: str, instant: str | None
) -> None:
    (story,) = take(server, tmp_path, rss(item("a", 1, date=said)))
    told = story.published
    assert (told is None) if instant is None else told == datetime.fromisoformat(instant), told


@pytest.mark.parametrize("said", ["Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 02 Jun 2063 10:00:00 GMT"])
def test_row_47_a_date_that_cannot_be_holds_no_story_back(server: Server, tmp_path: Path, said: str) -> None:
    (story,) = take(server, tmp_path, rss(item("a", 1, date=said)))
    assert story.embargo is None


def test_row_48_order_and_new_dates_make_no_doubles_and_a_correction_a_version(
    server: Server, tmp_path: Path
) -> None:
    first = [item("a", number) for number in (1, 2, 3)]
    redated = [item("a", number, date="Tue, 03 Jun 2025 09:00:00 GMT") for number in (3, 1, 2)]
    mended = item("a", 2, date="Tue, 03 Jun 2025 10:00:00 GMT").replace("sighted 3 miles", "sighted 13 miles")
    assert len(take(server, tmp_path, rss(*first), rss(*reversed(first)), rss(*redated))) == 3
    assert len(take(server, tmp_path, rss(first[0], mended, first[2]))) == 3
    events = open_readonly(tmp_path / "wire.db").execute("SELECT kind, count(*) FROM events GROUP BY kind")
    assert dict(events.fetchall()) == {"create": 3, "correct": 1}


@pytest.mark.parametrize("newest_first", [True, False])
def test_row_49_of_too_many_items_the_newest_are_taken(newest_first: bool) -> None:
    items = [
        f"<item><guid>{n}</guid><title>t{n}</title><pubDate>Mon, {1 + n // 1440:02d} Jun 2025 {n // 60 % 24:02d}:{n % 60:02d}:00 GMT</pubDate></item>"
        for n in range(10_000)
    ]
    begun = time.process_time()
    found = reading.read(rss(*(reversed(items) if newest_first else items)), Hints())
    assert time.process_time() - begun < 30
    assert {story.guid for story in found.stories} == {str(n) for n in range(5000, 10_000)}
    assert [skip.why for skip in found.skipped] == ["more than 5000 in one feed"]
