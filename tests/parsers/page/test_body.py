"""Which lines of a page are its story's."""

from __future__ import annotations

import re

import pytest

from parsers.hints import Hints
from parsers.reading import read
from tests.parsers.page.composed import BODY, HEADLINE, URL, page

PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
COUNTER = "".join(f"<div><div>{n},{n}50Tickets</div></div>" for n in range(2, 8))


def lines(inner: str, *, by: str = "") -> tuple[str, ...]:
    html = page(by=by).replace(PARAGRAPHS, inner)
    (found,) = read(html.encode(), Hints(url=URL)).stories
    return found.body


@pytest.mark.parametrize(
    "extra",
    [
        "<h2>Dear Reader,</h2><p>The Pier Post has told of piers for as long as there have been any, and hopes to go on.</p>" + "<p>Paper is dear, and so are ink and ferries, which is why we ask each of you to give something each month.</p>" * 4,
        "<p>Dear readers</p><p>We need your help, and each of you can give something each month, if only a little of it.</p>",
        f"<div class=box><h3>Tickets</h3>{COUNTER}</div>",
        "<p>Stay informed with The Pier Post, for two coins a month: subscribe to our newsletter now.</p>",
    ],
)  # fmt: skip
def test_what_follows_a_story_in_its_own_element(extra: str) -> None:
    assert lines(PARAGRAPHS + extra) == BODY


def test_a_body_named_so_is_one_however_its_parts_are_wrapped() -> None:
    second = "".join(f"<div class=field><div class=item><p>{text} (2)</p></div></div>" for text in BODY)
    whole = f"<div class=wrap>{PARAGRAPHS}</div><p>The note reads:</p><div class=letter>{second}</div>"
    html = page().replace(
        f"<div class='story-text'>{PARAGRAPHS}</div>", f"<div class='entry-content'>{whole}</div>"
    )
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == (*BODY, "The note reads:", *(f"{text} (2)" for text in BODY))


def test_first_paragraphs_in_boxes_of_their_own_begin_the_story() -> None:
    boxes = "".join(
        f"<div class={name}><p>{text}</p></div>" for name, text in zip(("one", "two"), BODY[:2], strict=True)
    )
    rest = [*BODY[2:], *(f"{text} That was told again." for text in BODY)]
    html = page().replace(
        f"<div class='story-text'>{PARAGRAPHS}</div>",
        f"{boxes}<div class=rest>{''.join(f'<p>{text}</p>' for text in rest)}</div>",
    )
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == (*BODY[:2], *rest)


def test_paragraphs_in_divs_of_their_own() -> None:
    rest = "".join(f"<div>{text}</div>" for text in BODY[1:])
    inner = f"<div class=text><div class=first>{BODY[0]}</div><div class=more>{rest}</div></div>"
    html = page().replace(f"<div class='story-text'>{PARAGRAPHS}</div>", inner)
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == BODY


@pytest.mark.parametrize(
    "line", ["Von Jane Roe am Mittwoch, 4. Juni 2025 um 11:14 Uhr", "By Jane Roe, June 4, 2025, 3:51 pm"]
)
def test_byline_and_time_at_the_head_of_the_body_are_no_paragraph(line: str) -> None:
    assert lines(f"<p>{line}</p>{PARAGRAPHS}") == BODY


def test_a_first_paragraph_that_starts_as_bylines_do_is_kept() -> None:
    first = "By June 4, 2025 the ferry office had sold all but one of its tickets, as the manager of the pier said."
    assert lines(f"<p>{first}</p>{PARAGRAPHS}") == (first, *BODY)


def test_how_a_place_looks_in_print_is_no_name_of_it() -> None:
    first = f"<div class='my-6 print:block lg:hidden'><p>{BODY[0]}</p></div>"
    assert lines(PARAGRAPHS.replace(f"<p>{BODY[0]}</p>", first)) == BODY


def test_a_headline_repeated_in_the_body_is_dropped() -> None:
    assert lines(f"<p><strong>{HEADLINE}</strong></p>{PARAGRAPHS}") == BODY


def test_a_few_lines_behind_many_links_are_none_of_the_story() -> None:
    offers = "".join(f"<p class=job><a href=/{n}>Ferry office, pier {n}, clerk</a></p>" for n in range(30))
    widget = f"<div class=jobs>{offers}<div class=push><p>You can choose, with some care, which of these you are told about.</p></div></div>"
    more = tuple(f"{text} It was day {n}." for n in range(2) for text in BODY)
    story = PARAGRAPHS + "".join(f"<p>{text}</p>" for text in more)
    assert lines(f"<div class=text>{story}</div>{widget}") == (*BODY, *more)


@pytest.mark.parametrize(
    "tail",
    [
        "Letzte Änderung 14.02.2025",
        "Aktualisiert am 17.01.2025.",
        "Unless otherwise noted, the text may be used by anybody.",
        "This text may be used under the licence CC BY-SA 4.0.",
        "You too can keep the ferry office open. Cancel any time.",
        "¿Sabías que tenemos canal de Telegram? Únete desde tu teléfono.",
        "Join our readers, and more than a few clerks, on WhatsApp.",
        "A clerk with a love of queues and tickets. You can follow her on Twitter.",
        "HAZTE MIEMBRO Y DISFRUTA",
        "Wesprzyj nas jako członek i subskrypcja",
        "Externer Inhalt",
        "Would you like to comment on this story?",
        "Do you have a story to tell? Write to the pier.",
        "doi: 10.1000/182",
        "Recommended Videos",
        "Your browser is no longer supported.",
        "2025.06.04 08:45",
        "Schließen",
        "Jane Roe, Luc Roux, Ann Bell | Foto: Zvg.",
        "Suggested citation: Ferry office. In: The Pier Post, 4 June 2025.",
        "Did you enjoy this story? Then give the clerks a coin, or become a friend of the pier.",
        "By pier post on 04/06/2025. Filed under ferries. You can follow any answers through the RSS 2.0 feed, or leave a response.",
    ],
)
def test_a_line_after_the_story_that_is_none_of_it(tail: str) -> None:
    assert lines(f"{PARAGRAPHS}<p>{tail}</p>") == BODY


@pytest.mark.parametrize(
    "last",
    [
        "The manager wrote on his Telegram channel that the turnstiles had been paid for by the harbour railway.",
        "Clerks who want to stay may contact him at the office until Friday, and some of them have done so already.",
    ],
)
def test_a_last_paragraph_that_only_sounds_like_one(last: str) -> None:
    assert lines(f"{PARAGRAPHS}<p>{last}</p>") == (*BODY, last)


def test_a_field_whose_label_alone_is_hidden_is_shown() -> None:
    shown = "The pier was quiet when it closed."
    field = f"</p><div class='field field--label-hidden'><p>{shown}</p></div><p>"
    assert lines(PARAGRAPHS.replace("</p><p>", field, 1)) == (BODY[0], shown, *BODY[1:])


def test_a_first_sentence_with_a_day_in_it_is_no_byline() -> None:
    first = "<a href=/x>Harbour Airlines</a> has a new date for the day on which it sells paper no more: June 4, 2025."
    assert lines(f"<p>{first}</p>{PARAGRAPHS}") == (re.sub("<.*?>", "", first), *BODY)


def test_the_captions_of_a_long_gallery_are_not_the_story() -> None:
    shown = "".join(
        f"<figure><figcaption class=cap><p>Ferry number {n} leaves the pier with all its lamps lit, and with a band that plays on the upper deck, where nobody dances.</p></figcaption></figure>"
        for n in range(16)
    )
    html = page().replace(
        f"<div class='story-text'>{PARAGRAPHS}</div>", f"<div>{PARAGRAPHS}</div><div class=b>{shown}</div>"
    )
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == BODY


def test_a_line_over_the_stamp_is_a_headline_whatever_metadata_say() -> None:
    other = "<div>Two for the last man on the pier</div><div>Updated June 4, 2025, 6:34 pm</div>"
    assert lines(f"{other}{PARAGRAPHS}") == BODY


def test_readers_words_in_german() -> None:
    note = "<div class=kommentarModul><p>Sie sind gerade nicht angemeldet, und können daher nichts dazu sagen.</p></div>"
    assert lines(f"{PARAGRAPHS}{note}") == BODY


def test_one_lead_in_before_several_links_makes_them_promotions() -> None:
    def promoted(*names: str) -> str:
        return "".join(
            f"<p>FUNDA NAYI LAPHA | <a href=/{name}>A ferry named {name} is painted green again</a></p>"
            for name in names
        )

    first, second = promoted("Anna", "Berta"), promoted("Clara")
    assert lines(f"{PARAGRAPHS.replace('</p><p>', f'</p>{first}<p>', 1)}") == BODY
    assert len(lines(PARAGRAPHS.replace("</p><p>", f"</p>{second}<p>", 1))) == len(BODY) + 1


def test_a_sentence_is_one_though_all_of_it_is_a_link() -> None:
    whole = PARAGRAPHS.replace(f"<p>{BODY[1]}</p>", f"<p><a href=/gates>{BODY[1]}</a></p>")
    assert lines(whole) == BODY
    assert lines(whole.replace(BODY[1], "Harbour railway to widen its gates in the spring of 2026")) == (
        BODY[0],
        *BODY[2:],
    )


def test_a_call_to_click_is_no_story() -> None:
    call = "<p><a href=/x>Click here</a> to read the whole of the letter that the manager wrote to the railway on that day.</p>"
    assert lines(PARAGRAPHS.replace("</p><p>", f"</p>{call}<p>", 1)) == BODY


def test_a_byline_and_stamp_under_the_deck_is_no_paragraph() -> None:
    deck = "The last of them went to a man who asked for two, and who was told that one was torn."
    stamp = "<div>4. Juni 2025 um 15:46 Uhr <span>/</span> <a href=/j>Jane Roe-Miller</a></div>"
    assert lines(f"<p>{deck}</p>{stamp}{PARAGRAPHS}") in (BODY, (deck, *BODY))


def test_what_screen_readers_are_told_of_a_link_is_not_written() -> None:
    told = "<a href=/x>pier's manager<span class=sr>(opens in a new window)</span></a>"
    assert lines(PARAGRAPHS.replace("pier's manager", told)) == BODY


@pytest.mark.parametrize(
    ("note", "short", "partial"),
    [
        ("Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.", False, True),
        ("Subscribe to continue reading", True, True),
        ("Jetzt weiterlesen mit PP+", True, True),
        ("Access through your institution", True, True),
        ("Subscribe to continue reading", False, False),  # over a whole story
        ("The subscribers were told on Friday.", True, False),
    ],
)
def test_a_paywall_is_no_line_of_a_story_and_ends_it(note: str, short: bool, partial: bool) -> None:
    paragraphs = (
        PARAGRAPHS
        if short
        else PARAGRAPHS + "".join(f"<p>{text} It was day {n}.</p>" for n in range(4) for text in BODY)
    )
    html = page().replace(PARAGRAPHS, f"{paragraphs}<p>{note}</p>")
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.partial is partial
    assert (note in found.body) is note.startswith("The")


def test_a_story_in_short_cells_of_a_table_is_read() -> None:
    cells = [
        f"Line {n} of the letter that was found on the pier this morning, short as it is." for n in range(6)
    ]
    table = "<table>" + "".join(f"<tr><td>{cell}</td></tr>" for cell in cells) + "</table>"
    assert lines(table) == tuple(cells)


def test_the_anchor_of_a_subhead_names_no_region() -> None:
    second = f"</p><h3 id='comments-by-the-manager'>Comments by the manager</h3><p>{BODY[2]}"
    found = lines(PARAGRAPHS.replace(f"</p><p>{BODY[2]}", second))
    assert found == (*BODY[:2], "Comments by the manager", *BODY[2:])


@pytest.mark.parametrize(
    "line",
    [
        "Compartir", "シェア", "शेयर करें", "Hirdetés", "விளம்பரம்", "Print this article", "Video Transcript", "Text size: A A A",
        "Aj toto: <a href=/x>A bridge is painted green</a>".replace("Aj toto", "આ પણ વાંચો"),
        "<div class='box pullquote'><p>“I have kept the first and the last stub in a drawer.”</p><p>— The manager</p></div>", "<div class=video-card><div>Watch what the manager did when he was asked for the stub</div></div>", "cancel email link share Share bookmark Save", "Video Unavailable", "Placeholder image-2", "Embed", "You have full access to this article via your institution.", "17:41 JST, June 4, 2025", "<a href=/x>Para saber más</a>", "Ajouter à vos favoris", "Add to my reading list", "Pour ajouter l’article à vos lectures", "Connectez-vous",
        ">> <a href=/x>Here are all the hours of the ferries</a> for this year", "➔ <a href=/x>Looking for a boat of your own?</a> We have them all",
        "<a href=/x>ഇതും വായിക്കുക: A bridge is painted green</a>",
        "<a href=/a>Home</a> | <a href=/b>World</a> | <a href=/c>Sport</a> | <a href=/d>Films</a> | <a href=/e>Weather</a>",
        "Our site uses cookies and similar means to count its readers, as the law of this land allows it to.",
        "Wir verwenden auf dieser Seite Cookies, um die Nutzung zu messen, wie es das Gesetz uns erlaubt.",
    ],
)  # fmt: skip
def test_lines_of_a_site_in_many_languages(line: str) -> None:
    assert lines(f"<p>{BODY[0]}</p><p>{line}</p>" + "".join(f"<p>{text}</p>" for text in BODY[1:])) == BODY


def test_a_name_on_all_of_a_named_body_is_of_the_pages_making() -> None:
    inner = f"<div class='entry-content'><div class='entry-content-textbox'><p>{BODY[0]} {BODY[1]}</p></div></div>"
    teasers = "".join(f"<div class=textwidget><p><a href=/{n}>More</a></p><p>{text} So they say.</p></div>" for n, text in enumerate(BODY[1:]))  # fmt: skip
    html = page(after=f"<div class=block>{teasers}</div>").replace(f"<div class='story-text'>{PARAGRAPHS}</div>", inner)  # fmt: skip
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == (f"{BODY[0]} {BODY[1]}",)


def test_a_consent_note_is_no_story_however_short_that_is() -> None:
    note = "<div><p>" + "We use cookies to make our site work, to remember you and to show what may please you, as most do. " * 4 + "</p></div>"  # fmt: skip
    html = page(above=note).replace(PARAGRAPHS, f"<p>{BODY[0]}</p><p>{BODY[1]}</p>")
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert found.body == BODY[:2]


def test_numbered_parts_with_captions_are_one_story_and_no_list_of_teasers() -> None:
    parts = "".join(
        f"<div class=part><div class=text><div>Part {n}</div><p>{text}</p></div><figcaption>The pier at {n}</figcaption></div>"
        for n, text in enumerate(BODY, 1)
    )
    first = "The last ticket was sold in four parts, and each of them is told here as the clerks saw it that day. "
    inner = f"<div class=intro><div class=lead-in><p>{first * 3}</p></div></div><ul><li>A roll</li></ul><div>{parts}</div>"
    html = page().replace(PARAGRAPHS, inner).replace("article>", "section>").replace("story-text", "column")
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert [text for text in found.body if text in BODY] == list(BODY)


DECK = "Turnstiles will read a code from now on, and four clerks who tore tickets for years will help at the gates."


@pytest.mark.parametrize(
    ("over", "deck"),
    [
        (f"<header><p>{DECK}</p></header><p>By Jane Roe</p>", DECK),
        (f"<header><p>{DECK}</p></header><div class=article-meta><span>Jane Roe</span><span>June 4, 2025</span></div>", DECK),
        (f"<p>{DECK}</p><p>Von Jane Roe, Hafenstadt</p>", DECK),
    ],
)  # fmt: skip
def test_a_deck_over_the_byline_is_no_paragraph(over: str, deck: str) -> None:
    longer = PARAGRAPHS + "".join(f"<p>{text} (2)</p>" for text in BODY)
    (found,) = read(page().replace(PARAGRAPHS, over + longer).encode(), Hints(url=URL)).stories
    assert found.body[0] == BODY[0]
    assert found.subheadline == deck


def test_what_leads_the_entries_of_a_live_blog_in_its_named_body() -> None:
    entries = "".join(
        f"<div class=row><div class=entry><p>{text} That was at {at} o'clock.</p><p>{text} And at {at} it was again.</p></div></div>"
        for at, text in enumerate(BODY * 2, 9)
    )
    inner = f"<div class=box><div class=lead><p>{BODY[0]}</p><div class=film>Video Loading</div><p>{BODY[1]}</p></div><div class=keys>Key Events</div><div class=rows>{entries}</div></div>"
    html = page().replace(
        f"<div class='story-text'>{PARAGRAPHS}</div>", f"<div class=article-body>{inner}</div>"
    )
    (found,) = read(html.encode(), Hints(url=URL)).stories
    assert set(BODY[:2]) < set(found.body)


def test_entries_of_a_live_blog_keep_what_stands_over_their_stamps() -> None:
    entries = "".join(
        f"<section><p>{text} It was the {n}th.</p><div class=timestamp>{n}:15 pm</div></section>"
        for n, text in enumerate(BODY * 2, 1)
    )
    assert len(lines(entries)) == 2 * len(BODY)


def test_a_stamp_with_labels_is_no_line() -> None:
    assert lines(f"<p>June 4, 2025 at 08:45 AM | View Comments</p>{PARAGRAPHS}") == BODY


def test_first_words_of_other_stories_at_the_end_are_none_of_it() -> None:
    teasers = "".join(
        f"<div class=t{n}><p>Head coach number {n} of the harbour's rowers says the absence of the...</p></div>"
        for n in range(4)
    )
    assert lines(PARAGRAPHS + teasers) == BODY


def test_a_story_may_break_off() -> None:
    last = (
        "And then, on Friday evening, there was nobody left in the hall but the man who had asked for two..."
    )
    assert lines(f"{PARAGRAPHS}<p>{last}</p>") == (*BODY, last)


def test_a_teaser_of_the_storys_own_paragraphs_is_its_beginning() -> None:
    named = "".join(f"<p class=x1>{text}</p>" for text in BODY)
    doubled = "".join(f"<p class=x1>{text} (2)</p>" for text in BODY)
    card = "<div class=teaser><h3><a href=/g>Gulls return</a></h3><p class=x1>Three pairs were counted in the spring on the old mast, after ten years.</p></div>"
    found = lines(f"<div class=teaser-content>{named}</div><div class=metered>{doubled}</div>{card}")
    assert found == (*BODY, *(f"{text} (2)" for text in BODY))
