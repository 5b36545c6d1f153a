"""Feeds of made stories for the tests: each story has words of its own."""

from __future__ import annotations

DATE = "Mon, 02 Jun 2025 10:00:00 GMT"
HEAD = '<?xml version="1.0"?>'


def paragraphs(of: str, number: int, lines: int = 3) -> list[str]:
    """The text of story `number` of a paper."""
    return [
        f"Keeper {number} of lighthouse {of} told the coast guard that ship {line} of fleet {of}-{number} was "
        f"sighted {number + line} miles off reef {line}, which no chart of the year {1900 + number} names."
        for line in range(lines)
    ]


def item(
    of: str, number: int, *, guid: str | None = "", link: str = "", date: str = DATE, title: str = "", text: str = ""
) -> str:  # fmt: skip
    """An item of RSS with its whole text. guid: None: it has none."""
    html = text or "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(of, number))
    named = "" if guid is None else f'<guid isPermaLink="false">{guid or f"g-{of}-{number}"}</guid>'
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<item>{named}<link>{link or f'http://news.example/{of}/{number}'}</link>"
        f"<title>{title or f'Lighthouse {of} counts ship {number}'}</title>{dated}"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>"
    )


def rss(*items: str, head: str = HEAD) -> bytes:
    """An RSS feed of items."""
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Wires</title>{''.join(items)}</channel></rss>"
    ).encode()
