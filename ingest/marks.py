"""Marks by which an agency says that a telling replaces an earlier one, or stands in for a killed one. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest import changes, notices
from parsers.story import Story

_ORDINAL = r"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|final)"
# Words of other languages for update, lead, correction, new version; set off at the head, or in brackets.
_WORDS = "|".join(
    (
        "लीड", "अपडेट", "सुधार", "संशोधित", "शुद्धि", "शुद्धिपत्र", "पुनः जारी", "আপডেট", "সংশোধনী", "সংশোধিত", "লিড", "புதுப்பிப்பு", "திருத்தம்", "అప్‌డేట్", "సవరణ",
        "અપડેટ", "સુધારો", "اپ ڈیٹ", "تصحیح", "لیڈ", "تحديث", "تصحيح", "محدث", "更新", "更正", "订正", "訂正", "改稿", "重发", "重發", "差し替え", "更新版", "업데이트", "정정", "수정", "종합",
        "actualizaci[oó]n", "actualizad[ao]", "actualiza", "ampliaci[oó]n", "amplía", "correcci[oó]n", "corrige", "rectifica", "actualisation", "actualis[eé]e?", "rectificatif", "correctif", "mise à jour",
        "aktualisierung", "aktualisiert", "zusammenfassung", "berichtigung", "korrektur", "korrigiert", "neufassung", "atualiza[cç][aã]o", "atualizad[ao]", "atualiza", "corre[cç][aã]o", "corrigid[ao]", "retifica",
        "aggiornamento", "aggiorna", "correzione", "rettifica", "обновлено", "дополнено", "уточнение", "исправлено", "поправка", "güncelleme", "güncellendi", "düzeltme", "pembaruan", "ralat", "koreksi",
        "rectificatie", "correctie", "uppdatering", "uppdaterad", "rättelse", "oppdatering", "rettelse", "korekta", "aktualizacja", "oprava",
    )
)  # fmt: skip
# "1st Ld", "2nd LD-Writethru", "UPDATE 3-", "(LEAD)", "WRAPUP 1", "(EDS: updating)", "CORRECTED-", "(अपडेट)", "更正：".
_MARK = re.compile(
    rf"(?:\(?\b(?:{_ORDINAL}\s+)?(?:l?d|lead|ld)[\s-]*(?:write-?th?rough?|writethru|all)\b\)?"
    rf"|\b{_ORDINAL}\s+(?:ld|lead)\b\s*[:-]?|\(\s*(?:(?:{_ORDINAL}\s+)?(?:ld|lead|update\s*\d*|adds[^)]*|recasts[^)]*|updat(?:es?|ed|ing)[^)]*|correct(?:s|ed|ion|ing)\b[^)]*|eds?\s*:[^)]*))\)"
    r"|\bwrite-?thru\b|\b(?:update|wrapup|refile|recast)\s*\d+\s*[-:]|\b(?:refile|rpt|repeat(?:ing|s)?)\s*\d*\s*[-:]|\badds?\s*\d*\s*[-:]"
    rf"|{notices.REPLACES}\s*[-–—:]"
    rf"|[(（\[【]\s*(?:\d+[.ºª]?\s*)?(?:{_WORDS})\s*\d*\s*[)）\]】]|^\W*(?:{_WORDS})\s*\d*\s*(?:[:：|]|\s[-–—]\s)"
    r"|^\W*(?:(?:ld|lead|updated?|corrected|correction|corrects|correcting)\s*(?:\d+\s*)?[-–—:]|(?-i:LEAD|LD)\s)|[-–—:,]\s*(?:update|lead|ld)\s*\d*\s*$)",
    re.I,
)
_SUBSTITUTE = re.compile(
    r"^\W*(?:(?:bc|eds|editors|attn)\W+)*(?:substitut(?:e|es|ion)|replacement|replaces\s+killed\b[^:]{0,40}|sub\s+for\s+killed\b[^:]{0,40}|sustituci[oó]n|sustituye|remplacement|ersatz(?:meldung)?|substitui[cç][aã]o)\s*(?:story\s*)?[-–—:]"
    r"|[(\[]\s*(?:substitutes?|replaces|replacement|subs)\b[^)\]]*(?:kill|withdr|retract|eliminat)[^)\]]*[)\]]"
    r"|\b(?:substitutes|replaces|is a substitute for)\b.{0,60}\b(?:kill(?:ed)?|withdrawn|retracted|eliminated)\b",
    re.I,
)


@lru_cache(maxsize=512)
def key(text: str | None) -> str:
    """A headline or slug as it is compared: words alone, marks of write-throughs and kills cut."""
    told = _SUBSTITUTE.sub(" ", notices.bare_headline(text or ""))
    return changes.bare(_MARK.sub(" ", told)).removeprefix("bc ")


def writethrough(story: Story) -> bool:
    """Does it say of itself that it replaces an earlier one?"""
    return any(_MARK.search(text or "") for text in (story.headline, story.slug, story.ednote, story.version))


def substitute(story: Story) -> bool:
    """Does it say that it stands in for a killed one?"""
    return any(_SUBSTITUTE.search(text or "") for text in (story.headline, story.slug, story.ednote))
