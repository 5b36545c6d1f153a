"""The wording of end matter in the agencies' languages: patterns only, a line a custom. parsers/lead/signoff.py reads them."""

from __future__ import annotations

import re

# Reporter's and desk's initials: "int/jk/svn", "abc/ def/", "ABC // XYZ", "एकेएस/डीकेपी".
INITIALS = re.compile(
    r"^\W{0,3}(?:[a-zäöüß]{1,4}(?:\s?[/-]\s?[a-zäöü]{1,4}){1,5}/?|[a-z]{2,3}/)\W{0,2}$"
    r"|^[A-Z]{2,4}(?:\s?//?\s?[A-Z]{2,4}(?:\s\([A-Z]{1,4}\))?)+\.?$|^[A-Z]{2,4} \([A-Z]{1,4}\) // [A-Z]{2,4}$"
    r"|^[А-ЯІЇЄҐ]{1,3}(?:/[А-ЯІЇЄҐ]{1,3})+$|^[A-Z]\.[A-Z]\.?$|^[A-Z]{2,3}(?:/[A-Z]{2,3})+$|^[\u0900-\u097f]{1,8}(?:\s?/\s?[\u0900-\u097f.]{1,8}){1,5}$|^(?:[a-z]{2,4}\.){1,3}[a-z]{2,4}$"
)
# In brackets behind the last sentence: a press office "(DIPRO)", initials "(nz)", "(E-2)", "(red)".
TAG = re.compile(
    r"^(?:Raj Bhavan|(?:[A-Z][\w'’.]+ ){1,3}(?:Cell|Office|Bureau|Desk|PR|Service|Network)|[A-Z]{3,8}|[a-z]{2,4}|[A-Z]{1,2}-\d{1,2}|[A-Z]{2,3}/[A-Z]{2,3}|[A-Z][a-z]{0,2}/[A-Z]{1,3})$"
)
END_MARK = re.compile(
    r"(?i)^\W*(?:end(?:item(?:/\w{2,4})?|s|e|it)?|انتهای پیام|پایان پیام|نهاية|τέλος|loppu|slut|fin(?: del)?|fine|fim|lusa/fim|konec|vége|koniec|конец|кінець|끝|完|了|终|النهاية|انتهى|پایان|tamat|hết|समाप्त|শেষ|முற்றும்|more|ends?\s*-*|news\s*ends|bottomlife|###+|30)\W*$"
    r"|^[（(]\s*[完끝了终]\s*[）)]$|^_{3,}$|^\*{3,}$|^-{3,}$|^#{2,}$|^={3,}$|^\./\.$|^\*\s\*\s\*$"
)
WITH_INPUTS = re.compile(
    r"(?i)^\(?\s*(?:(?:with|written with|edited with|compiled with)\s+(?:additional\s+|the\s+)?(?P<a>[^()\n]{0,60}?)\s*(?:inputs?|reports?|feeds?|reporting)(?:\s+(?:from|by)\s+(?P<b>[^()\n]{2,80}))?"
    r"|(?:agency\s+)?inputs?\s*(?:from\b|:|-|–)\s*(?P<c>[^()\n]{2,60})"
    r"|(?:with|source|sources|courtesy|via|πηγ[ήη]|πηγές|quelle|quellen|source\s*/|fuente|fonte|kilde|källa|bron|zdroj|źródło|forrás|sursa|izvor|kaynak|sumber|nguồn|theo|источник|джерело|स्रोत|सोर्स|इनपुट|সূত্র|ماخذ|المصدر|منبع|来源|來源|出典|출처)\s*[:：/–-]\s*(?P<d>[^()\n]{2,40})"
    r"|(?:mit material (?:von|der)|unter verwendung von material (?:von|der)|mit|avec|con información de|con informazioni di|con|com informações d[ae]s?|com|na podstawie|s využitím|met|med|dengan|theo|по материалам|за матеріалами|с использованием материалов)\s+(?P<e>[^()\n]{2,40}))\s*\.?\)?\s*$"
)
HINDI_INPUTS = re.compile(
    r"^\(?\s*(?:(?P<a>[^()\n]{2,40}?)\s*(?:के\s+)?(?:इनपुट|इनपुट्स)(?:\s+के\s+साथ|\s+से)?|इनपुट\s*[:-]\s*(?P<b>[^()\n]{2,40}))\s*[.।]?\)?\s*$"
)
# Lines that name the agency whose story it is.
AGENCY_LINES = re.compile(
    r"(?i)^\W*(?:this (?:is )?published unedited from the (?P<a>[\w-]+) feed|this report by (?P<b>the canadian press|[\w ]{2,30}?) was first published\b[^\n]*|(?P<c>the associated press) created this story using technology[^\n]*"
    r"|(?:this|the) (?:story|report|article|copy) (?:has been |was |is )?(?:sourced|taken|syndicated|published|auto-generated|generated) (?:from|by) (?:the |a |an )?(?P<d>[\w-]{2,20}) (?:feed|news feed|news agency|wire)\b[^\n]*"
    r"|(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s+)?(?P<e>(?:the )?[\w-]+(?: press| news)?)(?:\s+\d{4}|\s+l\.p\.|-infocom[^\n]*)?\.?(?:\s+all rights reserved\.?[^\n]*)?"
    r"|(?P<f>associated press|ap|reuters|afp|bloomberg)(?:['’]s?)?\s+(?:[\w-]+\s+){0,4}(?:writers?|journalists?|reporters?|correspondents?|photographers?)\b[^\n]{3,240}(?:contributed|reported|helped)[^\n]{0,100})\W*$"
)
NAMES = r"[^\n]{3,300}"
# What a paper says under a story that it took over as it came.
OTHERS = (
    r"(?:this|the)\s+(?:story|report|article|copy|news|content|piece|post)\s+(?:(?:has|have|is|was|originally|first)\s+)*(?:not\s+been\s+|been\s+|being\s+)?(?:edited|published|auto|generated|sourced|taken|from|unedited|reproduced|first|produced|syndicated|appeared|written|updated|corrected|translated|created)\b[^\n]{0,300}",
    r"(?:except for the headline|barring the headline|only the headline|this (?:is published )?unedited|disclaimer|the headline (?:and (?:the )?(?:image|picture)|of this|may))\b[^\n]{0,400}",
    r"(?:this|the) [^\n]{0,60}(?:syndicated feed|auto-?generated|auto-?feed|wire feed|agency feed)[^\n]{0,160}",
)
TAKEN_OVER = re.compile(r"(?i)^\W{0,4}(?:" + "|".join(OTHERS) + r")\)?\W{0,3}$")
# Whole lines that belong to the desk or the site, never to the story.
DESK_LINES = re.compile(
    r"(?i)^\W{0,4}(?:"
    + "|".join(
        (
            rf"-?\s?(?:additional |further )?(?:reporting|writing|editing|compiled|edited|reported|written|graphics?|photo editing|production|translation|translated|filmed)(?:,? (?:and|&) \w+)*\s+by\b{NAMES}",
            rf"(?:reportage|reporte|reportagem|información|redacción|redação|rédigé|écrit|texte|version française|traducción|edición|editado|edição|bearbeitet|geschrieben|bericht|berichtet|redigiert|escrito|traduit|editing|a cura)\s+(?:de|d['’]|por|par|von|di|da|by|:)\s*{NAMES}",
            rf"(?:reportage|reporte|reportagem|reportaje|información|avec)\s+{NAMES}(?:édité|éditée|editado|edição|edición|editing|rédigé|version française|service français){NAMES}",
            r"(?:source\s?:?\s)(?-i:[A-Z])[^\n]{2,60}",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+[\s;,|/+\d()@\w.-]{0,60}",
            r"(?:reach|contact|e-?mail|email|follow|tips?|twitter|x)\b:?\s(?:[\w.'’-]+ ){0,6}?(?:at |on |via )?(?:twitter |x )?[\w.+-]*@[\w.-]+[^\n]{0,60}",
            r"[>»→■►]+\s*p(?:age|g)?\.?\s*\d{1,3}|(?:see|also see)\s+(?:page|p\.|pg\.?)\s*\w{1,4}",
            r"word\s?count\s*:?\s*\d{1,5}",
            r"\d{1,2}:\d\d\s+local time\b[^\n]{0,40}",
            r"advertorial\b[^\n]{0,400}",
            r"[^\n.]{2,200}\scontributed (?:(?:additional |to the )?reporting(?: (?:from|for|to|in) [^\n.]{2,60})?|(?:to|for) (?:this|the) (?:report|story|article|dispatch)[^\n.]{0,40}|from [A-Z][\w ,]{2,40})\.?",
            rf"(?:contributing|contributors?|with assistance from|--with assistance)\s*:?\s{NAMES}",
            *OTHERS,
            r"(?:turn|continued|contd\.?|cont['’]d|see|more|jump)\s+(?:to|on|in)\s+(?:page|p\.?|pg\.?)\s*\w{1,4}\b.{0,20}",
            r"\d{2,5}\s+words?\s*\)?(?:\s+\d.*)?",
            r"\d{4}-\d\d-\d\d[- ]\d\d:\d\d(?::\d\d)?(?: ?\(?[A-Z]{2,5}\)?)?",
            r"(?:©|\(c\)\s|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|riproduzione riservata|dilarang|hak cipta|무단|<?저작권자)[^\n]{0,260}",
            r"(?:pewarta|editor|redaktur|redaktør|redaktör|redactie|reporter|penulis|penerjemah|penyunting|translator|translated|copy editor|sub-?editor|譯者|译者|uploader|redactor|редактор|автор|責任編輯|责任编辑|編輯|编辑|责编|编译|核稿|記者|文|校对)\s*[:：]\s*[^\n]{1,80}",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*(?:[\w.@ ]{0,30})?",
            r"(?:[\w.'’-]+ ){1,4}(?:can|may) be (?:reached|contacted) (?:at|on|via)\s[^\n]{3,120}",
            r"(?:e-?mail|write to|contact|follow)\s+(?:(?:the )?(?:reporter|author|writer)|[\w.'’-]+(?: [\w.'’-]+){1,3})\s*(?:at|on|:)\s[^\n]{3,120}",
            r"(?:enter your email|subscribe (?:to|now)|sign up (?:for|to)|follow us|download (?:the|our)|click here|join (?:our|us)|for more (?:news|such|stories)|more stories like this|to get (?:more|the latest)|read more (?:at|on|from)|stay (?:tuned|updated)|get (?:the )?latest)[^\n]{0,240}",
            r"read (?:all )?the latest (?:news|stories|updates)\b[^\n]{0,240}",
            r"(?:the )?(?:views|opinions) expressed\b[^\n]{0,200}\b(?:personal|own|do not|not necessarily|those of)\b[^\n]{0,200}",
            r"to contact the (?:reporters?|editors?|authors?|staff)\b[^\n]{0,240}",
            r"(?:our standards|what are our policies|view (?:original|source)|see original)[^\n]{0,200}",
            r"published (?:in|by|on)\s*:?\s+[^\n]{2,80}",
            r"(?:first|last)\s+(?:published|updated|modified)[^\n]{2,80}",
            r"(?:\*{1,3}\s?)?(?:redaktionelle hinweise|dpa-notizblock|## |# notizblock|orte|autorin?|redaktion|kontakt)\b\s*:[^\n]{0,200}",
        )
    )
    + r")\)?\W{0,3}$"
)
# What is glued to the last sentence without a mark of its own.
TRAILERS = re.compile(
    r"(?<=[\w.!?”\"’')])\s+(?:(?P<agency>[A-Z]{2,6})\s+)?(?:[■►▶»>…–—-]+\s*)?(?:(?:Turn to|Continued on|Contd\.? on|See)\s+(?:[Pp]age|[Pp]g?\.?)\s+\w{1,4}|[■►▶»>]+\s*[Pp](?:age|g)?\.?\s*\d{1,3}|Enter your email [^\n]*|\(\s*\d{2,4} [Ww]ords\s*\)[^\n]*)\.?\s*$"
)
# Marks and notes glued behind the last sentence: "Enditem", "-0-", "(end) km.aa", "//Petra// AA", "（編輯：…）1140602", "(c)AFP", "(NAN)(www…)".
MARKS = re.compile(
    r"[.!?।۔。؟…”\"’')）\]](?P<gap>\s*)(?:Enditem(?:/\w{2,4})?|-\s?0\s?-|-\s?30\s?-|#{3,}|-*\s?ENDS?\s?-*|\((?:end|END|النهاية|انتهى|FIN|Fin|fim|FIM)\)\s*[^\s()]{0,9}(?:\s[^\s()]{0,6}){0,2}"
    r"|//\s?(?P<slashed>[^/\n]{2,24}?)\s?//\s*[A-Z .]{0,8}|[（(](?:編輯|编辑|責任編輯|责任编辑|譯者|译者|核稿|记者|記者)\s?[：:][^（）()\n]{1,40}[)）]\s*\d{0,8}|(?:\(c\)|©|ⓒ)\s?(?P<owner>[^\s()]{2,12}(?: [A-Z]\w+)?)"
    r"|\((?P<named>[A-Z]{2,8})\)\s?\((?:www|http)[^()\s]{3,40}\))\s*$"
)
NOTES = re.compile(
    r"(?i)contributed|reported|reporting|follow|writers?\b|\bAP\b|associated press|https?:|www\.|podcast|newsletter|coverage|receives? support|twitter|@|copyright|more\s+on|online:|story (?:has been|was|corrects)|corrected|first name|this version"
)
# What the lines above begin with (three letters of the first word; a letter in other scripts), and what else stands in them.
OPENINGS = frozenset(
    word[:3]
    for word in (
        "with written edited compiled agency input source courtesy via quelle fuente fonte kilde källa bron zdroj forrás sursa izvor kaynak sumber nguồn "
        "theo mit unter avec con com na s met med dengan this the associated ap reuters afp bloomberg additional further reporting writing editing "
        "graphic photo production translation filmed reportage información redacción rédigé texte version traducción edición bearbeitet geschrieben "
        "bericht escrito traduit reach contact e email tip twitter x p page pg see also word advertorial except barring only unedited disclaimer turn "
        "jump more c copyright all alle tous todos riproduzione dilarang hak pewarta penulis penerjemah penyunting sub uploader follow enter subscribe "
        "sign download click join for to read stay get our what view original published first last views opinions redaktør dpa notizblock orte autor kontakt"
    ).split()
)
FAR_LETTERS = frozenset("πźидспзраéसइসما来來出출譯译責责編编核記文校무저")
TOLD = ("contributed", "a cura", "@", "©", "be reached", "be contacted", "इनपुट")
AFTER_THE = frozenset(
    "associated story report article copy news content piece post headline views opinions".split()
)
FEEDS = ("feed", "auto")
FIRST_WORD = re.compile(r"\W*(\w{1,3})(?:\s+(\w+))?")


def could_tell(line: str) -> bool:
    """A cheap look at a line: False where neither inputs nor agency nor desk line can be it (most sentences of a story)."""
    low = line.lower()
    found = FIRST_WORD.match(low)
    if found and found[1] == "the" and found[2] and found[2] not in AFTER_THE:
        return any(sign in low for sign in (*FEEDS, *TOLD))
    return (
        found is None
        or found[1] in OPENINGS
        or not found[1].isalpha()
        or (not found[1].isascii() and found[1][0] in FAR_LETTERS)
        or any(sign in low for sign in TOLD)
    )
