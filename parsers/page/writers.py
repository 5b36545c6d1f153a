"""Who wrote the story of a page: JSON-LD, meta, elements named so, the lines above and below the story; and the byline as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from parsers.lead import Byline, read_byline
from parsers.lead.agencies import code_of
from parsers.lead.byline import ANONYMOUS, less_lead_in
from parsers.lead.places import candidates
from parsers.page.blocks import Block, Noted, Page
from parsers.page.furniture import WIDGET_LINES
from parsers.page.house import DOMAIN, House, house_of
from parsers.page.markup import attributes
from parsers.page.meta import Meta
from parsers.page.names import words_of
from parsers.page.stamp import (
    ALONE,
    LEAD_WORD,
    PARTS,
    cleaned,
    elsewhere,
    is_dated,
    less_after,
    looks_like_name,
    parts_of,
    segments,
    who_in,
)
from parsers.text import bare, tidy

MOST_NAMES = 12
MOST_NODES = 200  # noted elements that are looked at
AND = frozenset(", and & und y e et en och og i и / | ; ، و und".split(" "))  # between names
JOINED = re.compile(r"(?i)\W*(?:with|avec|mit|con|com|and|und|et|y|e)\s")  # more names in the same text
LONGEST = 60  # characters of a line that names an agency alone
AGENCY = 40  # characters of an agency behind names
ASIDE = 60  # characters beside the names from which a line with a full stop is a sentence
LINE = 180  # characters of a line that may name the writers
JOINTS = [[], *([word] for word in "am on le el il um at".split())]  # lines between a name and its time
# What pages call their parts whose classes say nothing.
MARKED = ("data-component", "data-testid", "data-qa", "data-module")


AUTHOR_NAMES = frozenset(
    "author authors byline bylines writer writers reporter autor autoren autorin auteur auteurs firma contributor contributors authorname creator autore autori redator vcard".split()
)
NOT_AUTHORS = frozenset(
    "bio box image img avatar photo picture related comment comments commenter description desc social more recommended trending sidebar footer count archive links link twitter email "
    "title role job position date time posts about follow info text biography".split()
)
# Credits of pictures, broken entities, shorthands of an editor and calls to subscribe stand where names do.
NO_NAME = re.compile(
    r"(?i:^(?:last|first|current|more|recent|latest|next|previous|errata|date ?time|ediciones|edizioni|éditions|grup[aoe]|gruppe|gruppo|groupe|来源|來源)\b|^(?:image|photo|picture|foto|bild|fotos)s?\s*[:&]|&\w+;?$|·|newsletter|subscribe|follow\b|^über\b|^about\b|\bposts\b|^the \w+$|copyright|©|^unknown$|^anonymous$|"
    r"^(?:facebook|twitter|instagram|linkedin|whatsapp|youtube|pinterest|telegram|google|x)$|^view \w+$|datenschutz|privacy|cookies|"
    r"^(?:nachrichtenagentur|agence|agencia|agenzia|agency|redaction|gast|guest|sponsored post)$|(?<!\w)(?:e\.\s?v|gmbh|inc|ltd|llc|stiftung|verlag|foundation|institut|institute|university|universität)\b)"
    r"|^[a-z]{2,4}$|[|<>{}=:]"
)


ROLE, MARKS = (
    40,
    re.compile(r"[^\w\s/-]"),
)  # characters of what a note calls the writer, before the name; marks that end it
# What follows the writer's name in a note at the end.
ABOUT = re.compile(
    r"(?:,[^,.]{3,80},)?\s+(?:is|was|has|covers?|writes?|reports?|teaches|works?|lives?|ist|war|schreibt|arbeitet|lebt|est|écrit|travaille|es|escribe|trabaja|é|escreve|è|scrive|lavora|jest|pisze|är|skriver|er)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """An element whose class, rel or itemprop says author. text: the names in it; shown: all of it; sure: is it of a name, and
    not of a line?"""

    text: str
    shown: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Writers:
    """Who a page names: its line as printed, people, agency codes."""

    byline: str | None
    authors: tuple[str, ...]
    credits: tuple[str, ...]


def choose_writers(
    page: Page,
    meta: Meta,
    above: Sequence[int],
    below: range,
    *,
    url: str | None = None,
    headline: str | None = None,
) -> Writers:
    """Authors of JSON-LD, then those that the page shows about its story, then of meta elements.

    above, below: the blocks between headline and body, and those after the body. headline: of the story; no name is read in it.
    """
    house = house_of(meta, url)
    people: list[str] = []
    credits: list[str] = []
    for raw in meta.authors:
        group = raw.startswith("\0") or DOMAIN.search(raw) is not None
        made = read_byline(_untagged(raw.lstrip("\0")), sure=not group)
        credits += made.credits
        if not group:
            people += [name for name in made.authors if not house.writes(name)]
    if not (authors := _names(people)):
        for raw in meta.author_texts:
            if DOMAIN.search(raw):
                continue
            made = read_byline(_untagged(raw), sure=True)
            credits += made.credits
            people += [name for name in made.authors if not house.writes(name) and "@" not in name]
        authors = _names(people)
    named: list[Named] = []
    shown: Byline | None = None
    if not authors:
        # A page that says "Sports Desk" of itself names no person but in a line that says "by".
        strict = any(raw.strip("\0 ") for raw in meta.authors)
        named = list(_named_nodes(page))
        shown = _shown(page, named, above, below, house, strict=strict, title=bare(headline or ""))
        if shown:
            authors = _names(list(shown.authors))
            credits += shown.credits
    texts = [
        tidy(_untagged(raw.lstrip("\0")))
        for raw in [*meta.authors, *meta.author_texts]
        if raw and "@" not in raw and "http" not in raw
    ]
    line = _printed(page, above, authors) or (shown.text if shown else None)
    if line is None and not authors:
        line = _post(page, named, above)
    if line is None and texts:
        line = _told(texts, authors, house)
    if line is None and authors:
        line = ", ".join(authors)
    if line:
        credits += read_byline(line).credits
    return Writers(line, authors, tuple(dict.fromkeys(credits)))


def about_writer(text: str, authors: tuple[str, ...]) -> bool:
    """Does a paragraph tell who a writer of the story is ("Jane Roe is a professor of law", "Our editor Jane Roe covers …")?"""
    return any(
        (at := text.find(name, 0, ROLE + len(name))) >= 0
        and not MARKS.search(text, 0, at)
        and ABOUT.match(text, at + len(name))
        for name in authors
        if " " in name
    )


def _told(texts: list[str], authors: tuple[str, ...], house: House) -> str | None:
    """The line as fields of the page's head have it: the string that names them all and its agency, or an agency or a desk."""
    agency = next((text for text in texts if code_of(text)), None)
    if authors:
        line = next(
            (
                text
                for text in texts
                if len(text) <= 120 and all(bare(name) in bare(text) for name in authors)
            ),
            None,
        )
        line = line or ", ".join(authors)
        return f"{line}, {agency}" if agency and bare(agency) not in bare(line) else line
    if agency:
        return agency
    return next(
        (
            text
            for text in texts
            if read_byline(text).credits or (_desk(text) and bare(text) not in house.names)
        ),
        None,
    )


def _names(people: list[str]) -> tuple[str, ...]:
    made: dict[str, str] = {}
    for name in people:
        if not NO_NAME.search(name) and len(name) > 1:
            made.setdefault(bare(name), name)
    return tuple(made.values())[:MOST_NAMES]


def _untagged(raw: str) -> str:
    return re.sub(r"<[^>]+>", " ", raw)


def _desk(text: str) -> bool:
    """Does a text look like the name of a desk or service ("Sports Desk"), and not like the login of a writer?"""
    words = text.split()
    return 2 <= len(words) <= 5 and len(text) <= 50 and all(word[0].isupper() for word in words)


def _shown(
    page: Page,
    named: list[Named],
    above: Sequence[int],
    below: range,
    house: House,
    *,
    strict: bool,
    title: str,
) -> Byline | None:
    """The writers that a page shows: elements named so and lines, above the story first, then below it."""
    for region in (above,) if strict else (above, below):
        blocks = [page.blocks[at] for at in region]
        for made in _told_in(blocks, named, bare_names=region is above and not strict, strict=strict):
            inside = made.authors and all(bare(name) in title for name in made.authors)
            if not inside and (kept := _less_house(made, house)):
                return kept
    return None


def _told_in(blocks: list[Block], named: list[Named], *, bare_names: bool, strict: bool) -> Iterator[Byline]:
    """What blocks say of the writers: the elements named so that stand among them, then their lines."""
    if nodes := _of_nodes(named, blocks, strict=strict):
        yield nodes
    lines = [segments(block) if len(block.text) <= LINE else [] for block in blocks]
    yield from bylines_in(lines, bare_names=bare_names)


def _less_house(made: Byline, house: House) -> Byline | None:
    names = _names([name for name in made.authors if not house.writes(name)])
    return Byline(made.text, names, made.credits) if names or made.credits else None


def bylines_in(lines: Sequence[Sequence[str]], *, bare_names: bool) -> Iterator[Byline]:
    """What lines say of the writers: first those with a "by" or a name beside a time, then mere names next to a line with one.

    lines: the parts of each. bare_names: do they stand where bylines do?"""
    for parts, after in pairwise([*lines, []]):
        if len(parts) == 1 and ALONE.match(parts[0]):  # "By" in a line of its own
            parts = [*parts, *after]
        if made := who_in(parts, bare=bare_names):
            yield made
    for index, parts in enumerate(lines) if bare_names else ():
        joined = index + 2 < len(lines) and list(lines[index + 1]) in JOINTS
        near = lines[max(0, index - 1) : index + (3 if joined else 2)]
        if len(parts) == 1 and any(map(is_dated, near)):
            if looks_like_name(parts[0]):
                yield Byline(parts[0], (parts[0],))
            elif _names_and_agency(made := read_byline(parts[0])):
                yield made  # "Jane Roe, The Associated Press"


def _names_and_agency(made: Byline) -> bool:
    """Does a line hold names and an agency, and nothing else?"""
    if not made.credits or not made.authors or not all(map(looks_like_name, made.authors)):
        return False
    return len(made.text or "") - sum(map(len, made.authors)) <= AGENCY


def _named_nodes(page: Page) -> Iterator[Named]:
    """The elements that say author, in order."""
    for noted in page.noted[:MOST_NODES]:
        told = attributes(noted.raw)
        marks = " ".join(told[mark] for mark in ("class", *MARKED) if mark in told)
        tokens = words_of(marks, told.get("id", ""))
        stated = "author" in told.get("rel", "") or "author" in told.get("itemprop", "")
        if not stated and (not tokens & AUTHOR_NAMES or tokens & NOT_AUTHORS):
            continue
        shown = tidy(" ".join(noted.texts))
        if not shown or len(shown) > 140:
            continue
        text = shown if looks_like_name(shown) else _name_first(noted) or shown
        if (not WIDGET_LINES.match(text) or code_of(text)) and not elsewhere(page, noted):
            named = noted.tag in ("a", "span", "strong", "b", "em") and tokens & {
                "author",
                "vcard",
                "authorname",
            }
            yield Named(text, shown, stated or bool(named))


def _name_first(noted: Noted) -> str | None:
    """The names that an element starts with, less what stands behind them in texts of their own (a post, a channel): its first
    text, those of elements like the one that holds it, and those behind an "and". None: it does not start with a name."""
    pieces = [text for node in noted.texts for piece in node.split("\n") if (text := tidy(piece))]
    if len(pieces) < 2 or not looks_like_name(pieces[0]) or JOINED.match(pieces[1]):
        return None
    behind = [name for joint, name in pairwise(pieces) if joint.lower() in AND and looks_like_name(name)]
    kinds: dict[tuple[str | None, str | None], list[str]] = {}
    for one in LexborHTMLParser(noted.markup or "").css("body *"):
        kinds.setdefault((one.tag, one.attributes.get("class")), []).append(tidy(one.text(separator=" ")))
    alike = next((texts for texts in kinds.values() if texts[0] == pieces[0]), [])
    return ", ".join(dict.fromkeys([pieces[0], *filter(looks_like_name, alike), *behind]))


def _of_nodes(named: list[Named], blocks: list[Block], *, strict: bool) -> Byline | None:
    """The names in elements that stand among these blocks; those of one line or of neighbours belong together."""
    names: list[str] = []
    credits: list[str] = []
    text: str | None = None
    at = -1
    plain = [(block, bare(block.text)) for block in blocks if len(block.text) <= 180]
    for one in named:
        whole = bare(one.shown)
        where, line = next((pair for pair in plain if whole and whole in pair[1]), (None, ""))
        if where is None:  # "By", the name and a dash in blocks of their own
            where = next((block for block, text in plain if len(text) > 2 and text in whole), None)
        if where is None or (at >= 0 and abs(where.index - at) > 2):
            continue
        parts = (
            segments(where)
            if whole == line and one.text == one.shown
            else [part for part in PARTS.split(one.text) if part]
        )
        made = who_in(parts)
        for part in parts if made is None else ():
            cut = less_after(cleaned(part))
            if (
                (looks_like_name(cut) if strict and not one.sure else cut)
                and not LEAD_WORD.fullmatch(cut)
                and (not WIDGET_LINES.match(cut) or code_of(cut))
                and not (" " not in cut and candidates(cut))
            ):
                told = read_byline(cut, sure=one.sure)
                if not told.authors and len(cut) > LONGEST:  # a headline with an agency in it
                    continue
                names += told.authors
                credits += told.credits
                text = text or told.text
        if made:
            names += made.authors
            credits += made.credits
            text = text or made.text
        if names or credits:
            at = where.index
    kept = tuple(dict.fromkeys(names))
    return (
        Byline(text if len(kept) < 2 else ", ".join(kept), kept, tuple(dict.fromkeys(credits)))
        if names or credits
        else None
    )


def _printed(page: Page, above: Sequence[int], authors: tuple[str, ...]) -> str | None:
    """The line as the page shows it: the shortest run of one block's parts that names them all, with an agency after it."""
    if not authors:
        return None
    wanted = [bare(name) for name in authors]
    for at in above:
        block = page.blocks[at]
        if len(block.text) > 220 or not all(name in bare(block.text) for name in wanted):
            continue
        if block.text.endswith(".") and len(block.text) > ASIDE + sum(map(len, authors)):
            continue  # a caption that tells of them
        parts = segments(block)
        for index, part in enumerate(parts):
            if all(name in bare(part) for name in wanted):
                after = parts[index + 1] if index + 1 < len(parts) else ""
                return _shorn(f"{part} {after}" if code_of(after) or after.startswith("(") else part)
        if len(block.text) <= 160:
            whole = (part for part in parts_of(block.text) if all(name in bare(part) for name in wanted))
            return _shorn(next(whole, block.text))
    return None


def _shorn(line: str) -> str | None:
    made = read_byline(less_after(cleaned(line)))
    return less_lead_in(made.text) if made.text else None


def _post(page: Page, named: list[Named], above: Sequence[int]) -> str | None:
    """A line that names a desk, a post or the paper where no person is named ("By Staff Reporter")."""
    blocks = [block for at in above if len((block := page.blocks[at]).text) <= 140]
    parts = [part for block in blocks for part in segments(block)]
    for part, after in pairwise([*parts, ""]):
        text = less_lead_in(part)
        if text != part and (ANONYMOUS.match(text) or _desk(text)):
            return text
        if ALONE.match(part) and 0 < len(after) <= 40:
            return cleaned(after) or None
    lines = [bare(block.text) for block in blocks]
    for one in named:
        line = less_lead_in(cleaned(PARTS.split(one.text)[0]))
        if line and len(line) <= 40 and any(bare(one.shown) in whole for whole in lines):
            return line
    return None
