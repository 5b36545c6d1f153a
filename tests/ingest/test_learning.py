"""What a source teaches by its stories: paragraphs that are the site's own, and that its layout has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import yields
from ingest.reparse import differences
from ingest.source import Source
from parsers.story import Dateline, Story
from store.archive import Archive
from store.db import open_readonly
from store.search import Filter, listing
from store.sources import told
from store.stories import known
from tests.ingest.conftest import PAGE, Server, visit

THANKS = "The Ward News lives on the coins of its readers, and thanks each of them."
LINK = '<h3><a href="/news/ward-{n}-to-dig-a-canal">Ward {n} to dig a canal of its own</a></h3>'
WHOLE = Story(body=("The council said so. " * 60,), dateline=Dateline(text="Pune", place="Pune"))


def lay(server: Server, count: int, page: str) -> None:
    """A front page that lists stories by number, and those of their pages that are not there yet."""
    front = "".join(LINK.format(n=n) for n in range(1, count + 1))
    server.pages["/front"] = (200, "text/html", f"<html><body>{front}</body></html>".encode())
    for n in range(1, count + 1):
        filled = page.format(t=f"Ward {n} to dig a canal of its own", n=n).encode()
        server.pages.setdefault(f"/news/ward-{n}-to-dig-a-canal", (200, "text/html", filled))


def bodies(folder: Path) -> list[tuple[str, ...]]:
    db = open_readonly(folder / "wire.db")
    rows = [row["id"] for row in listing(db, Filter())]
    found = known(db, rows)
    return [found[number].story.body for number in rows]


def test_a_paragraph_under_three_stories_of_a_host_is_cut_from_the_next(
    tmp_path: Path, server: Server
) -> None:
    page = PAGE.replace(
        "</article>", f"<p>Work on canal {{n}} is put out to tender.</p><p>{THANKS}</p></article>"
    )
    source = Source(name="front", kind="listing", url=server.base + "/front")
    lay(server, 3, page)
    assert visit(tmp_path, source).tally.new == 3
    assert [body[-1] for body in bodies(tmp_path)] == [THANKS] * 3
    lay(server, 5, page)
    assert visit(tmp_path, source).tally.new == 2
    assert [body[-1].startswith("Work on canal") for body in bodies(tmp_path)] == [False] * 3 + [True] * 2
    again = differences(open_readonly(tmp_path / "wire.db"), Archive(tmp_path / "archive"), {"front": source})
    assert [(one.story, one.fields) for one in again] == [(n, ("body", "body_html")) for n in (1, 2, 3)]


def test_pages_that_site_rules_fit_no_longer_still_give_stories_and_are_counted(
    tmp_path: Path, server: Server
) -> None:
    source = Source(name="front", kind="listing", url=server.base + "/front")
    ruled = PAGE.replace("<h1>{t}</h1>", "<h1>{t}</h1><div class='td-post-content'>").replace(
        "</article>", "</div></article>"
    )
    lay(server, 2, ruled)
    visit(tmp_path, source)
    lay(server, 4, PAGE)
    assert visit(tmp_path, source).tally.new == 2
    assert [len(body) for body in bodies(tmp_path)] == [2] * 4
    learned = told(open_readonly(tmp_path / "wire.db"), "front").notes["yield"]
    assert (learned["named"], learned["usual"]["rules"]) == ("tagdiv", 0.5)


SHORT = Story(body=("The council said so. " * 20,), dateline=WHOLE.dateline)
PLACELESS = Story(body=WHOLE.body)
CUT = Story(body=WHOLE.body, dateline=WHOLE.dateline, partial=True)


@pytest.mark.parametrize(
    ("then", "rules", "words"),
    [
        (WHOLE, None, None),
        (SHORT, None, "characters long"),
        (PLACELESS, None, "datelines"),
        (CUT, None, "teasers"),
        (WHOLE, "tagdiv", None),
        (WHOLE, "", "'tagdiv' fit its pages no longer"),
    ],
)
def test_what_falls_short_of_the_usual_is_told(then: Story, rules: str | None, words: str | None) -> None:
    before = yields.told(None, [(WHOLE, None if rules is None else "tagdiv")] * 60)
    assert yields.dropped(before) is None
    said = yields.dropped(yields.told(before, [(then, rules)] * 40))
    assert said is None if words is None else words in (said or "")
    assert yields.dropped(yields.told(None, [(then, rules)] * 60)) is None
