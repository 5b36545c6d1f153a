"""Captions that stand in no figure and have no name."""

from __future__ import annotations

import pytest

from tests.parsers.page.composed import BODY
from tests.parsers.page.test_body import PARAGRAPHS, lines

FIRST, *REST = (f"<p>{paragraph}</p>" for paragraph in BODY)
SHOWN = "The hall of the ferry office on its last evening with paper tickets"


@pytest.mark.parametrize(
    "picture",
    [
        f"<div class=a1><img src=/1.jpg alt='{SHOWN}'></div><p>{SHOWN}</p>",
        f"<div class=a1><img src=/1.jpg alt='{SHOWN}'></div><div class=a2><p>{SHOWN}, seen from the pier. Jane Roe</p></div>",
        "<div class=a1><img src=/1.jpg><div class=a2><p>Clerks tear the last of the tickets.</p></div></div>",
        "<div class=a1><img src=/1.jpg><div class=a2><p>Clerks tear the last of the tickets in the hall of the ferry office, which has stood on the north pier for ninety years and two.</p></div></div>",
        "<div><img src=/1.jpg></div><p>Clerks tear the last of the tickets. Foto: Jane Roe</p>",
        "<div><img src=/1.jpg></div><p>Clerks tear the last of the tickets on Friday. (Jane Roe/Getty Images)</p>",
        "<p>Pictured from left, the four clerks of the ferry office.</p>",
        "<p>In this 2019 file photo, passengers queue for the ferry.</p>",
    ],
)  # fmt: skip
def test_a_caption_between_paragraphs(picture: str) -> None:
    assert lines(f"{FIRST}{picture}{''.join(REST)}") == BODY


@pytest.mark.parametrize(
    "text",
    [
        "The photo, he said, had been taken in 1953 by a clerk of the office.",
        "Pictures of the hall were on sale at the kiosk, for two coins each.",
    ],
)
def test_a_paragraph_that_speaks_of_pictures(text: str) -> None:
    assert lines(f"{PARAGRAPHS}<p>{text}</p>") == (*BODY, text)


def test_a_first_paragraph_beside_its_picture_is_the_storys() -> None:
    lead = "A hall full of people, some of whom had come from the islands for it, watched on Friday as the ferry office sold the last of its paper tickets."
    assert lines(f"<div class=a1><img src=/1.jpg><div><p>{lead}</p></div></div>{PARAGRAPHS}") == (lead, *BODY)


def test_a_page_built_of_boxes_keeps_its_paragraphs() -> None:
    boxes = "".join(f"<div class=b{n}><div><img src=/{n}.jpg></div><div><p>{text} It was the {n}th.</p></div></div>" for n, text in enumerate(BODY))  # fmt: skip
    assert len(lines(boxes)) == len(BODY)
