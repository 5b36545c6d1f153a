"""From a format's fields to a Story: what every reader does the same way once it has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import escape, unescape
from itertools import islice
from typing import Any

from parsers.dates import ReadTime, read_time
from parsers.hints import Hints
from parsers.language import language_of, tag
from parsers.lead import Lead, read_byline, read_lead
from parsers.lead.agencies import agency_of_url, code_of, original
from parsers.lead.byline import ROLE
from parsers.lead.byline_line import byline_of_line
from parsers.lead.home import zone_of
from parsers.lead.signoff import whole_line
from parsers.newscodes import qcode
from parsers.page.clean import clean_html
from parsers.page.trim import trimmed_html
from parsers.story import Dateline, Media, Removed, Story, Subject
from parsers.text import tidy
from parsers.url import absolute

RELEASE = re.compile(
    r"(?P<place>[^\W\d_][^(),]{1,40})(?:,[^(]{1,60})?\((?i:globe ?newswire|business wire|pr ?newswire|cnw|cnw telbec|accesswire|newsfile corp\.?|marketwired|canada newswire)\)\s*[-–—]+"
)
TYPED_DASH = re.compile(
    r"(\([A-Z][A-Za-z. ]{1,30}\)) _ "
)  # AP types an underscore for the dash of its dateline
NO_PERSON = re.compile(
    r"^The\s|^\S+\.(?:com?|org|net|info|eu|in|no|se|de|uk|fr|es|it)(?:\.\w\w)?$|^[A-Z][a-z]{3,}[A-Z][a-z]{2,}$"
)  # a site, an institution with an article, a name in one CamelCase word
INITIALS = re.compile(r"^[a-z]{2,5}$")  # in a byline: a sign-off, or an agency in small letters
TAGS = re.compile(  # of HTML alone: "FIELDCREST <FLD>" is a ticker
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|i|img|ins|label|li|mark|nobr|ol|p|q|s|section|small|span|strike|strong|sub|sup|time|tt|u|ul|wbr)\b[^<>]{0,2000}>",
    re.I,
)
BLOCK_TAGS = re.compile(r"<(?:p|br|div|h[1-6]|li|td)\b[^<>]*>", re.I)
BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|tr|td|th|blockquote|pre)\s*>|<br\b", re.I)
MOST_BLOCKS = 5000
# Lines at the end of an agency's own copy that are its text: where a fact box comes from, how a story was made, whom to ask.
# On a site's reprint the same lines are furniture.
END_NOTES = re.compile(
    r"(?i)^\W*(?:this|the) (?:story|report|article)\b|\bcan be (?:reached|contacted) (?:at|on|via)\s|^\W*(?:e-?mail|write to|contact|follow)\b|^[\w.+-]+@[\w-]+\.\w"
)
IMAGE = re.compile(r"<img\b[^>]{1,2000}", re.I)
IMAGE_SOURCE = re.compile(r"\ssrc\s*=\s*[\"']([^\"'>]{4,800})[\"']", re.I)
PIXEL = re.compile(r"\s(?:width|height)\s*=\s*[\"']?[01](?:px)?[\"'\s/]", re.I)
SIGNED = re.compile(
    r"^\((?:Schluss|Ende|Fortsetzung folgt|Forts\.?|Fin|Suite|Fine|SEGUE)\)(?:\s*[a-z]{2,4}(?:/[a-z]{2,4})*)?$"
)


@dataclass(slots=True, kw_only=True)
class Copy:
    """A story's fields as a format gives them, before they are read: texts raw, times as written."""

    html: str | None = None  # body as HTML
    paragraphs: tuple[str, ...] = ()  # or as plain paragraphs
    headline: str | None = None
    byline: str | None = None
    people: tuple[str, ...] = ()  # names of writers, each from a field of its own
    dateline: str | None = None  # own element
    origin: str | None = (
        None  # place of origin told as metadata alone: the dateline where nothing else is one
    )
    credit: str | None = None
    published: str | None = None
    updated: str | None = None
    embargo: str | None = None
    language: str | None = None
    base: str | None = None  # address that links start from
    reprint: bool = False  # out of a site's feed or export: lines at its end may be the site's
    fields: dict[str, Any] = field(default_factory=dict)  # further fields of Story, ready


def plain_title(text: str | None) -> str | None:
    """A title as plain text: tags gone, entities resolved (twice, where they are doubly escaped)."""
    if not text:
        return None
    if "<" in text:
        text = TAGS.sub("", text)
    if "&" in text:
        text = unescape(TAGS.sub("", unescape(text)))
    return tidy(text) or None


def typed_html(raw: str) -> str:
    """Text of an element without elements as HTML: it holds escaped markup, or paragraphs by blank lines and indents."""
    marked = TAGS.search(raw)
    if marked and BLOCK_TAGS.search(raw):
        return raw
    parts = re.split(r"\n\s*\n|\r?\n(?=\s{2,}\S)", raw.strip())
    return "".join(f"<p>{part if marked else escape(part, quote=False)}</p>" for part in parts)


def when(text: str | None, hints: Hints) -> ReadTime | None:
    """A time of a document, read with the source's zone."""
    return read_time(text, zone=zone_of(hints))


def moment(text: str | None, hints: Hints) -> datetime | None:
    """A time with a clock; a bare day counts as its first instant in UTC."""
    made = when(text, hints)
    if made is None or isinstance(made.when, datetime):
        return made.when if made else None  # type: ignore[return-value]
    return read_time(f"{made.when.isoformat()}T00:00:00", zone=zone_of(hints)).when  # type: ignore[union-attr, return-value]


def _bounded(html: str) -> tuple[str, bool]:
    """A body's HTML up to its MOST_BLOCKS-th paragraph or line, and whether more was cut: no story is longer, hostile ones are."""
    if html.count("<") <= MOST_BLOCKS:
        return html, False
    last = next(islice(BLOCK_END.finditer(html), MOST_BLOCKS, None), None)
    return (html[: last.start()], True) if last else (html, False)


def story_of(copy: Copy, hints: Hints) -> Story:
    """The Story of a format's fields: lead read, times read, HTML cut as the paragraphs are."""
    sender = _credited(copy.credit)
    if sender and not (hints.agency or copy.reprint):
        hints = replace(hints, agency=sender)  # its zone is that of times without one
    published, updated = when(copy.published, hints), when(copy.updated, hints)
    if copy.html is not None:
        copy.html, cut = _bounded(copy.html)
        if cut:
            copy.fields["partial"] = True
        texts, html = clean_html(TYPED_DASH.sub(r"\1 — ", copy.html), base=copy.base)
    else:
        texts = tuple(clean for one in copy.paragraphs if (clean := tidy(one)))
        html = None
    headline = plain_title(copy.headline)
    own = tidy(copy.dateline or copy.origin).rstrip(" -–—:")
    if own and texts and (again := re.match(rf"{re.escape(own)}\s?[-–—]{{1,2}}\s+(?=\S)", texts[0])):
        texts = (
            texts[0][again.end() :],
            *texts[1:],
        )  # the copy repeats the dateline that stands in a field of its own
        copy.dateline = copy.dateline or copy.origin
    byline = copy.byline or ", ".join(dict.fromkeys(copy.people)) or None
    day: date | datetime | None = (published or updated).when if (published or updated) else hints.seen  # type: ignore[union-attr]
    agency = hints.agency or sender
    # Copy that is nothing but a byline is read with a line below it: a lead keeps its last paragraph.
    alone = len(texts) == 1 and headline is not None and byline_of_line(texts[0]) is not None
    lead = read_lead(
        [*texts, "…"] if alone else texts,
        published=day,
        headline=headline,
        byline=byline,
        country=hints.country,
        agency=agency,
        url=hints.url,
    )
    if alone:
        lead = replace(lead, body=lead.body[:-1])
    elif not copy.reprint:
        lead = _own_ending(texts, lead)
    found = lead.dateline or release_dateline(lead.body, day)
    line = own_dateline(copy.dateline, day, hints, found) or own_dateline(copy.origin, day, hints, None)
    credited = sender
    credits = tuple(dict.fromkeys([*([credited] if credited else []), *lead.credits]))
    if plain_title(copy.fields.get("subheadline")) == headline:
        copy.fields["subheadline"] = None
    given = {"credit": tidy(copy.credit) or original(credits), **copy.fields}
    for name in ("usage", "copyright", "slug"):
        given[name] = tidy(given.get(name)) or None
    if lead.kind and given.get("kind", "story") == "story":
        given["kind"] = lead.kind  # the format is silent, the head of the copy says it
    return Story(
        source=hints.source,
        headline=headline,
        byline=lead.byline,
        authors=listed_people(copy.people)
        if copy.people and not copy.byline
        else tuple(name for name in lead.authors if not NO_PERSON.search(name) and not INITIALS.match(name)),
        credits=credits,
        dateline=line,
        published=published.when if published else None,
        updated=updated.when if updated else None,
        embargo=moment(copy.embargo, hints),
        zone_assumed=bool(published and published.zone_assumed),
        body=lead.body,
        body_html=_body_html(html, texts, lead.body) or None,
        language=tag(copy.language) or copy.language or language_of(hints.language, lead.body),
        ednote=" | ".join(dict.fromkeys(note for note in (given.pop("ednote", None), lead.ednote) if note))
        or None,
        removed=lead.removed,
        **given,
    )


def _credited(credit: str | None) -> str | None:
    """The code of the agency that a credit names, as its name or its site ("reuters.com")."""
    if not credit:
        return None
    site = "." in credit and " " not in credit.strip()
    return code_of(credit) or (agency_of_url(f"https://{credit.strip()}/") if site else None)


def _body_html(html: str | None, given: Sequence[str], kept: tuple[str, ...]) -> str:
    """The HTML of what was kept; that of plain paragraphs is made of them."""
    if html is None:
        return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in kept)
    return html if kept == given else trimmed_html(html, kept)


def listed_people(names: Sequence[str]) -> tuple[str, ...]:
    """The people of fields that hold one writer each: a name that no byline would be ("Author 2") counts there too."""
    found: list[str] = []
    for name in map(tidy, names):
        told = read_byline(name, sure=True)
        plain_name = " " in name and len(name) <= 60 and not ROLE.search(name) and "@" not in name
        found += told.authors or ([name] if plain_name and not told.credits else [])
    return tuple(dict.fromkeys(name for name in found if not NO_PERSON.search(name)))


def _own_ending(texts: Sequence[str], lead: Lead) -> Lead:
    """The lead of an agency's own copy: its end notes back, the desk's sign-off ("AAP RTV ar", "(Schluss) abc/def") off."""
    body, removed = (*lead.body, *end_notes(texts, lead)), lead.removed
    while len(body) > 1 and (SIGNED.match(body[-1]) or _signed_by_agency(body[-1])):
        removed = (*removed, Removed(text=body[-1], rule="signoff:initials"))
        body = body[:-1]
    return replace(lead, body=body, removed=tuple(one for one in removed if one.text not in body))


def _signed_by_agency(text: str) -> bool:
    words = text.split() if len(text) < 40 else []
    initials = all(re.match(r"[a-zäöü]{2,4}$|[A-Z]{2,4}$|[\d/]{2,5}$", word) for word in words[1:])
    return 2 <= len(words) <= 6 and initials and code_of(words[0]) is not None


def end_notes(texts: Sequence[str], lead: Lead) -> list[str]:
    """Of the paragraphs that were cut from the end as end matter, those that are an agency's own copy (END_NOTES)."""
    gone = {cut.paragraph for cut in lead.cuts if cut.head == len(texts[cut.paragraph])}
    first = next((at + 1 for at in reversed(range(len(texts))) if at not in gone), len(texts))
    kept = []
    for text in texts[first:]:
        ending = whole_line(text.strip())
        unnamed = ending is not None and ending.rule == "inputs" and not ending.credits
        desk_line = ending is not None and ending.rule == "desk line" and not ending.credits
        if unnamed or (desk_line and END_NOTES.search(text)):
            kept.append(text)
    return kept


def release_dateline(body: Sequence[str], day: date | datetime | None) -> Dateline | None:
    """The dateline of a press release, which notes and headings may precede: "PLACE, date (GLOBE NEWSWIRE) --"."""
    for text in body[1:8]:
        if (found := RELEASE.match(text)) and (
            line := read_lead([text, "x"], published=day).dateline
            or read_lead([found.group() + " x", "x"]).dateline
        ):
            return line
        if found:
            place = found["place"].strip()
            return Dateline(text=found.group().rstrip(" -–—"), place=place.title(), places=(place.title(),))
    return None


def own_dateline(
    text: str | None, day: date | datetime | None, hints: Hints, found: Dateline | None
) -> Dateline | None:
    """A dateline element read as one; where it holds only a time, or nothing, what the first paragraph says."""
    clean = re.sub(r"\s+,", ",", tidy(text)).strip(" ,")
    if not clean or not any(c.isalpha() for c in clean) or re.match(r"^\d{1,4}[-./]?\d", clean):
        return found
    place = re.split(r"\s*[,(/]\s*", clean)[0].strip(" -–—:")
    if found and (
        place.casefold() in found.text.casefold() or (found.place or "-").casefold() in clean.casefold()
    ):
        return replace(found, text=max(clean.rstrip(" -–—:"), found.text, key=len))
    made = read_lead(
        [clean.rstrip(" -–—:") + " - Text follows.", "x"], published=day, country=hints.country
    ).dateline
    if made:
        return made
    return Dateline(text=clean.rstrip(" -–—:"), place=place or None, places=(place,) if place else ())


def subjects(
    pairs: Sequence[tuple[str | None, str | None]], scheme: str | None = None
) -> tuple[Subject, ...]:
    """Subjects of (code as written, name); a code's prefix ("medtop:20000123") is its scheme."""
    made = []
    for code, label in pairs:
        if not code and not label:
            continue
        prefix, colon, rest = qcode(code or "").partition(":")
        own = prefix if colon and "/" not in rest and " " not in prefix else scheme if code else None
        made.append(
            Subject(scheme=own, code=(rest if colon and own == prefix else code or None), name=label or None)
        )
    return tuple(dict.fromkeys(made))


def pictures(html: str | None, base: str | None) -> tuple[Media, ...]:
    """The pictures in a fragment of HTML, absolute; counters of one pixel are none."""
    found = (IMAGE_SOURCE.search(tag) for tag in IMAGE.findall(html or "") if not PIXEL.search(tag))
    sources = dict.fromkeys(unescape(one[1]) for one in found if one)
    return tuple(Media(url=full) for src in sources if (full := absolute(base, src)))[:20]
