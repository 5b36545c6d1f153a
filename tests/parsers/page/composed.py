"""Pages that the project composes for its tests: a head, what stands by the headline, a body, what stands after it."""

from __future__ import annotations

import json
from typing import Any

from parsers.hints import Hints
from parsers.reading import read
from parsers.story import Story

HEADLINE = "Ferry office sells its last paper ticket"
BODY = (
    "The ferry office at the north pier sold its last paper ticket on Friday evening, to a man who asked for two.",
    "From now on the turnstiles read a code, and the four clerks who tore tickets for years will help at the gates.",
    "“Nobody will miss the queue,” said the pier's manager, who has kept the first and the last stub in a drawer.",
    "The harbour railway, which shares the hall, is to follow in the spring, once its gates have been widened a little.",
)
SITE = "The Pier Post"
URL = "https://www.pierpost.example/local-news/ferry-office-ticket"


def page(
    *,
    by: str = "",
    above: str = "",
    after: str = "",
    head: str = "",
    heading: str | None = f"<h1>{HEADLINE}</h1>",
    title: str = f"{HEADLINE} | {SITE}",
    ld: dict[str, Any] | None = None,
    site: str | None = SITE,
) -> str:
    """One page. above, by: HTML before the headline and between it and the body; after: below the body; ld: JSON-LD."""
    data = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    name = f'<meta property="og:site_name" content="{site}">' if site else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{name}{head}{data}</head><body>"
        "<nav><ul><li><a href=/>Home</a></li><li><a href=/local-news>Local news</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
        f"<main><article>{above}{heading or ''}{by}<div class='story-text'>{text}</div></article>{after}</main>"
        "<aside class=sidebar><h3>Most read</h3><ul><li><a href=/x>A bridge is painted green again</a> <time datetime='2019-03-03T03:03:00Z'>3 March</time></li></ul></aside>"
        "<footer>© The Pier Post. All rights reserved.</footer></body></html>"
    )


def story(html: str, url: str | None = URL) -> Story:
    """The story that the reader gives."""
    (found,) = read(html.encode(), Hints(url=url)).stories
    assert found.body == BODY
    return found
