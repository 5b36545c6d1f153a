"""Pages that only send a reader on: `<meta http-equiv=refresh>` of redirectors that serve browsers (WHATWG HTML, 4.2.5.3)."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from ingest.outcome import Fetched

LARGEST = 16 << 10  # bytes: a page with a story is longer, and one that loads itself anew is no redirect
SOON = 10  # seconds
TAG = re.compile(rb"<meta\b[^>]*http-equiv\s*=\s*[\"']?\s*refresh\b[^>]*>", re.I)
CONTENT = re.compile(
    rb"content\s*=\s*[\"']?\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"'>\s][^\"'>]*)", re.I
)


def sent_on(page: Fetched) -> str | None:
    """Where a page sends its reader at once, an http(s) address other than its own; None: nowhere."""
    if len(page.body) > LARGEST or not page.url:
        return None
    tag = TAG.search(page.body)
    told = CONTENT.search(tag[0]) if tag else None
    if told is None or int(told[1]) > SOON:
        return None
    try:
        target = urljoin(page.url, unescape(told[2].decode("utf-8", "replace")).strip())
        parts = urlsplit(target)
    except ValueError:
        return None
    same = target.partition("#")[0] == page.url.partition("#")[0]
    return target if parts.scheme in ("http", "https") and parts.hostname and not same else None
