"""A teaser and its page made into one story."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from parsers.story import Story

# What the page knows better than the teaser; the rest (guid, headline, times) is the feed's.
FROM_PAGE = (
    "body", "body_html", "byline", "authors", "credit", "credits", "dateline", "media", "language", "subheadline",
    "kickers", "ednote",
)  # fmt: skip


def completed(teaser: Story, page: Story) -> Story | None:
    """The teaser with its page's text and what stands about it there; None where the page has no more text."""
    if sum(map(len, page.body)) <= sum(map(len, teaser.body)):
        return None
    return from_page(teaser, page)


def from_page(story: Story, page: Story) -> Story:
    """The story with all that its page knows better."""
    taken = {name: getattr(page, name) or getattr(story, name) for name in FROM_PAGE}
    return replace(
        story,
        **taken,
        headline=story.headline or page.headline,
        published=story.published or page.published,
        updated=story.updated or page.updated,
        partial=page.partial,
    )


def elsewhere(asked: str, answered: str) -> bool:
    """Did the address of a story lead to the home page or to a section above it: a soft 404?"""
    wanted, got = urlsplit(asked).path.rstrip("/"), urlsplit(answered).path.rstrip("/")
    return (
        bool(wanted) and wanted != got and f"{wanted}/".startswith(f"{got}/") and not urlsplit(answered).query
    )
