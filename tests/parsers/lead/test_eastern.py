"""Chinese, Japanese and Korean heads."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.lead import read_lead

DAY = date(2026, 3, 9)
ZH, JA, KO = (
    "国务院部署农田灌溉工作，要求加快重点水利项目建设。",
    "政府は新しい気象衛星の打ち上げ計画を発表した。",
    "정부는 남부 지방의 가뭄 대책을 발표했다.",
)


@pytest.mark.parametrize(
    ("head", "body", "place", "country", "day", "agency", "authors"),
    [
        ("新华社北京3月8日电（记者张例、李例）", ZH, "北京", "CN", "2026-03-08", "XINHUA", ("张例", "李例")), ("新华社东京3月8日电 ", ZH, "东京", "JP", "2026-03-08", "XINHUA", ()),
        ("中新社上海3月8日电 (记者 张例)", ZH, "上海", "CN", "2026-03-08", "CNS", ("张例",)), ("（中央社記者王例台北8日電）", ZH, "台北", "TW", "2026-03-08", "CNA", ("王例",)),
        ("（中央社華盛頓8日綜合外電報導）", ZH, "華盛頓", "US", "2026-03-08", "CNA", ()), ("法新社巴黎3月8日电 ", ZH, "巴黎", "FR", "2026-03-08", "AFP", ()),
        ("【北京共同】", JA, "北京", "CN", None, "KYODO", ()), ("【ワシントン時事】", JA, "ワシントン", "US", None, "JIJI", ()), ("【ソウル＝山田太郎】", JA, "ソウル", "KR", None, None, ("山田太郎",)),
        ("［東京 ８日 ロイター］ - ", JA, "東京", "JP", "2026-03-08", "REUTERS", ()), ("[ロンドン ８日 ロイター] - ", JA, "ロンドン", "GB", "2026-03-08", "REUTERS", ()), ("【パリAFP時事】", JA, "パリ", "FR", None, "AFP", ()),
        ("【3月8日 AFP】", JA, None, None, "2026-03-08", "AFP", ()), ("(서울=연합뉴스) 김예시 기자 = ", KO, "서울", "KR", None, "YONHAP", ("김예시",)), ("[서울=뉴시스]김예시 기자 = ", KO, "서울", "KR", None, "NEWSIS", ("김예시",)),
        ("(부산=뉴스1) 김예시 이보기 기자 = ", KO, "부산", "KR", None, "NEWS1KR", ("김예시", "이보기")), ("(워싱턴=연합뉴스) 김예시 특파원 = ", KO, "워싱턴", "US", None, "YONHAP", ("김예시",)),
    ],
)  # fmt: skip
def test_heads(
    head: str, body: str, place: str | None, country: str | None, day: str | None, agency: str | None, authors: tuple[str, ...]
) -> None:  # fmt: skip
    lead = read_lead([head + body], published=DAY)
    assert lead.dateline is not None
    line = lead.dateline
    assert (line.place, line.country, line.date, line.agency) == (place, country, day, agency)
    assert (lead.authors, lead.body) == (authors, (body,))


@pytest.mark.parametrize(
    "text",
    [
        "【解説】" + JA,
        "（写真）" + JA,
        "【社説】" + JA,
        "[단독] " + KO,
        "(종합) " + KO,
        "新华社记者发现，这里的水渠已经干了。",
        "中新网友评论说，水渠已经干了。",
    ],
)
def test_labels_are_no_datelines(text: str) -> None:
    assert read_lead([text]).dateline is None
