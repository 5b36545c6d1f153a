"""The words of the house: Story and what it is made of, and its JSON form (design, section 3).

A story is built once, in a parser, and never patched: a change is a new value (`dataclasses.replace`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

Status = Literal["usable", "withheld", "canceled"]
When = datetime | date  # an aware time in the source's own offset, or a bare day


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where (and when) a story was filed, as it stands at its head."""

    text: str  # as it runs, without the separator after it
    place: str | None = None  # alone, no region, title case; None: "March 4 (Reuters) -"
    places: tuple[str, ...] = ()  # all of a joint one, `place` first
    region: str | None = None  # state or province as written
    country: str | None = None  # ISO 3166-1 alpha-2 of `place`
    date: str | None = None  # ISO day; None: the dateline names none, or no year is to be had
    agency: str | None = None  # code of the agency named in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or other file that goes with the story."""

    url: str  # as written in wires and mail, absolute in feeds and pages
    caption: str | None = None
    credit: str | None = None
    width: int | None = None  # pixels
    height: int | None = None  # pixels
    media_type: str | None = None  # "image/jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject by IPTC's or an agency's code; at least one of code and name is set."""

    scheme: str | None = None  # "medtop", "subj", "iptccat" …; None: unknown
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was cut from a document, and the rule that cut it (shown by --explain)."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story as its source tells it: plain NFC text, aware times.

    Raises ValueError for a naive time or an urgency outside 1-9.
    """

    source: str | None = None  # our name for the source
    guid: str | None = None  # the source's own id; None: it gives none
    version: str | None = None  # the source's own version mark
    url: str | None = None  # absolute, as the source gives it (a page: rel=canonical)
    headline: str | None = None
    subheadline: str | None = None  # the deck shown under the headline, never the meta description
    kickers: tuple[str, ...] = ()  # labels above the headline, outermost first
    slug: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    byline: str | None = None  # as printed, less "By"
    authors: tuple[str, ...] = ()  # people only, in printed order
    credit: str | None = (
        None  # the named agency credited, of several the original; None for a mere "Agencies"
    )
    credits: tuple[str, ...] = ()  # all agency codes, AGENCIES included
    dateline: Dateline | None = None
    published: When | None = None  # never "now"
    updated: When | None = None
    embargo: datetime | None = None  # not before this time
    zone_assumed: bool = False  # a time had no zone: configuration, agency or UTC filled it in
    body: tuple[str, ...] = ()  # paragraphs, subheads included; no dateline, sign-off, boilerplate
    body_html: str | None = None  # the same in clean minimal HTML, tables of the story included
    partial: bool = False  # the source gave a teaser or a cut text
    media: tuple[Media, ...] = ()
    language: str | None = None  # BCP 47
    urgency: int | None = None  # 1-9
    status: Status = "usable"
    ednote: str | None = None
    usage: str | None = None
    copyright: str | None = None
    kind: str = "story"  # story, brief, advisory, correction, kill, package, picture …
    removed: tuple[Removed, ...] = ()  # for --explain only; no part of the story

    def __post_init__(self) -> None:
        for name in ("published", "updated", "embargo"):
            when = getattr(self, name)
            if isinstance(when, datetime) and when.tzinfo is None:
                raise ValueError(f"Story.{name} must be aware, got {when!r}")
        if self.urgency is not None and not 1 <= self.urgency <= 9:
            raise ValueError(f"Story.urgency must be 1-9, got {self.urgency}")


def plain(story: Story, *, explain: bool = False) -> dict[str, Any]:
    """The JSON form of a story: every key of the design's section 3, absent values null or [].

    explain: add `removed`. Times are ISO 8601 with the source's own offset, bare days stay days.
    """
    form: dict[str, Any] = {}
    for field in dataclasses.fields(story):
        if field.name == "removed" and not explain:
            continue
        form[field.name] = _plain(getattr(story, field.name))
    return form


def spare(story: Story) -> dict[str, Any]:
    """The JSON form without what is absent; `from_plain` reads it as well."""
    return {
        name: _plain(value)
        for name, absent in _ABSENT.items()
        if (value := getattr(story, name)) is not absent and value != absent
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # datetime too
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def from_plain(form: dict[str, Any]) -> Story:
    """The Story of a JSON form; keys that are no field of Story are ignored.

    Raises ValueError or TypeError for a form that is no story.
    """
    known = {field.name: form[field.name] for field in dataclasses.fields(Story) if field.name in form}
    for name in ("published", "updated", "embargo"):
        if known.get(name) is not None:
            text = known[name]
            known[name] = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    if known.get("dateline") is not None:
        line = dict(known["dateline"])
        line["places"] = tuple(line.get("places") or ())
        known["dateline"] = Dateline(**line)
    for name, kind in (("media", Media), ("subjects", Subject), ("removed", Removed)):
        known[name] = tuple(kind(**item) for item in known.get(name) or ())
    for name in ("kickers", "keywords", "authors", "credits", "body"):
        known[name] = tuple(known.get(name) or ())
    return Story(**known)


_ABSENT = {
    field.name: getattr(Story(), field.name) for field in dataclasses.fields(Story) if field.name != "removed"
}


def content_hash(story: Story) -> str:
    """Hex digest of what a reader reads: headline, deck, byline and body.

    Equal after NFKC, case and white space: re-dated or re-tagged copies of one text have one hash.
    """
    return _digest((story.headline or "", story.subheadline or "", story.byline or "", *story.body))


@lru_cache(maxsize=256)  # asked several times of one story
def _digest(parts: tuple[str, ...]) -> str:
    text = "\n".join(" ".join(unicodedata.normalize("NFKC", part).casefold().split()) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
