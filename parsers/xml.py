"""XML of strangers: read with no DTD, no entities, no network; names matched without their namespaces (FORMATS: every agency differs)."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from parsers.errors import ParseError
from parsers.text import CONTROL, decode, tidy

Element = Any  # an lxml element
LARGEST = 64 << 20  # bytes
LONG_TAG = re.compile(r"<[A-Za-z_][^<>]{4000,}")
MOST_ATTRIBUTES = 1000  # libxml2 compares each with all before it
NAME = re.compile(r"[^\W\d][\w.-]*")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE\s+[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)(\w{2,32};)?")
FIVE = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
BAD_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|11|12)|[xX]0*(?:[0-8bBcC]|[eE]|[fF]|1[0-9a-fA-F]));"
)


def sound(text: str) -> str:
    """XML text made readable: what precedes the first tag, declarations, DTDs, unknown entities and bare ampersands mended."""
    at = text.find("<")
    if at > 0:
        text = text[at:]
    text = DECLARATION.sub("", text, count=1)
    start = text.find("<!DOCTYPE")
    if 0 <= start < 4000:
        text = text[:start] + DOCTYPE.sub("", text[start:], count=1)
    text = BAD_REFERENCE.sub(" ", CONTROL.sub("", text))
    return ENTITY.sub(_known, text) if "&" in text else text


def _known(found: re.Match[str]) -> str:
    name = found[1]
    if not name:
        return "&amp;"
    letter = _entity(name)
    return letter if letter else f"&amp;{name}"


@lru_cache(maxsize=512)
def _entity(name: str) -> str | None:
    return html.entities.html5.get(name) if name not in FIVE else None


def parse(body: bytes, *, where: str, charset: str | None = None) -> Element:
    """The root of a document. Raises ParseError where there is none, or where it is too large."""
    if len(body) > LARGEST:
        raise ParseError(f"larger than {LARGEST >> 20} MB", where=where, do="split it")
    text = sound(decode(body, charset))
    if any(tag.group().count("=") > MOST_ATTRIBUTES for tag in LONG_TAG.finditer(text)):
        raise ParseError(f"an element with over {MOST_ATTRIBUTES} attributes", where=where, do="leave it out")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(
            f"no readable XML ({error})", where=where, do="ask the source for a whole document"
        ) from None
    if root is None:
        raise ParseError("no readable XML", where=where, do="ask the source for a whole document")
    return root


def rewritten(body: bytes, *, where: str) -> bytes:
    """A broken document as well-formed UTF-8: what lxml could save of it, prefixes out of their scope taken off.

    Raises ParseError as `parse`.
    """
    root = parse(body, where=where)
    for one in root.iter(etree.Element):
        if ":" in one.tag and one.tag[0] != "{":
            bare = one.tag.rsplit(":", 1)[1]
            one.tag = bare if NAME.fullmatch(bare) else "unnamed"
        for key in [key for key in one.attrib if ":" in key and key[0] != "{"]:
            del one.attrib[key]
    made: bytes = etree.tostring(root, encoding="utf-8")
    return made


def name(element: Element) -> str:
    """Local name, as written; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _folded(tag: str) -> str:
    """The local name of a tag in lower case; a document has few tags and asks for them often."""
    return tag.rsplit("}", 1)[-1].lower()


def each(element: Element, *names: str) -> Iterator[Element]:
    """Descendants (in order) whose local name is one of these, whatever the case."""
    wanted = {one.lower() for one in names}
    for child in element.iterdescendants(etree.Element):
        if _folded(child.tag) in wanted:
            yield child


def first(element: Element | None, *path: str) -> Element | None:
    """The first descendant reached by local names, each anywhere below the one before."""
    for step in path:
        if element is None:
            return None
        element = next(each(element, step), None)
    return element


def children(element: Element, *names: str) -> list[Element]:
    """Children with one of these local names; all where none is given."""
    wanted = {one.lower() for one in names}
    return [child for child in element if name(child) and (not wanted or name(child).lower() in wanted)]


def grouped(element: Element | None) -> dict[str, list[Element]]:
    """The children by local name in lower case, each list in order; {} for no element."""
    table: dict[str, list[Element]] = {}
    for child in element if element is not None else ():
        table.setdefault(_folded(child.tag) if isinstance(child.tag, str) else "", []).append(child)
    return table


def text(element: Element | None) -> str | None:
    """All text below an element as one tidy line; None where there is none."""
    if element is None:
        return None
    return tidy(" ".join(element.itertext())) or None if len(element) else tidy(element.text) or None


def attr(element: Element | None, *names: str) -> str | None:
    """The first attribute that is there, by local name in any case; tidy, None where empty."""
    if element is None:
        return None
    attributes = element.attrib
    if not attributes:
        return None
    table = {_folded(key): value for key, value in attributes.items()}
    return next((clean for one in names if (clean := tidy(table.get(one.lower())))), None)


def inner_html(
    element: Element, rename: dict[str, str] | None = None, drop: frozenset[str] = frozenset()
) -> str:
    """What stands in an element as HTML text for clean_html: local names, renamed by a table, some left out."""
    out: list[str] = []
    _serialise(element, rename or {}, drop, out, 0)
    return "".join(out)


def _serialise(
    element: Element, rename: dict[str, str], drop: frozenset[str], out: list[str], depth: int
) -> None:
    out.append(html.escape(element.text or "", quote=False))
    for child in element:
        tag = _folded(child.tag) if isinstance(child.tag, str) else ""
        if tag and tag not in drop and depth < 200:
            made = rename.get(tag, tag)
            href = attr(child, "href") if made == "a" else None
            classes = attr(child, "class")
            out.append(
                f"<{made}"
                + (f' href="{html.escape(href)}"' if href else "")
                + (f' class="{html.escape(classes)}"' if classes else "")
                + ">"
            )
            _serialise(child, rename, drop, out, depth + 1)
            out.append(f"</{made}>")
        out.append(html.escape(child.tail or "", quote=False))
