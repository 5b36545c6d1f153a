"""Line by line: which blocks within the story's range are none of it, and the rule that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from parsers.page import furniture
from parsers.page.asks import asking
from parsers.page.blocks import HEADINGS, Block, Page, weight
from parsers.page.boxes import beside, figures, highlights, less_readers, main_holder, posts
from parsers.page.captions import captions
from parsers.page.holders import beside_each_other, holder
from parsers.page.labels import ALSO_READ, LABELS
from parsers.page.stamp import is_sentence, is_stamped, segments, who_in
from parsers.story import Removed
from parsers.text import bare

LINKING = frozenset({"page:links only", "page:list of links", "page:promotion"})
LEAD_IN = re.compile(r"(\S+(?: \S+){1,5}?)\s?[|:]\s")
FIRST = 3  # lines of a story among which its byline stands
SHORT = 200  # characters of a note of a paywall
BYLINE = 160  # characters of a line with byline and time
# Rules that cut what stands between deck and story: who wrote it, and when.
STAMPED = frozenset(
    ["page:byline", "page:stamp"]
    + [
        f"page:region {name}"
        for name in "author authors byline bylines timestamp dateline metadata postmeta postmetadata entry-meta post-meta article-meta article__meta".split()
    ]
)
DECK = 450  # weight of what stands over a byline
SENTENCE = 8  # words of a paragraph with a full stop that is a sentence, though all of it is a link
BARS = 3  # between the links of a menu in one line
LETTER = re.compile(r"[^\W_]")
TEASERS = 3  # lines one after another that break off, until they are a list of stories
OFTEN = 3  # times a line stands on a page until it is furniture


def same(one: str, other: str) -> bool:
    """Equal letters and digits."""
    # Most texts differ in their first letter already.
    return _first(one) == _first(other) and bare(one) == bare(other)


def _first(text: str) -> str:
    """The first letter or digit, case folded; empty where there is none."""
    if text[:1].isalnum():
        return text[0].casefold()
    found = LETTER.search(text)
    return found[0].casefold() if found else ""


@dataclass(frozen=True, slots=True)
class Range:
    """The blocks first..last of a page, in which the story stands, and what is known of them."""

    page: Page
    bad: Mapping[int, str]  # regions: element → reason
    first: int
    last: int
    headline: str | None
    known: frozenset[str]  # digests of the site's furniture


def kept_lines(span: Range) -> tuple[list[Block], list[Removed]]:
    """The story's blocks, and what was cut between and after them."""
    page = span.page
    blocks = less_readers(page.blocks[span.first : span.last + 1])
    main, share = main_holder(page, blocks)
    told: dict[int, str] = {}
    for rule, indexes in (
        ("asks the reader", {blocks[at].index for at in asking([block.text for block in blocks])}),
        ("promotion", _led_in(blocks)),
        ("repeated often", _repeated(page, blocks, main)),
        ("box of figures", figures(page, blocks)),
        ("highlights", highlights(page, blocks)),
        ("embedded post", posts(page, blocks)),
        ("caption", captions(page, blocks, main, share)),
    ):
        told = dict.fromkeys(indexes, rule) | told  # the first rule stands
    kept: list[Block] = []
    cut: dict[int, Removed] = {}
    seen: set[str] = set()
    for block in blocks:
        if why := _rule(block, span, seen, len(kept)) or told.get(block.index):
            cut[block.index] = Removed(text=block.text, rule=f"page:{why}")
            continue
        if block.size > 60:
            seen.add(block.text)
        kept.append(block)
    boxed = beside(page, kept, cut, main)
    cut |= {at: Removed(text=page.blocks[at].text, rule=f"page:{boxed[at]}") for at in boxed}
    kept = [block for block in kept if block.index not in boxed]
    if len(kept) > 2 and _over_stamp(kept[0], cut):
        cut[kept[0].index] = Removed(text=kept.pop(0).text, rule="page:headline")
    kept = _under_byline(page, kept, cut)
    kept = _without_bare_headings(page, kept, cut)
    kept = _without_tail(kept, cut)
    return kept, [cut[index] for index in sorted(cut)]


def _over_stamp(first: Block, cut: Mapping[int, Removed]) -> bool:
    """Is the first line a headline, another than metadata have: no sentence, and right over the stamp or byline?"""
    after = (cut[index].rule for index in range(first.index + 1, first.index + 3) if index in cut)
    below = any(rule in ("page:stamp", "page:byline") for rule in after)
    return (
        below and len(first.text) < BYLINE and not first.text.endswith((".", "!", "”", '"', "“", ":", "。"))
    )


def _under_byline(page: Page, kept: list[Block], cut: dict[int, Removed]) -> list[Block]:
    """The story from under a byline or stamp in its first lines on: what stands over it is its deck. (In a live blog every entry
    has a stamp of its own.)"""
    stamped = [index for index, removed in cut.items() if removed.rule in STAMPED]
    for at in range(1, min(FIRST, len(kept) - FIRST)):
        above, line, below = kept[:at], kept[at], kept[at + 1]
        if sum(block.size for block in above) > DECK:
            break
        own = len(line.text) <= BYLINE and not is_sentence(line.text) and bool(who_in(segments(line)))
        passed = any(above[-1].index < index < line.index for index in stamped)
        apart = not any(beside_each_other(page, block, below) for block in above)
        if own or (passed and apart and sum(index > line.index for index in stamped) <= FIRST):
            for block in above:
                cut[block.index] = Removed(text=block.text, rule="page:deck over the byline")
            if own:
                cut[line.index] = Removed(text=line.text, rule="page:byline")
            return kept[at + own :]
    return kept


def _repeated(page: Page, blocks: Sequence[Block], main: int) -> set[int]:
    """Lines that stand three times and more, each in a box of its own (the notes of blocked embeds, buttons). main: the element
    that holds most of the story."""
    counts = Counter(block.text for block in blocks)
    if max(counts.values()) < OFTEN:
        return set()
    return {
        block.index
        for block in blocks
        if counts[block.text] >= OFTEN and len(block.text) >= 12 and holder(page, block) != main
    }


def _led_in(blocks: Sequence[Block]) -> set[int]:
    """Links behind one and the same lead-in ("READ ANOTHER STORY | …"), in whatever language it is."""
    places: dict[str, list[int]] = {}
    for block in blocks:
        if block.links > 0.4 and (found := LEAD_IN.match(block.text)):
            places.setdefault(found[1], []).append(block.index)
    return {index for same in places.values() if len(same) > 1 for index in same}


def _rule(block: Block, span: Range, seen: set[str], before: int) -> str | None:
    """The rule that cuts a block by itself, or None where it is story. before: lines kept so far."""
    text, begun = block.text, before > 0
    if block.parent in span.bad:
        return f"region {span.bad[block.parent]}"
    if span.headline and (not begun or block.tag == "h1") and same(text, span.headline):
        return "headline repeated"
    if block.tag == "h1" and not begun:
        return "headline"
    if text in seen:
        return "repeated"
    if span.known and furniture.digest(text) in span.known:
        return "furniture of the site"
    if not _first(text):
        return "no words"
    if before < FIRST and len(text) <= BYLINE and is_stamped(block) and not is_sentence(text):
        parts = segments(block)
        if who_in(parts, bare=True):
            return "byline"
        if any(bare(part) in LABELS for part in parts):
            return "stamp"
    return _short(block) or _linked(block)


def _short(block: Block) -> str | None:
    """Lines of widgets, players, stamps and picture credits."""
    text, size = block.text, len(block.text)
    if size < 90 and (
        furniture.WIDGET_LINES.match(text)
        or (size < 45 and bare(text) in LABELS)
        or furniture.SHARES.issuperset(text.lower().split())
    ):
        return "widget"
    if size < SHORT and furniture.PAYWALL.match(text):
        return "paywall"
    if block.tag in HEADINGS:
        return None
    if block.tag != "p" and furniture.CLIP.match(text):
        return "clip"
    if (size < 90 or (size < 160 and block.links > 0.3)) and furniture.STAMPS.match(text[:90]):
        return "stamp"
    if size < 160 and furniture.PICTURES.match(text):
        return "picture credit"
    if size < 300 and furniture.is_caption(text):
        return "caption"
    if "ookie" in text and furniture.COOKIES.search(text):
        return "consent"
    return None


def _linked(block: Block) -> str | None:
    """Promotions and lists of links."""
    text, links = block.text, block.links
    if links and (furniture.CALLS.match(text) or (links > 0.25 and furniture.POINTERS.match(text))):
        return "promotion"
    if (links > 0.3 or len(text) < 60 or text.isupper()) and (
        furniture.LEAD_INS.match(text) or ALSO_READ.match(text)
    ):
        return "promotion"
    if links > 0.15 and len(text) < 300 and furniture.PROMISES.match(text):
        return "promotion"
    if links > 0.85 and block.tag != "blockquote":
        words = len(text.split())
        if block.tag == "p" and words >= SENTENCE and text.endswith(".") and not text.endswith(".."):
            return None
        if block.tag in ("li", "h2", "h3", "h4") or words > 4 or text.isupper() or weight(text) < 25:
            return "links only"
    if links > 0.6 and (block.tag == "li" or text.count("|") > BARS):
        return "list of links"
    return None


def _without_bare_headings(page: Page, kept: list[Block], cut: dict[int, Removed]) -> list[Block]:
    """Less headings with nothing kept below them: at the end, or over links alone."""
    out: list[Block] = []
    for block, after in zip(kept, [*kept[1:], None], strict=False):
        if block.tag in HEADINGS:
            box = page.elements[max(0, page.elements[block.parent].parent)]
            between = range(block.index + 1, after.index if after else block.index + 1)
            links = sum(index in cut and cut[index].rule in LINKING for index in between)
            if links and after and after.index >= box.last:
                cut[block.index] = Removed(text=block.text, rule="page:heading over links")
                continue
        out.append(block)
    while out and out[-1].tag in HEADINGS:
        last = out.pop()
        cut[last.index] = Removed(text=last.text, rule="page:heading at the end")
    return out


def _breaks_off(line: tuple[str, int, bool]) -> bool:
    """Does a short line break off, as the first words of another story do in a list?"""
    return line[1] < SHORT and line[0].endswith(("...", "…", "[…]", "[...]"))


def _without_tail(kept: list[Block], cut: dict[int, Removed]) -> list[Block]:
    """Less tail matter."""
    end = tail_at([(block.text, block.size, block.tag in HEADINGS) for block in kept])
    for block in kept[end:]:
        cut[block.index] = Removed(text=block.text, rule="page:tail")
    return kept[:end]


def tail_at(lines: Sequence[tuple[str, int, bool]]) -> int:
    """Where the tail matter of a story begins: at its first line in the last two fifths, where no long paragraph follows; at first
    words of other stories and promotions at the end. lines: (text, weight, is it a heading?)."""
    end = len(lines)
    mass = sum(size for _, size, _ in lines)
    long = max((at for at, (_, size, _) in enumerate(lines) if size >= 400), default=-1)  # the last
    for at in range(max(1, len(lines) * 3 // 5), len(lines)) if len(lines) >= 3 else ():
        text, _, headed = lines[at]
        if furniture.APPEALS.match(text):
            end = at
            break
        if at <= long:
            continue
        heading = headed or len(text) < 60
        if furniture.is_tail(text) or (
            heading
            and (furniture.RELATED.match(text) or ALSO_READ.match(text))
            and sum(size for _, size, _ in lines[at:]) < mass / 4
        ):
            end = at
            break
    teasers = end - sum(1 for _ in takewhile(_breaks_off, reversed(lines[:end])))
    end = teasers if 2 < teasers <= end - TEASERS else end
    while end > 2 and lines[end - 1][1] < 400:
        text = lines[end - 1][0]
        if not (
            furniture.LEAD_INS.match(text)
            or furniture.is_tail(text)
            or furniture.PROMISES.match(text)
            or furniture.WRITER.match(text)
        ):
            break
        end -= 1
    return end
