"""Which lines of a page's text dump are its story: the run of prose between the block of headline and byline above and the first
line of tail matter below. A teaser, cut with dots at its end, is never prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.dates import less_time
from parsers.lead.endings import TAKEN_OVER
from parsers.lead.signoff import glued, whole_line
from parsers.page import furniture
from parsers.page.asks import READERS, asking
from parsers.page.dom import weight
from parsers.page.labels import LABELS
from parsers.page.lines import tail_at
from parsers.page.stamp import BY as BYLINE
from parsers.page.stamp import parts_of, who_in
from parsers.text import bare

WIDGETS = re.compile(
    r"(?i)^(?:(?:spot_img)+|share(?: post)?:?|facebook|twitter|pinterest|whatsapp|telegram|previous article.*|next article.*|related (?:articles|posts|stories)|"
    r"more like this|more articles|latest (?:article|news)|must read|follow us|sign in(?: join)?|load more|copy url|leave a (?:reply|comment).*|popular news|tags.{0,40}|home|all rights reserved.*|advertisement|- advertisement -|"
    r"© ?\d{4}.*|subscribe|read now|next story|cancel reply|comments?:?|privacy policy)$"
)
# Other lines that stand round stories on pages and in no copy: the first words of a page, its navigation, forms, notices.
ROUND = re.compile(
    r"(?i)^(?:skip to (?:main |the )?(?:content|navigation).{0,20}|(?:main )?menu|toggle (?:navigation|menu).{0,20}|search(?:\.\.\.|…)?|log ?in|sign in|register|e-?paper|breaking news|top (?:stories|news)|latest (?:from|in|on|news|stories|updates|videos?)\b.{0,30}|"
    r"most (?:read|popular|viewed|shared)|similar (?:posts|stories)|related (?:news|topics|tags|videos?)|previous (?:story|post)\b.{0,80}|next(?: post\b.{0,80})?|previous|representational? (?:image|picture|photo)|highlights|topics?|"
    r"(?:post|leave|write|add) (?:a|your) (?:comments?|reply).{0,20}|no comments?(?: yet)?|be the first to comment|your (?:e-?mail|name|comment)\b.{0,60}|please enter your .{0,40}|you have \d+ characters left.?|click (?:here|for)\b.{0,60}|"
    r"print|(?:view|see|access|load|show) (?:all|more)|(?:show|view|hide) comments?|install (?:the |our )?app|text size\b.{0,20}|published (?:on|at|date)|more (?:\w+ ){1,2}news|open in app|advertise(?: with us)?|contact us|careers|terms(?: of (?:use|service)| (?:and|&) conditions)?|cookie policy|sitemap|feedback|newsletters?|download (?:the |our )?app|accept (?:all )?cookies|close|"
    r"zum (?:haupt)?inhalt\b.{0,20}|menü|suche|teilen|drucken|merken|anmelden|abonnieren|kommentare|auch interessant|weitere artikel|mehr zum thema|das könnte sie (?:auch )?interessieren|impressum|datenschutz(?:erklärung)?|"
    r"aller au contenu.{0,20}|rechercher|partager|s[’']abonner|commentaires|mentions légales|(?:lire|à lire) aussi\b.{0,80}|ir al contenido.{0,20}|buscar|compartir|suscr[íi]b(?:ete|ase)|comentarios|iniciar sesión|aviso legal|te puede interesar\b.{0,40}|compartilhar|leia também\b.{0,80}|"
    r"vai al contenuto.{0,20}|cerca|condividi|leggi anche\b.{0,80}|zoeken|deel|reacties|meer over\b.{0,40}|baca juga\b.{0,80}|bagikan|меню|поделиться|комментарии|подписаться|читайте также\b.{0,80}|(?:यह|ये) भी पढ़ें.{0,80}|टॉप हेडलाइंस|ट्रेंडिंग|शेयर(?: करें)?|होम|اقرأ أيضا.{0,80}|القائمة|مشاركة|相关(?:新闻|阅读|推荐)|分享|登录|関連記事|シェア)\W*$"
)
CRUMBS = re.compile(r"(?i)^(?:home|start(?:seite)?|accueil|inicio|होम)\b(?:\W+\w+){1,}")
CLOSING = 70  # characters of a line under the last paragraph that may still be the story's
LONGEST = 140  # characters of a line of tail matter
# What a line of a dump may be.
PROSE, SAID, OTHER, PASSED, STAMPED, END = "prose", "said", "other", "passed", "stamped", "end"
AGAINST = {SAID: -10, OTHER: -20, PASSED: -12, STAMPED: -200, END: -600}
OFTEN = 3  # times a line stands in a dump until it is the page's
STAMP, BESIDE = 90, 20  # characters of a line with a time or byline, and of what stands in it beside the time
DECK = 300  # weight of the words under another story's headline
HEADED = 6  # words of a headline
BOX = 2  # short lines one after another that are a box of other stories
SUBHEAD = 8  # words of a subhead
MENU = 15  # short lines above a story that are a page's menu
SIGNS = 3  # from which on a text is a page's
LEAST_WORDS = 3  # of a line that may be a headline
TAIL = re.compile(
    r"(?i)^(?:previous article|next article|related (?:articles|posts|stories|topics|news)|more (?:like this|articles|stories|from|on\b)|latest (?:article|articles|news)|must read|follow us|stay connected|about us|popular news|load more|"
    r"leave a (?:reply|comment)|(?:legal )?disclaimer\b|also see|reader comments?$|(?:be (?:a )?part of|support)\b.{0,40}journalism$|[A-Z]{0,10}\d{12,}\w*$|tags\b|tags:|source(?-i:[A-Z])|first published on|next story|also read|read (?:also|more|next)|join our|recommended|you may (?:also )?like|share (?:this )?(?:post|article|on|item|via)|share this|share$|tweet$|facebook$|twitter$|save my name\b|.{2,40} is committed to maintaining\b|.{2,40} (?:values|welcomes) your comments\b|your e-?mail address will not|deine e-mail-adresse wird nicht|votre adresse (?:e-mail|de messagerie) ne sera|tu dirección de correo|il tuo indirizzo e-?mail|o seu endereço de e-?mail|this site uses akismet|diese website verwendet akismet|beitrags-?navigation|post navigation|"
    r"facebooktwitter|post views|filed under|posted in|copyright|all rights reserved|©|subscribe|sign up|(?:spot_img)+$|- advertisement -$|cancel reply|journalistic standards|editor'?s pick|trending|advertisement$)"
)
# Of these, what stands in the midst of stories too.
OFFER = re.compile(
    r"(?i)^(?:subscribe|sign up|share\b|tweet$|facebook|twitter$|trending|recommended|join our|you may (?:also )?like|also (?:read|see)|read (?:also|more|next)|must read|follow us|stay connected|load more|editor'?s pick)"
)
SOFT = re.compile(
    r"(?i)^\W*(?:(?:spot_img)+|advertisements?|story continues below.*|article continues below.*|facebook|twitter|whatsapp|telegram|copy url|share|.{0,180}\bclick here)\W*$"
)
DOTS = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")
BY = re.compile(
    r"^(?:By|BY|By:|(?:Written|Reported|Authored|Edited|Posted|Compiled) [Bb]y)(?::?\s+(?P<who>\S.{1,80}))?:?$"
)
PIPED = re.compile(r"^(?P<who>[^|]{3,60}) \| (?P<when>[^|]*\d{4}[^|]*)$")
MEDIA_LINE = re.compile(r"(?i)^(?:watch|photo|image|file photo|video|\d{1,2}:\d{2}|listen)\b")
SAID_END = re.compile(r"(?:[.!?。।؟:]|\.{3}|…)[”\"’'»)\]]*$|[”\"»]$")
ADDRESS = re.compile(r"(?:[^\s:]{3,15}: ?)?https?://\S+")  # alone, or behind one word
SENTENCE_END = re.compile(r"[.!?…।。”\"’'»)\]]$")


def is_dump(lines: Sequence[str]) -> bool:
    """Is a text the dump of a page: does it print what pages have round their stories, or its headline twice above the story?"""
    signs = sum(1 for line in lines if WIDGETS.match(line))
    if signs >= SIGNS:
        return True
    first = next((at for at, line in enumerate(lines) if is_prose(line)), len(lines))
    above = lines[:first]
    signs += sum(1 for line in lines if not WIDGETS.match(line) and _stands_round(line))
    signs += sum(1 for line in above if len(line.split()) >= LEAST_WORDS and CRUMBS.match(line))
    signs += 2 * _said_twice(above)
    signs += any(BY.match(line) for line in above) and any(map(furniture.STAMPS.match, above))
    signs += any(PIPED.match(line) or is_piped_stamp(line) for line in above)
    return signs >= SIGNS or _under_a_menu(lines)


def _under_a_menu(lines: Sequence[str]) -> bool:
    """Does a text begin with many short lines that are no sentences, and hold paragraphs below them?"""
    if len(lines) < 2 * MENU or sum(weight(line) < CLOSING for line in lines) < MENU:
        return False
    span = span_of(lines)
    if span is None or span[0] < MENU:
        return False
    short = sum(not SENTENCE_END.search(line) and weight(line) < CLOSING for line in lines[: span[0]])
    return short >= MENU and sum(map(is_prose, lines[span[0] : span[1] + 1])) >= SIGNS


def _stands_round(line: str) -> bool:
    """Is a line one that pages print round their stories?"""
    return bool(ROUND.match(line) or (len(line) < LONGEST and TAIL.match(line)))


def _said_twice(above: Sequence[str]) -> bool:
    """Does a line come again, alone or at the end of a trail of links?"""
    told = [line for line in above if len(line.split()) > LEAST_WORDS]
    return any(other.endswith(line) for at, line in enumerate(told) for other in told[:at] + told[at + 1 :])


def is_prose(line: str) -> bool:
    """Is a line a paragraph of a story: long, with the marks of sentences, not cut with dots?"""
    size = weight(line)
    if ("</" in line or "{" in line) and furniture.CODE.search(line):
        return False
    if size < 70 or DOTS.search(line) or WIDGETS.match(line) or is_head(line):
        return False
    return bool(re.search(r"[.!?।。,،;:”\"]", line)) and (size >= 110 or bool(SENTENCE_END.search(line)))


def is_head(line: str) -> bool:
    """Does a line belong to the head of a story: its byline, its stamp?"""
    return bool(BY.match(line) or PIPED.match(line) or furniture.STAMPS.match(line)) or is_piped_stamp(line)


def is_piped_stamp(line: str) -> bool:
    """Is one of a line's parts, which bars divide, a stamp ("PTI | Pune | Updated: 03-06-2025 21:14 IST")?"""
    return "|" in line and len(line) <= 160 and any(map(furniture.STAMPS.match, parts_of(line)))


def is_soft(line: str) -> bool:
    """Does a line only interrupt a story: an advertising mark, a share link, a promotion?"""
    return bool(
        SOFT.match(line)
        or furniture.WIDGET_LINES.match(line)
        or (furniture.LEAD_INS.match(line) and len(line) < 200)
    )


def _worths(lines: Sequence[str]) -> list[int]:
    """What each line speaks for standing in the story, or against it."""
    asked, passing, stamps = asking(lines), _passing(lines), _stamps(lines)
    kinds = [
        PASSED if at in asked else _kind(line, at in passing, at in stamps) for at, line in enumerate(lines)
    ]
    # A paragraph has another beside it, whatever interrupts them; the first words of other stories stand under a heading each.
    shown = [(at, kind) for at, kind in enumerate(kinds) if kind != PASSED]
    beside = {
        at
        for (one, first), (other, second) in pairwise(shown)
        if first in (PROSE, SAID) and second in (PROSE, SAID)
        for at in (one, other)
    }
    before = {other: one for (one, _), (other, _) in pairwise(shown)}

    def headed(at: int) -> bool:
        """Does a line of many words that is no sentence stand over a paragraph, as another story's headline does?"""
        over = before.get(at, -1)
        return over >= 0 and kinds[over] == OTHER and len(lines[over].split()) >= HEADED

    found = []
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        size = min(weight(line), 400)
        if kind == PROSE:
            alone = at not in beside
            found.append(
                size // 4 if alone and (size > DECK or not headed(at)) else AGAINST[SAID] if alone else size
            )
        elif kind == SAID and at in beside:
            found.append(size // 2)
        else:
            found.append(AGAINST[kind])
    return found


def _kind(line: str, passes: bool, stamped: bool) -> str:
    if is_head(line):
        return END
    if stamped:
        return STAMPED
    if passes:
        return PASSED
    if _ends(line):
        return STAMPED if OFFER.match(line) else END
    if is_prose(line):
        return PROSE
    return SAID if len(line) >= 25 and SAID_END.search(line) and not DOTS.search(line) else OTHER


def _passing(lines: Sequence[str]) -> set[int]:
    """The positions of lines that only interrupt a story: of widgets, pictures, addresses."""
    return {
        at
        for at, line in enumerate(lines)
        if is_soft(line) or of_a_picture(line) or bare(line) in LABELS or ADDRESS.fullmatch(line)
    }


def _stamps(lines: Sequence[str]) -> set[int]:
    """The positions of lines that hold a time, or a byline, and little else."""
    return {
        at
        for at, line in enumerate(lines)
        if len(line) <= STAMP and not SAID_END.search(line) and _is_stamp(line)
    }


def _is_stamp(line: str) -> bool:
    rest = less_time(line) if any(map(str.isdigit, line)) else line
    return (rest != line and len(rest) <= BESIDE) or (
        BYLINE.match(line) is not None and who_in(parts_of(line)) is not None
    )


def _ends(line: str) -> bool:
    """Is a line the first of the tail matter, or of a head (byline, stamp)?"""
    if TAKEN_OVER.match(line) or furniture.APPEALS.match(line):
        return True
    if is_prose(line):
        return bool(furniture.TAIL.match(line))
    return bool(TAIL.match(line)) or is_head(line) or READERS.fullmatch(line[:200]) is not None


def span_of(lines: Sequence[str]) -> tuple[int, int] | None:
    """(first, last) of the story: the run of lines that are worth most together."""
    best, first, last = 0, -1, -1
    sum_, begin = 0, 0
    for at, worth in enumerate(_worths(lines)):
        if sum_ <= 0:
            sum_, begin = 0, at
        sum_ += worth
        if sum_ > best:
            best, first, last = sum_, begin, at
    if first < 0:
        return None
    first = next((at for at in range(first, last) if is_prose(lines[at])), first)
    names = _writers(lines[:first])
    # The byline's name in a line of its own heads the box on the writer.
    last = next((at - 1 for at in range(first + 1, last + 1) if lines[at] in names), last)
    return first, last


def uninterrupted(lines: Sequence[str]) -> list[str]:
    """The story's lines without what interrupts them: what asks the reader, captions, stamps, promotions, boxes of other stories."""
    kept: list[str] = []
    short: list[str] = []  # lines since the last paragraph that are none
    seen: set[str] = set()
    asked, passing = asking(lines), _passing(lines) | _stamps(lines)
    often = Counter(map(bare, lines))
    for at, line in enumerate(lines):
        letters = bare(line)
        if at in asked:
            short = []  # what heads it
            continue
        if (
            at in passing
            or (often[letters] >= OFTEN and weight(line) < CLOSING)
            or is_head(line)
            or DOTS.search(line)
        ):
            continue
        if letters in seen and len(letters) > 60:  # a caption that the story says again
            continue
        if is_prose(line) or SAID_END.search(line):
            seen.add(letters)
            kept += _subheads(short)
            kept.append(line)
            short = []
        else:
            short.append(line)
    kept += short if len(short) == 1 else []
    end = tail_at([(line, weight(line), False) for line in kept])
    return kept[:end] + [line for line in kept[end:] if whole_line(line) is not None][:1]


def _subheads(short: Sequence[str]) -> list[str]:
    """Which of the short lines between two paragraphs are the story's: one of few words; more are a box of other stories."""
    return list(short) if len(short) < BOX and all(len(line.split()) <= SUBHEAD for line in short) else []


def of_a_picture(line: str) -> bool:
    """Is a line a caption or the credit of a picture?"""
    return len(line) < 300 and bool(
        furniture.PICTURES.match(line) or furniture.CAPTIONED.search(line) or furniture.CLIP.match(line)
    )


def _writers(above: Sequence[str]) -> frozenset[str]:
    """Who the bylines above a story name, as they stand there."""
    return frozenset(by["who"] or after for line, after in pairwise([*above, ""]) if (by := BY.match(line)))


def missing(lines: Sequence[str], body: Sequence[str]) -> Iterator[str]:
    """The lines that are not in a body made of some of them, in order."""
    kept = iter(body)
    awaited = next(kept, None)
    for line in lines:
        if line == awaited:
            awaited = next(kept, None)
        else:
            yield line


def closed(lines: Sequence[str], last: int) -> int:
    """The index of the story's last line, where `last` is that of its last paragraph: a short sentence or a sign-off may follow, also
    behind a promotion."""
    for at in range(last + 1, len(lines)):
        line = lines[at]
        if TAIL.match(line) or WIDGETS.match(line):
            break
        sentence = 20 < len(line) < CLOSING and SENTENCE_END.search(line)
        if sentence or whole_line(line) is not None or glued(line) is not None:
            last = at
        elif not (furniture.LEAD_INS.match(line) or ROUND.match(line)):
            break
    return last
