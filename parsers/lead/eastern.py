"""Chinese, Japanese and Korean heads: place, day, agency and reporter in brackets or run together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parsers.lead.agencies import catalogue, code_of
from parsers.lead.days import day_at_end
from parsers.lead.places import candidates, country_of
from parsers.story import Dateline

HAN, KANA, HANGUL = "\u4e00-\u9fff", "\u3040-\u30ff\uff66-\uff9f", "\uac00-\ud7a3"
CHINESE_AGENCY = (
    "新华社|新華社|新华网|中新社|中新网|中央社|中通社|法新社|美联社|美聯社|路透社|路透|共同社|时事社|時事社|韩联社|韓聯社|塔斯社|德新社|埃菲社|"
    "安莎社|俄新社|卫星社|彭博社|越通社|马新社|安塔拉|朝中社|本报|本報|本社|人民网|央视网|央广网|中国网|国际在线|海外网|环球网|澎湃新闻|中评社|大公网"
)
NAMES = rf"[{HAN}{KANA}{HANGUL}A-Za-z·・、，,；;\s]"
FORMS = (
    # 新华社北京6月2日电（记者张例、李例） · 中新社上海6月2日电 (记者 …) · 中新网6月2日电 · 【新华社北京6月2日电】
    re.compile(
        rf"\s*[【［\[(（]?(?P<text>(?P<agency>{CHINESE_AGENCY})(?:[（(][^（）()]{{1,12}}[)）])?(?:[记記]者(?P<by>[{HAN}]{{2,4}}?)(?=[{HAN}]{{2}}))?"
        rf"(?P<place>(?:联合国|聯合國)?[{HAN}]{{0,10}}?)\s*(?P<day>(?:[\d０-９]{{1,2}}月)?[\d０-９]{{1,2}}日)(?:综合)?[电電讯訊])[】］\])）]?"
        rf"\s*(?:[（(](?P<who>(?:实习|見習|见习)?(?:通讯员|[记記]者)?\s*{NAMES}{{2,40}}?)[)）])?\s*[：:]?\s*"
    ),
    # （中央社記者王例台北2日電）· （中央社台北2日綜合外電報導）
    re.compile(
        rf"\s*[（(](?P<text>(?P<agency>中央社|中通社|中新社)(?:[记記]者(?P<who>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})*?))?(?P<place>[{HAN}]{{2,6}}?)(?P<day>(?:[\d０-９]{{1,2}}月)?[\d０-９]{{1,2}}日)"
        rf"(?:専電|專電|電|讯|訊|综合外电报导|綜合外電報導|綜合報導|综合报道|電話專訪)?)[)）]\s*"
    ),
    # 【ワシントン＝山田例】 · 【香港共同＝山田例】 · （東京＝共同） · ［ソウル ２日 ロイター］ - · 【北京共同】 · 【パリAFP時事】
    re.compile(
        rf"(?P<text>\s*[【［\[（(](?P<place>[{HAN}{KANA}ー・A-Za-z]{{1,14}}?)\s*(?P<agency>共同通信|共同|時事|ＡＦＰ時事|AFP時事|AFP＝時事|AFP=時事|ＡＦＰ|AFP|ロイター|ＡＰ|AP|新華社|聯合ニュース|タス|ＤＰＡ)?"
        rf"(?:\s*[＝=]\s*(?P<by>[^】］\]）)\d]{{2,24}}))?[】］\]）)])\s*(?:-\s*)?"
    ),
    re.compile(
        rf"\s*(?P<text>[【［\[（(]\s*(?P<place>[{HAN}{KANA}ー・A-Za-z／/]{{0,20}}?)\s*(?P<day>(?:[\d０-９]{{1,2}}月)?[\d０-９]{{1,2}}日)\s*(?P<agency>ロイター|共同|時事|AFP|ＡＦＰ|新華社|AP|ＡＰ|トムソン・ロイター|Reuters)?\s*[】］\]）)])\s*(?:[-－―]\s*)?"
    ),
    # (평양 6월 2일발 조선중앙통신)
    re.compile(
        rf"\s*(?P<text>[（(\[](?P<place>[{HANGUL}]{{2,8}})\s+(?P<day>\d{{1,2}}월\s*\d{{1,2}}일)발?\s+(?P<agency>[{HANGUL}]{{2,10}})[)）\]])\s*(?:[-–]\s*)?"
    ),
    # (서울=연합뉴스) 김예시 기자 = · [서울=뉴시스] 김예시 기자 = · 【서울=뉴시스】
    re.compile(
        rf"\s*(?P<text>[（(\[【［](?P<place>[{HANGUL}·\s]{{2,16}}?)\s*=\s*(?P<agency>[{HANGUL}A-Za-z0-9]{{2,10}})[)）\]】］])\s*"
        rf"(?:(?P<by>[{HANGUL}]{{2,4}}(?:[\s·,]+[{HANGUL}]{{2,4}})*?\s*(?:(?:수습|인턴|선임|전문|통신원|객원)?\s*(?:특파원|기자)))\s*)?=?\s*"
    ),
)
REPORTER = re.compile(
    r"^(?:实习|見習|见习)?(?:通讯员|[记記]者)\s*|\s*(?:特派[员員]|[记記]者|수습기자|특파원|기자)$"
)
SPACE = re.compile(r"[、，,；;\s·・]+")
GROUPS = {"AFP時事": "AFP", "ＡＦＰ時事": "AFP", "AFP＝時事": "AFP", "AFP=時事": "AFP", "路透": "REUTERS"}
OPENERS = frozenset("本【［[（(新中法美路共时時韩韓塔德埃安俄卫彭越马朝人央国海环澎大\u3000 ")
SERVICE = re.compile("通信|新聞|ニュース|共同|時事|電子版|社$")


@dataclass(frozen=True, slots=True)
class Eastern:
    """A head found: text[start:end] is the dateline, text[body:] the story. byline: as printed."""

    dateline: Dateline
    start: int
    end: int
    body: int
    authors: tuple[str, ...] = ()
    byline: str | None = None


def find_eastern(text: str, published: date | None) -> Eastern | None:
    """The dateline at the head of Chinese, Japanese or Korean copy, or None."""
    for form in FORMS:
        found = form.match(text)
        if not found or not text[found.end() :].strip():
            continue
        parts = found.groupdict()
        written = parts.get("agency")
        agency = GROUPS.get(written or "") or (code_of(written) if written else None)
        place = (parts.get("place") or "").strip() or None
        by = (parts.get("who") or parts.get("by") or "").strip() or None
        day = day_at_end(parts["day"], published) if parts.get("day") else None
        if place is None and day is None:
            continue
        if written and agency is None and day is None:
            continue
        if not (written or by or day) or (not written and place and not candidates(place)):
            continue
        if by and not written and code_of(by):  # （東京＝共同）
            agency, by = code_of(by), None
        own = catalogue()[agency].country if agency and agency in catalogue() else None
        named = tuple(re.split(r"[·／/]", place)) if place else ()
        made = Dateline(
            text=found["text"].strip(), place=named[0] if named else None, places=named,
            country=(country_of(named[0]) or own) if named else None, date=day.iso if day else None, agency=agency,
        )  # fmt: skip
        authors = _people(by) if by and not code_of(by) else ()
        return Eastern(made, found.start("text"), found.end("text"), found.end(), authors, by)
    return None


def _people(by: str) -> tuple[str, ...]:
    bare = REPORTER.sub("", by)
    names = (REPORTER.sub("", part).strip() for part in SPACE.split(bare))
    return tuple(name for name in names if 2 <= len(name) <= 12 and not SERVICE.search(name))
