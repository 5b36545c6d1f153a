"""What a page says of itself in JSON-LD, OpenGraph, meta and time elements: candidates, in the order in which they are believed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from parsers.page.blocks import Page
from parsers.page.markup import attributes, unescaped
from parsers.text import tidy

ARTICLES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "blogposting",
        "liveblogposting",
        "report",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "review",
        "socialmediaposting",
        "techarticle",
        "scholarlyarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "medicalscholarlyarticle",
        "posting",
    ]
)
NO_STORIES = frozenset(
    {"comment", "review", "event", "organization", "person", "website", "imageobject", "offer"}
)
CONTROL = re.compile(r"[\x00-\x1f]+")
CDATA = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$")
LAST_COMMA = re.compile(r",\s*([}\]])")
COMMA = re.compile(r"\s*,\s*")
LENIENT = json.JSONDecoder(strict=False)
# What is tried on JSON in turn: as it is, then mended.
MENDED: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: CONTROL.sub(" ", text),
    lambda text: LAST_COMMA.sub(r"\1", CONTROL.sub(" ", text)),
)
DEEP = 12
INNER = frozenset("@graph mainEntity mainEntityOfPage itemListElement item hasPart".split())


@dataclass(slots=True)
class Meta:
    """Candidates as found; texts tidy, times as written."""

    headlines: list[str] = field(default_factory=list)  # JSON-LD, og, twitter, dc
    headline: str | None = None  # JSON-LD
    shared_title: str | None = None  # og:title
    title: str | None = None  # <title>
    site: str | None = None
    publisher: str | None = None  # JSON-LD
    authors: list[str] = field(default_factory=list)
    author_texts: list[str] = field(
        default_factory=list
    )  # meta author and its like: may be a byline, an address, an agency
    published: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    body: str | None = None  # JSON-LD articleBody
    description: str | None = None
    section: str | None = None
    keywords: list[str] = field(default_factory=list)
    canonical: str | None = None
    base: str | None = None  # what addresses start from
    image: str | None = None
    language: str | None = None
    article: bool = False  # says that it is one
    types: set[str] = field(default_factory=set)
    feeds: list[tuple[str, str]] = field(default_factory=list)


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEP:
        return
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name in INNER and isinstance(inner, (dict, list)):
                yield from _nodes(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:50]:
            yield from _nodes(inner, depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return {str(name).rsplit("/", 1)[-1].lower() for name in names if name}


def _loads(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if "[CDATA[" in text or "]]>" in text:
        text = CDATA.sub("", text)
    for mended in MENDED:
        try:
            return LENIENT.decode(mended(text))
        except (ValueError, RecursionError):
            continue
    return None


def _names(value: Any, depth: int = 0) -> list[str]:
    """The names in an author property of any shape."""
    if depth > 4 or value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for one in value[:30] for name in _names(one, depth + 1)]
    if isinstance(value, dict):
        if "organization" in _types(value) or "newsmediaorganization" in _types(value):
            name = value.get("name")
            return [f"\0{name}"] if isinstance(name, str) else []
        return _names(value.get("name"), depth + 1)
    return []


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return tidy(unescape(unescape(value))) or None if isinstance(value, str) else None


def _address(value: Any) -> str | None:
    """The first address in an image property of any shape."""
    if isinstance(value, list):
        return next((found for one in value[:5] if (found := _address(one))), None)
    if isinstance(value, dict):
        return _address(value.get("url") or value.get("contentUrl"))
    return value if isinstance(value, str) and value else None


def read_meta(page: Page, *, url: str | None = None) -> Meta:
    """The candidates of a parsed page."""
    meta = Meta()
    _heads(page, meta)
    nodes = [node for text in page.scripts for node in _nodes(_loads(text))]
    types = list(map(_types, nodes))
    articles = [node for node, kinds in zip(nodes, types, strict=True) if kinds & ARTICLES]
    meta.types.update(*types)
    if len(articles) > 1:
        articles.sort(key=lambda node: -_fits(node, meta, url))
    for node in articles[:1]:
        meta.article = True
        _take(node, meta)
    if not articles:
        for node, kinds in zip(nodes, types, strict=True):
            when = node.get("datePublished") or node.get("uploadDate")
            if isinstance(when, str) and not kinds & NO_STORIES:  # a page, recipe, episode, video
                meta.published.append(when)
                meta.updated += [str(node["dateModified"])] if node.get("dateModified") else []
                meta.authors += _names(node.get("author"))
                break
    else:
        for node in articles[1:3]:
            if not meta.authors and _fits(node, meta, url):
                meta.authors += _names(node.get("author") or node.get("creator"))
            if not meta.body and _fits(node, meta, url) and isinstance(node.get("articleBody"), str):
                meta.body = node["articleBody"]
    return meta


def _fits(node: dict[str, Any], meta: Meta, url: str | None) -> int:
    head = _text(node.get("headline") or node.get("name")) or ""
    score = 0
    if head and any(
        head[:40].casefold() == other[:40].casefold() for other in [*meta.headlines, meta.title or ""]
    ):
        score += 4
    where = str(node.get("url") or node.get("mainEntityOfPage") or node.get("@id") or "")
    if (url and url.split("?")[0].rstrip("/") in where) or (meta.canonical and meta.canonical in where):
        score += 3
    return score + bool(node.get("articleBody")) + bool(node.get("author")) + bool(node.get("datePublished"))


def _take(node: dict[str, Any], meta: Meta) -> None:
    if head := _text(node.get("headline") or node.get("name")):
        meta.headline = head
        meta.headlines.insert(0, head)
    meta.publisher = _text(node.get("publisher"))
    meta.authors += _names(node.get("author") or node.get("creator"))
    for name, into in (
        ("datePublished", meta.published),
        ("dateCreated", meta.published),
        ("dateModified", meta.updated),
    ):
        if isinstance(node.get(name), str):
            into.insert(0, node[name]) if name == "datePublished" else into.append(node[name])
    if isinstance(node.get("articleBody"), str):
        meta.body = node["articleBody"]
    meta.section = meta.section or _text(node.get("articleSection"))
    meta.image = meta.image or _address(node.get("image"))
    words = node.get("keywords")
    meta.keywords = [
        w
        for w in (words if isinstance(words, list) else COMMA.split(words) if isinstance(words, str) else [])
        if isinstance(w, str)
    ]


HEADLINE_KEYS = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "title",
    "sailthru.title",
    "parsely-title",
    "headline",
    "hdl",
    "cxenseparse:recs:mytitle",
)
DATE_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
    "publication_date", "date", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "article.published", "published_time_telegram", "originalpublicationdate", "article_date_original", "date.release", "last-publish", "ptime", "pdate", "rnews:datepublished",
)  # fmt: skip
UPDATE_KEYS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "article.updated",
    "og:article:modified_time",
)
AUTHOR_KEYS = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
    "article:author_name",
    "cxenseparse:author",
    "twitter:data1",
    "authors",
    "rbauthors",
    "mediator_author",
)


KEYS = frozenset(
    (
        *HEADLINE_KEYS, *DATE_KEYS, *UPDATE_KEYS, *AUTHOR_KEYS, "twitter:label1", "og:site_name", "application-name", "og:description",
        "description", "article:section", "og:image", "og:type", "og:url", "og:locale", "content-language",
    )
)  # fmt: skip
NAME = re.compile(r' (?:property|name|itemprop)="([^"]*)"')
RELATIONS = frozenset({"canonical", "alternate"})
RELATION = re.compile(f' rel="(?:{"|".join(RELATIONS)})"', re.I)


def _link(told: dict[str, str], meta: Meta) -> None:
    rel, href, kind = told.get("rel", "").lower(), told.get("href"), told.get("type", "")
    if rel == "canonical" and href and not meta.canonical:
        meta.canonical = href
    elif rel == "alternate" and href and "xml" in kind:
        meta.feeds.append((kind, href))


def _heads(page: Page, meta: Meta) -> None:
    found: dict[str, list[str]] = {}
    for tag, raw, text in page.stated:
        if tag == "meta":
            if "&nbsp;" not in raw and KEYS.isdisjoint([key.strip().lower() for key in NAME.findall(raw)]):
                continue  # most are of no use here
            told = attributes(raw)
            name = told.get("property") or told.get("name") or told.get("itemprop")
            content = told.get("content")
            if name and content and (key := name.strip().lower()) in KEYS:
                found.setdefault(key, []).append(tidy(unescape(content)))
        elif tag == "link" and RELATION.search(raw):
            _link(attributes(raw), meta)
        elif tag == "base" and meta.base is None:
            meta.base = attributes(raw).get("href")
        elif tag == "title" and meta.title is None:
            meta.title = tidy(unescaped(text))
    for key in HEADLINE_KEYS:
        meta.headlines += found.get(key, [])[:1]
    for key in DATE_KEYS:
        meta.published += found.get(key, [])[:1]
    for key in UPDATE_KEYS:
        meta.updated += found.get(key, [])[:1]
    for key in AUTHOR_KEYS:
        meta.author_texts += (
            [text for text in found.get(key, [])[:6] if not text.startswith(("http", "@", "/"))]
            if key != "twitter:data1"
            or "author" in str(found.get("twitter:label1", "")).lower()
            or "written" in str(found.get("twitter:label1", "")).lower()
            else []
        )
    meta.shared_title = next(iter(found.get("og:title", [])), None)
    meta.site = next(iter(found.get("og:site_name", []) or found.get("application-name", [])), None)
    meta.description = next(iter(found.get("og:description", []) or found.get("description", [])), None)
    meta.section = next(iter(found.get("article:section", [])), None)
    meta.image = next(iter(found.get("og:image", [])), None)
    meta.article = next(iter(found.get("og:type", [])), "").lower() in ("article", "news", "newsarticle")
    if meta.canonical is None:
        meta.canonical = next(iter(found.get("og:url", [])), None)
    root = page.tree.root
    meta.language = (
        (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else None
    )
    meta.language = meta.language or next(
        iter(found.get("og:locale", []) or found.get("content-language", [])), None
    )
