"""What stands on pages and is no story: names of regions, lead-ins of promotions, lines of widgets. Data and small tests.

Names are class and id tokens, whole or in their words; never substrings, and never believed of a node that holds a third of
the page's text (body.py sees to that).
"""

from __future__ import annotations

import hashlib
import re

# Regions that are never body.
REGIONS = frozenset(
    [
        "comment",
        "comments",
        "disqus",
        "respond",
        "related",
        "recommended",
        "recommendation",
        "recommendations",
        "recirc",
        "recirculation",
        "sidebar",
        "share",
        "sharing",
        "shares",
        "sharebar",
        "sharethis",
        "addtoany",
        "social",
        "socials",
        "newsletter",
        "newsletters",
        "signup",
        "promo",
        "promos",
        "promotion",
        "advert",
        "adverts",
        "advertisement",
        "advertising",
        "adsbygoogle",
        "sponsored",
        "sponsor",
        "outbrain",
        "taboola",
        "breadcrumb",
        "breadcrumbs",
        "nav",
        "navbar",
        "navigation",
        "menu",
        "footer",
        "copyright",
        "colophon",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "popup",
        "modal",
        "overlay",
        "widget",
        "widgets",
        "toolbar",
        "pagination",
        "pager",
        "trending",
        "popular",
        "mostread",
        "mostviewed",
        "morefrom",
        "readmore",
        "alsoread",
        "seealso",
        "teaser",
        "teasers",
        "upsell",
        "subscribe",
        "subscription",
        "subscribers",
        "donate",
        "donation",
        "login",
        "register",
        "poll",
        "quiz",
        "rating",
        "ratings",
        "byline",
        "bylines",
        "author",
        "authors",
        "authorbox",
        "bio",
        "tags",
        "taglist",
        "keywords",
        "topics",
        "caption",
        "captions",
        "figcaption",
        "credits",
        "credit",
        "infobox",
        "factbox",
        "correction",
        "corrections",
        "metadata",
        "postmeta",
        "dateline",
        "timestamp",
        "kicker",
        "eyebrow",
        "print",
        "printfriendly",
        "hidden",
        "screen",
        "sr",
        "offscreen",
        "visuallyhidden",
        "assistive",
        "skip",
        "skiplink",
        "masthead",
        "ticker",
        "carousel",
        "slideshow",
        "lightbox",
        "gallery",
        "galleries",
        "livestream",
        "player",
        "jwplayer",
        "audioplayer",
        "feedback",
        "report",
        "ads",
        "ad",
        "adunit",
        "adslot",
        "dfp",
        "banner",
        "crosslinks",
        "linklist",
        "previous",
        "prev",
        "next",
        "nextprev",
        "postnav",
        "fblike",
        "facebook",
        "twitter",
        "whatsapp",
        "telegram",
        "pinterest",
        "linkedin",
        "instagram",
    ]
)
WEAK = frozenset(
    [
        "author",
        "authors",
        "byline",
        "bylines",
        "credit",
        "credits",
        "tags",
        "topics",
        "keywords",
        "print",
        "hidden",
        "screen",
        "sr",
        "gallery",
        "galleries",
        "carousel",
        "slideshow",
        "player",
        "report",
        "next",
        "previous",
        "prev",
        "subscribe",
        "subscription",
        "subscribers",
        "metadata",
        "widget",
        "widgets",
        "ad",
        "ads",
        "banner",
        "menu",
        "share",
        "social",
        "dateline",
        "timestamp",
        "modal",
        "overlay",
        "teaser",
        "teasers",
        "feedback",
        "skip",
        "facebook",
        "twitter",
        "instagram",
        "correction",
        "corrections",
        "popular",
        "promo",
        "comment",
        "rating",
        "register",
        "login",
        "ticker",
        "audioplayer",
        "telegram",
        "whatsapp",
        "infobox",
        "factbox",
        "credits",
        "related",
        "poll",
        "quiz",
        "advertisement",
        "sponsor",
        "copyright",
    ]
)
STRONG = REGIONS - WEAK
REGION_TAGS = frozenset({"nav", "footer", "aside", "figcaption", "form", "address", "dialog", "menu"})

# Lead-ins of promotions in the languages of the wires; at the start of a line.
LEAD_INS = re.compile(
    r"^\W{0,4}(?:also\s+(?:read|see|watch|check)|read\s+(?:also|more|next|the full|our|full|it here|this)|see\s+(?:also|more)|watch\s*(?::|\||now|live|video|the video)|"
    r"related(?:\s+(?:stories|articles|content|news|posts|coverage|topics|links|reading))?\s*(?::|$)|more\s+(?:from|on this|stories|news|coverage)\b.{0,60}$|recommended(?:\s+(?:stories|for you|reading))?\s*:?\s*$|"
    r"don'?t\s+miss|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be interested|want)|trending(?:\s+(?:now|news|stories))?\s*:?\s*$|must\s+read|in\s+pics|explained\s*\||photos?\s*:\s*$|"
    r"click here|tap here|sign up|subscribe\b|follow\s+(?:us|\w+\s+on|the\s+latest|live)|join\s+(?:us|our|the\s+conversation|\w+\s+whatsapp)|download\s+(?:the|our)|get\s+(?:the\s+latest|breaking|our|all the latest)|"
    r"support\s+(?:our|quality|independent)|first published|last updated|published\s*:|story continues|article continues|continue reading|continues below|advertisement|sponsored|scroll to continue|"
    r"what to (?:read|know) next|up next|listen to|our standards|editor'?s? picks?|most\s+(?:read|popular|viewed)|top stories|latest (?:news|stories)|share (?:this|post|on|article)|have a (?:news )?tip|"
    r"lesen\s+sie\s+(?:auch|mehr|hier)|mehr\s+(?:zum thema|dazu|lesen)|das könnte sie|auch interessant|hier (?:geht es|lesen)|zum thema|weiterlesen|lesetipp|siehe auch|anzeige$|"
    r"lire\s+(?:aussi|également|la suite)|à\s+lire|voir\s+aussi|sur le même sujet|à voir|publicité$|"
    r"lea\s+(?:también|además|más)|le(?:e|er)\s+(?:también|más)|te puede interesar|puede interesarte|mira también|más información\s*:?$|ver también|publicidad$|"
    r"leia\s+(?:também|mais)|veja\s+(?:também|mais)|saiba mais|publicidade$|"
    r"leggi\s+(?:anche|tutto|l'articolo)|vedi anche|ti potrebbe interessare|approfondisci|"
    r"lees\s+(?:ook|meer|verder)|bekijk ook|zie ook|"
    r"läs\s+(?:också|mer|även)|les\s+(?:også|mer)|læs\s+(?:også|mere)|lue\s+(?:myös|lisää)|"
    r"czytaj\s+(?:też|także|również|więcej)|zobacz\s+(?:też|także|również|wideo)|przeczytaj|polecamy|"
    r"čtěte\s+(?:také|více)|přečtěte|čítajte|olvas(?:sa|ta)|citește și|vezi și|прочети|pročitajte|"
    r"читайте\s+(?:также|ще|також|еще)|смотрите также|подписывайтесь|реклама$|підписуйтесь|"
    r"(?:ayrıca |bunu da )?okuyun|ilgili haber|اقرأ\s+(?:أيضا|المزيد|أيضًا)|إقرأ|شاهد أيضا|یہ بھی پڑھیں|مزید پڑھیں|"
    r"यह भी पढ़|ये भी पढ़|इसे भी पढ़|आगे पढ़ें|আরও পড়ুন|আরো পড়ুন|மேலும் படிக்க|ఇది కూడా చదవండి|baca\s+(?:juga|selengkapnya)|xem thêm|đọc thêm|相关阅读|延伸閱讀|延伸阅读|関連記事|あわせて読みたい|관련기사)",
    re.I,
)
# Whole lines that widgets print.
WIDGET_LINES = re.compile(
    r"^\W*(?:spot_img\w*|share(?:\s+(?:post|this|on|it|article|full article|story))?:?|date:?|by:?|facebook|twitter|x|whatsapp|pinterest|linkedin|telegram|copy (?:url|link)|email|print|reddit|"
    r"previous article|next article|advertisement|ad|ads|anzeige|publicité|publicidad|werbung|reklama|loading\.*|comments?|no comments?|leave a (?:reply|comment).*|save|saved|bookmark|listen|play|pause|"
    r"\d+\s*(?:comments?|shares?|views?|min(?:ute)?s?(?: read)?|likes?)|follow|tags?:?|topics:?|subscribe(?: now)?|sign in|log in|register|menu|close|search|home|photo\s*:?|video|gallery|image|"
    r"read more|load more|show more|view (?:more|all)|see all|more|back to top|add to favorites|report (?:an )?error|text size|font size|a\+|a-|aa|getty images|reuters|afp|ap|edit|hide|next|prev(?:ious)?|top|"
    r"© .{0,80}|copyright .{0,80}|all rights reserved.{0,80}|terms (?:of (?:use|service)|& conditions)|privacy policy|cookie policy|our standards: .*|"
    r"tweet|pin|share|send|like|\+\d|-)\W*$",
    re.I,
)
# Tail matter: once one of these is reached after the body, the rest is no story.
TAIL = re.compile(
    r"^\W{0,3}(?:our standards\s*:|the (?:reporter|writer|author) (?:can be|is)\b|contact (?:the (?:author|writer|reporter)|us)\b|reach (?:him|her|the)|follow (?:him|her|them|\w+) on|copyright\s|©|\(c\)|all rights reserved|"
    r"sign up (?:for|to)|subscribe to|for more (?:news|stories|information),? (?:visit|see|click|follow)|(?:this|the) (?:article|story) (?:was|is|has|originally|first) (?:been )?(?:originally |first )?(?:published|appeared|edited|produced|republished)|"
    r"if you (?:have|or someone)|got a (?:news )?tip|about the author|leave a (?:reply|comment)|related (?:stories|articles|posts|topics)|more (?:stories|from)|read next|you might also|recommended for you|"
    r"the views expressed|disclaimer\s*:|comments?\s*(?:\(\d+\))?$|tags?\s*:|topics\s*:|filed under|posted in|categories\s*:|share (?:this|on)|source\s*:\s*\S+$|photo(?:s)? (?:by|credit)|image credit|with files from)",
    re.I,
)
# A film's length and title, as players list them ("2:17 Harbour opens again").
CLIP = re.compile(r"^\d{1,2}:\d{2} \S.{4,130}[^.:;]$")
STAMPS = re.compile(
    r"^\W*(?:(?:first |last )?(?:updated|published|posted|modified|created|aktualisiert|veröffentlicht|publié|mis à jour|actualizado|publicado|pubblicato|aggiornato|opublikowano|stand)\b[^.]{0,70}|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s.{0,40}\d{4}.{0,24}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.{0,24}|\w+ \d{1,2},? \d{4}.{0,30}|\d{1,2}\.? \w+\.? \d{4}.{0,30}|"
    r"\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) (?:ago|read))\W*$",
    re.I,
)


def digest(paragraph: str) -> str:
    """The mark under which a site's furniture is remembered: equal for equal letters, whatever the spacing and case."""
    bare = "".join(c for c in paragraph.casefold() if c.isalnum())
    return hashlib.blake2b(bare.encode(), digest_size=8).hexdigest()
