"""Words for the index: characters of scripts without word boundaries spaced apart, queries, facets, snippets."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from parsers.errors import WireError
from parsers.story import Story

# Han, kana, bopomofo, Thai, Lao, Myanmar, Khmer: each character, with the marks on it, becomes a word of its own,
# and a query for several becomes a phrase.
_NO_BOUNDARY = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u3099\u309a"
_APART = re.compile(f"([{_NO_BOUNDARY}][{_MARKS}]*)")
_ANY_APART = re.compile(f"[{_NO_BOUNDARY}]")
INDEX_FORM = 1  # raised when `spaced` or `facets` change: the index is then built anew


def spaced(text: str) -> str:
    """The text as it is indexed: NFC, and spaces round each character that is a word of its own."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return _APART.sub(r" \1 ", text) if _ANY_APART.search(text) else text


def facet(name: str, value: str) -> str:
    """A token that stands for a property (source, country, month …), so that filters narrow inside the index."""
    return "zq" + hashlib.blake2b(f"{name}={value.casefold()}".encode(), digest_size=6).hexdigest()


def facets(story: Story) -> str:
    """The facet tokens of a story."""
    found = [("source", story.source), ("lang", (story.language or "").split("-")[0])]
    found += [("agency", code) for code in {story.credit, *story.credits}]
    if story.dateline:
        found += [("place", place) for place in {story.dateline.place, *story.dateline.places}]
        found += [("country", story.dateline.country)]
    return " ".join(sorted(facet(name, value) for name, value in found if value))


def indexed(story: Story) -> tuple[str, str, str, str]:
    """The columns of the index: headline, body, people, facets."""
    line = story.dateline
    head = [story.headline, story.subheadline, *story.kickers, story.slug]
    people = [
        *story.authors,
        story.byline,
        story.credit,
        *story.credits,
        *((line.places or (line.place,)) if line else ()),
    ]
    body = [*story.body, *story.keywords, *(m.caption for m in story.media)]
    return (
        spaced("\n".join(filter(None, head))),
        spaced("\n".join(filter(None, body))),
        spaced("\n".join(dict.fromkeys(filter(None, people)))),
        facets(story),
    )


_TERM = re.compile(r'(-)?(?:(headline|body|people|by):)?(?:"([^"]*)"?|(\S+))', re.I)


def terms(query: str) -> list[str]:
    """The words and phrases of a query that must or may occur: what a snippet marks."""
    found = []
    for minus, _, phrase, word in _TERM.findall(query):
        text = (phrase or word).strip().rstrip("*")
        if not minus and text and text not in ("OR", "AND", "NOT") and re.search(r"\w", text):
            found.append(text)
    return found


def match(
    query: str, narrowed: Sequence[tuple[str, str]] = (), *, columns: str = "headline body people"
) -> str:
    """A person's query as an FTS5 expression.

    Words are all wanted; "a phrase"; -unwanted; OR between two; begin*; headline:word, people:name.
    narrowed: facets that must hold. columns: where a word without a column of its own may stand. Any text is accepted; raises WireError where no word is in it.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joined = False
    query = re.sub(r"[\x00-\x1f\x7f]", " ", query).encode("utf-8", "replace").decode()
    for minus, column, phrase, word in _TERM.findall(query):
        if word == "OR":
            joined = bool(wanted)
            continue
        if word in ("AND", "NOT", "&"):
            continue
        text = (phrase or word).strip()
        if not re.search(r"\w", text):
            continue
        star = "*" if word.endswith("*") else ""
        quoted = '"' + " ".join(spaced(text.rstrip("*")).replace('"', " ").split()) + '"' + star
        name = {"by": "people"}.get(column.lower(), column.lower()) if column else f"{{{columns}}}"
        quoted = f"{name} : {quoted}"
        if minus:
            unwanted.append(quoted)
        elif joined:
            wanted[-1].append(quoted)
        else:
            wanted.append([quoted])
        joined = False
    if not wanted:
        raise WireError("no word to look for", where=repr(query), do="give at least one word")
    parts = ["(" + " OR ".join(group) + ")" for group in wanted]
    parts += [f'facets : "{facet(name, value)}"' for name, value in narrowed]
    expression = " AND ".join(parts)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def bare(text: str) -> str:
    """Text as words are compared for a snippet: case and Latin accents folded, length kept."""
    out = []
    for char in text:
        folded = char.casefold()
        base = unicodedata.normalize("NFD", folded)[:1] if "\u00c0" <= char <= "\u024f" else folded
        out.append(base if len(base) == 1 else char)
    return "".join(out)


def finder(looked_for: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the terms in `bare` text; words at a word's beginning, others anywhere."""
    parts = []
    for term in looked_for:
        body = r"\W+".join(
            re.escape(w) for w in re.findall(r"[^\W_]+(?:[\u0900-\u0dff]+[^\W_]*)*", bare(term))
        ) or re.escape(bare(term))
        parts.append(body if _ANY_APART.search(term) else rf"(?<!\w){body}")
    return re.compile("|".join(sorted(parts, key=len, reverse=True)) or r"(?!)")


def snippet(body: str, pattern: re.Pattern[str], *, width: int = 220) -> str:
    """About `width` characters round the first place where the most terms stand together, terms in [brackets]."""
    flat = " ".join(body.split())
    places = [found.span() for found in pattern.finditer(bare(flat)) if found.end() > found.start()]
    if not places:
        return flat[:width] + ("…" if len(flat) > width else "")
    best = max(
        range(min(len(places), 200)),
        key=lambda i: (sum(places[i][0] <= p[0] < places[i][0] + width for p in places[i : i + 20]), -i),
    )
    start = max(0, places[best][0] - width // 4)
    if start:
        start = flat.find(" ", start, places[best][0]) + 1 or start
    end = min(len(flat), start + width)
    if end < len(flat):
        end = (
            max(flat.rfind(" ", places[best][1], end), places[best][1])
            if " " in flat[places[best][1] : end]
            else end
        )
    out, at = [], start
    for begin, stop in places:
        if begin >= at and stop <= end:
            out += [flat[at:begin], "[", flat[begin:stop], "]"]
            at = stop
    out.append(flat[at:end])
    return ("…" if start else "") + "".join(out) + ("…" if end < len(flat) else "")
