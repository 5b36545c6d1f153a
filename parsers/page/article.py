"""An HTML page → its story, or a refusal with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from parsers.errors import ParseError
from parsers.hints import FeedFacts, Hints, Reading
from parsers.language import language_of
from parsers.lead import read_lead
from parsers.lead.agencies import agency_of_url, original
from parsers.lead.dateline import find_dateline
from parsers.lead.home import zone_of
from parsers.page import body as bodies
from parsers.page import dom, layouts
from parsers.page.blocks import Block, Page
from parsers.page.clean import clean_html, html_of, less_notes, split_blocks
from parsers.page.deck import above_and_below, beside, deck_of, kickers_of
from parsers.page.headline import choose_headline
from parsers.page.lines import same
from parsers.page.meta import Meta, read_meta
from parsers.page.pictures import pictures_of
from parsers.page.stamp import LONE_PLACE, place_in
from parsers.page.times import choose_times, day_of
from parsers.page.trim import trimmed_html
from parsers.page.writers import about_writer, choose_writers
from parsers.story import Dateline, Removed, Story
from parsers.text import tidy, utf8
from parsers.url import absolute

LEAST = 140  # weight of text from which a page holds a story, where it does not say that it is an article
NOTE = 600  # characters of a note on the writer, at most
REFUSALS = (
    ("soft 404", re.compile(r"(?i)\b(?:404|page (?:not|no longer) (?:found|available|exists?)|page (?:does not|doesn't) exist|not found|seite nicht gefunden|page introuvable|página no encontrada|error 4\d\d|no longer available)\b")),
    ("consent wall", re.compile(r"(?i)^(?:before you continue|cookie (?:consent|settings|preferences)|we value your privacy|your privacy choices|privacy (?:settings|gate)|consent)\b")),
    ("bot check", re.compile(r"(?i)(?:just a moment|attention required|are you (?:a )?(?:human|robot)|access denied|checking your browser|verify you are (?:a )?human|pardon our interruption|security check|captcha)")),
    ("login", re.compile(r"(?i)^(?:log ?in|sign ?in|login|register|anmelden|connexion)\b.{0,40}$")),
    ("error page", re.compile(r"(?i)^(?:5\d\d\b|internal server error|service unavailable|bad gateway|error establishing|site (?:is )?under maintenance|maintenance|forbidden|error)\b")),
)  # fmt: skip


def read(body: bytes, hints: Hints) -> Reading:
    """The story of an HTML page. Raises ParseError for a page that holds none: consent, login, soft 404, front page, empty."""
    html = utf8(body, hints.charset)
    page = dom.parse(html, where=hints.where)
    meta = read_meta(page, url=hints.url)
    base = _base(meta, hints)
    feeds = tuple((kind, full) for kind, href in meta.feeds if (full := absolute(base, href)))
    first_guess = next((text for text in meta.headlines if text), None)
    fitted = layouts.fit(page, hints.url)
    within, dropped = ((fitted.first, fitted.last), fitted.dropped) if fitted else (None, frozenset[int]())
    known = hints.furniture
    found = bodies.find_body(
        page, headline=first_guess, known=known, hint=meta.body, within=within, dropped=dropped
    )
    if fitted and (found is None or not found.blocks):  # the layout yields nothing: it has changed
        fitted, found = None, bodies.find_body(page, headline=first_guess, known=known, hint=meta.body)
    _refuse(page, meta, found, hints)
    story = _story(page, meta, found, hints, base, html)
    if fitted:
        story = replace(story, kickers=layouts.kickers(page, fitted.layout) or story.kickers)
    return Reading(
        stories=(story,),
        format="html",
        feed=FeedFacts(title=meta.title, alternates=feeds) if feeds else None,
        extra={"rules": fitted.layout.site if fitted else ""},
    )


def _base(meta: Meta, hints: Hints) -> str | None:
    own = absolute(hints.url or meta.canonical, meta.base) if meta.base else None
    return own or hints.url or absolute(None, meta.canonical)


def _refuse(page: Page, meta: Meta, found: bodies.Body | None, hints: Hints) -> None:
    weight = sum(block.size for block in found.blocks) if found else 0
    title = meta.title or ""
    if weight < 1200 and not (meta.article and meta.published):
        for reason, sign in REFUSALS:
            if sign.search(title):
                raise ParseError(
                    f"{reason}: “{title[:80]}”", where=hints.where, do="fetch it again later, or leave it out"
                )
    if found is None or not found.blocks or (weight < LEAST and not (meta.article or meta.body)):
        if meta.body and len(meta.body) > LEAST:
            return
        links = sum(block.linked for block in page.blocks)
        text = sum(len(block.text) for block in page.blocks)
        kind = (
            "a list of links (front or section page)"
            if text > 400 and links > text * 0.5
            else "no story on the page"
            if text
            else "an empty page"
        )
        raise ParseError(kind, where=hints.where, do="give the address of an article")


def _story(
    page: Page, meta: Meta, found: bodies.Body | None, hints: Hints, base: str | None, source: bytes
) -> Story:
    blocks = found.blocks if found else []
    first = blocks[0].index if blocks else 0
    last = blocks[-1].index if blocks else 0
    head = choose_headline(page, meta, first if blocks else None, url=hints.url)
    headline = head.text if head else None
    agency = hints.agency or agency_of_url(hints.url)
    zone = zone_of(hints, url=meta.canonical, language=meta.language)
    above, below = above_and_below(page, head, first, last)
    published, updated = choose_times(
        page, meta, above, below, url=hints.url, html=source, zone=zone, beside=beside(page, head, first)
    )
    regions = found.regions if found else {}
    seen = [at for at in above if regions.get(page.blocks[at].parent) != "hidden"]
    writers = choose_writers(page, meta, seen, below, url=hints.url, headline=headline)
    deck = deck_of(page, meta, head, first, regions)
    removed = list(found.removed) if found else []
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        repeats = headline and position < 4 and same(block.text, headline)
        if repeats or (deck and not kept and same(block.text, deck)):
            removed.append(Removed(text=block.text, rule="page:headline or deck repeated"))
        else:
            kept.append(less_notes(block))
    while len(kept) > 2 and len(kept[-1].text) < NOTE and about_writer(kept[-1].text, writers.authors):
        removed.append(Removed(text=kept.pop().text, rule="page:about the writer"))
    texts, html = split_blocks(page, kept, base)
    if not texts:  # a page that lays its story out in short cells: they are its paragraphs
        texts, html = tuple(block.text for block in kept), html_of(page, kept, base)
    partial = found is not None and found.cut
    shown = sum(map(len, texts))
    jsonld = _jsonld_body(meta, shown)
    if sum(map(len, jsonld)) > max(500, 3 * max(1, shown)):
        partial = False
        texts, html = jsonld, "\n".join(clean_html(f"<p>{text}</p>")[1] for text in jsonld)
    texts, html = _with_split_dateline(texts, html)
    when = day_of(published.when) if published else hints.seen
    lead = read_lead(
        texts, published=when, headline=headline, country=hints.country, agency=agency, url=hints.url
    )
    credits = tuple(dict.fromkeys([*lead.credits, *writers.credits]))
    dateline = lead.dateline or _beside(page, above, when)
    # The page's own markup follows the same cuts: heads and tails of paragraphs come off it alike.
    html = html if lead.body == texts else trimmed_html(html, lead.body)
    own_url = absolute(hints.url or base, meta.canonical) or hints.url
    return Story(
        source=hints.source,
        url=own_url,
        headline=headline,
        subheadline=deck if deck and not any(same(deck, text) for text in lead.body) else None,
        kickers=tuple(one for one in kickers_of(page, head, hints.url) if one not in writers.authors),
        section=meta.section,
        keywords=tuple(dict.fromkeys(tidy(word) for word in meta.keywords if tidy(word)))[:30],
        byline=writers.byline or lead.byline,
        authors=writers.authors or lead.authors,
        credit=original(credits),
        credits=credits,
        dateline=dateline,
        published=published.when if published else None,
        updated=updated.when if updated else None,
        zone_assumed=bool(published and published.zone_assumed),
        body=lead.body,
        body_html=html or None,
        partial=partial,
        media=pictures_of(page, kept, base, absolute(base, meta.image)),
        language=language_of(meta.language, lead.body) or hints.language,
        ednote=lead.ednote,
        removed=(*removed, *lead.removed),
    )


def _beside(page: Page, above: range, when: date | None) -> Dateline | None:
    """The dateline that stands by the byline and not before the first sentence."""
    place = next((name for at in above if (name := place_in(page.blocks[at]))), None)
    found = find_dateline(place, published=when, alone=True) if place else None
    return found.dateline if found else None


def _with_split_dateline(texts: tuple[str, ...], html: str) -> tuple[tuple[str, ...], str]:
    """The paragraphs with a dateline that stands in a line of its own ("OSLO -") put before its sentence again."""
    if len(texts) < 2 or not LONE_PLACE.match(texts[0]):
        return texts, html
    joined = (f"{texts[0]} {texts[1]}", *texts[2:])
    return joined, re.sub(r"</p>\s*<p>", " ", html, count=1)


def _jsonld_body(meta: Meta, shown: int) -> tuple[str, ...]:
    """The paragraphs of JSON-LD's articleBody; none where its text is shorter than what is shown."""
    if not meta.body or ("<" not in meta.body and len(meta.body) <= shown):
        return ()
    text = meta.body.replace("\\n", "\n")
    texts, _ = clean_html(text if "<" in text else text.replace("\n", "\n\n"))
    return texts
