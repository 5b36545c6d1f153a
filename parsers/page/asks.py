"""What sites ask of their readers in the midst of a story: an address for their letters, an account, consent, a comment."""

from __future__ import annotations

import re

LONGEST = 600  # characters of a line that asks something
# Letters of which some stand in every line that ASKS finds: to look for them costs less than to match.
SIGNS = (
    "inbox mail account konto compte cuenta conta passw mot contrase senha hasł lösen wachtwoord privac datenschutz confid prywat integritet "
    "personvern privatliv конфид персональн subscri unsubscribe signed captcha javascript access anmeld abbestell bedingungen inhalt registrier tout "
    "gemeldet bandeja buz correo comentar caixa casella posta skrzynk inkorg indbakke innboks unlock ログイン 会員 利用規約 メールアドレス 登录 登入 로그인"
).split()
ASKS = re.compile(
    r"(?i)(?:"
    # English
    r"\b(?:delivered|sent|straight|right|direct(?:ly)?|emailed)\b.{0,30}\bto your (?:inbox|e-?mail)|\bin your (?:inbox|e-?mail inbox)\b|"
    r"\bby (?:providing|entering|submitting|signing (?:up|in)|subscribing|clicking|registering|creating|continuing|joining|checking|proceeding|logging in|sharing)\b.{0,140}\b(?:you|i) (?:\w+ )?(?:agree|consent|accept|acknowledge|confirm|have read)\b|"
    r"^\W*(?:yes,? )?i(?:'d| would) like to (?:be emailed|receive|get|hear)\b.{0,120}\b(?:offers|news|updates|newsletters?|e-?mails?)\b|\b(?:read|see|view|review) our (?:privacy (?:policy|notice|statement)|terms)\b|\bunsubscribe (?:at )?any ?time\b|"
    r"^\W*(?:please )?(?:enter|provide|confirm|check|verify) (?:a |an |your )(?:valid )?(?:e-?mail|password|user ?name)\b|\b(?:e-?mail address|your e-?mail|password) is (?:required|invalid|not valid)\b|"
    r"\bthank(?:s| you) for (?:subscribing|signing up|registering|your subscription)\b|(?:^|[.!?]\s)\W*you(?:'re| are|'ve| have)(?: now| already| been| successfully){0,3} (?:signed up|subscribed|unsubscribed)\b|"
    r"\b(?:create|open|set up) (?:an?|your) (?:free )?account\b.{0,80}\b(?:sign|log) ?in\b|\b(?:sign|log) ?in or (?:create|register|subscribe|sign up|join)\b|\b(?:already have|don'?t have|no) an account\?|\bforg[eo]t(?:ten)?(?: your| my)? password\b|"
    r"\bprotected by (?:re|h)captcha\b|\b(?:enable|turn on|activate) javascript\b.{0,60}\b(?:browser|continue|view|watch|site|page)\b|\bjavascript (?:is|must be) (?:disabled|turned off|enabled)\b|"
    r"^\W*(?:subscribe|register|sign up)(?: now| today| here)? (?:to|for|and) (?:read|unlock|enjoy|access|get|receive|support|continue|see)\b|^\W*unlimited (?:digital |online )?access to\b|"
    r"\bwe(?:'ll| will)? (?:never|not|won'?t) (?:share|spam|sell|give)\b.{0,30}\b(?:e-?mail|address|inbox)\b|"
    # German; the paper speaks to its reader where "Ihr" has a capital.
    r"\bin (?:(?-i:Ihr)|dein)(?:em|en)? (?:e-?mail-?)?(?:postfach|posteingang)\b|\bnewsletter\b.{0,60}\b(?:anmeld|abonnier|bestell|abbestell)\w*|\bjederzeit (?:wieder )?(?:abbestell|abmeld)|"
    r"\b(?:ich stimme|bitte stimme|stimmen sie|ich willige|akzeptiere(?: ich|n sie)?|ich bestätige)\b.{0,140}\b(?:datenschutz\w*|\w*bedingungen|einwilligung)\b|\bunsere[rn]? (?:datenschutz(?:erklärung|bestimmungen|hinweise\w*|richtlinie\w*)|nutzungsbedingungen)\b|"
    r"\b(?:bereits|schon|noch kein\w*) (?:registriert|angemeldet|ein konto|konto|account)\s?\?|\bsie sind (?:bereits )?angemeldet als\b|\bpasswort vergessen\b|\be-?mail-?adresse (?:ein(?:geben|tragen)|angeben)\b|"
    r"\bum (?:diese[nr]?|externe|eingebettete|den|die) inhalte?\b.{0,40}\b(?:anzuzeigen|anzeigen|zu (?:laden|sehen|nutzen))\b|\b(?:externe[nrs]?|eingebettete[nrs]?) inhalte?\b.{0,100}\b(?:einwilligung|zustimm\w*|datenschutz\w*)\b|\bladen der inhalte\b.{0,60}\bblockiert\b|"
    # French
    r"\bdans votre (?:boîte|messagerie|e-?mail)|\ben (?:vous inscrivant|cliquant|poursuivant|validant|renseignant|soumettant|continuant)\b.{0,140}\b(?:vous|j')\s?(?:\w+ )?(?:acceptez|consentez|reconnaissez|accepte)\b|\b(?:vous (?:possédez|avez)|j'ai) déjà un compte\b|\bmot de passe oublié\b|"
    r"\bvous (?:désinscrire|désabonner) (?:à tout moment|via|en cliquant)\b|\bnotre politique de (?:confidentialité|protection des données)\b|"
    # Spanish, Portuguese, Italian
    r"\b(?:recib\w+|directo|directamente|envia\w*|llega\w*)\b.{0,60}\b(?:en|a) tu (?:bandeja|buz[oó]n|correo|e-?mail)\b|\bal (?:registrar\w*|suscribir\w*|continuar|hacer clic|enviar|crear)\b.{0,140}\b(?:aceptas?|confirmas?)\b|\bnuestra política de privacidad\b|\bya tienes? (?:una )?cuenta\b|\bolvid(?:aste|ó) (?:tu|su) contraseña\b|"
    r"\bpara comentar\b.{0,40}\b(?:cuenta|regístra\w+|registrar\w+|inicia\w* sesión|datos)\b|\b(?:receb\w+|direto|diretamente|enviad\w+)\b.{0,60}\b(?:no|na|em) (?:seu|sua) (?:e-?mail|caixa)\b|\bao (?:se )?(?:cadastrar|inscrever|clicar|continuar|assinar|enviar)\b.{0,140}\bvocê (?:\w+ )?(?:aceita|concorda|declara)\b|"
    r"\bnossa política de privacidade\b|\bjá (?:tem|possui) (?:uma )?conta\?|\besquec(?:i|eu) (?:a |sua |minha )?senha\b|\bnella tua (?:casella|mail|inbox|posta)\b|\b(?:iscrivendoti|cliccando|registrandoti|proseguendo|inviando)\b.{0,140}\b(?:accett[io]|acconsent[io]|dichiar[io])\b|\bhai già un account\b|\bpassword dimenticata\b|"
    # Dutch, Polish, the North, Russian
    r"\bin (?:je|uw) (?:inbox|mailbox)\b|\bons privacy(?:beleid|verklaring|statement)\b|\b(?:al|nog geen) (?:een )?account\s?\?|\bwachtwoord vergeten\b|\bna (?:twoją|swoją) skrzynkę\b|\b(?:akceptuj\w+|regulamin\w*|nasz\w+)\b.{0,60}\bpolity[kc]\w+ prywatności\b|\bmasz już konto\b|\b(?:nie pamiętasz|zapomniałe\w+) hasła\b|"
    r"\bi din (?:inkorg|mejl|indbakke|innboks)\b|\b(?:vår|våre|vores) (?:integritetspolicy|personvern\w*|privatlivspolitik)\b|\bhar du (?:redan|allerede) (?:ett |en )?konto\b|\bglömt lösenord|\b(?:соглас\w+|принима\w+)\b.{0,80}\b(?:политик\w+ конфиденциальности|обработк\w+ персональных данных)\b|"
    # Japanese, Chinese, Korean
    r"会員の方のみ|会員登録|ログイン(?:する|して|が必要)|利用規約(?:に同意|に違反|$)|メールアドレスを(?:入力|登録)|(?:请先?|請先?)(?:登录|登入|注册)|(?:登录|登入)后|로그인(?:하|\s?후|이 필요)"
    r")"
)
# What stands over the words of readers.
READERS = re.compile(
    r"(?i)\W{0,3}(?:\d{1,5}\s+(?:thoughts?|responses?|repl(?:y|ies)|comments?)(?:\s+(?:on|to|for)\b.{0,200})?|(?:view|show|read|see|hide|load|all)\s+(?:all\s+|the\s+|more\s+)?(?:\d{1,5}\s+)?comments?|(?:reader\s+)?comments?(?:\s*[:(\[]?\s*\d{1,5}\s*[)\]]?)?|"
    r"(?:join|start)\s+the\s+(?:conversation|discussion)|(?:leave|post|write|add)\s+(?:a|your)\s+(?:reply|comment)|\d{1,5}\s+(?:kommentare?|gedanken zu|antworten (?:auf|zu)|commentaires?|comentarios?|comentários?|commenti|komentarz[ey]|reacties|kommentarer|комментари\w+|yorum)\b.{0,120}|"
    r"(?:leser)?kommentare(?:\s*\(\d+\))?|(?:einen |schreiben sie einen |hinterlassen sie einen )?kommentar (?:schreiben|verfassen|hinterlassen)|(?:hinterlasse|schreibe) (?:eine antwort|einen kommentar)|keine kommentare.{0,100}|diskutieren sie mit|unterhaltung beginnen|"
    r"(?:laisser|poster|ajouter|écrire) un commentaire|commentaires(?:\s*\(\d+\))?|(?:deja|dejar|escribe|añade|publicar) (?:un comentario|una respuesta)|comentarios(?:\s*\(\d+\))?|(?:deixe|escreva) (?:um comentário|uma resposta|seu comentário)|comentários(?:\s*\(\d+\))?|"
    r"(?:lascia|scrivi) un commento|commenti(?:\s*\(\d+\))?|(?:laat een|geef een|plaats een) reactie(?: achter)?|reacties(?:\s*\(\d+\))?|(?:dodaj|zostaw|napisz) komentarz|komentarze(?:\s*\(\d+\))?|(?:lämna|skriv|legg igjen) en kommentar|kommentarer(?:\s*\(\d+\))?|"
    r"(?:оставить|добавить) комментарий|комментарии(?:\s*\(\d+\))?|yorumlar(?:\s*\(\d+\))?|yorum yap|コメント(?:を書く)?|发表评论|網友評論|网友评论|댓글(?:\s*\d+)?|टिप्पणियाँ|تعليقات|التعليقات)\W{0,3}"
)
# What stands by each of them: a call to answer, whose words they are.
ANSWERS = re.compile(
    r"(?i)\W{0,3}(?:(?:reply|reply to this|in reply to.{0,60}|antworten|auf diesen kommentar antworten|répondre|responder|rispondi|reageer|reageren|odpowiedz|svara|svar|ответить|yanıtla|cevapla|返信(?:する)?|回复|回覆|답글|जवाब दें|رد|report(?: comment)?|melden|signaler|permalink|flag)\W{0,3}(?:\d+\W{0,3})?|"
    r".{2,60}\s(?:says|said|wrote|sagt|meint|schreibt|dit|a dit|dice|dijo|ha detto|scrive|disse|zegt|schreef|pisze|skrev|skriver|пишет|yazdı|diyor ki)\W{0,60}(?:\d.{0,40})?:?)"
)


def asks(text: str) -> bool:
    """Does a line ask its reader for an address, an account or consent?"""
    if len(text) > LONGEST:
        return False
    low = text.lower()
    return any(sign in low for sign in SIGNS) and ASKS.search(text) is not None
