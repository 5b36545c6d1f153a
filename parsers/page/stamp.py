"""A line between headline and body, or under the body, that says who wrote it: "Posted on June 2, 2025 by Jane Roe | 3 min read"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, takewhile

from parsers.dates import less_time
from parsers.digits import has_digit
from parsers.lead import Byline, read_byline
from parsers.lead.agencies import code_of
from parsers.lead.byline import ANONYMOUS
from parsers.lead.places import candidates, region_countries
from parsers.page.blocks import NEAREST, Block, Noted, Page
from parsers.page.labels import LABELS
from parsers.page.markup import value
from parsers.page.names import words_of
from parsers.text import bare as letters
from parsers.text import tidy

# Between the parts of a line: bars and dots, and before the labels of Chinese papers ("来源：… 记者：…").
PARTS = re.compile(
    r"\s*[|•·∙●▪¦⋅◦]\s*|\s+[-–—/]\s+|\s*—\s*|\s+(?=(?:来源|來源|记者|記者|作者|编辑|編輯|责编|责任编辑|文)\s?[:：])"
)
# Words for "written", "posted", "by" of the languages that news pages come in; the name follows.
VERB = (
    r"(?:(?:first |last )?(?:posted|published|written|authored|reported|edited|compiled|updated|created|story|article|text|words|interview|report|analysis|review|opinion|"
    r"veröffentlicht|publiziert|geschrieben|gespeichert|eingetragen|submitted|erstellt|eingestellt|verfasst|aktualisiert|text|beitrag|bericht|ein beitrag|ein gastbeitrag|gastbeitrag|blog beitrag|"
    r"publié|écrit|rédigé|propos recueillis|publicado|escrito|redactado|texto|pubblicato|scritto|testo|postado|geplaatst|geschreven|tekst|napisał|napisała|dodane|"
    r"опубликовано|автор|ditulis|yazan|gönderen)\b[\s:,.&]*(?:(?:on|am|at|le|el|il|em|op|um|à|&)\b\s*)?)?"
)
WORDS = (
    r"by|von|vom|par|por|di|da|door|av|af|przez|od|от|oleh|(?:autor(?:in|en|\*in|:in|innen)?/)?autor(?:in|en|\*in|:in|innen)?|автор|authors?|auteure?s?|autrice|autor[aei]|redaktion|reporter|penulis|writer|"
    r"text|interview|words|story|report|testo|texto|tekst|लेखक|द्वारा|रिपोर्टर|بقلم|كتب|記者|记者|文|撰文|작성자|기자"
)
BY = re.compile(
    rf"^\W*{VERB}\W*(?:(?P<by>{WORDS})(?P<mark>\s*[:：]\s*|\s+)|(?-i:[Bb]y|von)(?=(?-i:[A-ZÄÖÜÉ])))(?P<who>[^\W\d_].*)$",
    re.I,
)
# Of these a colon must follow, or they are words of a heading ("Story of a city").
NOUNS = re.compile(
    r"(?i)redaktion|reporter|penulis|writer|text|interview|words|story|report|testo|texto|tekst|文|authors?|auteure?s?"
)
ALONE = re.compile(
    rf"^\W*{VERB}\W*(?:by|von|par|por|di|door|av|af|oleh|author|autor|article by|artikel von)\W*$", re.I
)
LEAD_WORD = re.compile(rf"(?i)\W*(?:{VERB}\W*)?(?:{WORDS}|gespeichert von|about|über|via)?\W*")
NOISE = re.compile(
    r"(?i)\b\d+\s*(?:comments?|kommentare?|commentaires?|comentarios?|min(?:ute)?s?\.?(?: read)?|minuten|min\. read|shares?|views?|likes?)(?!\w)|(?<!\w)(?:no|one|ein|keine|post a|leave a|schreibe einen|add|laisser un)\s+(?:comments?|reply|"
    r"kommentare?|commentaire)(?!\w)|\b(?:comments? (?:off|closed)|kommentare geschlossen|kommentieren)\b|\b\d+ (?:hours?|days?|minutes?|weeks?|months?|years?) ago\b|\bvor \d+ \w+|\bhace \d+ \w+|\bil y a \d+ \w+|"
    r"(?:(?<=\w)\s+(?:print|e-?mail|share|tweet|bookmark|reprints?))+$|\b(?:follow|folgen|seguir|suivre|view (?:bio|profile)|profile|email(?: author)?|author archive|see all posts)$|(?:reading time|lesezeit|temps de lecture)\b.*$"
)
VERB_AFTER = re.compile(
    r"(?i)[\s|,;:/-]*\b(?:(?:first |last )?(?:posted|published|updated|created|edited|filed|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato)(?:\s+(?:on|at|am|le|el|il))?|date|share|comments?)\W*$"
)
AFTER_NAME = re.compile(
    r"(?i)\s+(?:um|am|at|on|le|à|el|em|il|op|in|in:|filed|publié|published|updated|posted|veröffentlicht|aktualisiert|publicado|mis à jour|into|under|has|is)\W*(?:in\b.*)?$"
)
LONE_PLACE = re.compile(
    r"^[^\W\d_][\w .,'’()/]{1,50}\s*[-–—]{1,2}$"
)  # a dateline that its sentence was parted from
SENTENCE = re.compile(r"(?:\S+\s+){7}.*[.!?:]$")
SENTENCE_ENDS = (".", "!", "?", ":")
CATEGORY = re.compile(r"\s+(?:in|under|filed under|to|unter|dans|en)\s+[A-ZÄÖÜ][\w &,-]*$")
ELSEWHERE = frozenset(
    "comment comments commentlist related recommended recommendations teaser teasers trending sidebar widget footer nav menu mostread most-read popular card cards listing search promo".split()
)

OWN_FEET = frozenset({"post-footer", "entry-footer", "article-footer"})  # of the story itself


def segments(block: Block) -> list[str]:
    """The parts of a block: its text nodes, cut at bars and dots. Labels that only a style sheet parts are parts here."""
    texts = [piece for piece in block.pieces if isinstance(piece, str)] or [block.text]
    return [part for text in texts for part in parts_of(text)]


@lru_cache(maxsize=1024)
def parts_of(text: str) -> tuple[str, ...]:
    """A line, cut at bars and dots; marks alone are no part."""
    return tuple(
        part for raw in PARTS.split(tidy(text)) if (part := raw.strip(" ,")) and any(map(str.isalnum, part))
    )


def who_in(parts: Sequence[str], *, bare: bool = False) -> Byline | None:
    """The byline in the parts of one line, or None.

    bare: the line stands where bylines do, so that beside a date a mere name is one.
    """
    dated = False
    bald: list[str] = []
    for index, part in enumerate(parts):
        text = _plain(part)
        dated = dated or text != part
        if ALONE.match(text) and index + 1 < len(parts):
            names = list(takewhile(lambda one: less_time(one) == one, parts[index + 1 : index + 8]))
            if made := _named(", ".join(names)) or _named(parts[index + 1]):
                return made
            continue
        if found := BY.match(text):
            if found["by"] and NOUNS.fullmatch(found["by"]) and not found["mark"].strip():
                continue
            if made := _named(found["who"]):
                return made
            continue
        bald.append(text)
    if bare and dated:
        for text in bald:
            name = AFTER_NAME.sub("", text).strip(" ,:-–")
            if looks_like_name(name):
                return Byline(name, (name,))
            if len(name) < 40 and (code := code_of(name)):
                return Byline(name, (), (code,))
    return None


def cleaned(part: str) -> str:
    """A part of a line without times, counters and the verbs that stood by them."""
    return VERB_AFTER.sub("", _plain(part)).strip(" ,|-–—:•·/")


@lru_cache(maxsize=1024)  # the lines by a headline are read for writers, times and places
def _plain(part: str) -> str:
    """A part of a line without times and counters."""
    return tidy(NOISE.sub(" ", less_time(part)))


def place_in(block: Block) -> str | None:
    """The place beside the time in a block; a link there is a section, no place."""
    if len(block.text) > 160 or not is_stamped(block):
        return None
    linked = {
        tidy(text)
        for tag, text in pairwise(block.pieces)
        if isinstance(text, str) and tag[:2] == ("open", "a")
    }
    return place_beside(segments(block), linked)


def place_beside(parts: Sequence[str], linked: Collection[str] = ()) -> str | None:
    """The place right before the time ("New Delhi | March 22, 2023"), or None."""
    for index, part in enumerate(parts):
        if part in linked or not is_dated(parts[index : index + 2]):
            continue
        name = cleaned(part)
        if 3 < len(name) <= 40 and name[:1].isupper() and not LEAD_WORD.fullmatch(name) and candidates(name):
            return name
    return None


def is_sentence(text: str) -> bool:
    """Is a line prose, whatever time stands in it? A stamp has few words beside its time, and no full stop."""
    rest = less_time(text)
    return rest.endswith(SENTENCE_ENDS) and SENTENCE.search(rest) is not None


def is_dated(parts: Sequence[str]) -> bool:
    """Does a line state a time?"""
    return any(less_time(part) != part for part in parts)


def is_stamped(block: Block) -> bool:
    """Does a block state a time?"""
    return has_digit(block.text) and is_dated(segments(block))


def less_after(name: str) -> str:
    """A name without the words that led to the time after it ("Jane Roe am um")."""
    while (cut := AFTER_NAME.sub("", name)) != name:
        name = cut
    return name


def _named(who: str) -> Byline | None:
    """A byline of what follows "by"."""
    text = less_after(CATEGORY.sub("", less_after(tidy(who)))).strip(" ,:-–—|")
    if not text or len(text) > 140:
        return None
    made = read_byline(text)
    if not made.authors and not made.credits:
        made = read_byline(text, sure=True) if len(text.split()) == 1 and text[:1].isalpha() else made
    return made if made.authors or made.credits or ANONYMOUS.match(text) else None


def looks_like_name(text: str) -> bool:
    """Two to four words with capitals that are no place, agency or post."""
    words = text.split()
    if (
        not 2 <= len(words) <= 4
        or len(text) > 40
        or not all(word[:1].isupper() or len(word) <= 3 for word in words)
    ):
        return False
    if (
        words[0][:1].islower()
        or words[-1][:1].islower()
        or text.isupper()
        or any(c in text for c in '?!:;&"“„()')
    ):
        return False
    if candidates(text) or region_countries(text) or letters(text) in LABELS:
        return False
    made = read_byline(text)
    return made.authors == (text,)


def elsewhere(page: Page, noted: Noted) -> bool:
    """Does it hang in comments, teasers, a sidebar?"""
    inline = ((tag, value(raw, "class")) for _, tag, raw in reversed(noted.within))
    blocks = ((above.tag, above.classes) for above in page.ancestors(noted.parent, NEAREST))
    for tag, classes in islice(chain(inline, blocks), NEAREST):
        if tag in ("body", "article", "main"):
            return False
        named = words_of(classes, "")
        if "hentry" in named:
            return False
        if not named & OWN_FEET and (tag in ("nav", "footer") or named & ELSEWHERE):
            return True
    return False
