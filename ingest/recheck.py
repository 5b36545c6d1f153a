"""Pages of a source's recent stories looked at again, so that what it takes down is noticed: a few a visit, ever more seldom.

Each is one conditional request under the rules of every other page. Only the answer of the page itself says that it is gone
(404, 410, or a redirect to the home page or section above it); one that cannot be had says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from urllib.parse import urlsplit

from ingest.complete import elsewhere
from ingest.door import Door
from ingest.outcome import Batch, Failed, Fetched, Gone, NotModified, Outcome
from ingest.source import Source
from store.pages import Looked, Page
from store.sources import Told

MOST = 3  # pages looked at in one visit
UNASKED = ("busy", "silent", "ended")  # failures of pages that nobody was asked for


def chosen(source: Source, told: Told, pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages that this visit looks at. pages: those that are due, the longest due first.

    Only what the source's own host has, and what was fetched before: a feed that gives the whole text may point at hosts that
    we have no business with.
    """
    if not source.url or not source.pages or told.failures:
        return ()
    hosts = {urlsplit(address).hostname for address in (source.url, told.current_url) if address}
    ours = (page for page in pages if page.fetched or urlsplit(page.url).hostname in hosts)
    return tuple(islice(ours, MOST))


def recheck(source: Source, pages: Sequence[Page], door: Door) -> Batch | None:
    """One batch of what was found; None: nothing was asked for. pages: of chosen()."""
    looked, asked = [], 0
    for page in pages:
        if door.stopped():
            break
        answer = door.fetch(page.url, kind="page", validators=page.validators, robots=source.robots)
        asked += 1
        if (found := look(page.url, answer)) is not None:
            looked.append(found)
    if not asked:
        return None
    return Batch(outcome=NotModified(), requests=asked, looked=tuple(looked), last=False)


def look(url: str, answer: Outcome) -> Looked | None:
    """What the answer to a story's address says of its page; None: it was not asked."""
    match answer:
        case Gone(why=why):
            return Looked(url=url, gone=True, why=why)
        case Failed(kind="missing", why=why):
            return Looked(url=url, gone=True, why=why)
        case Failed(kind=kind, why=why):
            return None if kind in UNASKED else Looked(url=url, gone=None, why=why)
        case Fetched(url=str(final)) if elsewhere(url, final):
            return Looked(url=url, gone=True, why=f"leads to {final}")
        case Fetched() | NotModified():
            return Looked(url=url, gone=False)
