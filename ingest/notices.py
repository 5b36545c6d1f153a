"""Notices told in words: kills and withdrawals of many languages, and what they mean. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingest.notice_words import COMMANDS, COPY, LABELS, SAID, STRONG, WEAK
from parsers.story import Story

BLANKED = 250  # characters under which a page that says it was withdrawn holds nothing else
NOTICE_LENGTH = 1500  # characters of text above which it is a story, not a notice
_DELIMITER = re.compile(r"\s*[:：|–—\])】）*/]|\s*\.(?:\s|$)|\s*-{1,3}(?=\s|\w|$)|\s*$")
_SET_OFF = re.compile(r"\s*[:：|–—\])】）]|\s+-{1,3}\s")
_BETWEEN = re.compile(r"[\s\-_.,!*'’()\[\]【】（）।:：|–—/]*")
_TAIL = re.compile(r"[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*$")
_QUOTED = re.compile(r"[\"“„«「『‘]([^\"“”»」』’]{6,200})[\"”»」』’]")
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
_KINDS |= {_normal(word): "weak" for word in WEAK}
_KINDS |= {_normal(word): "strong" for words in STRONG.values() for word in words}


def _word(word: str) -> str:
    """A pattern of a word: it ends at a boundary, where its script has one."""
    end = "" if word[-1] >= "\u3040" else r"(?![^\W_])"
    return re.escape(word).replace(r"\ ", r"[\s'’\-]+") + end


_HEADS = re.compile("|".join(map(_word, sorted(_KINDS, key=len, reverse=True))), re.I)
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


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a notice: is there one, and where does what follows it begin?"""

    kills: bool
    labels: bool  # nothing but labels: "EDITORS:", "ADVISORY"
    end: int


@lru_cache(maxsize=4096)
def head_of(text: str) -> Head:
    """Read labels and words of withdrawal at the head of a headline or slug; they must be set off from what follows."""
    text = unicodedata.normalize("NFC", text)
    at = len(text) - len(text.lstrip(" \t*([【（\"'-"))
    end, kinds, loud = at, [], False
    while found := _HEADS.match(text, at):
        kind = _KINDS.get(_normal(found[0].replace("-", " ")).replace("i\u0307", "i"), "label")
        kinds.append(kind)
        loud = loud or (kind == "strong" and found[0].isupper())
        end = found.end()
        if ("strong" in kinds or ("weak" in kinds and "label" in kinds)) and _SET_OFF.match(text, end):
            at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
            break
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    labelled = "label" in kinds
    strong = "strong" in kinds or ("weak" in kinds and labelled)
    apart = bool(_DELIMITER.match(text, end))
    rest = text[end:]
    bound = _normal(text[:end]).endswith(
        "do not use"
    )  # of water, of trains as well: only set off from what follows
    run_on = (labelled and kinds[0] == "label" and len(kinds) > 1) or (loud and not rest.isupper())
    set_off = apart or (run_on and not bound)
    start = max(at, end)
    return Head(strong and set_off, bool(kinds) and set(kinds) == {"label"} and apart, start)


def bare_headline(text: str) -> str:
    """A headline or slug without the words of a notice at its head or in brackets at its tail."""
    head = head_of(text)
    text = text[head.end :] if head.kills else text
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail and head_of(tail[1]).kills else text


def kills(story: Story) -> bool:
    """Does it take another story back? Only what stands where a notice has it, so that no report of a killing is one."""
    return story.kind == "kill" or _worded(story)


def carries_text(story: Story) -> bool:
    """Does a kill carry the text that it takes back, and not a notice's own words alone?"""
    size = sum(map(len, story.body))
    return size >= NOTICE_LENGTH or (size >= BLANKED and not _worded(story))


def _worded(story: Story) -> bool:
    short = sum(map(len, story.body)) < NOTICE_LENGTH
    heads = [head_of(text) for text in (story.headline, story.slug) if text]
    if short and any(head.kills for head in heads):
        return True
    tail = _TAIL.search(story.headline or "")
    if short and tail and head_of(tail[1]).kills:
        return True
    if story.ednote and head_of(story.ednote).kills:
        return True
    notice = story.kind == "advisory" or not story.headline or any(head.labels for head in heads)
    said = _normal(" ".join(text for text in (story.headline, story.ednote, *story.body[:2]) if text))
    if short and notice and (_COMMANDS.search(said) or (_SAID.search(said) and _COPY.search(said))):
        return True
    return sum(map(len, story.body)) < BLANKED and bool(_BLANKED.match(" ".join(story.body)))


def meant(story: Story) -> tuple[list[str], list[str], list[str], list[str]]:
    """What a kill notice may refer to: (headlines, slugs, addresses, ids) that its head and text name."""
    texts = [text for text in (story.headline, story.ednote, *story.body[:6]) if text]
    whole = "\n".join(texts)
    headlines = list(_QUOTED.findall(whole)) + _HEADLINED.findall(whole)
    slugs = [(one or other).strip(" .,-") for one, other in _SLUGGED.findall(whole)]
    if story.headline:
        bare = story.headline[head_of(story.headline).end :]
        headlines += [bare, _AFTER.sub("", bare)]
    if story.slug:
        slugs.append(story.slug[head_of(story.slug).end :])
    ids = [token for token in _TOKEN.findall(whole) if any(c.isdigit() for c in token)]
    return headlines, slugs, [address.rstrip(".,;") for address in _ADDRESS.findall(whole)], ids[:40]
