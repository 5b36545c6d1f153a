"""A fetched document made ready for the archive: compressed by the thread that fetched it, and no longer held at full length."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ingest.outcome import Fetched
from store.archive import Packed, Raw, pack


def packed(document: Fetched, now: datetime) -> Packed | None:
    """The document as the archive will have it; None: it is empty. now: when it was fetched, where nothing else is told; UTC."""
    if not document.body:
        return None
    if document.path is not None and document.url is None:
        address, status = document.path if "://" in document.path else Path(document.path).as_uri(), 0
    else:
        address, status = document.url or "", document.status
    raw = Raw(
        body=document.body,
        address=address,
        at=document.at or now,
        status=status,
        headers=document.headers,
        media_type=document.media_type,
    )
    return pack(raw, charset=document.charset, validators=document.validators)
