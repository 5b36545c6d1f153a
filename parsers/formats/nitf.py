"""NITF 3.0-3.6 (IPTC), with namespace or without; also the NITF that NewsML and ninjs carry inside."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers import xml
from parsers.errors import ParseError
from parsers.formats.copy import Copy, moment, story_of, subjects, typed_html, when
from parsers.hints import Hints, Reading, Skipped
from parsers.lead.agencies import code_of
from parsers.newscodes import subject_name
from parsers.story import Media, Status, Story
from parsers.text import tidy

STATUS: dict[str, Status] = {
    "usable": "usable",
    "embargoed": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
}
TAGS = {
    "hl2": "h3",
    "hl1": "h2",
    "bq": "blockquote",
    "block": "div",
    "credit": "p",
    "datasource": "p",
    "dateline": "span",
    "q": "span",
    "org": "span",
    "person": "span",
    "location": "span",
    "chron": "span",
    "num": "span",
}
BREAK = re.compile(r"\s*<br\s*/?>(?:</br>)?\s*")
SLUG_META = re.compile(r"(?i)(?:\w+[-:])?slug(?:line)?$|anpa-keyword$")
MOST_ITEMS = 5000
WIDTH = 75  # characters of the widest fixed line
NOT_BODY = frozenset(
    {
        "media",
        "media-caption",
        "media-producer",
        "media-metadata",
        "media-reference",
        "nitf-table-metadata",
        "note",
        "correction",
        "ednote",
    }
)


def read(body: bytes, hints: Hints) -> Reading:
    """The story of a NITF document, or those of several in one wrapper.

    Raises ParseError where there is none with headline or text.
    """
    root = xml.parse(body, where=hints.where, charset=hints.charset)
    found = [root] if xml.name(root).lower() == "nitf" else list(xml.each(root, "nitf"))[:MOST_ITEMS]
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, one in enumerate(found or [root]):
        try:
            stories.append(story(one, hints))
        except ParseError as error:
            if len(found) < 2:
                raise
            skipped.append(Skipped(item=str(position), why=error.what))
    if not stories:
        raise ParseError(skipped[0].why, where=hints.where, do="check what was delivered")
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="nitf")


def body_html(root: xml.Element) -> str:
    """The story's text as HTML: every body.content below an element, media and notes left out."""
    parts = [
        xml.inner_html(one, TAGS, NOT_BODY) if len(one) else typed_html(one.text or "")
        for one in xml.each(root, "body.content")
        if not any(xml.name(above) in NOT_BODY for above in one.iterancestors())
    ]
    return unwrapped_html("\n".join(parts))


def unwrapped_html(html: str) -> str:
    """Lines broken at a fixed width by <br> (AAP), run together again; breaks that end a short line or a sentence stay."""
    pieces = BREAK.split(html)
    if len(pieces) < 3:
        return html
    ends = [re.sub(r"<[^<>]*>", "", one.rsplit("<p>", 1)[-1]).strip() for one in pieces[:-1]]
    wrapped = [one for one in ends if 45 <= len(one) <= WIDTH]
    if any(len(one) > WIDTH for one in ends) or len(wrapped) * 10 < len(ends) * 7:
        return html
    return BREAK.sub(" ", html)


def byline_of(element: xml.Element) -> str | None:
    """A byline element as one line, less the titles and places that stand in it as elements of their own."""
    whole = xml.text(element) or ""
    for title in [text for one in xml.each(element, "byttl", "virtloc") if (text := xml.text(one))]:
        whole = whole.replace(title, " ", 1)
    return re.sub(r"^(?:and|und|et|y|e|en|og|och) +|^& *", "", tidy(whole)).rstrip(" ,") or None


def headline_of(root: xml.Element) -> str | None:
    """hl1, else the head's title."""
    head = xml.first(root, "body.head")
    return (
        xml.text(xml.first(head, "hl1"))
        or xml.text(xml.first(head, "headline"))
        or xml.text(xml.first(root, "head", "title"))
        or xml.text(xml.first(head, "hedline"))
    )


def media_of(root: xml.Element) -> tuple[Media, ...]:
    """Files named by media-reference, with the caption and producer of their media element."""
    found: list[Media] = []
    for one in xml.each(root, "media"):
        caption = xml.text(next(iter(xml.children(one, "media-caption")), None)) or xml.text(
            xml.first(one, "media-caption")
        )
        for reference in xml.each(one, "media-reference"):
            source = xml.attr(reference, "source")
            if source:
                size = {
                    name: int(value) if (value := xml.attr(reference, name) or "").isdigit() else None
                    for name in ("width", "height")
                }
                found.append(
                    Media(
                        url=source,
                        caption=caption,
                        credit=xml.text(xml.first(one, "media-producer")),
                        media_type=xml.attr(reference, "mime-type"),
                        width=size["width"],
                        height=size["height"],
                    )
                )
    return tuple(found[:40])


def _docdata(root: xml.Element, name: str) -> xml.Element | None:
    return next(iter(xml.each(root, name)), None)


def _embargo(root: xml.Element, status: str, published: str | None, hints: Hints) -> str | None:
    release = xml.attr(_docdata(root, "date.release"), "norm")
    if not release:
        return None
    at, issued = moment(release, hints), moment(published, hints)
    if status == "embargoed" or (
        at
        and issued
        and at > issued
        and any(
            "embargo" in (xml.attr(one, "info") or xml.text(one) or "").lower()
            for one in xml.each(root, "ed-msg", "note")
        )
    ):
        return release
    return None


def _revised(root: xml.Element, hints: Hints) -> str | None:
    """When the copy was last touched, as its revision history tells."""
    told = [norm for one in xml.each(root, "revision-history") if (norm := xml.attr(one, "norm"))]
    dated = [(at, norm) for norm in told if (at := moment(norm, hints))]
    return max(dated)[1] if dated else None


def story(root: xml.Element, hints: Hints) -> Story:
    """The Story of a nitf element."""
    head = xml.first(root, "body.head")
    html = body_html(root)
    headline = headline_of(root)
    doc = _docdata(root, "docdata")
    status = (xml.attr(doc, "management-status") or "usable").lower()
    published = next(
        (
            norm
            for one in xml.each(root, "date.issue")
            if (norm := xml.attr(one, "norm")) and when(norm, hints)
        ),
        None,
    )
    story_date = xml.attr(xml.first(head, "story.date"), "norm")
    dated = (
        published
        or story_date
        or xml.attr(_docdata(root, "date.release"), "norm")
        or xml.attr(xml.first(root, "pubdata"), "date.publication")
    )
    bylines = (
        [text for one in xml.each(head, "byline") if (text := byline_of(one))] if head is not None else []
    )
    line = xml.first(head, "dateline")
    keys = [key for one in xml.each(root, "keyword") if (key := xml.attr(one, "key"))]
    key = _docdata(root, "du-key")
    guid = xml.attr(_docdata(root, "doc-id"), "id-string") or xml.attr(key, "key")
    if not (headline or html.strip() or guid):
        raise ParseError("NITF without headline and text", where=hints.where, do="check what was delivered")
    codes = [
        (
            xml.attr(one, "tobject.subject.refnum"),
            xml.attr(one, "tobject.subject.detail")
            or xml.attr(one, "tobject.subject.matter")
            or xml.attr(one, "tobject.subject.type"),
        )
        for one in xml.each(root, "tobject.subject")
    ]
    notes = [text for one in xml.each(root, "ed-msg") if (text := xml.attr(one, "info"))] + (
        [text for one in xml.each(head, "note") if (text := xml.text(one))] if head is not None else []
    )
    notes += [
        text for one in xml.each(root, "correction") if (text := xml.attr(one, "info") or xml.text(one))
    ]
    people = [
        text for text in bylines if not code_of(text)
    ]  # "The Associated Press" below a name is its agency
    bylines = people or bylines
    withdrawn = xml.attr(doc, "management-doc-idref")
    if withdrawn and STATUS.get((xml.attr(doc, "management-idref-status") or "").lower()) == "canceled":
        status = "canceled"  # the document is about another: it withdraws that
    else:
        withdrawn = None
    embargo = _embargo(root, status, dated, hints)
    if status == "embargoed" and embargo is None:
        status = "withheld"  # until its words, or a person, tell the time
    urgency = xml.attr(_docdata(root, "urgency"), "ed-urg") or ""
    distributor = xml.text(xml.first(head, "distributor"))
    source = xml.attr(_docdata(root, "from-src"), "src-name")
    holder = xml.attr(_docdata(root, "doc.copyright"), "holder")
    credit = next(
        (text for text in (distributor, source, holder) if text and code_of(text)),
        distributor or source or holder,
    )
    tag = xml.text(xml.first(root, "tagline"))
    rights = xml.text(xml.first(head, "rights")) or xml.attr(
        _docdata(root, "doc.rights"), "limitations", "agent", "owner"
    )
    year = xml.attr(_docdata(root, "doc.copyright"), "year")
    language = xml.attr(root, "lang", "baselang") or xml.attr(xml.first(root, "body"), "lang")
    copy = Copy(
        html=html,
        headline=headline,
        byline=" and ".join(dict.fromkeys(bylines)) or None,
        dateline=xml.text(line) if line is not None else None,
        published=dated,
        updated=_revised(root, hints),
        embargo=embargo,
        language=language,
        credit=credit,
        fields={
            "guid": withdrawn or guid, "version": xml.attr(key, "version") or xml.attr(key, "generation"), "slug": _slug(root, key, keys), "keywords": tuple(dict.fromkeys(keys)),
            "subjects": subjects([(code if code and code.strip("0") else None, name or subject_name(code)) for code, name in codes], "subj"),
            "urgency": int(urgency) if urgency in tuple("123456789") else None, "status": STATUS.get(status, "usable"),
            "ednote": " | ".join(dict.fromkeys(note for note in map(tidy, notes) if note)) or None, "usage": rights,
            "copyright": " ".join(filter(None, [holder, year])) or None, "media": media_of(root),
            "subheadline": xml.text(xml.first(head, "hl2")), "kind": "kill" if STATUS.get(status) == "canceled" else "story",
            "section": xml.attr(xml.first(root, "pubdata"), "position.section"),
        },
    )  # fmt: skip
    made = story_of(copy, hints)
    return _with_tag(made, tag)


def _slug(root: xml.Element, key: xml.Element | None, keys: list[str]) -> str | None:
    fixture = xml.attr(next(iter(xml.each(root, "fixture")), None), "fix-id")
    meta = next(
        (
            text
            for one in xml.each(root, "meta")
            if SLUG_META.match(xml.attr(one, "name") or "") and (text := xml.attr(one, "content"))
        ),
        None,
    )
    return (
        meta
        or next((one for one in keys if "-" in one or "/" in one), None)
        or next((one for one in keys if " " not in one), None)
        or fixture
        or (keys[0] if keys else None)
        or (xml.attr(key, "key") and _title_slug(root))
    )


def _title_slug(root: xml.Element) -> str | None:
    return xml.text(xml.first(root, "head", "title"))


def _with_tag(story: Story, tag: str | None) -> Story:
    """body.end's tagline is the sign-off: a credit, not body."""
    code = code_of(tag) if tag else None
    return replace(story, credits=(*story.credits, code)) if code and code not in story.credits else story
