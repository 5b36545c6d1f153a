"""What each key of wires.toml may hold: one small check a form of value, and the tables of keys."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from ingest.source import KINDS
from parsers.lead import agencies

SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
CONTACT = re.compile(r"[!-~]+@[\w-]+(\.[\w-]+)+|https?://[!-~]+", re.A)  # what a header may carry
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def span(text: object) -> timedelta | None:
    """ "10m", "1h 30m", "2d" as a span; None for anything else, or for nought."""
    if not isinstance(text, str):
        return None
    found = SPAN.findall(text)
    if not found or SPAN.sub("", text).strip():
        return None
    total = sum((timedelta(**{UNITS[unit]: float(number)}) for number, unit in found), timedelta())
    return total or None


Check = Callable[[Any], "str | None"]  # the fault of a value, or None


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be text"


def _contact(value: Any) -> str | None:
    good = isinstance(value, str) and CONTACT.fullmatch(value)
    return (
        None
        if good
        else 'must be an address at which publishers reach you, such as "desk@your-paper.example"'
    )


def _wait(value: Any) -> str | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 300
    return None if good else "must be a number of seconds, 0 to 300"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _number(value: Any) -> str | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    return None if good else "must be a number, 0 or more"


def _count(value: Any) -> str | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 64
    return None if good else "must be a whole number, 1 to 64"


def _span(value: Any) -> str | None:
    found = span(value)
    if found is None:
        return 'must be a span such as "10m", "1h", "1d"'
    return None if timedelta(seconds=10) <= found <= timedelta(days=7) else "must be 10s to 7d"


def _url(value: Any) -> str | None:
    if not isinstance(value, str):
        return "must be text"
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        return f"is no address ({error})"
    if parts.scheme not in {scheme for schemes in SCHEMES.values() for scheme in schemes}:
        return "must begin with https://, or what its kind needs (README: kinds)"
    return None if parts.hostname and not re.search(r"\s", value) else "has no host, or a space in it"


def _zone(value: Any) -> str | None:
    try:
        ZoneInfo(value)
    except Exception:
        return "must be a zone such as Asia/Kolkata or Europe/Berlin"
    return None


def _country(value: Any) -> str | None:
    return (
        None
        if isinstance(value, str) and re.fullmatch("[A-Z]{2}", value)
        else "must be two capitals (ISO 3166), such as IN"
    )


def _language(value: Any) -> str | None:
    good = isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value)
    return None if good else "must be BCP 47, such as en, hi or pt-BR"


def _kind(value: Any) -> str | None:
    return None if value in KINDS else f"must be one of {', '.join(KINDS)}"


def _name(value: Any) -> str | None:
    good = isinstance(value, str) and re.fullmatch(r"[\w][\w.-]{0,63}", value)
    return None if good else "must be letters, digits, - . _ (64 at most)"


def _agency(value: Any) -> str | None:
    codes = agencies.catalogue()
    if value in codes:
        return None
    near = difflib.get_close_matches(str(value).upper(), list(codes), 3)
    return f"is no code of the catalogue of agencies{' (near: ' + ', '.join(near) + ')' if near else ''}"


def _day(value: Any) -> str | None:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "must be a day such as 2025-06-01"
    return None


def _table(value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be a table"


def _texts(value: Any) -> str | None:
    good = isinstance(value, dict) and all(isinstance(v, str | int) for v in value.values())
    return None if good else 'must be a table of texts such as { Accept = "application/json" }'


def _cursor(value: Any) -> str | None:
    good = isinstance(value, str) and re.fullmatch(r"json:[\w.-]+|header:[\w-]+|link:next|newest", value)
    return None if good else 'must be "json:a.b", "header:NAME", "link:next" or "newest"'


def _fingerprint(value: Any) -> str | None:
    good = isinstance(value, str) and re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}", value)
    return None if good else 'must be a fingerprint such as "SHA256:…", as ssh-keygen -lf prints it'


def _selector(value: Any) -> str | None:
    if not isinstance(value, str):
        return "must be text"
    try:
        LexborHTMLParser("<p>").css(value)
    except SelectolaxError:
        return 'is no CSS selector such as "h2.title a"'
    return None


def _networks(value: Any) -> str | None:
    if not isinstance(value, list):
        return 'must be a list such as ["127.0.0.0/8"]'
    for item in value:
        try:
            ipaddress.ip_network(item, strict=False)
        except ValueError:
            return f"{item!r} is no network such as 127.0.0.0/8"
    return None


WEB = ("https", "http")
SCHEMES: Mapping[str, tuple[str, ...]] = {  # of a source's url, by kind
    "feed": WEB, "sitemap": WEB, "wordpress": WEB, "listing": WEB, "http": WEB, "ftp": ("ftps", "ftpes", "ftp"),
    "sftp": ("sftp",), "imap": ("imaps", "imap"),
}  # fmt: skip
STORE: Mapping[str, Check] = {"path": _text, "archive": _text}
FETCH: Mapping[str, Check] = {
    "contact": _contact,
    "gap": _number,
    "allow_addresses": _networks,
    "at_once": _count,
}
SOURCE: Mapping[str, Check] = {
    "name": _name, "kind": _kind, "url": _url, "path": _text, "label": _text, "agency": _agency, "every": _span,
    "language": _language, "country": _country, "timezone": _zone, "token": _text, "pages": _flag,
    "robots": _flag, "select": _selector, "options": _table,
}  # fmt: skip
OPTIONS: Mapping[str, Mapping[str, Check]] = {  # [source.options], by kind
    "folder": {"settled": _number},
    "ftp": {"settled": _number, "pattern": _text},
    "sftp": {
        "settled": _number, "pattern": _text, "key": _text, "key_file": _text, "host_key": _fingerprint,
        "known_hosts": _text,
    },
    "imap": {"oauth": _flag, "since": _day, "seen": _flag, "move_to": _text},
    "http": {
        "headers": _texts, "query": _texts, "token_header": _text, "token_query": _text, "cursor": _cursor,
        "cursor_query": _text, "start": _text, "wait": _wait,
    },
}  # fmt: skip
SECTIONS = ("store", "fetch", "source", "desk", "publish", "product", "webhook")
BY_PATH = ("folder", "warc")
FILES = (
    "key_file",
    "known_hosts",
)  # options that name a file: beside wires.toml where they are no whole path
USERS = ("sftp", "imap")  # kinds whose url names a user
PASSWORDS = ("ftp", "sftp", "imap")  # kinds whose token is a password, with the user's name in url
