"""Agency mail (RFC 5322, MIME): the text part is the story; wires in attachments are read as such, other files are media."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from itertools import islice

from parsers.errors import ParseError
from parsers.formats.copy import Copy, listed_people, story_of, when
from parsers.hints import Hints, Reading, Skipped
from parsers.page.plain_copy import unwrapped
from parsers.story import Media, Story
from parsers.text import decode, tidy

MOST_PARTS = 200
LARGEST = 64 << 20  # bytes
BOUNDARY = re.compile(rb"(?i)boundary\s*=|message/rfc822")
SIGNATURE = re.compile(r"(?m)^-- ?$|^_{5,}$|^(?:Sent from my |Envoyé de mon |Von meinem )")
HTML_SIGNATURE = re.compile(
    r"(?i)<(?:p|div)[^<>]*>\s*--(?:\s|&nbsp;|&#160;)*<(?:br|/)|<(?:div|blockquote|span)[^<>]{0,200}(?:gmail_signature|gmail_quote|moz-cite-prefix|type=[\"']cite)"
)
SOFT_BREAK = re.compile(r"(?<!^--)(?<!\n--) \n(?=[^\s>])")  # format=flowed, RFC 3676
MBOX = re.compile(rb"(?m)^From \S+ [^\n]*\b(?:19|20)\d\d(?: [+-]\d{4})?[ \t\r]*\n(?=[\w-]+:)")
QUOTED = re.compile(r"(?m)^(?:>|On .{5,120} wrote:$|-{3,} ?(?:Original Message|Forwarded message).*$)")
FORM = re.compile(
    r"(?im)^(?P<name>headline|title|slug(?:line)?|abstract|byline|dateline|embargo|keywords|ednote)\s*:\s*(?P<value>\S.*)$"
)
FORWARDED = re.compile(
    r"\s*-{2,} ?(?:Original|Forwarded|Weitergeleitete|Ursprüngliche|Message)[^\n]*\n(?:\s*\n)?(?:>?[ \t]*[\w-]{2,12} ?: ?[^\n]*\n(?:[ \t]+[^\n]*\n)*){1,8}",
    re.I,
)
FORWARD_MARKS = re.compile(r"^(?:\s*(?:fwd?|fw|re|aw|wg|tr|rv|rif|vs)\s*:\s*)+", re.I)
TEXT_KEYS = ("body", "bodyhtml", "story", "text", "content", "message")
WIRE_NAMES = re.compile(r"(?i)\.(?:xml|nitf|newsml|json|txt|tst|anpa|eml)$")


def read(body: bytes, hints: Hints) -> Reading:
    """The story of a mail or the stories of the wires attached, of each mail of a mailbox file (mbox, RFC 4155).

    Raises ParseError for a mail without text.
    """
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    mails = [one for one in MBOX.split(body) if one.strip()] if MBOX.match(body) else [body]
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for position, one in enumerate(mails[:MOST_PARTS]):
        try:
            found = _read(one, hints, 0)
        except ParseError as error:
            if len(mails) == 1:
                raise
            skipped.append(Skipped(item=f"mail {position}", why=error.what))
            continue
        stories += found.stories
        skipped += found.skipped
    if len(mails) > MOST_PARTS:
        skipped.append(
            Skipped(item=f"{len(mails) - MOST_PARTS} mails", why=f"more than {MOST_PARTS} in a mailbox")
        )
    if not stories:
        raise ParseError("a mailbox without text", where=hints.where, do="look for it in the mailbox")
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="mail")


def _read(body: bytes, hints: Hints, depth: int) -> Reading:
    if len(body) > LARGEST:
        raise ParseError(
            f"mail larger than {LARGEST >> 20} MB", where=hints.where, do="ask for the files otherwise"
        )
    if len(BOUNDARY.findall(body)) > MOST_PARTS:
        raise ParseError("mail nested without end", where=hints.where, do="leave it out")
    try:
        message = message_from_bytes(body, policy=policy.compat32)
    except RecursionError:
        raise ParseError("mail nested without end", where=hints.where, do="leave it out") from None
    parts = islice(_parts(message), MOST_PARTS)
    texts: dict[str, str] = {}
    media: list[Media] = []
    stories: list[Story] = []
    skipped: list[Skipped] = []
    for part in parts:
        kind, name = part.get_content_type(), header(part.get_filename())
        data = _payload(part)
        if kind in ("text/plain", "text/html") and not name and kind not in texts:
            text = decode(data, _charset(part)).replace("\r\n", "\n").replace("\r", "\n")
            texts[kind] = SOFT_BREAK.sub(" ", text) if part.get_param("format") == "flowed" else text
        elif kind == "message/rfc822":
            held = part.get_payload()
            inner = held[0] if isinstance(held, list) and held else None
            if depth < 2 and isinstance(inner, Message):
                forwarded = _read(inner.as_bytes(), hints, depth + 1)
                stories += forwarded.stories
                skipped += forwarded.skipped
        elif (
            name
            and (WIRE_NAMES.search(name) or kind in ("text/xml", "application/xml", "application/json"))
            and depth < 2
        ):
            try:
                found = _attached(data, name, hints, depth)
                sent = when(header(message.get("Date")), hints)
                stories += [
                    replace(one, published=sent.when) if sent and not one.published else one for one in found
                ]
            except ParseError as error:
                skipped.append(Skipped(item=name, why=error.what))
        elif name or kind.startswith(("image/", "video/", "audio/")):
            media.append(Media(url=name or header(part.get("Content-ID")) or kind, media_type=kind))
    if not stories and depth < 2:
        stories = _inside(texts.get("text/plain", ""), hints)
    if not stories:
        stories = [_story(message, texts, tuple(media), hints)]
    return Reading(stories=tuple(stories), skipped=tuple(skipped), format="mail")


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of a mail, in order; a mail inside is a leaf."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


def _attached(data: bytes, name: str, hints: Hints, depth: int) -> list[Story]:
    from parsers import reading

    inner = replace(hints, where=f"{hints.where}#{name}", charset=None, url=None)
    found = _read(data, inner, depth + 1) if name.lower().endswith(".eml") else reading.read(data, inner)
    return list(found.stories)


def _inside(text: str, hints: Hints) -> list[Story]:
    """The stories of a wire that is itself the text of a mail: JSON or XML from its first letter on."""
    from parsers import reading

    data = text.strip().encode("utf-8", "replace")
    if not data.startswith((b"{", b"[", b"<?xml", b"<nitf", b"<NewsML", b"<newsMessage", b"<newsItem")):
        return []
    try:
        return list(reading.read(data, replace(hints, charset="utf-8")).stories)
    except ParseError:
        return []  # a form of somebody's own, read as such


def _form(plain: str) -> tuple[dict[str, str], str]:
    """(fields, the copy below them) of a mail that a form wrote: "Headline: …" lines, or one JSON object."""
    if plain.lstrip().startswith("{"):
        try:
            told = json.loads(plain, strict=False)
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, dict):
            fields = {
                name: value
                for key, value in told.items()
                if isinstance(value, str) and (name := re.sub(r"\W", "", key).lower()) and value.strip()
            }
            return fields, next((fields[name] for name in TEXT_KEYS if name in fields), "")
    fields = {found["name"].lower(): tidy(found["value"]) for found in FORM.finditer(plain[:2000])}
    return fields, FORM.sub("", plain) if fields else plain


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, MessageError):
        return None


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        data = None
    if isinstance(data, bytes):
        return data
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def header(value: object) -> str | None:
    """A header as text: encoded words decoded, also broken ones; None where it is absent."""
    if value is None:
        return None
    made = []
    try:
        pieces = decode_header(str(value))
    except (ValueError, LookupError, AssertionError, MessageError):
        return tidy(str(value)) or None
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            made.append(decode(piece, charset))
        else:
            raw = piece.encode("utf-8", "surrogateescape")
            made.append(decode(raw) if "\udc80" <= max(piece, default="") <= "\udcff" else piece)
    return tidy("".join(made)) or None


def _story(message: Message, texts: dict[str, str], media: tuple[Media, ...], hints: Hints) -> Story:
    name, address = parseaddr(header(message.get("From")) or "")
    plain, html = texts.get("text/plain", ""), texts.get("text/html")
    subject = header(message.get("Subject"))
    if (forwarded := FORWARDED.match(plain)) and plain[forwarded.end() :].strip():
        inner = re.search(
            r"(?im)^>?\s*(?:Subject|Betreff|Objet|Asunto|Oggetto)\s*:\s*(\S.*)$", forwarded.group()
        )
        subject, plain = tidy(inner[1]) if inner else subject, plain[forwarded.end() :]
    for cut in (SIGNATURE, QUOTED):
        if (found := cut.search(plain)) and found.start() > 40:
            plain = plain[: found.start()]
    if html and (found := HTML_SIGNATURE.search(html)):
        html = html[: found.start()]
    form, plain = _form(plain)
    use_html = bool(html) and not plain.strip()
    headline = form.get("headline") or form.get("title") or FORWARD_MARKS.sub("", subject or "") or None
    if not plain.strip() and not html and not headline:
        raise ParseError("a mail without text", where=hints.where, do="look for it in the mailbox")
    copy = Copy(
        html=html if use_html else plain if re.search(r"(?i)<p[\s>]", plain) else None,
        paragraphs=() if use_html else tuple(tidy(text) for text, _ in unwrapped(plain)),
        headline=headline,
        byline=form.get("byline"),
        dateline=form.get("dateline"),
        published=header(message.get("Date")),
        embargo=form.get("embargo"),
        fields={
            "guid": header(message.get("Message-ID")),
            "slug": form.get("slug") or form.get("slugline"),
            "ednote": form.get("ednote"),
            "media": media,
        },
    )
    made = story_of(copy, hints)
    if made.byline is None and (
        sender := tidy(name) or address
    ):  # a byline in the copy is nearer than the sender
        made = replace(made, byline=sender, authors=made.authors or listed_people([sender]))
    return made
