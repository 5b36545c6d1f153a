"""What sites ask of their readers in the midst of a story: an address for their letters, an account, consent, a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.signs import standing

LONGEST = 400  # characters of a line that asks something
YOU_AGREE = r".{0,140}\b(?:you|i) (?:\w+ )?(?:agree|consent|accept|acknowledge|confirm|have read)\b"
# Letters without which none of the patterns matches → patterns; all in lower case.
ASKS = {
    sign: re.compile("|".join(patterns))
    for sign, patterns in {
        # English
        "inbox": [r"\b(?:to|in) your (?:e-?mail )?inbox\b", r"\bin (?:je|uw) inbox\b", r"\bnella tua inbox\b"],
        "mail": [
            r"\b(?:delivered|sent|straight|right|direct(?:ly)?|emailed)\b.{0,30}\bto your e-?mail\b",
            r"^\W*(?:yes,? )?i(?:'d|’d| would) like to (?:be emailed|receive|get|hear)\b.{0,120}\b(?:offers|news|updates|newsletters?|e-?mails?)\b",
            r"^\W*(?:please )?(?:enter|provide|confirm|check|verify) (?:a |an |your )(?:valid )?e-?mail\b",
            r"\b(?:e-?mail address|your e-?mail) is (?:required|invalid|not valid)\b",
            r"\bwe(?:'ll|’ll| will)? (?:never|not|won['’]?t) (?:share|spam|sell|give)\b.{0,30}\b(?:e-?mail|address)\b",
            r"\be-?mail-?adresse (?:ein(?:geben|tragen)|angeben)\b",
            r"\bdans votre e-?mail\b",
            r"\b(?:receb\w+|direto|diretamente|enviad\w+)\b.{0,60}\b(?:no|na|em) seu e-?mail\b",
            r"\b(?:recib\w+|directo|directamente|envia\w*|llega\w*)\b.{0,60}\ba tu e-?mail\b",
        ],
        "by ": [rf"\bby (?:providing|entering|submitting|signing (?:up|in)|subscribing|clicking|registering|creating|continuing|joining|checking|proceeding|logging in|sharing)\b{YOU_AGREE}"],
        "our ": [r"\b(?:read|see|view|review) our (?:privacy (?:policy|notice|statement)|terms)\b"],
        "unsubscribe": [r"\bunsubscribe (?:at )?any ?time\b"],
        "password": [
            r"^\W*(?:please )?(?:enter|provide|confirm) (?:a |your )(?:valid )?password\b",
            r"\bpassword is (?:required|invalid|not valid)\b",
            r"\bforg[eo]t(?:ten)?(?: your| my)? password\b",
            r"\bpassword dimenticata\b",
        ],
        "thank": [r"\bthank(?:s| you) for (?:subscribing|signing up|registering|your subscription)\b"],
        "signed up": [r"(?:^|[.!?]\s)\W*you(?:['’]re| are|['’]ve| have)(?: now| already| been| successfully){0,3} signed up\b"],
        "subscri": [
            r"(?:^|[.!?]\s)\W*you(?:['’]re| are|['’]ve| have)(?: now| already| been| successfully){0,3} (?:un)?subscribed\b",
            r"^\W*subscribe(?: now| today| here)? (?:to|for|and) (?:read|unlock|enjoy|access|get|receive|support|continue|see)\b",
        ],
        "register": [r"^\W*register(?: now| today| here)? (?:to|for|and) (?:read|unlock|enjoy|access|get|receive|support|continue|see)\b"],
        "sign up": [r"^\W*sign up(?: now| today| here)? (?:to|for|and) (?:read|unlock|enjoy|access|get|receive|support|continue|see)\b"],
        "account": [
            r"\b(?:create|open|set up) (?:an?|your) (?:free )?account\b.{0,80}\b(?:sign|log) ?in\b",
            r"\b(?:already have|don['’]?t have|no) an account\?",
            r"\b(?:bereits|schon|noch kein\w*) account\s?\?",
            r"\b(?:al|nog geen) (?:een )?account\s?\?",
            r"\bhai già un account\b",
        ],
        "in or ": [r"\b(?:sign|log) ?in or (?:create|register|subscribe|sign up|join)\b"],
        "captcha": [r"\bprotected by (?:re|h)captcha\b"],
        "javascript": [r"\b(?:enable|turn on|activate) javascript\b.{0,60}\b(?:browser|continue|view|watch|site|page)\b", r"\bjavascript (?:is|must be) (?:disabled|turned off|enabled)\b"],
        "unlimited": [r"^\W*unlimited (?:digital |online )?access to\b"],
        # German
        "postfach": [r"\b(?:direkt|kostenlos|täglich|bequem|jeden|newsletter|nicht)\b.{0,80}\bin (?:ihr|dein)(?:em|en)? (?:e-?mail-?)?postfach\b"],
        "newsletter": [r"\bnewsletter\b.{0,60}\b(?:anmeld|abonnier|bestell|abbestell)\w*"],
        "jederzeit": [r"\bjederzeit (?:wieder )?(?:abbestell|abmeld)"],
        "datenschutz": [r"\b(?:ich stimme|bitte stimme|stimmen sie|ich willige|akzeptiere(?: ich|n sie)?|ich bestätige)\b.{0,140}\bdatenschutz", r"\bunsere[rn]? datenschutz(?:erklärung|bestimmungen|hinweise\w*|richtlinie\w*)\b"],
        "bedingungen": [r"\b(?:ich stimme|bitte stimme|stimmen sie|ich willige|akzeptiere(?: ich|n sie)?|ich bestätige)\b.{0,140}bedingungen\b", r"\bunsere[rn]? nutzungsbedingungen\b"],
        "registriert": [r"\b(?:bereits|schon|noch nicht) registriert\s?\?"],
        "konto": [r"\b(?:bereits|schon|noch) (?:ein |kein )?(?:benutzer|kunden)?konto\s?\?", r"\bmasz już konto\b", r"\bhar du (?:redan|allerede) (?:ett |en )?konto\b"],
        "angemeldet": [r"\bsie sind (?:bereits )?angemeldet als\b"],
        "passwort": [r"\bpasswort vergessen\b"],
        "inhalt": [
            r"\bum (?:diese[nr]?|externe|eingebettete|den|die) inhalte?\b.{0,40}\b(?:anzuzeigen|anzeigen|zu (?:laden|sehen|nutzen))\b",
            r"\b(?:externe[nrs]?|eingebettete[nrs]?) inhalte?\b.{0,100}\b(?:einwilligung|zustimm\w*|datenschutz\w*)\b",
            r"^\W*externer inhalt nicht verfügbar|\bverhindern das laden\b",
            r"\bladen der inhalte\b.{0,60}\bblockiert\b",
        ],
        # French
        "dans votre ": [r"\bdans votre (?:boîte|messagerie)\b"],
        "accept": [r"\ben (?:vous inscrivant|cliquant|poursuivant|validant|renseignant|soumettant|continuant)\b.{0,140}\b(?:vous acceptez|j['’]accepte)\b"],
        "compte": [r"\b(?:vous (?:possédez|avez)|j['’]ai) déjà un compte\b"],
        "mot de passe": [r"\bmot de passe oublié\b"],
        "vous dés": [r"\bvous (?:désinscrire|désabonner) (?:à tout moment|via|en cliquant)\b"],
        "confidentialité": [r"\bnotre politique de confidentialité\b"],
        # Spanish, Portuguese, Italian
        "bandeja": [r"\ben tu bandeja\b"],
        "correo": [r"\b(?:recib\w+|directo|directamente|envia\w*|llega\w*)\b.{0,60}\b(?:en|a) tu correo\b"],
        "acepta": [r"\bal (?:registrar\w*|suscribir\w*|continuar|hacer clic|enviar|crear)\b.{0,140}\baceptas?\b"],
        "política de privacidad": [r"\bnuestra política de privacidad\b"],
        "política de privacidade": [r"\bnossa política de privacidade\b"],
        "cuenta": [r"\bya tienes? (?:una )?cuenta\b", r"\bpara comentar\b.{0,40}\bcuenta\b"],
        "contraseña": [r"\bolvid(?:aste|ó) (?:tu|su) contraseña\b"],
        "para comentar": [r"\bpara comentar\b.{0,40}\b(?:regístra\w+|registrar\w+|inicia\w* sesión|datos)\b"],
        "caixa de entrada": [r"\b(?:no|na|em) sua caixa de entrada\b"],
        "você": [r"\bao (?:se )?(?:cadastrar|inscrever|clicar|continuar|assinar|enviar)\b.{0,140}\bvocê (?:\w+ )?(?:aceita|concorda|declara)\b"],
        "conta?": [r"\bjá (?:tem|possui) (?:uma )?conta\?"],
        "senha": [r"\besquec(?:i|eu) (?:a |sua |minha )?senha\b"],
        "nella tua": [r"\bnella tua (?:casella|mail|posta)\b"],
        "endo": [r"\b(?:iscrivendoti|registrandoti|proseguendo)\b.{0,140}\b(?:accett[io]|acconsent[io]|dichiar[io])\b"],
        # Dutch, Polish, the North, Russian
        "privacy": [r"\bons privacy(?:beleid|verklaring|statement)\b"],
        "wachtwoord": [r"\bwachtwoord vergeten\b"],
        "skrzynkę": [r"\bna (?:twoją|swoją) skrzynkę\b"],
        "prywatności": [r"\b(?:akceptuj\w+|regulamin\w*|nasz\w+)\b.{0,60}\bpolity[kc]\w+ prywatności\b"],
        "hasła": [r"\b(?:nie pamiętasz|zapomniałe\w+) hasła\b"],
        "i din ": [r"\bi din (?:inkorg|mejl|indbakke|innboks)\b"],
        "lösenord": [r"\bglömt lösenord"],
        "персональных данных": [r"\b(?:согла[сш]\w+|принима\w+)\b.{0,80}\bобработк\w+ персональных данных\b"],
        "конфиденциальности": [r"\b(?:согла[сш]\w+|принима\w+)\b.{0,80}\bполитик\w+ конфиденциальности\b"],
        # Japanese, Chinese, Korean
        "会員": [r"会員の方のみ|会員登録"],
        "ログイン": [r"ログイン(?:する|して|が必要)"],
        "利用規約": [r"利用規約(?:に同意|に違反|$)"],
        "メールアドレス": [r"メールアドレスを(?:入力|登録)"],
        "登录": [r"请先?登录|登录后"],
        "登入": [r"請先?登入|登入後"],
        "로그인": [r"로그인(?:하|\s?후|이 필요)"],
    }.items()
}  # fmt: skip
SIGNS = tuple(ASKS)
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


def asking(texts: Sequence[str]) -> set[int]:
    """The positions of the lines that ask their reader for an address, an account or consent."""
    low = [text.lower() if len(text) <= LONGEST else "" for text in texts]
    whole = "\n".join(low)
    near = [(sign, ASKS[sign]) for sign in standing(SIGNS, whole)]
    return {
        at for sign, pattern in near for at, text in enumerate(low) if sign in text and pattern.search(text)
    }
