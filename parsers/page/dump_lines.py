"""What one line of a page's text dump may be: a paragraph, of a head, of tail matter, of a widget, a picture, a stamp."""

from __future__ import annotations

import re

from parsers.dates import less_time
from parsers.lead.endings import TAKEN_OVER
from parsers.page import furniture
from parsers.page.asks import READERS
from parsers.page.blocks import weight
from parsers.page.stamp import BY as BYLINE
from parsers.page.stamp import parts_of, who_in

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
STAMP, BESIDE = 90, 20  # characters of a line with a time or byline, and of what stands in it beside the time
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


def is_stamp(line: str) -> bool:
    """Does a line hold a time, or a byline, and little else?"""
    if len(line) > STAMP or SAID_END.search(line):
        return False
    rest = less_time(line) if any(map(str.isdigit, line)) else line
    return (rest != line and len(rest) <= BESIDE) or (
        BYLINE.match(line) is not None and who_in(parts_of(line)) is not None
    )


def ends(line: str) -> bool:
    """Is a line the first of the tail matter, or of a head (byline, stamp)?"""
    if TAKEN_OVER.match(line) or furniture.APPEALS.match(line):
        return True
    if is_prose(line):
        return furniture.is_tail(line)
    return bool(TAIL.match(line)) or is_head(line) or READERS.fullmatch(line[:200]) is not None


def of_a_picture(line: str) -> bool:
    """Is a line a caption or the credit of a picture?"""
    return len(line) < 300 and bool(
        furniture.PICTURES.match(line) or furniture.is_caption(line) or furniture.CLIP.match(line)
    )
