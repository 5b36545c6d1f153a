"""Who wrote it, where, when and for whom: datelines, bylines, credits, sign-offs.

What reads them is loaded when it is first asked for: the catalogue of agencies (parsers.lead.agencies), which every
command of `wire` needs, stands in this package too and shall not wait for it (measured: 0.25 s).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.lead.byline import Byline, read_byline
    from parsers.lead.cuts import Cut
    from parsers.lead.split import Lead, read_lead

__all__ = ["Byline", "Cut", "Lead", "read_byline", "read_lead"]
_HOMES = {"Byline": "byline", "read_byline": "byline", "Cut": "cuts", "Lead": "split", "read_lead": "split"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"parsers.lead.{_HOMES[name]}"), name)
