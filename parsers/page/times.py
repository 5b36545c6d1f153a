"""When the story of a page was published and updated: JSON-LD and meta, time elements, the lines by the headline."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import islice

from parsers.dates import ReadTime, less_time, read_time
from parsers.months import MONTHS
from parsers.page.blocks import Noted, Page
from parsers.page.markup import attributes
from parsers.page.meta import Meta
from parsers.page.stamp import elsewhere, is_sentence, segments

UPDATED = re.compile(
    r"(?i)\b(?:updated?|modified|last (?:edit|change)|edited|aktualisiert|geändert|letzte änderung|mis à jour|maj|actualizado|actualizada|modificado|aggiornato|aktualizacja|bijgewerkt|güncelle\w*|diperbarui)\b|обновлен|अपडेट|تحديث|更新"
)

PUBLISHED = re.compile(
    r"(?i)\b(?:published|posted|created|veröffentlicht|erschienen|erstellt|eingestellt|publié|publicado|pubblicato|opublikowano)\b"
)
STATE = re.compile(
    rb'(?i)"(?:date_?published|published_?(?:at|on|date|time)|publish_?(?:date|time)|publication_?date|first_?published(?:_?at)?)\\?"\s*:\s*\\?"(\d{4}-\d\d-\d\d[^"\\]{0,24})'
)
FOOTER = 90  # blocks after the story in which it may say when it was published
SHORT = 24  # characters of a line that may be one time, whatever marks stand in it ("04 | 06 | 2025")
LONGEST, MOST_BESIDE = 160, 60  # characters: of a stamp's line, and of what stands in it beside the time
SEASON = timedelta(days=60)
OPENING = re.compile(
    r"((?:\(|(?:\w+ ){1,3}(?:vom|of|du|del|dated) )?\d[^()|]{5,20}\d{4})(?:\)|\s*[|:–—-]|\s(?=\W?[A-ZÄÖÜ]))"
    r"|([A-Z][a-z]{2,8}\.? \d\d?, \d{4})\s*(?:[|:–—]|--)"
)
# "/2025/06/02/", with a section between ("/2025/WORLD/06/02/"), "/2025/jun/02/", "/2025-06-02/", "/20250602/", "/20250602_".
ADDRESS = re.compile(
    r"/((?:19|20)\d\d)(?:/[A-Za-z_.-]+)?[/-](\d\d?)[/-](\d\d?)(?=[/_-])"
    r"|/((?:19|20)\d\d)/([a-z]{3,9})/(\d\d?)(?=/)|/((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/_.-]|$)"
)
MOST_NODES = 20  # elements made for times that are looked at
TIMES = frozenset({"datePublished", "dateModified"})
WEB = 1994  # no page is older: an earlier year by the headline is of what the story tells


def choose_times(
    page: Page,
    meta: Meta,
    above: range,
    below: range,
    *,
    url: str | None,
    html: bytes,
    zone: str | None,
    beside: range = range(0),
) -> tuple[ReadTime | None, ReadTime | None]:
    """(published, updated). above, below: the blocks from above the headline to the body, and those after the body; beside:
    those by the headline alone, whose stamp is believed over metadata of another day."""
    published = _best([read_time(text, zone=zone) for text in meta.published])
    updated = _best([read_time(text, zone=zone) for text in meta.updated])
    if published is None or not isinstance(published.when, datetime):
        seen, again = _visible(page, beside, above, below, url, html, zone)
        if seen and (
            published is None or (isinstance(seen.when, datetime) and seen.when.date() == published.when)
        ):
            published = seen
        updated = updated or again
    elif not published.zone_assumed and not published.when.utcoffset():
        published = _at_home(published, [*_of_lines(page, above, zone), updated])
    if meta.published and published and (stamp := _of_lines(page, beside, zone)[0]):
        published = _corrected(published, stamp, updated)
    if published is None and updated is not None:  # a page that gives one time gives its story's
        published = updated
    if (
        published
        and updated
        and (
            (
                isinstance(published.when, datetime) != isinstance(updated.when, datetime)
                and day_of(updated.when) < day_of(published.when)
            )
            or (
                isinstance(published.when, datetime) == isinstance(updated.when, datetime)
                and updated.when < published.when
            )
        )
    ):
        updated = None
    return published, updated


def _best(found: list[ReadTime | None]) -> ReadTime | None:
    """The first; an aware time of the same day is worth more than a bare day or an assumed zone."""
    times = [one for one in found if one]
    if not times:
        return None
    first = times[0]
    if isinstance(first.when, datetime) and not first.zone_assumed and not first.when.utcoffset():
        return _at_home(first, times[1:])
    day = day_of(first.when)
    if not isinstance(first.when, datetime) or first.zone_assumed:
        for other in times[1:]:
            if (
                isinstance(other.when, datetime)
                and not other.zone_assumed
                and abs((other.when.date() - day).days) <= 1
            ):
                return other
    return first


def _at_home(utc: ReadTime, others: Sequence[ReadTime | None]) -> ReadTime:
    """A time told in UTC, in the offset of its own place, where the page shows the same moment by its clock there."""
    moment = utc.when
    if not isinstance(moment, datetime):
        return utc
    for other in others:
        if other is None or not isinstance(other.when, datetime):
            continue
        if not other.zone_assumed:
            offset = other.when.utcoffset() or timedelta()
            if offset and abs(other.when - moment) < timedelta(minutes=1):
                return ReadTime(moment.astimezone(timezone(offset)))
            continue
        offset = other.when.replace(tzinfo=UTC, second=0, microsecond=0) - moment.astimezone(UTC).replace(
            second=0, microsecond=0
        )
        if offset and abs(offset) <= timedelta(hours=14) and not offset % timedelta(minutes=15):
            return ReadTime(moment.astimezone(timezone(offset)))
    return utc


def _corrected(told: ReadTime, shown: ReadTime, updated: ReadTime | None) -> ReadTime:
    """What metadata tell, or the stamp by the headline where that is of another day anywhere on earth (a content system's own
    day of entry), but neither the day of the update, nor the same with day and month swapped, nor of another season."""
    day = day_of(shown.when)
    swapped = date(day.year, day.day, day.month) if day.day <= 12 else day
    known = _days(told) | (_days(updated) if updated else set())
    far = abs(day - day_of(told.when)) > SEASON
    return told if known & {day, swapped} or far else shown


def _days(time: ReadTime) -> set[date]:
    """The days that a moment is somewhere."""
    if not isinstance(time.when, datetime):
        return {time.when}
    return {(time.when.astimezone(UTC) + timedelta(hours=hours)).date() for hours in (-12, 0, 14)}


def _visible(
    page: Page, beside: range, above: range, below: range, url: str | None, html: bytes, zone: str | None
) -> tuple[ReadTime | None, ReadTime | None]:
    """(published, updated) as the page shows them: the lines above the story, time elements, the lines below, the address."""
    published, updated = _of_lines(page, nearest(above, beside.start + 1) if beside else above, zone)
    stated = list(_of_nodes(page, zone))
    if published is None:
        published = next(iter(stated), None) or updated
    elif not isinstance(published.when, datetime):
        day = published.when
        published = next(
            (one for one in stated if isinstance(one.when, datetime) and one.when.date() == day), published
        )
    if published is None:
        # A footer is a longer way off; there a verb must say what the time is.
        far = range(max(below.start - 3, 0), min(len(page.blocks), below.start + FOOTER))
        said = [
            at
            for at in far
            if at in below or PUBLISHED.search(page.blocks[at].text) or UPDATED.search(page.blocks[at].text)
        ]
        first, second = _of_lines(page, said, zone)
        published = first or second
    return published or _of_opening(page, above, zone) or _of_address(url) or _of_state(html, zone), updated


def nearest(lines: range, head: int) -> list[int]:
    """Lines in the order of their distance to a headline, above it at half the distance: further above stand the stamps of other
    stories, further below those of what it tells of."""
    return sorted(lines, key=lambda at: at - head if at >= head else 2 * (head - at))


def _of_lines(page: Page, region: Sequence[int], zone: str | None) -> tuple[ReadTime | None, ReadTime | None]:
    return stamps_in(
        (page.blocks[at].text for at in region), [partial(segments, page.blocks[at]) for at in region], zone
    )


def stamps_in(
    texts: Iterable[str], parts_of: Iterable[Callable[[], Sequence[str]]], zone: str | None
) -> tuple[ReadTime | None, ReadTime | None]:
    """(published, updated) that lines tell, the first of them most. parts_of: for each line what gives its parts, as `segments`
    parts a block."""
    found: dict[bool, ReadTime] = {}
    for text, parted in zip(texts, parts_of, strict=True):
        if len(text) > LONGEST or not any(map(str.isdigit, text)) or not _stamps(text, LONGEST):
            continue
        again = False
        parts = [text] if len(text) <= SHORT and read_time(text, zone=zone) else parted()
        for part in parts:
            again = bool(UPDATED.search(part)) or (again and not PUBLISHED.search(part))
            made = read_time(part, zone=zone)
            if made is None or made.when.year < WEB or not _stamps(part):
                continue
            if (
                not isinstance(made.when, datetime)
                and sum(read_time(one, zone=zone) is not None for one in parts) == 1
            ):
                whole = read_time(text, zone=zone)  # "Apr 7, 2023 | 06:41 AM IST"
                made = whole if whole and day_of(whole.when) == made.when else made
            had = found.get(again)
            if had is None or (isinstance(made.when, datetime) and had.when == made.when.date()):
                found[again] = made
        if not found and _stamps(text) and (made := read_time(text, zone=zone)) and made.when.year >= WEB:
            found[bool(UPDATED.search(text))] = made
    return found.get(False), found.get(True)


def _stamps(text: str, most: int = MOST_BESIDE) -> bool:
    """Is a line with a time in it a stamp, with at most so much beside the time, and no sentence of the story?"""
    return len(less_time(text)) <= most and (
        not is_sentence(text) or PUBLISHED.search(text) is not None or UPDATED.search(text) is not None
    )


def _of_nodes(page: Page, zone: str | None) -> Iterator[ReadTime]:
    """The times of elements made for them, in order; those in teasers, comments and sidebars left out."""
    for noted in islice(filter(_is_timed, page.noted), MOST_NODES):
        if elsewhere(page, noted):
            continue
        told = attributes(noted.raw)
        stated = (told.get(name) for name in ("datetime", "content", "title", "data-timestamp"))
        for text in (*stated, "".join(noted.texts)):
            if made := read_time(text, zone=zone):
                yield made
                break


def _is_timed(noted: Noted) -> bool:
    """Is an element made for a time?"""
    told = attributes(noted.raw)
    names = told.get("class", "").split()
    return (
        (noted.tag == "time" and "datetime" in told)
        or "data-timestamp" in told
        or not TIMES.isdisjoint(told.get("itemprop", "").split())
        or ("published" in names and (noted.tag == "abbr" or "title" in told))
        or "dtreviewed" in names
    )


def _of_opening(page: Page, above: range, zone: str | None) -> ReadTime | None:
    """The day that opens the story's own text: "(4 June 2025) The office …", "Press release of 4 June 2025 | Town – The office …"."""
    for block in page.blocks[above.start : above.stop + 3]:
        if (opening := OPENING.match(block.text)) and (
            made := read_time(opening[1] or opening[2], zone=zone)
        ):
            return made
    return None


def _of_address(url: str | None) -> ReadTime | None:
    """The day in an address ("/2025/06/02/…"), as blogs and many papers file their stories."""
    for found in ADDRESS.finditer(url or ""):
        year, month, day = filter(None, found.groups())
        with contextlib.suppress(ValueError):
            return ReadTime(date(int(year), MONTHS.get(month) or int(month), int(day)))
    return None


def _of_state(html: bytes, zone: str | None) -> ReadTime | None:
    """The one time in the state that a page's script starts from, where nothing else has one."""
    found = set(STATE.findall(html))
    return read_time(found.pop().decode("utf-8", "replace"), zone=zone) if len(found) == 1 else None


def day_of(when: datetime | date) -> date:
    """The day of a time in its own zone."""
    return when.date() if isinstance(when, datetime) else when
