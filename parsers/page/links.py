"""The links of a page that look like stories, and the feeds that it offers: what a listing page and a site's front tell.

A story's address says so more often than not: a date, a long number, or a slug of several words as its last step; its link's
text is a headline. Menus, tags, authors, share links and files have neither. Judged per address: the picture and the headline
that lead to one story count together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from parsers.errors import ParseError
from parsers.hints import Hints
from parsers.page.guard import guarded
from parsers.text import tidy, utf8
from parsers.url import absolute, canonical, host

MOST = 300  # links of one page
WORDS = 4  # of a headline, at the least
CHARACTERS = 9  # of a headline in a script without spaces
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DATED = re.compile(r"/(?:19|20)\d\d[/-]?(?:[01]?\d|[a-z]{3})(?:[/-]?[0-3]?\d)?(?=/|-|$)", re.I)
NUMBERED = re.compile(r"(?:^|[-_/.=])[a-z]{0,3}\d{5,}(?:[-_.]\w{1,6})?$", re.I)
PAGE = re.compile(r"\.(?:html?|cms|ece|php|aspx?|shtml|story)$", re.I)
FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|xml|json|rss|css|js|ics|docx?|xlsx?)$", re.I
)
# First steps of a path under which no story stands; a step among several may be a desk's name ("video" is a story too).
ELSEWHERE = frozenset(
    "tag tags topic topics category categories author authors by writer profile user users account login signin signup register "
    "subscribe subscription newsletter newsletters search about about-us contact contact-us privacy privacy-policy terms "
    "cookie-policy advertise careers jobs help faq feed feeds rss wp-content wp-json wp-admin cdn-cgi cart shop store "
    "sitemap archive archives page share intent sharer epaper e-paper weather horoscope".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that looks like a story."""

    url: str  # absolute, as the page gives it, without its fragment
    text: str  # the longest text that leads there


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a listing page or a site's front offers."""

    title: str | None = None
    links: tuple[Link, ...] = ()  # in the page's order, each address once
    feeds: tuple[tuple[str, str], ...] = ()  # (media type, absolute address)
    api: str | None = None  # WordPress REST, absolute


@dataclass(slots=True)
class _Target:
    url: str
    text: str = ""
    heading: bool = False


def front(body: bytes, hints: Hints, *, select: str | None = None) -> Front:
    """The stories that a page lists, and the feeds that it names.

    select: CSS selector of the links, or of what holds them; None: they are found by their looks. The page's own site alone.
    Raises ParseError for a selector that cannot be read.
    """
    tree = LexborHTMLParser(guarded(utf8(body, hints.charset), where=hints.where))
    base_node = tree.css_first("base[href]")
    base = absolute(hints.url, base_node.attributes.get("href")) if base_node else hints.url
    title = tree.css_first("title")
    return Front(
        title=tidy(title.text()) or None if title else None,
        links=_links(tree, base or hints.url, hints, select),
        feeds=_feeds(tree, base or hints.url),
        api=_api(tree, base or hints.url),
    )


def _links(tree: LexborHTMLParser, base: str | None, hints: Hints, select: str | None) -> tuple[Link, ...]:
    try:
        chosen = tree.css(select) if select else tree.css("a[href]")
    except SelectolaxError as error:
        raise ParseError(
            f"{select!r} is no selector ({error})", where=hints.where, do="mend select"
        ) from error
    anchors: list[LexborNode] = []
    for node in chosen:
        anchors += [node] if node.tag == "a" else node.css("a[href]")
    found: dict[str, _Target] = {}
    own = canonical(hints.url) if hints.url else None
    for node in anchors:
        full = absolute(base, node.attributes.get("href"))
        if full is None or (key := canonical(full)) == own:
            continue
        if _site(full) != _site(base) or (select is None and not _may_be_story(full)):
            continue
        target = found.setdefault(key, _Target(full.partition("#")[0]))
        text = tidy(node.text(separator=" ")) or tidy(node.attributes.get("title") or "")
        if len(text) > len(target.text):
            target.text = text
        target.heading = target.heading or _in_heading(node)
    good = (t for t in found.values() if select is not None or _is_story(t))
    return tuple(Link(t.url, t.text) for t in good)[:MOST]


def _site(url: str | None) -> str | None:
    """What hosts of one publisher share: the last two names, three under a suffix such as co.in."""
    name = host(url)
    if name is None or name.replace(".", "").isdigit():
        return name
    labels = name.split(".")
    return ".".join(labels[-3 if len(labels) > 2 and len(labels[-2]) <= 3 else -2 :])


def _in_heading(node: LexborNode) -> bool:
    """Does the link stand in a heading, or hold one?"""
    above = node.parent
    for _ in range(3):
        if above is None:
            break
        if above.tag in ("h1", "h2", "h3", "h4"):
            return True
        above = above.parent
    return node.css_first("h1, h2, h3, h4") is not None


def _may_be_story(url: str) -> bool:
    steps = [step for step in urlsplit(url).path.lower().split("/") if step]
    if not steps:
        return bool(re.search(r"(?:^|&)(?:p|id|story|article|artid|newsid)=\d+", urlsplit(url).query, re.I))
    return not (set(steps[:-1] if len(steps) > 2 else steps) & ELSEWHERE or FILE.search(steps[-1]))


def _is_story(target: _Target) -> bool:
    """By address and text together: a plain address wants a headline in a heading, a telling one a headline."""
    words = len(target.text.split())
    headline = words >= WORDS or len(UNSPACED.findall(target.text)) >= CHARACTERS
    if not headline:
        return False
    parts = urlsplit(target.url)
    steps = [step for step in parts.path.split("/") if step]
    last = PAGE.sub("", steps[-1]) if steps else ""
    slug = len(re.split(r"[-_]|%20", last)) >= WORDS or "%" in last
    telling = slug or bool(
        DATED.search(parts.path) or NUMBERED.search(last) or re.search(r"=\d{3,}", parts.query)
        or (steps and PAGE.search(steps[-1]))
    )  # fmt: skip
    return telling or (target.heading and len(steps) >= 2)


def _feeds(tree: LexborHTMLParser, base: str | None) -> tuple[tuple[str, str], ...]:
    """Link elements first, then anchors that name a feed by their ending."""
    found: dict[str, str] = {}
    for node in tree.css("link[rel][href][type]"):
        kind = (node.attributes.get("type") or "").lower()
        alternate = "alternate" in (node.attributes.get("rel") or "").lower().split()
        full = absolute(base, node.attributes.get("href"))
        if alternate and full and re.search(r"(?:rss|atom|rdf|feed)\b", kind):
            found.setdefault(full, kind)
    for node in tree.css("a[href]"):
        full = absolute(base, node.attributes.get("href"))
        if (
            full
            and len(found) < 20
            and re.search(r"(?:/feed/?|\.rss|/rss/?|rss\.xml|atom\.xml|feed\.xml|feed\.json)$", full, re.I)
        ):
            found.setdefault(full, "")
    return tuple((kind, url) for url, kind in found.items())


def _api(tree: LexborHTMLParser, base: str | None) -> str | None:
    node = tree.css_first('link[rel="https://api.w.org/"][href]')
    return absolute(base, node.attributes.get("href")) if node else None
