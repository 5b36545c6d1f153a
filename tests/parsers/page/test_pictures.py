"""The pictures of a page's story, with their captions and credits."""

from __future__ import annotations

import pytest

from parsers.story import Media
from tests.parsers.page.composed import page, story

OURS = "https://www.pierpost.example"
NAMED = f"<meta property='og:image' content='{OURS}/big/gate-1200x800.jpg?w=1200'>"


def figure(source: str, caption: str) -> str:
    return f"<figure><img {source}><figcaption>{caption}</figcaption></figure>"


@pytest.mark.parametrize(
    ("source", "caption", "expected"),
    [
        ("src=/gate.jpg", "The gate on Friday.", Media(url=f"{OURS}/gate.jpg", caption="The gate on Friday.")),
        ("src=/gate.jpg", "The gate. (Photo: Jane Roe)", Media(url=f"{OURS}/gate.jpg", caption="The gate.", credit="Jane Roe")),
        ("src=/gate.jpg", "The gate. © Jane Roe/APA", Media(url=f"{OURS}/gate.jpg", caption="The gate.", credit="Jane Roe/APA")),
        ("src=/gate.jpg", "<p>The gate.</p><span>Foto: Jane Roe</span>", Media(url=f"{OURS}/gate.jpg", caption="The gate.", credit="Jane Roe")),
        ("src='data:image/gif;base64,R0' data-src=/gate.jpg", "The gate.", Media(url=f"{OURS}/gate.jpg", caption="The gate.")),
        ("srcset='/gate-2.jpg 2x, /gate-3.jpg 3x'", "The gate.", Media(url=f"{OURS}/gate-2.jpg", caption="The gate.")),
    ],
)  # fmt: skip
def test_a_picture_is_told_with_its_caption_and_credit(source: str, caption: str, expected: Media) -> None:
    assert story(page(by=figure(source, caption))).media == (expected,)


def test_a_picture_of_an_amp_page() -> None:
    shown = "<figure><amp-img src=/gate.jpg width=4 height=3></amp-img><figcaption>The gate.</figcaption></figure>"
    assert story(page(by=shown)).media == (Media(url=f"{OURS}/gate.jpg", caption="The gate."),)


def test_the_picture_that_the_head_names_leads_and_stands_once() -> None:
    shown = figure("src=/bridge.jpg", "The bridge.") + figure("src=/small/gate-300x200.jpg", "The gate.")
    named = f"{OURS}/big/gate-1200x800.jpg?w=1200"
    bridge = Media(url=f"{OURS}/bridge.jpg", caption="The bridge.")
    assert story(page(head=NAMED, by=shown)).media == (Media(url=named, caption="The gate."), bridge)
    assert story(page(head=NAMED)).media == (Media(url=named),)


@pytest.mark.parametrize(
    "other",
    [
        figure("src=/jane.jpg", "By Jane Roe"),
        figure("src=/film.jpg", "Related: A bridge is painted green again"),
        figure("src='javascript:x'", "The gate."),
        "<figure><figcaption>The gate.</figcaption></figure>",
        "<figure><img src=/gate.jpg></figure>",
    ],
)
def test_what_is_no_picture_of_the_story(other: str) -> None:
    assert story(page(by=other)).media == ()


def test_pictures_of_other_stories_are_theirs() -> None:
    teasers = "".join(f"<p>{n}. A bridge is painted green again.</p>" for n in range(20)) + figure(
        "src=/b.jpg", "Green."
    )
    assert story(page(after=f"<section class=related>{teasers}</section>")).media == ()


@pytest.mark.timeout(10)
def test_a_caption_without_end_costs_no_time() -> None:
    (found,) = story(page(by=figure("src=/gate.jpg", "-" * 200_000))).media
    assert found.caption is not None and len(found.caption) <= 2000
