"""Notices told in words: kills and withdrawals of many languages, and what they mean. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.notice_words import AGENCIES, CALLED, COMMANDS, COPY, LABELS, MENDS, SAID, STEMS, STRONG, WEAK
from parsers.story import Story

BLANKED = 250  # characters under which a page that says it was withdrawn holds nothing else
LINE = 40  # characters under which the first line of a copy is a label: "BULLETIN KILL"
QUOTING = 600  # characters under which an item that quotes a headline may be about that story alone
NOTICE_LENGTH = 1500  # characters of text above which it is a story, not a notice
_DELIMITER = re.compile(r"\s*[:：|\u3000–—\])】）*/]|\s*\.(?:\s|$)|\s*-{1,3}(?=\s|\w|$)|\s*$")
_SET_OFF = re.compile(r"\s*[:：|\u3000–—\])】）]|\s+-{1,3}\s")
_BETWEEN = re.compile(r"[\s\-_.,!*'’()\[\]【】（）।:：|–—/]*")
_TAIL = re.compile(r"[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*$")
# Taken back and told anew in one: a new version, no kill.
REPLACES = r"(?:annule\s+et\s+remplace|anula\s+[ye]\s+(?:sustituye|reemplaza|substitui)|annulla\s+e\s+sostituisce|ersetzt\b|kills?\s+and\s+(?:replaces?|subs))"
_REPLACES = re.compile(REPLACES, re.I)
_LIFTED = re.compile(
    r"(?i)\b(?:embargo|hold)\s+(?:on\b.{0,200}?\s)?(?:(?:is|has\s+been|was|now|is\s+now)\s+)?(?:lifted|released|over|off|ended|removed)\b|\blift(?:s|ing)?\s+(?:the\s+|its\s+)?(?:embargo|hold)\b"
    r"|sperrfrist\b.{0,200}?\baufgehoben|embargo\b.{0,200}?\b(?:levé|levantado|suspenso|rimosso|tolto|opgeheven)|эмбарго\b.{0,200}?снято|снят[ои]\s+эмбарго|رفع\s+الحظر|解禁(?:しました|済み|になりました)|解除禁发|प्रतिबंध\s+(?:हटा|समाप्त)"
)
_HELD = re.compile(
    r"(?i)^\W*(?:(?:bc|eds|editors|attn|urgent|advisory)\W+)*(?:please\s+|pls\s+)?hold\s*(?:story\s*)?[:\-–—]"
)
_HOLD = re.compile(r"(?i)\b(?:please|pls|kindly)\s+hold\s+(?:the|our|this)\s+(?:story|item|report|copy)\b")
_SLUG_TAIL = re.compile(r",\s*(?:[A-Z]+\s+)?KILL(?:\s*,\s*\d+)?\W*$")  # "BC-Harpur-Bridge, KILL, 0050"
_LOUD_TAIL = re.compile(
    r"\s[-–—]+\s*(?:STORY\s+)?(?:KILL|KILLED|WITHDRAWN|RETRACTED|SPIKED|CANCELLED|CANCELED)\W*$"
)
_QUOTED = re.compile(r"[\"“„«「『‘]([^\"“”»」』’]{6,200})[\"”»」』’]|(?<!\w)'([^'\n]{6,200})'(?!\w)")
_SLUGGED = re.compile(
    r"(?i)\bslug(?:ged|line|s)?\s*[:\-]?\s*([\w][\w/&.\-]{3,60}(?:\s*-{1,2}\s*[\w/&.\-]+)*)|\b(BC-[\w/&.\-]{3,60})"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>)\]]+")
_HEADLINED = re.compile(
    r"(?i)\b(?:headlined?|titled|entitled|शीर्षक|intitulée?|titulada|mit dem titel)\s*[:,\-]?\s*([^\"“”\n]{8,200}?)(?:[.।](?:\s|$)|$)"
)
_TOKEN = re.compile(r"[\w][\w:/.\-]{4,80}[\w]")


def _normal(text: str) -> str:
    return " ".join(re.sub(r"[\s'’]+", " ", unicodedata.normalize("NFC", text).casefold()).split())


_KINDS = {_normal(word): "label" for word in LABELS}
_KINDS |= {_normal(word): "agency" for word in AGENCIES}
_KINDS |= {_normal(word): "weak" for word in WEAK}
_KINDS |= {_normal(word): "strong" for words in STRONG.values() for word in words}


def _word(word: str) -> str:
    """A pattern of a word: it ends at a boundary, where its script has one."""
    end = "" if word[-1] >= "\u3040" else r"(?![^\W_])"
    return re.escape(word).replace(r"\ ", r"[\s'’\-]+") + end


_HEADS = re.compile("|".join(map(_word, sorted(_KINDS, key=len, reverse=True))), re.I)
_STEMS = re.compile("|".join(re.escape(_normal(word)) for word in STEMS))
_CALLED = re.compile("|".join(re.escape(_normal(word)) for word in CALLED))
_MENDS = re.compile("|".join(re.escape(" ".join(word.split())) for word in MENDS))
_PLEASE = re.compile(r"(?i)\W*(?:please|pls|kindly)\s+kill\b")
_COMMANDS = re.compile("|".join(re.escape(_normal(word)) for word in COMMANDS))
_SAID = re.compile("|".join(SAID))
_COPY = re.compile(rf"\b(?:{'|'.join(COPY)})\b")
# All that is left of a story that was taken back.
_BLANKED = re.compile(
    r"(?:(?:editor'?s'?\s+)?note\s*[:\-]\s*)?(?:this|the|our)\s+(?:story|article|report|item|page|post|copy|dispatch)\s+(?:\S+\s+){0,6}?(?:has\s+been|was|is|stands)\s+(?:withdrawn|removed|retracted|killed|taken\s+down|deleted)\b",
    re.I,
)
# "… story withdrawn", "… (Eds: all editions)": what follows the headline of the story that is meant.
_AFTER = re.compile(
    r"[\s,:;–—-]*(?:[(\[][^()\[\]]{2,60}[)\]]|\b(?:(?:the\s+)?(?:story|item|report|article)\s+)?(?:(?:is|has\s+been)\s+)?(?:withdrawn|killed|retracted|cancelled|canceled))\s*\.?$",
    re.I,
)


Turn = Literal["release", "withhold"]  # what a notice of another story's use makes of it


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a notice: is there one, and where does what follows it begin?"""

    kills: bool
    loud: bool  # in capitals
    weak: bool  # a word that says so only before the headline of a story that is known
    labels: bool  # nothing but labels: "EDITORS:", "ADVISORY"
    end: int


@lru_cache(maxsize=512)
def head_of(text: str) -> Head:
    """Read labels and words of withdrawal at the head of a headline or slug; they must be set off from what follows."""
    text = unicodedata.normalize("NFC", text)
    at = len(text) - len(text.lstrip(" \t*^([【（\"'-"))
    if _REPLACES.match(text, at):
        return Head(kills=False, loud=False, weak=False, labels=False, end=at)
    end, kinds, loud, labels = at, [], False, False
    while found := _HEADS.match(text, at):
        kind = _KINDS.get(_normal(found[0].replace("-", " ")).replace("i\u0307", "i"), "label")
        kinds.append(kind)
        loud = loud or (kind == "strong" and found[0].isupper())
        end = found.end()
        labels = labels or (set(kinds) == {"label"} and bool(_SET_OFF.match(text, end)))
        if ("strong" in kinds or ("weak" in kinds and "label" in kinds)) and _SET_OFF.match(text, end):
            at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
            break
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    labelled = "label" in kinds
    strong = "strong" in kinds or ("weak" in kinds and labelled)
    weak = "weak" in kinds and not strong and bool(_SET_OFF.match(text, end))
    apart = bool(_DELIMITER.match(text, end))
    rest = text[end:]
    bound = _normal(text[:end]).endswith(
        "do not use"
    )  # of water, of trains as well: only set off from what follows
    run_on = (
        (labelled and kinds[0] == "label" and len(kinds) > 1)
        or (loud and not rest.isupper())
        or bool(_PLEASE.match(text))
    )
    set_off = apart or (run_on and not bound)
    start = max(at, end)
    labels = labels or (bool(kinds) and set(kinds) == {"label"} and apart)
    return Head(kills=strong and set_off, loud=loud, weak=weak, labels=labels, end=start)


def bare_headline(text: str) -> str:
    """A headline or slug without the words of a notice at its head or in brackets at its tail."""
    head = head_of(text)
    text = text[head.end :] if head.kills else text
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail and head_of(tail[1]).kills else text


def kills(story: Story) -> bool:
    """Does it take another story back? Only what stands where a notice has it, so that no report of a killing is one."""
    return story.kind == "kill" or _worded(story)


def turns(story: Story) -> Turn | None:
    """Is it a short notice that another story may be used now, or must wait? What it means must be known besides."""
    if sum(map(len, story.body)) >= QUOTING or story.embargo is not None:
        return None
    said = " ".join(text for text in (story.headline, story.ednote, *story.body[:2]) if text)
    if _LIFTED.search(said):
        return "release"
    return "withhold" if _HELD.search(story.headline or "") or _HOLD.search(said) else None


def carries_text(story: Story) -> bool:
    """Does a kill carry the text that it takes back, and not a notice's own words alone?"""
    size = sum(map(len, story.body))
    return size >= NOTICE_LENGTH or (size >= BLANKED and not _worded(story))


def _worded(story: Story) -> bool:
    if story.ednote and head_of(story.ednote).kills:
        return True
    if any(len(text) < LINE and (head := head_of(text)).kills and head.loud for text in story.body[:1]):
        return True
    size = sum(map(len, story.body))
    if size >= NOTICE_LENGTH:
        return False
    heads = [head_of(text) for text in (story.headline, story.slug) if text]
    # A word that begins a true headline too ("Kill: the making of a thriller") has a text that speaks of the story.
    if any(head.kills and (head.loud or size < BLANKED or _speaks(story)) for head in heads):
        return True
    if any(_SLUG_TAIL.search(text) for text in (story.headline, story.slug) if text):
        return True
    tail = _TAIL.search(story.headline or "")
    if tail and head_of(tail[1]).kills:
        return True
    if story.kind == "advisory" or not story.headline or any(head.labels for head in heads):
        said = _normal(" ".join(text for text in (story.headline, story.ednote, *story.body[:2]) if text))
        if _COMMANDS.search(said) or (_SAID.search(said) and _COPY.search(said)):
            return True
    return size < BLANKED and bool(_BLANKED.match(" ".join(story.body)))


def _speaks(story: Story) -> bool:
    said = _normal(" ".join(story.body))
    return bool(_STEMS.search(said) and _CALLED.search(said))


def suspects(story: Story) -> list[str]:
    """Headlines that it takes back where a story of its source has one of them: too little by itself to be a notice."""
    size = sum(map(len, story.body))
    if size >= NOTICE_LENGTH:
        return []
    found = []
    for text in (story.headline, story.slug):
        head = head_of(text) if text else None
        if text and head and (head.weak or head.kills):
            found.append(text[head.end :])
    if story.headline and (tail := _TAIL.search(story.headline)) and head_of(f"{tail[1]}: x").weak:
        found.append(story.headline[: tail.start()])
    if story.headline and (tail := _LOUD_TAIL.search(story.headline)):
        found.append(story.headline[: tail.start()])
    said = "\n".join(text for text in (story.headline, story.ednote, *story.body[:3]) if text)
    plain = _normal(said)
    if size < QUOTING and _STEMS.search(plain) and not _MENDS.search(plain) and not turns(story):
        found += [(one or other).strip() for one, other in _QUOTED.findall(said)]
    return [text for text in found if len(text.split()) > 2 or len(text) > 7]


def meant(story: Story) -> tuple[list[str], list[str], list[str], list[str]]:
    """What a kill notice may refer to: (headlines, slugs, addresses, ids) that its head and text name."""
    texts = [text for text in (story.headline, story.ednote, *story.body[:6]) if text]
    whole = "\n".join(texts)
    headlines = [one or other for one, other in _QUOTED.findall(whole)] + _HEADLINED.findall(whole)
    slugs = [(one or other).strip(" .,-") for one, other in _SLUGGED.findall(whole)]
    if story.headline:
        bare = story.headline[head_of(story.headline).end :]
        headlines += [bare, _AFTER.sub("", bare), *_SET_OFF.split(bare, maxsplit=1)[1:]]
    if story.slug:
        slugs.append(story.slug[head_of(story.slug).end :])
    slugs += [
        _SLUG_TAIL.sub("", text) for text in (story.headline, story.slug) if text and _SLUG_TAIL.search(text)
    ]
    ids = [token for token in _TOKEN.findall(whole) if any(c.isdigit() for c in token)]
    return headlines, slugs, [address.rstrip(".,;") for address in _ADDRESS.findall(whole)], ids[:40]
