"""Who wrote it, where, when and for whom: datelines, bylines, credits, sign-offs."""

from parsers.lead.byline import Byline, read_byline
from parsers.lead.split import Cut, Lead, read_lead

__all__ = ["Byline", "Cut", "Lead", "read_byline", "read_lead"]
