"""From a format's fields to a Story: what every reader does the same way once it has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from typing import Any

from parsers.dates import ReadTime, read_time
from parsers.hints import Hints
from parsers.language import language_of
from parsers.lead import read_lead
from parsers.lead.agencies import agency_of_url, catalogue, code_of, original
from parsers.newscodes import qcode
from parsers.page.article import trimmed_html
from parsers.page.clean import clean_html
from parsers.story import Dateline, Media, Story, Subject
from parsers.text import tidy
from parsers.url import absolute

RELEASE = re.compile(
    r"(?P<place>[^\W\d_][^(),]{1,40})(?:,[^(]{1,60})?\((?i:globe ?newswire|business wire|pr ?newswire|cnw|cnw telbec|accesswire|newsfile corp\.?|marketwired|canada newswire)\)\s*[-–—]+"
)
TYPED_DASH = re.compile(
    r"(\([A-Z][A-Za-z. ]{1,30}\)) _ "
)  # AP types an underscore for the dash of its dateline
NO_PERSON = re.compile(
    r"^The\s|^\S+\.(?:com?|org|net|info|eu|in|no|se|de|uk|fr|es|it)(?:\.\w\w)?$|^[a-z]{2,5}$|^[A-Z][a-z]{3,}[A-Z][a-z]{2,}$"
)  # of names in a byline: a site, initials or an agency in small letters, an institution with an article, a name in one CamelCase word
TAGS = re.compile(  # of HTML alone: "FIELDCREST <FLD>" is a ticker
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|i|img|ins|label|li|mark|nobr|ol|p|q|s|section|small|span|strike|strong|sub|sup|time|tt|u|ul|wbr)\b[^<>]{0,2000}>",
    re.I,
)


@dataclass(slots=True, kw_only=True)
class Copy:
    """A story's fields as a format gives them, before they are read: texts raw, times as written."""

    html: str | None = None  # body as HTML
    paragraphs: tuple[str, ...] = ()  # or as plain paragraphs
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None  # own element
    credit: str | None = None
    published: str | None = None
    updated: str | None = None
    embargo: str | None = None
    language: str | None = None
    base: str | None = None  # address that links start from
    keep_headings: bool = True
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


def zone_of(hints: Hints) -> str | None:
    """The zone for times without one: the source's, else its agency's."""
    agency = hints.agency or agency_of_url(hints.url)
    return hints.timezone or (catalogue()[agency].zone if agency in catalogue() else None)


def when(text: str | None, hints: Hints) -> ReadTime | None:
    """A time of a document, read with the source's zone."""
    return read_time(text, zone=zone_of(hints))


def moment(text: str | None, hints: Hints) -> datetime | None:
    """A time with a clock; a bare day counts as its first instant in UTC."""
    made = when(text, hints)
    if made is None or isinstance(made.when, datetime):
        return made.when if made else None  # type: ignore[return-value]
    return read_time(f"{made.when.isoformat()}T00:00:00", zone=zone_of(hints)).when  # type: ignore[union-attr, return-value]


def story_of(copy: Copy, hints: Hints) -> Story:
    """The Story of a format's fields: lead read, times read, HTML cut as the paragraphs are."""
    published, updated = when(copy.published, hints), when(copy.updated, hints)
    if copy.html is not None:
        texts, html = clean_html(TYPED_DASH.sub(r"\1 — ", copy.html), base=copy.base)
    else:
        texts = tuple(clean for one in copy.paragraphs if (clean := tidy(one)))
        html = clean_html(
            "".join(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in texts)
        )[1]
    headline = plain_title(copy.headline)
    day: date | datetime | None = (published or updated).when if (published or updated) else hints.seen  # type: ignore[union-attr]
    agency = hints.agency or (code_of(copy.credit) if copy.credit else None)
    lead = read_lead(
        texts,
        published=day,
        headline=headline,
        byline=copy.byline,
        country=hints.country,
        agency=agency,
        url=hints.url,
    )
    line = own_dateline(copy.dateline, day, hints, lead.dateline or release_dateline(lead.body, day))
    credits = tuple(
        dict.fromkeys([*([code] if copy.credit and (code := code_of(copy.credit)) else []), *lead.credits])
    )
    given = {"credit": copy.credit or original(credits), **copy.fields}
    if lead.kind and given.get("kind", "story") == "story":
        given["kind"] = lead.kind  # the format is silent, the head of the copy says it
    return Story(
        source=hints.source,
        headline=headline,
        byline=lead.byline,
        authors=tuple(
            name for name in given.pop("authors", None) or lead.authors if not NO_PERSON.search(name)
        ),
        credits=credits,
        dateline=line,
        published=published.when if published else None,
        updated=updated.when if updated else None,
        embargo=moment(copy.embargo, hints),
        zone_assumed=bool(published and published.zone_assumed),
        body=lead.body,
        body_html=(html if lead.body == texts else trimmed_html(html, lead.body)) or None,
        language=copy.language or language_of(hints.language, lead.body),
        ednote=" | ".join(dict.fromkeys(note for note in (given.pop("ednote", None), lead.ednote) if note))
        or None,
        removed=lead.removed,
        **given,
    )


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
    if not clean or not any(c.isalpha() for c in clean) or re.match(r"^\d{4}-?\d\d", clean):
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
        own = prefix if colon and "/" not in rest and " " not in prefix else scheme
        made.append(
            Subject(scheme=own, code=(rest if colon and own == prefix else code or None), name=label or None)
        )
    return tuple(dict.fromkeys(made))


def pictures(html: str | None, base: str | None) -> tuple[Media, ...]:
    """The pictures in a fragment of HTML, absolute."""
    found = re.findall(r"<img[^>]+?src=[\"']([^\"'>]{4,800})[\"']", html or "", flags=re.I)
    return tuple(Media(url=full) for src in dict.fromkeys(found) if (full := absolute(base, unescape(src))))[
        :20
    ]
