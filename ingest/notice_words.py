"""Words by which agencies take a story back, by language: data, read by ingest/notices.py.

STRONG stand as the head of a notice by themselves ("KILL: …"); WEAK do so only beside a LABEL ("STORY REMOVED: …"), for alone they
begin many a true headline ("Removed: the last toll gate"). COMMANDS tell it in a sentence of a notice's text, SAID beside a
word of COPY.
"""

from __future__ import annotations

STRONG: dict[str, tuple[str, ...]] = {
    "en": ("kill", "pls kill", "retracted", "mandatory kill", "mandatory elimination", "kill notice", "kill advisory", "withdrawn", "retraction", "do not use", "please kill", "pls withdraw",
           "please withdraw", "please disregard", "kill kill", "kill kill kill", "kill please", "kindly kill", "notice of withdrawal", "withdrawal notice", "notice of retraction", "kill order"),
    "hi": ("रद्द", "निरस्त", "वापस ली गई", "वापस लिया गया", "वापस ली", "वापस ली जाती है", "वापस लिया जाता है", "रद्द की जाती है", "निरस्त की जाती है", "खबर हटाई गई", "कृपया उपयोग न करें", "प्रयोग न करें", "उपयोग न करें", "रद्द करें", "निरस्त करें", "किल", "किल नोटिस"),
    "mr": ("रद्द करा", "मागे घेतली"), "ne": ("रद्द गरिएको", "फिर्ता लिइएको"),
    "bn": ("বাতিল", "প্রত্যাহার", "প্রত্যাহৃত", "প্রত্যাহার করা হয়েছে", "প্রত্যাহার করা হলো", "বাতিল করা হয়েছে", "বাতিল করা হলো", "ব্যবহার করবেন না"), "ta": ("ரத்து", "திரும்பப் பெறப்பட்டது", "ரத்து செய்யப்பட்டது", "பயன்படுத்த வேண்டாம்"), "te": ("రద్దు", "ఉపసంహరణ"),
    "gu": ("રદ", "પાછી ખેંચાઈ"), "kn": ("ರದ್ದು", "ಹಿಂಪಡೆಯಲಾಗಿದೆ"), "ml": ("റദ്ദാക്കി", "പിൻവലിച്ചു"), "pa": ("ਰੱਦ", "ਵਾਪਸ ਲਈ"),
    "or": ("ବାତିଲ",), "ur": ("منسوخ", "واپس لی گئی", "واپس لی جاتی ہے", "استعمال نہ کریں"), "ar": ("إلغاء", "ملغى", "ملغي", "سحب", "يلغى", "يُلغى", "الغاء", "لا يستخدم"), "fa": ("لغو", "حذف خبر", "حذف شد", "لغو شد"), "he": ("ביטול", "מבוטל"),
    "de": ("zurückgezogen", "zurückziehung", "storno", "stornierung", "annullierung", "bitte nicht verwenden", "nicht verwenden", "bitte nicht mehr verwenden", "annulliert", "storniert"),
    "fr": ("annulation", "annulé", "annulée", "annule", "à annuler", "prière d annuler", "merci d annuler", "retrait"),
    "es": ("anulación", "anulacion", "anulada", "anulado", "anula", "se anula", "anúlese", "no usar", "no publicar"),
    "pt": ("anulação", "anulada", "anulado", "cancelamento", "não usar", "favor desconsiderar"), "it": ("annullamento", "annullata", "annullare", "si annulla"),
    "nl": ("ingetrokken", "intrekking"), "sv": ("tillbakadragen", "återkallad", "annullering"), "nb": ("trukket tilbake", "annullering"),
    "da": ("annulleret", "tilbagekaldt"), "fi": ("mitätöity", "mitätöidään", "peruttu"), "pl": ("anulowano", "anulowana", "wycofana"),
    "cs": ("zrušeno", "stornováno"), "ru": ("аннулирование", "аннулировано", "аннулируется", "отозвано"), "uk": ("анульовано", "відкликано"),
    "tr": ("iptal", "iptali", "geri çekildi", "iptal edildi"), "zh": ("撤稿", "删稿", "刪稿", "毙稿", "请撤销", "停止使用", "请勿使用", "撤销", "撤銷", "取消", "作废", "作廢", "撤回"), "ja": ("取り消し", "取消", "全文取り消し", "使用禁止", "差し止め", "配信停止", "取消し", "記事取り消し", "配信取り消し"),
    "ko": ("전문취소", "기사취소", "취소"), "id": ("dibatalkan", "ditarik", "pembatalan"), "vi": ("thu hồi", "hủy bỏ"), "th": ("ยกเลิก", "ยกเลิกข่าว"),
}  # fmt: skip

WEAK: tuple[str, ...] = (
    "elimination", "kills", "killed", "withdraw", "withdrawal", "withdraws", "retracted", "retract", "removed", "remove", "cancelled", "canceled", "cancel",
    "disregard", "pulled", "deleted", "delete", "spiked", "spike", "void", "recall", "recalled", "cancellation", "eliminate", "eliminated", "retire", "हटाई गई", "हटाया गया", "वापस", "retirada", "retirado", "retirée", "retiré",
    "ritirata", "ritirato", "cancelada", "cancelado", "entfernt", "gelöscht", "verwijderd", "borttagen", "slettet", "poistettu", "usunięta", "eliminada", "eliminado", "eliminar", "anular", "retirar", "sperrung", "gesperrt", "suppression", "supprimée", "suprimida",
    "удалено", "отзыв", "отмена", "отменено", "নাকচ", "সরানো হয়েছে", "நீக்கப்பட்டது", "واپس", "حذف", "हटाई गई खबर", "kaldırıldı", "删除", "刪除", "削除", "삭제",
)  # fmt: skip

LABELS: tuple[str, ...] = (
    "bc", "eds", "ed", "editor", "editors", "editors note", "editor s note", "attention", "attn", "advisory", "notice", "note", "urgent", "mandatory",
    "please", "story", "this story", "the story", "item", "report", "article", "news", "copy", "alert", "all", "subscribers", "media", "newsrooms",
    "has been", "is", "was", "kill", "immediate", "bulletin", "flash", "refile", "rpt", "to editors", "all editors", "to all editors", "खबर", "समाचार", "यह खबर", "आवश्यक", "महत्वपूर्ण", "संपादक", "संपादकगण", "कृपया", "ध्यान दें", "सूचना", "की गई", "किया गया",
    "সম্পাদক", "সম্পাদকদের দৃষ্টি আকর্ষণ", "দৃষ্টি আকর্ষণ", "বিজ্ঞপ্তি", "খবরটি", "সংবাদটি", "এই খবর", "এই সংবাদ", "ஆசிரியர்கள் கவனத்திற்கு", "ஆசிரியர்கள்", "கவனத்திற்கு", "அறிவிப்பு", "இந்த செய்தி", "مدیران متوجہ ہوں", "مدیران", "اطلاع", "ضروری اطلاع", "یہ خبر", "تنبيه", "تنويه", "يرجى", "نرجو", "هذا الخبر", "إلى المحررين", "बातमी", "संपादकांसाठी", "संपादक ध्यान दें", "સમાચાર", "ಸುದ್ದಿ", "വാർത്ത", "ਖ਼ਬਰ", "ਖਬਰ", "ଖବର",
    "খবর", "সংবাদ", "செய்தி", "వార్త", "خبر", "الخبر", "meldung", "achtung", "redaktionen", "hinweis", "eilmeldung", "dépêche", "attention rédactions",
    "rédactions", "aux rédactions", "avis aux rédactions", "avis", "aviso", "aviso a los abonados", "a los abonados", "aviso aos assinantes", "aos editores", "a los editores", "noticia", "nota", "información", "atención", "editores", "atenção", "notícia", "notizia", "attenzione", "bericht", "artikel", "uwaga",
    "внимание", "редакциям", "вниманию редакций", "сообщение", "новость", "haber", "dikkat", "注意", "通知", "编辑", "稿件", "本稿", "お知らせ", "お断り", "編集者", "記事", "기사", "berita", "ralat", "tin", "ข่าว",
)  # fmt: skip

# At the head they say nothing of themselves: "IANS withdraws story: …".
AGENCIES: tuple[str, ...] = (
    "ians", "pti", "ani", "uni", "bss", "app", "ap", "reuters", "afp", "dpa", "efe", "ansa", "lusa", "upi", "tass", "xinhua", "kyodo", "yonhap", "anadolu", "新华社", "新華社", "中新社", "共同", "時事", "연합뉴스",
)  # fmt: skip

COMMANDS: tuple[str, ...] = (
    "please kill", "pls kill", "pls withdraw", "pls ignore our", "pls ignore the story", "pls ignore story", "please ignore our", "please ignore the story",
    "stands killed", "as killed", "kindly kill", "kindly ignore our", "kindly ignore the story", "kindly withdraw", "kindly disregard",
    "eliminate the story", "article removed", "article has been removed", "article has been withdrawn", "item has been withdrawn", "kill the story", "kill our story", "kill the item", "kill this story", "story is killed", "must be killed", "mandatory kill",
    "we are withdrawing", "please withdraw", "withdraw the story",
    "story withdrawn", "story removed", "story has been removed", "please disregard", "disregard the story",
    "रद्द किया जाता है", "रद्द की जाती है", "रद्द कर दी गई", "रद्द समझा जाए", "रद्द समझें", "निरस्त", "वापस ली जाती है",
    "वापस लिया जाता है", "वापस ले ली", "उपयोग न करें", "प्रकाशित न करें", "रद्द करें", "ব্যবহার করবেন না", "ரத்து செய்யப்", "إلغاء الخبر", "إلغاء خبر", "عدم نشر", "سحب الخبر", "منسوخ سمجھ", "প্রত্যাহার", "বাতিল", "திரும்பப்", "ఉపసంహరించ", "منسوخ", "إلغاء", "nicht verwenden", "nicht mehr verwenden", "ziehen wir zurück",
    "wird zurückgezogen", "ist zurückgezogen", "prière d annuler", "merci d annuler", "veuillez annuler", "est annulé", "ne pas utiliser", "se anula", "queda anulada",
    "rogamos anul", "anulen la", "queda sin efecto", "fica anulada", "fica cancelada", "fica sem efeito", "anulem a", "desconsiderem", "è annullata", "si prega di annullare", "is ingetrokken", "dras tillbaka", "trekkes tilbake", "просьба аннулировать",
    "просим аннулировать", "аннулируется", "iptal edilmiştir", "geri çekilmiştir", "撤稿", "停止使用", "请勿使用", "取り消します", "使用しないで", "취소합니다", "사용하지",
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

# Parts of words that some sentence of every notice has; they tell nothing by themselves.
STEMS: tuple[str, ...] = (
    "kill", "withdr", "retract", "cancel", "eliminat", "disregard", "ignore", "remov", "not use", "not be used", "delet", "anul", "retira", "suprim", "sin efecto", "sem efeito", "desconsider", "annul",
    "ne pas utiliser", "zurückgez", "ziehen wir", "nicht verwend", "nicht mehr verwend", "storn", "gesperrt", "ritira", "ingetrokken", "tillbaka", "tilbake", "återkall", "mitätöi", "peruttu", "wycofan", "stornov",
    "zruš", "аннулир", "отозв", "отмен", "анульов", "iptal", "geri çek", "batal", "ditarik", "thu hồi", "hủy", "रद्द", "निरस्त", "वापस", "न करें", "मागे", "বাতিল", "প্রত্যাহ", "করবেন না", "ரத்து", "திரும்பப்", "நீக்க",
    "வேண்டாம்", "రద్ద", "ఉపసంహ", "રદ", "ರದ್ದ", "ಹಿಂಪಡೆ", "റദ്ദ", "പിൻവലി", "ਰੱਦ", "ବାତିଲ", "منسوخ", "واپس", "إلغاء", "الغاء", "ملغ", "سحب", "لغو", "حذف", "ביטול", "מבוטל", "撤", "取消", "作废", "作廢", "停止使用", "勿使用",
    "删稿", "毙稿", "取り消", "取消し", "削除", "使用しない", "使用禁止", "差し止め", "취소", "삭제", "ยกเลิก",
)  # fmt: skip

# What a notice calls that which it takes back, in its text.
CALLED: tuple[str, ...] = (
    "story", "stories", "item", "article", "dispatch", "copy", "खबर", "समाचार", "बातमी", "খবর", "সংবাদ", "செய்தி", "వార్త", "સમાચાર", "ಸುದ್ದಿ", "വാർത്ത", "ਖ਼ਬਰ", "ଖବର", "خبر", "الخبر", "ידיעה",
    "meldung", "artikel", "bericht", "dépêche", "noticia", "información", "despacho", "notícia", "matéria", "notizia", "сообщени", "новост", "haber", "稿", "消息", "記事", "기사", "berita", "tin", "ข่าว",
)  # fmt: skip

# A notice that has these mends the story that it quotes, and does not take it back.
MENDS: tuple[str, ...] = (
    "correct", "clarif", "should read", "please read", "pls read", "instead of", "paragraph", "para ", "paras ", "graf ", "सुधार", "संशोधन", "पढ़ें", "पैरा", "সংশোধন", "திருத்த", "corrig", "correcc", "correç",
    "rectif", "retific", "rettific", "berichtig", "korrig", "richtig", "исправ", "уточн", "düzelt", "更正", "訂正", "订正", "应为", "정정", "تصحيح", "تصحیح", "ralat",
)  # fmt: skip
