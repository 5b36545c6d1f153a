"""IPTC's subject codes and Media Topics by name: the top levels (CC BY 4.0, IPTC), as of 2025-06.

Deeper codes keep the name that the document gives them; where it gives none, that of their top level is no substitute.
"""

from __future__ import annotations

# Media Topics and the older subject codes share their top levels: 01000000 ~ medtop:01000000.
TOP: dict[str, str] = {
    "01000000": "arts, culture, entertainment and media",
    "02000000": "crime, law and justice",
    "03000000": "disaster, accident and emergency incident",
    "04000000": "economy, business and finance",
    "05000000": "education",
    "06000000": "environment",
    "07000000": "health",
    "08000000": "human interest",
    "09000000": "labour",
    "10000000": "lifestyle and leisure",
    "11000000": "politics and government",
    "12000000": "religion",
    "13000000": "science and technology",
    "14000000": "society",
    "15000000": "sport",
    "16000000": "conflict, war and peace",
    "17000000": "weather",
}


def subject_name(code: str | None) -> str | None:
    """The name of a top-level code ("15000000", "medtop:15000000"); None for others."""
    return TOP.get((code or "").rsplit(":", 1)[-1])
