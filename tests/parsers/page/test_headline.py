"""Which of a page's titles is its headline, and what of it is a kicker."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parsers.page.composed import HEADLINE, SITE, page, story

SHORT = "Pier: last paper ticket sold"
META = f'<meta property="og:title" content="{HEADLINE}">'


@pytest.mark.parametrize(
    ("parts", "kicker"),
    [
        ({"head": META}, ()),
        ({"head": META, "heading": ""}, ()),
        ({"heading": ""}, ()),
        ({"heading": "", "site": None, "title": f"{HEADLINE} | Pier Post"}, ()),
        ({"heading": "", "site": None, "title": f"The Pier Post: {HEADLINE}"}, ()),
        ({"heading": "", "site": None, "title": f"{HEADLINE} - News from the water"}, ()),
        ({"heading": f"<h2 class='entry-title'>{HEADLINE}</h2>", "title": SITE}, ()),
        ({"heading": f"<h1>{HEADLINE} | {SITE}</h1>", "head": META}, ()),
        # the paper's own name in an h1
        ({"above": f"<h1 class=logo><a href=/>{SITE}</a></h1>", "heading": f"<h2 class=post-title>{HEADLINE}</h2>"}, ()),
        ({"above": "<h1><a href='https://www.pierpost.example/'>Water and wind</a></h1>", "site": None}, ()),
        # the headline stands last in the <title>, behind the section
        ({"above": "<h1 class=aural>Navigation and help</h1>", "head": META, "title": f"{SITE} - Notices - {HEADLINE}"}, ()),
        # an h1 at the end of a breadcrumb trail is a title for search engines
        ({"above": f"<nav><a href=/>Home</a> <a href=/x>Local</a> <h1>{SHORT}</h1></nav>", "heading": f"<h2>{HEADLINE}</h2>", "head": META}, ()),
        ({"above": f"<ul class=page-breadcrumb><li><a href=/>Home</a></li><li><h1>{SHORT}</h1></li></ul>", "heading": f"<h2>{HEADLINE}</h2>", "head": META, "title": SHORT}, ()),
        ({"above": f"<div><a href=/>Home</a><a href=/local>Local</a><h1>{SHORT}</h1></div>", "heading": f"<h2>{HEADLINE}</h2>", "head": META}, ()),
        ({"above": f"<nav><a href=/>Home</a> <h1>{HEADLINE}</h1></nav>", "heading": "<h2>What the pier will do next</h2>", "head": META}, ()),
        # a kicker in the heading
        ({"heading": f"<h1><span>Local News</span> {HEADLINE}</h1>", "head": META}, ("Local News",)),
        ({"heading": f"<h1>Local News | {HEADLINE}</h1>", "head": META}, ("Local News",)),
        ({"heading": f"<h1>Local News : {HEADLINE}</h1>", "head": META}, ("Local News",)),
        ({"heading": f"<h1><div>Harbour</div><div>{HEADLINE}</div></h1>", "head": META}, ("Harbour",)),
        ({"heading": f"<h1><div>Harbour</div><div>{HEADLINE}</div></h1>", "head": META.replace(HEADLINE, f"Harbour: {HEADLINE}"), "title": SITE}, ("Harbour",)),
        ({"above": f"<nav><a href=/>Home</a> <h1>{SHORT}</h1></nav>", "heading": f"<h2><p>Harbour</p><p>{HEADLINE}</p></h2>", "head": META.replace(HEADLINE, f"Harbour: {HEADLINE}"), "title": SHORT}, ("Harbour",)),
        ({"heading": f"<h1>04.06.2025 {HEADLINE}</h1>", "head": META}, ()),
        # labels by it
        ({"above": "<div class=article-kicker>Harbour</div>"}, ("Harbour",)),
        ({"above": "<div class='post-category'><a href=/a>Harbour</a><a href=/b>Ferries</a></div>"}, ("Harbour", "Ferries")),
        ({"above": "<a href='/local-news'>Local News</a>"}, ("Local News",)),
        ({"by": "<div><a href='/local-news'>Local News</a><span>By Jane Roe</span><span>June 4, 2025</span></div>"}, ("Local News",)),
        ({"above": "<ol class=breadcrumb><li><a href=/local-news>Local news</a></li></ol>"}, ()),
    ],
)  # fmt: skip
def test_headline_and_kickers(parts: dict[str, Any], kicker: tuple[str, ...]) -> None:
    found = story(page(**parts))
    assert (found.headline, found.kickers) == (HEADLINE, kicker)


def test_a_quotation_before_a_colon_is_no_kicker() -> None:
    whole = f"“Two, please”: {HEADLINE}"
    assert story(page(heading=f"<h1>{whole}</h1>", head=META)).headline == whole


def test_the_start_of_a_sentence_is_no_kicker_where_metadata_are_cut() -> None:
    cut = META.replace("Ferry office sells", "sells")
    assert story(page(head=cut)).headline == HEADLINE


def test_a_joint_that_markup_swallowed_is_mended_by_metadata() -> None:
    whole = f"Harbour: {HEADLINE}"
    meta = META.replace(HEADLINE, whole)
    assert (
        story(page(heading=f"<h1><span>Harbour</span> :<b>{HEADLINE}</b></h1>", head=meta)).headline == whole
    )


@pytest.mark.parametrize("joint", [": ", " – "])
def test_a_joint_that_markup_left_out_is_put_in_by_metadata(joint: str) -> None:
    whole = f"Harbour{joint}{HEADLINE}"
    shown = f"<h1><span>Harbour</span> <span>{HEADLINE}</span></h1>"
    assert story(page(heading=shown, head=META.replace(HEADLINE, whole), title=SITE)).headline == whole


def test_a_meta_text_that_ends_at_a_quotation_mark_is_cut() -> None:
    cut = "<meta property='og:title' content='Ferry office sells its '>"
    whole = HEADLINE.replace("last", '"last"')
    assert story(page(heading="", head=cut, title=whole)).headline == whole


def test_a_title_of_parts_gives_those_that_are_shown_together() -> None:
    whole = f"End of an age – {HEADLINE} today"
    shown = page(heading=f"<h1>{whole}</h1>", title=f"{whole} – Ferries – North", site=None)
    assert story(shown).headline == whole


def test_the_heading_shown_is_the_headline_where_metadata_say_something_else() -> None:
    other = META.replace(HEADLINE, "Paper tickets: why the pier gives them up now")
    assert story(page(head=other, title="Paper tickets: why the pier gives them up now")).headline == HEADLINE


RECORD = "Paper tickets: why the pier gives them up now"
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"}</script>'


@pytest.mark.parametrize(
    ("record", "shared", "wanted"),
    [
        (RECORD, "Old tickets of the pier", RECORD),
        (RECORD, f"{RECORD} | {SITE}", HEADLINE),  # one field for search engines fills both
        (RECORD, HEADLINE, HEADLINE),
        (HEADLINE, RECORD, HEADLINE),
        (f"Harbour: {HEADLINE}", RECORD, HEADLINE),
        (RECORD, None, HEADLINE),
    ],
)
def test_jsonld_has_the_headline_where_it_was_written_apart_and_neither_title_is_shown(
    record: str, shared: str | None, wanted: str
) -> None:
    head = LD % record + (META.replace(HEADLINE, shared) if shared else "")
    found = story(page(head=head, title=record))
    assert found.headline == wanted
    assert HEADLINE not in found.body


def test_a_heading_in_the_words_of_the_title_stands_over_an_h1_that_names_a_section() -> None:
    heading = f"<h1>Harbour and Pier Centre</h1><h2>{HEADLINE}</h2>"
    found = story(page(heading=heading, title=HEADLINE, site=None))
    assert found.headline == HEADLINE
