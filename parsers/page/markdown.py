"""Markdown → plain lines: the form in which some crawlers and reading services save a page."""

from __future__ import annotations

import re

PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
LINK = re.compile(r"\[([^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
TITLE = re.compile(r"^[ \t]{0,3}#[ \t]+(.*?)[ \t]*#*$|^(.+)\n=+[ \t]*$", re.M)
HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.M)
LOOSE = re.compile(r"\*\*(?=\S)([^*\n]+?)\*\*")  # "**Delhi: **The …", as some write it
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*])")
MARK = re.compile(r"^[ \t]*(?:[*+-]|>)[ \t]+", re.M)
UNDERLINE = re.compile(r"^[ \t]*[=*_-]{3,}[ \t]*$", re.M)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
LEAST = 2  # headings and links from which on a text is Markdown


def is_markdown(text: str) -> bool:
    """Does a text have headings and links written so?"""
    links = sum(1 for _ in zip(range(LEAST), LINK.finditer(text), strict=False))
    return links >= LEAST or bool(links and HEADING.search(text))


def title(text: str) -> str | None:
    """Its first heading of the first level, without marks; None where it has none."""
    found = TITLE.search(text)
    return plain(found[1] or found[2]).strip() or None if found else None


def plain(text: str) -> str:
    """The text without its marks: links by their words, pictures gone. Line breaks stay."""
    text = LINK.sub(r"\1", PICTURE.sub("", text))
    text = MARK.sub("", UNDERLINE.sub("", HEADING.sub(r"\1", text)))
    return ESCAPE.sub(r"\1", EMPHASIS.sub(r"\2", STRONG.sub(r"\2", LOOSE.sub(r"\1", text))))
