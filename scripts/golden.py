"""Read the pages of fixtures/pages and write what they give beside each, as expected.json.

    python scripts/golden.py

A page's address is its own rel=canonical. Look at what changed (git diff fixtures/pages) before you commit it: the file says what
a page should give, not what it happens to give.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from parsers.hints import Hints
from parsers.reading import read
from parsers.story import plain

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"


def told(case: Path) -> dict[str, Any]:
    """The story of a page as JSON, and what was cut of it by which rule; what is absent is left out."""
    (story,) = read((case / "page.html").read_bytes(), Hints(where=case.name, seen=date(2026, 6, 1))).stories
    cut = [[one.rule.partition(" (")[0], one.text] for one in story.removed]  # less the scores
    found = {key: value for key, value in plain(story).items() if value not in (None, [], False)}
    return {**found, "removed": cut}


def main() -> int:
    for case in sorted(PAGES.iterdir()):
        text = json.dumps(told(case), ensure_ascii=False, indent=2)
        (case / "expected.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
