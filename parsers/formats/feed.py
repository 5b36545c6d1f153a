"""RSS, Atom and RDF by feedparser: bytes only, its sanitiser and link resolving off, our own dates first.

What feedparser gets wrong is in PACKAGES.md; the document is mended (control characters, entities, what precedes the XML)
before it sees it, so that its strict parser reads nearly all.
"""

from __future__ import annotations

import io
import re
from html import escape
from typing import Any
from xml.parsers import expat

import feedparser

from parsers import xml
from parsers.dates import read_time
from parsers.errors import ParseError
from parsers.formats.copy import TAGS, Copy, pictures, plain_title, story_of, subjects
from parsers.formats.mediarss import folded
from parsers.hints import FeedFacts, Hints, Reading, Skipped
from parsers.lead.agencies import code_of
from parsers.story import Media, Story
from parsers.text import decode, paragraphs
from parsers.url import absolute

MOST_ITEMS = 5000
LARGEST = 32 << 20  # bytes
LOOSELY = 200_000  # bytes of a broken document that the loose parser may be given: half a second
OPENING = re.compile(r"<(?:\w+:)?(rss|feed|RDF)\b", re.I)
CLOSING = re.compile(r"</(?:\w+:)?(rss|feed|RDF)\s*>", re.I)
ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.I)
STAMP = re.compile(
    r"<(?:\w+:)?(?:pubDate|date|published|updated|issued)\b[^<>]*>\s*(?:<!\[CDATA\[)?([^<\]]+)", re.I
)
PARAGRAPH = re.compile(r"<p\b", re.I)
ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|&hellip;|\[&#8230;\])\s*(?:<[^<>]*>\s*)*$")
PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)")
FULL_TEXT = re.compile(r"(?:^|_)full[-_]?text$|^turbo_content$")
MAIL_AND_NAME = re.compile(r"^\S+@\S+\s*\((?P<behind>[^()]+)\)\s*$|^(?P<before>[^<>@]+?)\s*<\S+@\S+>\s*$")
PREFIX = re.compile(r"<([A-Za-z_][\w.-]*):[A-Za-z_]|(?<=\s)([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']")
SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}  # prefixes of the trade that feeds use without declaring them
PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}


def read(body: bytes, hints: Hints) -> Reading:
    """The entries of a feed, in order. Raises ParseError where the document is no feed."""
    if len(body) > LARGEST:
        raise ParseError(
            f"feed larger than {LARGEST >> 20} MB", where=hints.where, do="ask for a shorter feed"
        )
    text = decode(body, hints.charset)
    start = OPENING.search(text)
    if not start:
        raise ParseError("not a feed", where=hints.where, do="check the address")
    text = xml.sound(text[start.start() :])
    if (stray := re.search(r"<(\w+):(?:channel|item|entry)\b", text)) and f"xmlns:{stray[1]}=" not in text:
        text = re.sub(rf"<(/?){stray[1]}:", r"<\1", text)  # a prefix that nobody declared
    text = _declared(text)
    truncated = not CLOSING.search(text[-4000:]) and not text.rstrip().endswith("/>")
    heads = [found.start() for found in ITEM.finditer(text)]
    skipped: list[Skipped] = []
    if len(heads) > MOST_ITEMS:
        skipped.append(
            Skipped(item=f"{len(heads) - MOST_ITEMS} items", why=f"more than {MOST_ITEMS} in one feed")
        )
        text = _newest(text, heads, start[1])
        heads = [found.start() for found in ITEM.finditer(text)]
    if truncated and heads:
        end = max(text.rfind("</item>"), text.rfind("</entry>"))
        if end > 0:
            skipped.append(Skipped(item="last item", why="the feed breaks off in it"))
            text = text[: text.index(">", end) + 1]
    heads = [at for at in heads if at < len(text)]
    data = text.encode("utf-8", "replace")
    whole = _well_formed(data)
    parsed = _fed(folded(data), hints) if whole else _mended(data, len(heads), hints)
    if not whole and (lost := len(heads) - len(parsed.entries)) > 0:
        skipped.append(Skipped(item=f"{lost} items", why="not to be read in a broken document"))
    base = hints.url or absolute(None, parsed.feed.get("link"))
    stories: list[Story] = []
    for position, entry in enumerate(parsed.entries):
        if not any(entry.get(name) for name in ("title", "summary", "content", "link", "links", "id")):
            skipped.append(Skipped(item=str(position), why="no title, no text, no address"))
            continue
        try:
            story = _story(entry, parsed.feed, base, hints)
        except (ValueError, TypeError, KeyError) as error:
            skipped.append(
                Skipped(item=str(entry.get("id") or entry.get("link") or position), why=str(error))
            )
            continue
        if story.headline or story.body or story.url or story.guid:
            stories.append(story)
        else:
            skipped.append(Skipped(item=str(position), why="no title, no text, no address"))
    return Reading(
        stories=tuple(stories),
        skipped=tuple(skipped),
        format="feed",
        truncated=truncated,
        feed=_facts(parsed.feed, text),
    )


def _newest(text: str, heads: list[int], root: str) -> str:
    """The document with MOST_ITEMS of its items alone: the newest, which stand first unless the dates say last."""
    ends = (text[heads[0] : heads[1]], text[heads[-1] :])
    first, last = (read_time(found[1]) if (found := STAMP.search(part)) else None for part in ends)
    if first and last and str(last.when) > str(first.when):
        return text[: heads[0]] + text[heads[-MOST_ITEMS] :]
    return text[: heads[MOST_ITEMS]] + f"</{'channel></rss' if root.lower() == 'rss' else root}>"


def _declared(text: str) -> str:
    """The document with its prefixes declared at the root, where it uses some that it never declares."""
    used = dict.fromkeys(found[1] or found[2] for found in PREFIX.finditer(text))
    missing = [one for one in used if one not in ("xml", "xmlns") and f"xmlns:{one}=" not in text][:100]
    root = OPENING.match(text)
    if not missing or not root:
        return text
    told = "".join(f' xmlns:{one}="{SPACES.get(one, "urn:undeclared:" + one)}"' for one in missing)
    return text[: root.end()] + told + text[root.end() :]


def _mended(data: bytes, heads: int, hints: Hints) -> Any:
    """What feedparser makes of a broken document that names so many entries: of what lxml could save of it.

    Only where that loses entries of a small document does feedparser's loose parser read the document itself: it is slow, and
    quadratic in unclosed tags, and feedparser comes to it after a whole strict reading in vain.
    """
    try:
        mended = _fed(folded(xml.rewritten(data, where=hints.where)), hints)
    except ParseError:
        if len(data) > LOOSELY:
            raise
        return _fed(data, hints)
    if len(mended.entries) >= heads or len(data) > LOOSELY:
        return mended
    try:
        loose = _fed(data, hints)
    except ParseError:  # what the mended document gave is sound
        return mended
    return loose if len(loose.entries) >= len(mended.entries) else mended


def _well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def _fed(data: bytes, hints: Hints) -> Any:
    """feedparser's reading. Raises ParseError for its own slips on odd attributes and values."""
    try:
        return feedparser.parse(
            io.BytesIO(data),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except Exception as error:
        raise ParseError(
            f"feedparser failed ({type(error).__name__}: {error})",
            where=hints.where,
            do="report it with the document",
        ) from error


def _story(entry: Any, feed: Any, base: str | None, hints: Hints) -> Story:
    contents = [*(entry.get("content") or []), *_full_texts(entry)]
    best: Any = max(contents, key=lambda one: len(one.get("value") or ""), default={})
    content, summary = (
        _markup(best),
        _markup({"value": entry.get("summary"), **(entry.get("summary_detail") or {})}),
    )
    full = content if len(content) >= len(summary) else summary
    link = _link(entry, contents, base)
    published = entry.get("published") if "published" in entry else None
    updated = entry.get("updated") if "updated" in entry else None
    if published is None:
        published = entry.get("created") or entry.get("prism_publicationdate") or updated
    terms = _keywords(entry)
    copy = Copy(
        html=full,
        headline=entry.get("title"),
        people=_authors(entry, feed),
        published=published,
        updated=updated,
        credit=_agency(entry),
        language=_language(entry, contents, feed),
        base=absolute(None, best.get("base")) or link or base,
        reprint=True,
        fields={
            "guid": entry.get("id") or None,
            "url": link,
            "keywords": terms,
            "subjects": subjects([(None, term) for term in terms]),
            "media": _media(entry, full, link or base),
            "partial": _partial(content, summary),
            "copyright": entry.get("rights") or None,
        },
    )
    return story_of(copy, hints)


def _full_texts(entry: Any) -> list[dict[str, str]]:
    """Whole texts in elements of aggregators' own (yandex:full-text, turbo:content …), as contents."""
    found = (value for name, value in entry.items() if FULL_TEXT.search(name) and isinstance(value, str))
    return [{"value": _html(value), "type": "text/html"} for value in found if value.strip()]


def _html(text: str) -> str:
    """HTML as it is; plain text in paragraphs."""
    if TAGS.search(text):
        return text
    return "".join(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs(text))


def _agency(entry: Any) -> str | None:
    """The agency that an item was taken from, as dc:source, source or dc:publisher name it; None for other papers."""
    source = entry.get("source") or {}
    named = (
        plain_title(name) for name in (entry.get("dc_source"), source.get("title"), entry.get("publisher"))
    )
    return next((name for name in named if name and code_of(name)), None)


def _markup(held: Any) -> str:
    """A content or summary as HTML: Atom's plain text is none."""
    value = held.get("value") or ""
    return (
        escape(value, quote=False)
        if held.get("type") == "text/plain" and TAGS.search(value) is None
        else value
    )


def _link(entry: Any, contents: list[Any], base: str | None) -> str | None:
    """The entry's page: absolute where it can be; an id that is no address is none."""
    listed = [
        one.get("href") for one in entry.get("links") or [] if one.get("rel", "alternate") == "alternate"
    ]
    named = entry.get("link") == entry.get("id") and not entry.get(
        "links"
    )  # feedparser's answer where no link stands
    for link in (entry.get("link"), *listed, *(one.get("src") for one in contents)):
        if link and not (named and link == entry.get("id") and not re.match(r"https?:", link, re.I)):
            return absolute(base, link) or link
    return None


def _language(entry: Any, contents: list[Any], feed: Any) -> str | None:
    """The language of the entry, of its content or title (xml:lang), of the feed."""
    tagged = [*contents, entry.get("title_detail") or {}, feed]
    return next((one["language"] for one in (entry, *tagged) if one.get("language")), None)


def _keywords(entry: Any) -> tuple[str, ...]:
    terms = (plain_title(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or [])
    return tuple(dict.fromkeys(term for term in terms if term))[:50]


def _authors(entry: Any, feed: Any) -> tuple[str, ...]:
    """Names of the entry's writers, else of the source it was taken from, else of the feed."""
    return (
        _named(entry)
        or _named(entry.get("source") or {})
        or (_named(feed) if entry.get("authors") is None else ())
    )


def _named(holder: Any) -> tuple[str, ...]:
    whole = holder.get("author") or ""
    if found := MAIL_AND_NAME.match(whole):  # RSS's own form; feedparser knows short top domains only
        names = [plain_title(found["behind"] or found["before"])]
    else:
        details = [*(holder.get("authors") or []), holder.get("author_detail")]
        names = [plain_title(detail.get("name")) for detail in details if detail]
        if re.match(
            r"\S+@\S+$", whole
        ):  # of an address feedparser may make half a name; Atom's <name> may be one
            names = [name for name in names if name == whole]
        if not any(names) and "@" not in whole:
            names = [plain_title(whole)]  # RSS's <author> is a mail address, unless a name stands there
    return tuple(dict.fromkeys(name for name in names if name))


def _partial(content: str, summary: str) -> bool:
    """Is the text only a teaser? Content of several paragraphs is not, unless it ends in dots; a description is, unless it is long."""
    text = content if len(content) > len(summary) else summary
    if ELLIPSIS.search(text.strip()[-200:]):
        return True
    if content and (len(content) > len(summary) * 1.2 or len(PARAGRAPH.findall(content)) > 1):
        return False
    bare = re.sub(r"<[^<>]*>", "", text)
    return len(bare) < 900 and not (content and len(bare) > 500)


def _media(entry: Any, html: str, base: str | None) -> tuple[Media, ...]:
    shown = entry.get("media_content") or []
    credits = entry.get("media_credit") or []
    credit = plain_title(credits[0].get("content")) if len(credits) == 1 and len(shown) <= 1 else None
    found: dict[str, Media] = {}
    shown_once = (
        entry.get("href") or ""
    )  # feedparser's place for an item's own <image>, and for other addresses
    pictured = entry.get("image") or {"href": shown_once if PICTURE.search(shown_once) else None}
    others = [*(entry.get("media_thumbnail") or []), pictured]
    for one in [*(entry.get("enclosures") or []), *shown, *others]:
        url = absolute(base, one.get("href") or one.get("url"))
        if url and url not in found:
            found[url] = Media(
                url=url,
                media_type=None
                if one.get("type") == "text/html"
                else one.get("type"),  # feedparser's own guess
                caption=plain_title(one.get("caption")),
                credit=plain_title(one.get("credit")) or (credit if one in shown else None),
                width=_number(one.get("width")),
                height=_number(one.get("height")),
            )
    for made in pictures(html, base):
        found.setdefault(made.url, made)
    return tuple(found.values())[:20]


def _number(text: Any) -> int | None:
    return int(str(text)) if str(text or "").strip().isdigit() and len(str(text)) < 9 else None


def _facts(feed: Any, text: str) -> FeedFacts:
    links = {one.get("rel"): one.get("href") for one in reversed(feed.get("links") or []) if one.get("rel")}
    head = text[:20_000]
    period = PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    frequency = _number(feed.get("sy_updatefrequency")) or 1
    hours = re.search(r"<skipHours>(.*?)</skipHours>", head, re.S | re.I)
    days = re.search(r"<skipDays>(.*?)</skipDays>", head, re.S | re.I)
    return FeedFacts(
        title=plain_title(feed.get("title")),
        self_url=links.get("self"),
        next_url=links.get("next"),
        prev_archive=links.get("prev-archive"),
        hub=links.get("hub"),
        generator=feed.get("generator"),
        ttl_minutes=_number(feed.get("ttl")),
        update_minutes=period / frequency if period else None,
        skip_hours=frozenset(
            int(hour) % 24
            for hour in re.findall(r"<hour>\s*(\d{1,2})\s*</hour>", hours[1] if hours else "", re.I)
            if int(hour) <= 24
        ),
        skip_days=frozenset(re.findall(r"<day>\s*(\w+day)\s*</day>", days[1] if days else "", re.I)),
        complete=bool(re.search(r"<\w+:complete\s*/?>", head)),
    )
