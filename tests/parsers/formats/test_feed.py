"""Feeds: dates that other readers get wrong, titles as plain text, what a feed says to whoever polls it, broken feeds."""

from __future__ import annotations

import html
import json

import pytest

from parsers import reading
from parsers.errors import ParseError
from parsers.hints import FeedFacts, Hints
from parsers.story import Story, plain

HINTS = Hints(where="a feed", url="https://paper.example/feed")


def feed(items: str, channel: str = "", spaces: str = "") -> reading.Reading:
    text = f'<rss version="2.0" {spaces}><channel><title>P</title>{channel}{items}</channel></rss>'
    return reading.read(text.encode(), HINTS)


def item(inside: str) -> Story:
    (story,) = feed(f"<item>{inside}<link>/1</link></item>").stories
    return story


# What feedparser, fastfeedparser and email.utils leave out or read wrongly (measured), and kin of it.
DATES = {
    "Thu,28 Jul 2022 4:35:5 GMT+9": "2022-07-28T04:35:05+09:00",
    "Sunday, June 27, 2021 02:56 PM +0530": "2021-06-27T14:56:00+05:30",
    "Tue, 03 Sep 2019 13:10:57+5:30": "2019-09-03T13:10:57+05:30",
    "mer, 16 nov 2022 10:00:00 +0100": "2022-11-16T10:00:00+01:00",
    "June 2, 2025 10:00 am": "2025-06-02T10:00:00+00:00",
    "Mon, 02 Jun 2025 10:00:00 IST": "2025-06-02T10:00:00+05:30",
    "Mon, 02 Jun 2025 10:00:00 BST": "2025-06-02T10:00:00+01:00",
    "Sat, Dec 16 2023 02:02:33 PM": "2023-12-16T14:02:33+00:00",
    "2025-06-02T10:00+0530": "2025-06-02T10:00:00+05:30",
    "1748838600": "2025-06-02T04:30:00+00:00",
    "Mon, 02 Jun 2025 10:00:00 +0530 (IST)": "2025-06-02T10:00:00+05:30",
    "Mon, 02 Jun 2025 10:00:00 EST": "2025-06-02T10:00:00-05:00",
    "02 Jun 25 10:00 Z": "2025-06-02T10:00:00+00:00",
    "Mon, 02 Jun 2025 24:00:00 GMT": "2025-06-03T00:00:00+00:00",
    "2025-06-02T10:00:00.123456789Z": "2025-06-02T10:00:00.123456+00:00",
    "20250602T100000Z": "2025-06-02T10:00:00+00:00",
    "2025-06-02": "2025-06-02",
    "Mon, 31 Jun 2025 10:00:00 GMT": None,
    "0000-00-00 00:00:00": None,
    "yesterday": None,
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_right_or_not_at_all(written: str) -> None:
    published = item(f"<title>T</title><pubDate>{written}</pubDate>").published
    assert (published.isoformat() if published else None) == DATES[written]


@pytest.mark.parametrize("written", [date for date in DATES if DATES[date] and "T" in str(DATES[date])])
def test_the_same_date_in_atom_and_json_feed(written: str) -> None:
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>1</id><title>T</title><published>{written}</published></entry></feed>'
    form = {"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [{"id": "1", "title": "T", "date_published": written}]}  # fmt: skip
    for body in (atom, json.dumps(form)):
        (story,) = reading.read(body.encode(), HINTS).stories
        assert story.published is not None and story.published.isoformat() == DATES[written]


def test_a_zone_that_nobody_states_is_the_sources_own_and_told() -> None:
    text = "<rss><channel><item><title>T</title><pubDate>Sat, Dec 16 2023 02:02:33 PM</pubDate></item></channel></rss>"
    (story,) = reading.read(text.encode(), Hints(timezone="Asia/Kolkata")).stories
    assert story.published is not None
    assert (story.published.isoformat(), story.zone_assumed) == ("2023-12-16T14:02:33+05:30", True)


TITLES = {
    "A &lt;b&gt;B&lt;/b&gt; &amp;amp; C": "A B & C",
    "<![CDATA[It&#8217;s &ldquo;here&rdquo; &#x2014; now]]>": "It’s “here” — now",
    "Fieldcrest &lt;FLD&gt; sells unit": "Fieldcrest <FLD> sells unit",
    "  two\n  lines ": "two lines",
    "5 &lt; 6 &amp; 7 &gt; 2": "5 < 6 & 7 > 2",
    "Caf&eacute; R&amp;D": "Café R&D",
}


@pytest.mark.parametrize("written", TITLES)
def test_titles_are_plain_text(written: str) -> None:
    assert item(f"<title>{written}</title>").headline == TITLES[written]


def test_content_before_summary_and_neither_called_full_where_it_is_cut() -> None:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    full = html.escape("<p>" + "A sentence of the story stands here in full. " * 20 + "</p>")
    inside = f"<item><title>T</title><description>Teaser</description><content:encoded>{full}</content:encoded></item>"
    (story,) = feed(inside, spaces=spaces).stories
    assert story.body[0].startswith("A sentence") and not story.partial
    assert item("<title>T</title><description>Cut off in the […]</description>").partial


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>desk@paper.example (Jane Roe)</author>", ("Jane Roe",)),
        ("<author>Jane Roe &lt;desk@paper.online&gt;</author>", ("Jane Roe",)),
        ("<author>desk@paper.example</author>", ()),
        ("<author>PTI</author>", ()),
    ],
)
def test_writers_of_rss(author: str, names: tuple[str, ...]) -> None:
    assert item(f"<title>T</title>{author}").authors == names


def test_a_feed_tells_its_reader_when_and_where_to_come_again() -> None:
    channel = """<atom:link rel="self" href="https://paper.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>
        <atom:link rel="next" href="https://paper.example/feed?paged=2"/><atom:link rel="prev-archive" href="https://paper.example/a1"/>
        <ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
        <skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays><fh:complete/>"""
    spaces = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:fh="http://purl.org/syndication/history/1.0"'
    assert feed("<item><title>T</title></item>", channel, spaces).feed == FeedFacts(
        title="P",
        self_url="https://paper.example/feed",
        next_url="https://paper.example/feed?paged=2",
        prev_archive="https://paper.example/a1",
        hub="https://hub.example/",
        ttl_minutes=30,
        update_minutes=360,
        skip_hours=frozenset({0, 5}),
        skip_days=frozenset({"Sunday"}),
        complete=True,
    )


def test_a_feed_that_breaks_off_gives_its_whole_items_and_says_so() -> None:
    text = "<rss><channel><title>P</title><item><title>One</title></item><item><title>Two</title></item><item><title>Thr"
    found = reading.read(text.encode(), HINTS)
    assert [story.headline for story in found.stories] == ["One", "Two"]
    assert found.truncated
    assert [(one.item, one.why) for one in found.skipped] == [("last item", "the feed breaks off in it")]


def test_prefixes_that_nobody_declared_are_read_as_the_trade_uses_them() -> None:
    one = item(
        "<title>T</title><dc:creator>Jane Roe</dc:creator><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>"
        '<media:content url="/a.jpg" width="9"/><odd:thing x:y="1">z</odd:thing>'
    )
    assert (one.authors, one.body, one.media[0].width) == (("Jane Roe",), ("One.", "Two."), 9)


def test_a_prefix_used_out_of_its_scope_does_no_harm() -> None:
    found = feed(
        '<item><dc:creator xmlns:dc="urn:x">A</dc:creator><title>One</title></item><item><dc:date>x</dc:date><title>Two</title></item>'
    )
    assert [story.headline for story in found.stories] == ["One", "Two"]


def test_entries_lost_in_a_large_broken_feed_are_told() -> None:
    deep = "<item><title>Deep</title>" * 300 + "</item>" * 300
    filler = f"<item><title>T</title><description>{'x ' * 160_000}</description></item>"
    found = feed(filler + deep + "<item><title>& <b>last</title></item>")
    assert found.stories[0].headline == "T"
    assert "not to be read in a broken document" in [one.why for one in found.skipped]


def test_an_item_without_anything_is_told_and_the_others_stay() -> None:
    found = feed("<item><title></title></item><item><title>One</title></item>")
    assert [story.headline for story in found.stories] == ["One"]
    assert [one.why for one in found.skipped] == ["no title, no text, no address"]


@pytest.mark.parametrize(
    "damage",
    [
        "PHP Warning: x in <b>y</b>\n{}",
        "\ufeff\n{}",
        "{}<!-- cached --><script>x</script>",
        "{}\x00\x00",
    ],
)
def test_what_stands_around_a_feed_does_no_harm(damage: str) -> None:
    text = "<rss version='2.0'><channel><title>P</title><item><title>A & B &nbsp; \x08C</title><description>x <b> y</description></item></channel></rss>"
    (story,) = reading.read(damage.format(text).encode(), HINTS).stories
    assert story.headline == "A & B C"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Please accept our cookies</body></html>",
        '{"error": "no such feed"}',
        "<rss",
        '{"items": 3}',
        "[]",
    ],
)
def test_what_is_no_feed_gives_no_story(body: str) -> None:
    with pytest.raises(ParseError):
        reading.read(body.encode(), HINTS)


def test_captions_and_credits_are_of_their_picture_and_never_the_text() -> None:
    one, two, three = feed(
        "<item><title>Ferry late</title><guid>1</guid><description>It was late.</description><m:group>"
        '<m:content url="http://a.example/1.jpg"><m:description>The ferry at its quay, long before it left.</m:description><m:credit>Ann Bell</m:credit></m:content>'
        '<m:content url="http://a.example/2.jpg"><m:credit role="photographer">Bo Lund</m:credit></m:content></m:group></item>'
        '<item><title>Bridge shut</title><guid>2</guid><description>It was shut.</description><m:content url="http://a.example/3.jpg"/>'
        "<m:description>The bridge, and people who wait for it to open.</m:description></item>"
        "<item><title>A film</title><guid>3</guid><m:group><m:description>What the film shows.</m:description></m:group></item>",
        spaces='xmlns:m="http://search.yahoo.com/mrss/"',
    ).stories
    assert (one.body, two.body, three.body) == (
        ("It was late.",),
        ("It was shut.",),
        ("What the film shows.",),
    )
    assert [(shown.caption, shown.credit) for shown in (*one.media, *two.media)] == [
        ("The ferry at its quay, long before it left.", "Ann Bell"),
        (None, "Bo Lund"),
        ("The bridge, and people who wait for it to open.", None),
    ]


PARTS = {
    "<yandex:full-text>First line.\nSecond line.</yandex:full-text>": ("body", ("First line.", "Second line.")),
    "<turbo:content><![CDATA[<p>One of it.</p><p>Two of it.</p>]]></turbo:content>": ("body", ("One of it.", "Two of it.")),
    "<fulltext>A whole text, in an element of the feed's own.</fulltext>": ("body", ("A whole text, in an element of the feed's own.",)),
    "<dc:source>PTI</dc:source>": ("credit", "PTI"),
    "<dc:source>A Paper</dc:source>": ("credit", None),
    "<source url='http://a.example/rss'>IANS</source>": ("credit", "IANS"),
    "<dc:rights>(c) A Paper</dc:rights>": ("copyright", "(c) A Paper"),
    "<dc:language>hi</dc:language>": ("language", "hi"),
    "<prism:publicationDate>2025-06-02T11:00:00Z</prism:publicationDate>": ("published", "2025-06-02T11:00:00+00:00"),
}  # fmt: skip


@pytest.mark.parametrize("inside", PARTS)
def test_elements_of_aggregators_are_read(inside: str) -> None:
    (story,) = feed(
        f"<item><title>T</title><link>/1</link><description>Teaser.</description>{inside}</item>"
    ).stories
    name, value = PARTS[inside]
    assert plain(story)[name] == (list(value) if isinstance(value, tuple) else value)


def test_pictures_of_an_item_are_media_and_addresses_of_people_are_none() -> None:
    told = item("<title>T</title><image><url>http://a.example/1.jpg</url><title>Not it</title></image>")
    assert ([one.url for one in told.media], told.headline) == (["http://a.example/1.jpg"], "T")
    told = item("<title>T</title><itunes:image href='http://a.example/2.png'/>")
    assert [one.url for one in told.media] == ["http://a.example/2.png"]
    told = item(
        "<title>T</title><atom:author><atom:name>Ann Bell</atom:name><atom:uri>http://ann.example/</atom:uri></atom:author>"
    )
    assert (told.media, told.authors) == ((), ("Ann Bell",))
