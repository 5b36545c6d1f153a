"""Words by which agencies take a story back, by language: data, read by ingest/notices.py.

STRONG stand as the head of a notice by themselves ("KILL: …"); WEAK do so only beside a LABEL ("STORY REMOVED: …"), for alone they
begin many a true headline ("Removed: the last toll gate"). COMMANDS tell it in a sentence of a notice's text, SAID beside a
word of COPY.
"""

from __future__ import annotations

STRONG: dict[str, tuple[str, ...]] = {
    "en": ("kill", "pls kill", "retracted", "mandatory kill", "mandatory elimination", "kill notice", "kill advisory", "withdrawn", "retraction", "do not use", "please kill", "pls withdraw",
           "please withdraw", "please disregard", "kill kill", "kill kill kill", "kill please"),
    "hi": ("रद्द", "निरस्त", "वापस ली गई", "वापस लिया गया", "वापस ली", "वापस ली जाती है", "वापस लिया जाता है", "रद्द की जाती है", "निरस्त की जाती है", "खबर हटाई गई", "कृपया उपयोग न करें", "प्रयोग न करें"),
    "mr": ("रद्द करा", "मागे घेतली"), "ne": ("रद्द गरिएको", "फिर्ता लिइएको"),
    "bn": ("বাতিল", "প্রত্যাহার", "প্রত্যাহৃত"), "ta": ("ரத்து", "திரும்பப் பெறப்பட்டது"), "te": ("రద్దు", "ఉపసంహరణ"),
    "gu": ("રદ", "પાછી ખેંચાઈ"), "kn": ("ರದ್ದು", "ಹಿಂಪಡೆಯಲಾಗಿದೆ"), "ml": ("റദ്ദാക്കി", "പിൻവലിച്ചു"), "pa": ("ਰੱਦ", "ਵਾਪਸ ਲਈ"),
    "or": ("ବାତିଲ",), "ur": ("منسوخ", "واپس لی گئی"), "ar": ("إلغاء", "ملغى", "سحب"), "fa": ("لغو", "حذف خبر"), "he": ("ביטול", "מבוטל"),
    "de": ("zurückgezogen", "zurückziehung", "storno", "stornierung", "annullierung", "bitte nicht verwenden", "nicht verwenden"),
    "fr": ("annulation", "annulé", "annulée", "annule", "à annuler", "prière d annuler", "merci d annuler", "retrait"),
    "es": ("anulación", "anulacion", "anulada", "anulado", "anula", "se anula", "anúlese"),
    "pt": ("anulação", "anulada", "anulado", "cancelamento"), "it": ("annullamento", "annullata", "annullare", "si annulla"),
    "nl": ("ingetrokken", "intrekking"), "sv": ("tillbakadragen", "återkallad", "annullering"), "nb": ("trukket tilbake", "annullering"),
    "da": ("annulleret", "tilbagekaldt"), "fi": ("mitätöity", "mitätöidään", "peruttu"), "pl": ("anulowano", "anulowana", "wycofana"),
    "cs": ("zrušeno", "stornováno"), "ru": ("аннулирование", "аннулировано", "аннулируется", "отозвано"), "uk": ("анульовано", "відкликано"),
    "tr": ("iptal", "geri çekildi"), "zh": ("撤稿", "撤销", "撤銷", "取消", "作废", "作廢", "撤回"), "ja": ("取り消し", "取消し", "記事取り消し", "配信取り消し"),
    "ko": ("전문취소", "기사취소", "취소"), "id": ("dibatalkan", "ditarik"), "vi": ("thu hồi", "hủy bỏ"), "th": ("ยกเลิก", "ยกเลิกข่าว"),
}  # fmt: skip

WEAK: tuple[str, ...] = (
    "elimination", "kills", "killed", "withdraw", "withdrawal", "withdraws", "retracted", "retract", "removed", "remove", "cancelled", "canceled", "cancel",
    "disregard", "pulled", "deleted", "spiked", "void", "हटाई गई", "हटाया गया", "वापस", "retirada", "retirado", "retirée", "retiré",
    "ritirata", "ritirato", "cancelada", "cancelado", "entfernt", "gelöscht", "verwijderd", "borttagen", "slettet", "poistettu", "usunięta",
    "удалено", "отзыв", "kaldırıldı", "删除", "刪除", "削除", "삭제",
)  # fmt: skip

LABELS: tuple[str, ...] = (
    "bc", "eds", "ed", "editor", "editors", "editors note", "editor s note", "attention", "attn", "advisory", "notice", "note", "urgent", "mandatory",
    "please", "story", "this story", "the story", "item", "report", "article", "news", "copy", "alert", "all", "subscribers", "media", "newsrooms",
    "has been", "is", "was", "kill", "immediate", "खबर", "समाचार", "यह खबर", "आवश्यक", "महत्वपूर्ण", "संपादक", "संपादकगण", "कृपया", "ध्यान दें", "सूचना", "की गई", "किया गया",
    "খবর", "সংবাদ", "செய்தி", "వార్త", "خبر", "الخبر", "meldung", "achtung", "redaktionen", "hinweis", "eilmeldung", "dépêche", "attention rédactions",
    "rédactions", "avis", "noticia", "nota", "atención", "editores", "atenção", "notícia", "notizia", "attenzione", "bericht", "artikel", "uwaga",
    "внимание", "сообщение", "новость", "haber", "dikkat", "注意", "编辑", "稿件", "本稿", "記事", "기사", "berita", "tin", "ข่าว",
)  # fmt: skip

COMMANDS: tuple[str, ...] = (
    "please kill", "pls kill", "pls withdraw", "pls ignore our", "pls ignore the story", "pls ignore story", "please ignore our", "please ignore the story",
    "stands killed", "as killed",
    "eliminate the story", "article removed", "article has been removed", "article has been withdrawn", "item has been withdrawn", "kill the story", "kill our story", "kill the item", "kill this story", "story is killed", "must be killed", "mandatory kill",
    "we are withdrawing", "please withdraw", "withdraw the story",
    "story withdrawn", "story removed", "story has been removed", "please disregard", "disregard the story",
    "रद्द किया जाता है", "रद्द की जाती है", "रद्द कर दी गई", "रद्द समझा जाए", "रद्द समझें", "निरस्त", "वापस ली जाती है",
    "वापस लिया जाता है", "वापस ले ली", "उपयोग न करें", "प्रकाशित न करें", "প্রত্যাহার", "বাতিল", "திரும்பப்", "ఉపసంహరించ", "منسوخ", "إلغاء", "nicht verwenden", "ziehen wir zurück",
    "wird zurückgezogen", "ist zurückgezogen", "prière d annuler", "merci d annuler", "veuillez annuler", "est annulée", "annule et", "se anula", "queda anulada",
    "rogamos anulen", "fica anulada", "è annullata", "si prega di annullare", "is ingetrokken", "dras tillbaka", "trekkes tilbake", "просьба аннулировать",
    "просим аннулировать", "iptal edilmiştir", "geri çekilmiştir", "撤稿", "停止使用", "请勿使用", "取り消します", "使用しないで", "취소합니다", "사용하지",
)  # fmt: skip

# Said of ferries and bills as well: a notice only beside a word for copy.
SAID: tuple[str, ...] = (
    "has been withdrawn", "have been withdrawn", "is withdrawn", "are withdrawn", "is being withdrawn", "has been retracted", "is retracted", "do not use",
    "should not be used", "must not be used", "may not be used", "may not be carried", "stands withdrawn", "stand withdrawn", "stands cancelled", "stands canceled",
    "as cancelled", "as canceled", "as withdrawn",
)  # fmt: skip
COPY: tuple[str, ...] = (
    "story", "stories", "item", "items", "article", "report", "copy", "dispatch", "headlined", "titled", "slugged", "slug", "editors", "picture", "photo", "graphic", "video",
)  # fmt: skip
