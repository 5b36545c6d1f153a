"""What stands on pages and is no story: names of regions, lead-ins of promotions, lines of widgets. Data and small tests.

Names are class and id tokens, whole or in their words; never substrings, and never believed of a node that holds a third of
the page's text (body.py sees to that).
"""

from __future__ import annotations

import hashlib
import re

from parsers.text import bare

# Regions that are never body.
REGIONS = frozenset(
    (
        "comment comments disqus respond related recommended recommendation recommendations recirc recirculation sidebar share sharing shares sharebar "
        "sharethis addtoany social socials newsletter newsletters signup promo promos promotion advert adverts advertisement advertising adsbygoogle sponsored "
        "sponsor outbrain taboola breadcrumb breadcrumbs nav navbar navigation menu footer copyright colophon cookie cookies consent gdpr popup modal overlay "
        "widget widgets toolbar pagination pager trending popular mostread mostviewed morefrom readmore alsoread seealso teaser teasers upsell subscribe "
        "subscription subscribers donate donation login register poll quiz rating ratings byline bylines author authors authorbox bio tags taglist keywords "
        "topics caption captions figcaption credits credit infobox factbox correction corrections metadata postmeta dateline timestamp kicker eyebrow print "
        "printfriendly hidden screen sr offscreen visuallyhidden assistive skip skiplink masthead ticker carousel slideshow lightbox gallery galleries "
        "livestream player jwplayer audioplayer video videos pullquote pullquotes pull-quote feedback report ads ad adunit adslot dfp banner crosslinks linklist previous prev next nextprev postnav fblike "
        "facebook twitter whatsapp telegram pinterest linkedin instagram disclosure disclaimer affiliate affiliates entry-meta post-meta article-meta "
        "postmetadata article__meta imagedescription bildunterschrift legend legende authorbio textbox placeholder editorial-disclosure subnav "
        "tableofcontents table-of-contents inhaltsverzeichnis citation citations testimonial testimonials bookmark backlink rss podcast marketing "
        "inline-promo premium-story jumplinks most-popular "
    ).split()
)
# Readers' words, however many.
COMMENTS = frozenset(
    "comments kommentar kommentarbereich commentlist comment-list commentslist disqus disqus_thread respond kommentare kommentarliste commentaires comentarios commenti "
    "komentarze reviews usercomments fb-comments fyre livefyre viafoura spotim coral talkback reactions".split()
)
# What a program is written in, where a page shows it as text.
CODE = re.compile(r"</\w+>|\bfunction\s*\(|[{};]\s*[{};]|\)\s*=>|\w\.push\(")
# Consent to cookies: as long as a story on some pages.
CONSENT = frozenset(
    "cookie cookies consent gdpr cmp cookiebanner cookie-banner cookieconsent onetrust usercentrics didomi privacy-policy datenschutz".split()
)
# What sites say of their cookies; a story about cookies speaks of other sites.
COOKIES = re.compile(
    r"(?i)\b(?:(?:we|our partners) (?:\w+ ){0,3}use (?:\w+ ){0,3}cookies|(?:this|our) (?:web ?)?(?:site|page) (?:\w+ ){0,3}us(?:es|ing)? (?:\w+ ){0,3}cookies|by (?:using|continuing to use|browsing) (?:this|our) (?:web ?)?site\b.{0,80}cookies|"
    r"(?:wir|unsere\w*|diese\w*) (?:[\w-]+ ){0,5}(?:nutz|verwende|benutz|setz)\w*\b.{0,40}\bcookies|(?:nutzen|verwenden|setzen|benutzen) (?:wir|unsere \w+)\b.{0,40}\bcookies|(?:auf|in) (?:dieser|unserer) (?:web|internet)?(?:site|seite)\b.{0,40}\bcookies|"
    r"(?:utilizamos|usamos|este sitio|esta web|esta página|este site|nosso site)\b.{0,40}\bcookies|(?:nous utilisons|ce site|notre site)\b.{0,40}\bcookies|(?:utilizziamo|questo sito)\b.{0,40}\bcookie|"
    r"(?:ta strona|nasza strona|nasz serwis|ten serwis|używamy)\b.{0,40}\b(?:cookies|ciasteczk)|(?:deze site|onze site|wij gebruiken)\b.{0,40}\bcookies|(?:vi|denne side|den här webbplatsen)\b.{0,40}\b(?:bruker|använder|bruger)\b.{0,20}\bcookies)"
)
# Live blogs and slide shows: their items are the story.
LIVE = frozenset(
    "liveblog live-blog live livepost live-post liveticker ticker slideshow slide slides listicle liveblog24 lb24".split()
)
# What sites and themes call the element that holds the story.
BODIES = frozenset(
    "entry-content post-content article-content article-body articlebody article__body article__content article_body article_content story-body storybody story_body "
    "story-content storycontent post-body postbody article-text articletext articlecontent post_content news-body newsbody news-content td-post-content body-copy bodycopy "
    "content-body field-name-body articlecopy article-copy story-text storytext main-content-body single-content article-main".split()
)
WEAK = frozenset(
    (
        "author authors byline bylines credit credits tags topics keywords print hidden screen sr gallery galleries carousel slideshow player video videos pullquote pullquotes pull-quote report next "
        "previous prev subscribe subscription subscribers metadata widget widgets ad ads banner menu share social dateline timestamp modal overlay teaser "
        "teasers feedback skip facebook twitter instagram correction corrections popular promo comment rating register login ticker audioplayer telegram "
        "whatsapp infobox factbox related poll quiz advertisement sponsor copyright legend legende textbox placeholder citation citations affiliate "
        "affiliates marketing podcast rss testimonial testimonials bookmark disclaimer "
    ).split()
)
STRONG = REGIONS - WEAK
REGION_TAGS = frozenset({"nav", "footer", "aside", "figcaption", "form", "address", "dialog", "menu"})

# Lead-ins of promotions in the languages of the wires; at the start of a line.
LEAD_INS = re.compile(
    r"^\W{0,4}(?:(?:also )?(?:read|watch|see)\s*\||also\s+(?:read|see|watch|check)|read\s+(?:also|more|next|the full|our|full|it here|this)|see\s+(?:also|more)|watch\s*(?::|\||now|live|video|the video)|"
    r"related(?:\s+(?:stories|articles|content|news|posts|coverage|topics|links|reading))?\s*(?::|$)|more\s+(?:from|on this|stories|news|coverage)\b.{0,60}$|recommended(?:\s+(?:stories|for you|reading))?\s*:?\s*$|"
    r"don'?t\s+miss|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be interested|want)|trending(?:\s+(?:now|news|stories))?\s*:?\s*$|must\s+read|in\s+pics|explained\s*\||photos?\s*:\s*$|"
    r"click here|tap here|sign up|subscribe\b|follow\s+(?:us|\w+\s+on|the\s+latest|live)|join\s+(?:us|our|the\s+conversation|\w+\s+whatsapp)|download\s+(?:the|our)|get\s+(?:the\s+latest|breaking|our|all the latest)|"
    r"support\s+(?:our|quality|independent)|first published|last updated|published\s*:|story continues|article continues|continue reading|continues below|advertisement|sponsored|scroll to continue|"
    r"what to (?:read|know) next|up next|listen to|our standards|editor'?s? picks?|most\s+(?:read|popular|viewed)|top stories|latest (?:news|stories)|share (?:this|post|on|article)|have a (?:news )?tip|"
    r"lesen\s+sie\s+(?:auch|mehr|hier)|mehr\s+(?:zum thema|dazu|lesen)|das könnte sie|auch interessant|hier (?:geht es|lesen)|zum thema|weiterlesen|lesetipp|siehe auch|anzeige$|"
    r"lire\s+(?:aussi|également|la suite)|à\s+lire|voir\s+aussi|sur le même sujet|à voir|publicité$|"
    r"lea\s+(?:también|además|más)|le(?:e|er)\s+(?:también|más)|puedes ver|(?:te|le) puede interesar|puede interesarte|para saber más\s*:?$|mira también|más información\s*:?$|ver también|publicidad$|"
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
# Where a paper ends what it gives for nothing: the story goes on for those who pay or log in.
PAYWALL = re.compile(
    r"^\W{0,3}(?:il vous reste .{0,12}% de cet article|.{0,40}la suite (?:de cet article )?est réservée|cet article est réservé aux abonnés|"
    r"(?:this|the rest of this|the full) (?:article|story|content|post) is (?:only )?(?:for|available (?:only |exclusively )?to|reserved for|exclusive to|locked)\b.{0,60}\b(?:subscribers?|members?|premium)|"
    r"(?:please )?(?:subscribe|register|log in|sign in)(?: now| here| today)? to (?:continue|keep|read)\b.{0,40}(?:reading|more|article|story)|(?:log|sign) in or (?:create|register|subscribe)\b.{0,40}(?:continue|read)|"
    r"to (?:continue|keep) reading,? .{0,40}(?:subscri|log in|sign in|register)|want to (?:read|keep reading|see) .{0,40}subscri|access through your institution|enjoying our latest content\?|already a (?:subscriber|member)\?|"
    r"sie (?:möchten|wollen) (?:gerne )?weiterlesen|weiterlesen mit|jetzt (?:abonnieren und )?weiterlesen|(?:dieser|den ganzen|den vollständigen) (?:artikel|text|beitrag)\b.{0,60}\b(?:abonnent|abonnieren|plus|premium|registrier)|"
    r"(?:este )?(?:contenido|artículo) (?:es )?(?:exclusivo|solo|sólo) para (?:suscriptores|socios|miembros)|para seguir leyendo|conteúdo exclusivo para assinantes|continue lendo .{0,40}assin|"
    r"(?:questo )?(?:articolo|contenuto) (?:è )?riservato|per continuare a leggere|artykuł (?:dostępny )?(?:tylko )?dla (?:prenumeratorów|subskrybentów)|dalsza część .{0,40}(?:subskryb|prenumer)|"
    r"(?:för att )?läs(?:a)? (?:hela|vidare) .{0,40}(?:prenumer|logga)|logga in för att|for å lese (?:hele|videre)|dit artikel is (?:alleen )?voor (?:abonnees|leden)|verder lezen\?)",
    re.I,
)
REST = re.compile(r"(?i)\W{0,3}(?:il vous reste|.{0,40}la suite\b|the rest of|dalsza część)")
# Calls to click that no story makes, wherever their link stands.
CALLS = re.compile(
    r"\W{0,3}(?:click|tap|klicken sie|cliquez|haz clic|haga clic|clicca|klik) (?:here|on|hier|ici|aquí|qui)\b",
    re.I,
)
# How papers point to something else of theirs.
POINTERS = re.compile(r"(?:>>|[►▶➤➜➔➡→👉])\W{0,3}\w")
# Whole lines that widgets print.
WIDGET_LINES = re.compile(
    r"^\W*(?:spot_img\w*|autoplay|video unavailable|(?:click|tap) to play.{0,20}|play now|the video will auto-?play.{0,20}|we apologi[sz]e,? but this video .{0,60}|placeholder(?: image)?[\s-]*\d*|flipboard|pocket|はてなブックマーク|share(?:\s+(?:post|this|on|it|article|full article|story))?:?|date:?|by:?|facebook|twitter|x|whatsapp|pinterest|linkedin|telegram|copy (?:url|link)|email|print|reddit|"
    r"previous article|next article|advertisement|ad|ads|anzeige|publicité|publicidad|werbung|reklama|loading\.*|comments?|no comments?|leave a (?:reply|comment).*|save|saved|bookmark|listen|play|pause|"
    r"\d+\s*(?:comments?|shares?|views?|min(?:ute)?s?(?: read)?|likes?)|follow|tags?:?|topics:?|subscribe(?: now)?|sign in|log in|register|menu|close|search|home|photo\s*:?|video|gallery|image|"
    r"read more|load more|show more|view (?:more|all)|see all|more|back to top|(?:(?:text|font) size|textgröße|schriftgröße|taille du texte|tamaño del texto)\b.{0,60}|embed|you have (?:full |free )?access to this (?:article|story).{0,60}|add to (?:my |your )?(?:favou?rites|bookmarks|reading list)|(?:zur merkliste|artikel merken|auf die merkliste)\b.{0,20}|(?:pour )?ajouter (?:l['’]article )?à (?:vos|mes|ma) .{4,24}|(?:identifiez|connectez)-vous|(?:añadir a|guardar en) favoritos|aggiungi ai preferiti|report (?:an )?error|text size|font size|a\+|a-|aa|getty images|reuters|afp|ap|recommended (?:videos?|stories)|related videos?|your (?:web )?browser .{0,80}|(?:dein|ihr) browser .{0,80}|(?:site )?theme toggle.{0,60}|light dark|the-cnn-wire|schließen|fermer|cerrar|chiudi|sluiten|zamknij|externer inhalt|external content|contenu externe|contenido externo|schon gelesen|edit|hide|next|prev(?:ious)?|top|"
    r"© .{0,80}|copyright .{0,80}|all rights reserved.{0,80}|terms (?:of (?:use|service)|& conditions)|privacy policy|cookie policy|our standards: .*|"
    r"tweet|pin|share|send|like|\+\d|-)\W*$",
    re.I,
)
# Words of share bars, which run together where a style sheet parts them: "cancel email link Share bookmark Save".
SHARES = frozenset(
    (
        "share save email e-mail mail link copy cancel close bookmark print comment comments tweet tweeten twitter x facebook whatsapp telegram linkedin "
        "pinterest reddit pocket flipboard instagram messenger threads bluesky sms more less follow like listen play pause teilen drucken merken kommentare "
        "partager imprimer enregistrer compartir imprimir guardar condividi stampa salva delen dela udostępnij"
    ).split()
)
# Tail matter: once one of these is reached after the body, the rest is no story.
TAIL = re.compile(
    r"^\W{0,3}(?:unless otherwise (?:noted|stated|indicated)|sofern nicht anders|sauf (?:mention|indication) contraire|salvo (?:que se )?indi\w+ |our standards\s*:|the (?:reporter|writer|author) (?:can be|is)\b|contact (?:the (?:author|writer|reporter)|us)\b|reach (?:him|her|the)|follow (?:him|her|them|\w+) on|copyright\s|©|\(c\)|all rights reserved|"
    r"sign up (?:for|to)|subscribe to|for more (?:news|stories|information),? (?:visit|see|click|follow)|(?:this|the) (?:article|story) (?:was|is|has|originally|first) (?:been )?(?:originally |first )?(?:published|appeared|edited|produced|republished)|"
    r"@\w{3,} on (?:twitter|x|facebook|instagram)\b|questions\?? .{0,30}(?:comments|e-?mail|contact)|what do you think\? (?:tell|let|share|join|leave)|have something to say\?|send (?:us )?(?:your )?(?:news )?tips\b|to report (?:a|an) (?:correction|typo|error)|"
    r"if you (?:have|or someone)|(?:zitiervorschlag|(?:how to )?cite this (?:article|page|as)|suggested citation|pour citer cet article|cómo citar)\b|(?:hat ihnen (?:dieser|der|unser) (?:artikel|beitrag|text) gefallen|did you (?:like|enjoy) this (?:article|story|post)|vous avez (?:aimé|apprécié) cet article|¿?te (?:ha )?gust(?:ó|ado) est[ea]|ti è piaciuto (?:questo|quest['’]) ?articolo)\b|(?:do you |have you )?(?:have|got) a (?:story (?:to|for|you)|(?:news )?tip)\b|(?:would|do) you (?:like|want) to comment|please read our comment|doi\s?:\s?(?:http|10\.)|about the author|leave a (?:reply|comment)|related (?:stories|articles|posts|topics)|more (?:stories|from)|read next|you might also|recommended for you|"
    r"the views expressed|disclaimer\s*:|comments?\s*(?:\(\d+\))?$|tags?\s*:|topics\s*:|filed under|posted in|categories\s*:|share (?:this|on)|source\s*:\s*\S+$|photo(?:s)? (?:by|credit)|image credit|with files from)",
    re.I,
)
# The same where it may begin with other words; SIGNS: letters of which some stand in each, which costs less to look for.
TAIL_WITHIN = re.compile(
    r"^\W{0,3}(?:.{0,160}\b(?:rss 2\.0|leave a response)\b|.{0,120}\b(?:creative commons|cc[ -]by\b)|.{0,160}\b(?:cancel any ?time|cancela cuando quieras|jederzeit kündbar|résiliable à tout moment|annulla quando vuoi)|(?:.{0,140}[.?!] )?(?:join|follow|únete|síguenos|suscríbete|subscribe|folgen sie|rejoignez|entre)\b[^.?!]{0,80}\b(?:telegram|whatsapp)\b|.{0,140}\b(?:telegram|whatsapp)\? (?:join|follow|únete|síguenos|folgen sie|rejoignez)\b|.{0,240}\b(?:follow|keep up with|find|reach|contact) (?:me|him|her) (?:on|at|via) (?:twitter|x\b|instagram|facebook|linkedin|threads|bluesky|mastodon|[\w.]*@))",
    re.I,
)
SIGNS = (
    "rss 2.0, leave a response, creative commons, cc by, cc-by, any time, anytime, cancela cuando, kündbar, tout moment, quando vuoi, telegram, whatsapp, twitter, on x, at x, via x, instagram, "
    "facebook, linkedin, threads, bluesky, mastodon, @"
).split(", ")
# A note at the end on who wrote the story ("Jane Roe is a reporter for the Pier Post").
WRITER = re.compile(
    r"(?:[A-Z][\w.'’-]+ ){2,4}(?:is|covers|reports|writes)\b[^.]{0,160}\b(?:reporter|journalist|editor|correspondent|columnist|writer|contributor)\b"
)
# Headings and short lines over what a site offers next, about the author, or its sources.
RELATED = re.compile(
    r"^\W{0,3}(?:related\b|more\s+(?:on|from|stories|news|about)\b|also (?:read|in)\b|latest\b|trending|most (?:read|popular|viewed)|top stories|recommended|you m(?:ay|ight)|what to read|up next|don'?t miss|about the authors?|"
    r"read (?:more|next)|follow us|share this|comments?\b|dear readers?\b|support (?:us|our)|newsletter|"
    r"passend zum|die redaktion empfiehlt|stellenmarkt|weitere (?:artikel|meldungen|themen|nachrichten|beiträge|informationen|links?|\w+tipps)|mehr (?:von|aus|zu|zum)|ähnliche|verwandte|auch interessant|das könnte|entdecken sie|empfehlungen|meistgelesen|über d(?:en|ie) autor|zu[mr] autor|"
    r"(?:verwendete )?quellen(?:angaben)?\b|kommentare|articles? (?:liés?|similaires?)|à lire|sur le même|à propos de l|noticias? relacionadas?|notas? relacionadas?|art[ií]culos? relacionados?|te puede|m[áa]s (?:noticias|sobre|en)|sobre el autor|"
    r"articoli correlati|potrebbe|sull'autore|leia|mais (?:sobre|lidas|notícias)|sobre o autor|powiązane|polecane|o autorze|zobacz|gerelateerd|lees|relaterade?|læs|les også|похожие|читайте|материалы по теме|संबंधित|अन्य ख|مقالات ذات|اقرأ|相关|相關|延伸|関連)",
    re.I,
)
# What sites promise at the head and end of their copy: news by another way, a channel, an app.
PROMISES = re.compile(
    r"^\W{0,3}(?:catch|track|get|read|follow|stay|keep up|download|for (?:all|more|the latest|breaking)|check out|click|subscribe|join|like us|sign up|register|support|become an?|donate|want (?:more|to)|visit|watch|listen|submit|send us|folgen sie|abonnieren|unterstütz(?:e|en sie)|werden sie|hazte|conviértete|apoya|soutenez|devenez|diventa|sostieni|wesprzyj|zapraszamy|suivez|abonnez|"
    r"siga|sigue|suscr[íi]b|únete|seguici|iscriviti|siga|volg|följ|zapisz|obserwuj|подпи|फॉलो|हमें)"
    r"\b.{0,220}\b(?:news|updates?|apps?|stories|newsletters?|whatsapp|telegram|twitter|facebook|instagram|youtube|linkedin|google|channel|kanal|canal|subscri\w+|journalism|on x|members?|memberships?|mitglied|miembros?|membres?|soci[oi]|spenden?|donations?|subskryp\w+|nachrichten|noticias|notizie|form|editor)\b",
    re.I | re.S,
)
# A paper's letter to its readers under a story, asking for money or patience.
APPEALS = re.compile(
    r"^\W{0,3}(?:dear readers?|liebe leser(?:innen)?(?:(?: und |,? liebe )leser(?:innen)?)?|chers? lecteurs?|ch[eè]res? lectrices?.{0,20}|"
    r"estimad[oa]s? lector(?:a|es|as)?|querid[oa]s? lector(?:a|es|as)?|car[oi]s? leitor(?:a|es|as)?|car[oi] lettor[ei]|beste lezers?|kära läsare|drodzy czytelnicy|"
    r"уважаемые читатели|प्रिय पाठक\S*)\W*$",
    re.I,
)
# Whole lines that credit a picture, and captions that end with such a credit (a mere "(PTI)" is a sign-off).
PICTURES = re.compile(
    r"^\W{0,2}(?:(?:file )?(?:photo|picture|image|graphic|illustration|screenshot|foto|bild|beitragsbild|titelbild|grafik|crédits?|credits?|créditos?|photograph|imagen|fotograf\w+)s?(?: (?:photos?|credits?|courtesy|fotos?))?\s*[:©/|]|"
    r"(?:photo|picture|image|graphic|illustration|foto)s? (?:by|courtesy|credit)\b|©|\(c\) ).{0,130}$|"
    r"^[^.!?]{2,90}(?:/|via |© ?|\| ?)(?:getty(?: images)?|ap(?: photo)?|afp|reuters|epa|dpa|imago|alamy|shutterstock|bloomberg|picture alliance|istock|unsplash|pixabay)\b.{0,30}$",
    re.I,
)
CAPTIONED = re.compile(r"\((?:file|FILE)\)\W*$|^(?:file(?: photo)?\s?[-–:]\s|in this (?:\w+,? ){0,6}(?:photo|image|photograph|picture|screen ?grab|frame)\b|pictured\b(?=[:,]| (?:is|are|from|right|left|at|above|below|with|here)\b))|(?:^|[.!?…)”\"»]\s)(?:photos?|fotos?|bild(?:er)?|images?|pictures?|illustrations?|grafik|crédits?)\s?[:/©]\s?[^.!?:]{2,60}$|[(\[](?:(?:ap photo|reuters|afp|getty images|photo|file photo|image|picture|express photo|pic)\s*[:/|][^()]{1,60}|(?:file|representational|representative|express|ap|pti|ani)?\s?(?:photo|image|pic)s?|instagram|twitter)[)\]]\W*$|[(\[][^()\[\]]{2,60}(?:/|\bvia )\s?(?:getty|ap\b|afp|reuters|epa|pa\b|bloomberg|alamy|shutterstock|wireimage|file)[^()\[\]]{0,40}[)\]]\W*$|\|\s*(?:©|(?:foto|photo|bild|image|picture)s?\s*:)\s?[^.]{2,60}\.?$", re.I)  # fmt: skip
CREDITING = re.compile("[:/©|]")
CAPTIONS = ("file", "in this", "pictured")  # how some begin
# A film's length and title, as players list them ("2:17 Harbour opens again").
CLIP = re.compile(r"^\d{1,2}:\d{2} \S.{4,130}[^.:;]$")
STAMPS = re.compile(
    r"^\W*(?:(?:first |last )?(?:updated|published|posted|modified|created|aktualisiert|veröffentlicht|publié|mis à jour|actualizado|publicado|pubblicato|aggiornato|opublikowano|stand|letzte (?:änderung|aktualisierung)|zuletzt (?:geändert|aktualisiert|bearbeitet))\b(?:[^.]|(?<=\d)\.){0,70}|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s.{0,40}\d{4}.{0,24}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.{0,24}|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?: \d{1,2}:\d{2})?|\w+ \d{1,2},? \d{4}.{0,30}|\d{1,2}\.? \w+\.? \d{4}.{0,30}|"
    r"\d{1,2}[:.]\d{2},? (?:[a-z]+,? )?(?:\d{1,2}\.? [a-z]+\.?|[a-z]+\.? \d{1,2},?) \d{4}.{0,50}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}[ ,|–-]{0,4}\d{1,2}[:.]\d{2}.{0,40}|\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|h|[A-Z]{2,4}))?(?:\s*(?-i:[A-Z][\w.'’-]+(?:\s[A-Z][\w'’-]+){1,3}))?|"
    r"\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) (?:ago|read))\W*$",
    re.I,
)


def is_tail(text: str) -> bool:
    """Is a line the first of what stands after a story?"""
    if TAIL.match(text):
        return True
    low = text.lower()
    return any(map(low.__contains__, SIGNS)) and TAIL_WITHIN.match(text) is not None


def is_caption(text: str) -> bool:
    """Does a line end with the credit of a picture, or begin as captions do?"""
    marked = text[-1:] in ")]" or CREDITING.search(text) or text[:8].lower().startswith(CAPTIONS)
    return bool(marked) and CAPTIONED.search(text) is not None


def digest(paragraph: str) -> str:
    """The mark under which a site's furniture is remembered: equal for equal letters, whatever the spacing and case."""
    return hashlib.blake2b(bare(paragraph).encode(), digest_size=8).hexdigest()
