"""Bytes to clean text: charsets, control characters, white space.

The charset rule is FETCHING.md, section 9: BOM; UTF-8 where the bytes are valid UTF-8 beyond ASCII; then what is
declared, strictly, the first that decodes; then windows-1252.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

try:
    from parsers._tidy import plain_letters, plain_line
    from parsers._utf8 import is_utf8
except ImportError:  # not compiled: it is not known beforehand

    def plain_line(text: str) -> str | None:  # noqa: ARG001
        """What tidy makes of a line; None of one that holds other than plain letters and white space."""
        return None

    def plain_letters(text: str) -> str | None:  # noqa: ARG001
        """What bare makes of a text in Western letters; None of others."""
        return None

    def is_utf8(body: bytes) -> bool:  # noqa: ARG001
        """Are bytes UTF-8 that was encoded once? False may be said of some that are."""
        return False


DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.I,
)
DECLARED_WITHIN = 4096  # bytes; the standard says 1,024, real pages put scripts before it
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\u200b\u2060\u00ad]|[\ud800-\udfff]"
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "windows-31j": "cp932",
    "iso-8859-8-i": "iso-8859-8",
}


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    low = name.strip().strip("\"'").lower()
    low = MEANT.get(low, low)
    try:
        info = codecs.lookup(low)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding else None


def charset_of(body: bytes, charset: str | None = None) -> str:
    """The codec that reads these bytes, after the rule above; always one that Python knows."""
    for bom, name in BOMS:
        if body.startswith(bom):
            return name
    head = body[:64]
    if len(head) >= 4 and head.count(0) >= len(head) // 4:  # UTF-16 without a BOM: ASCII markup is half zeros
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    try:
        body.decode("utf-8")
        return "utf-8" if not body.isascii() or b"\x1b" not in body else _codec(charset) or "utf-8"
    except UnicodeDecodeError as error:
        # A document cut inside its last letter is still UTF-8.
        if error.start > len(body) - 4 and not body[: error.start].isascii():
            return "utf-8"
    found = DECLARED.search(body[:DECLARED_WITHIN])
    names = [_codec(charset), _codec((found[1] or found[2]).decode("ascii")) if found else None]
    for named in names:
        if named and not named.startswith("utf-16"):
            try:
                body.decode(named)
            except (UnicodeDecodeError, ValueError):
                continue
            return named
    # Nearly all UTF-8 with a few broken bytes (a cut in a template) is UTF-8, not windows-1252.
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = len(text) - sum(map(str.isascii, text)) if broken * 50 < len(text) else 0
    if beyond > 20 * broken:
        return "utf-8"
    return next((name for name in names if name and not name.startswith("utf-")), None) or "cp1252"


def decode(body: bytes, charset: str | None = None) -> str:
    """Bytes as text, without BOM; what cannot be decoded becomes U+FFFD. Never raises."""
    text = _of_utf8(body)
    if text is not None:
        return mended(text)
    name = charset_of(body, charset)
    try:
        text = body.decode(name, "replace")
    except (LookupError, ValueError):
        text = body.decode("cp1252", "replace")
    return mended(text.removeprefix("\ufeff"))


def utf8(body: bytes, charset: str | None = None) -> bytes:
    """What decode makes of bytes, in UTF-8: most documents as they are. Never raises."""
    if _may_be_utf8(body) and is_utf8(body):
        return body
    text = _of_utf8(body)
    if text is not None and mended(text) is text:
        return body
    return decode(body, charset).encode("utf-8", "ignore")


def _may_be_utf8(body: bytes) -> bool:
    """No BOM, and no sign of another charset that looks like it."""
    return body[:3].isascii() and b"\x00" not in body[:64] and b"\x1b" not in body[:4096]


def _of_utf8(body: bytes) -> str | None:
    """Most documents: no BOM, valid UTF-8."""
    if _may_be_utf8(body):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return None


MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|à[¤¥®¯]")


def mended(text: str) -> str:
    """UTF-8 that was read as windows-1252 and encoded again, read right; only where the round trip is clean."""
    head = text[:200_000]
    # One letter is found many times faster than two.
    if not ("Ã" in head or "Â" in head or ("€" in head and "â€" in head) or ("¤" in head and "à¤" in head)):
        return text
    if len(MOJIBAKE.findall(head)) < 3:
        return text
    try:
        back = text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
    return back


def tidy(text: str | None) -> str:
    """One line of plain text: NFC, no control characters, runs of white space as one space."""
    if not text:
        return ""
    line = plain_line(text)
    return _tidied(text) if line is None else line


def _tidied(text: str) -> str:
    line = " ".join(text.split())
    if not line.isprintable():
        line = " ".join(CONTROL.sub("", text).split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def paragraphs(text: str) -> tuple[str, ...]:
    """Plain copy as paragraphs: blank lines part them; where there are none, every line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = (
        re.split(r"\n[ \t\u00a0]*\n", text)
        if re.search(r"\n[ \t\u00a0]*\n", text.strip())
        else text.split("\n")
    )
    return tuple(clean for part in parts if (clean := tidy(part)))


NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Letters and digits alone, case folded."""
    letters = plain_letters(text)
    return _bare(text) if letters is None else letters


def _bare(text: str) -> str:
    return NO_LETTER.sub("", text.casefold())
