"""Addresses: made absolute, and reduced to the form under which a story is found again."""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that say where a reader came from, not what is read.
TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|_ga|_gl|ref|ref_src|ref_url|referrer|"
    r"source|src|cmpid|cmp|campaign|ito|ocid|smid|smtyp|sr_share|share|feature|ns_\w+|at_\w+|xtor|wt_\w+|amp|outputtype|"
    r"traffic_source|partner|rss|sh|spm|from|s_cid|icid|ncid|guccounter|guce_\w+|mod|mkt_tok|trk|__twitter_impression|_amp)$",
    re.I,
)
PORTS = {"http": 80, "https": 443}
# An address that joining and parting would give back as it is.
WHOLE = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w/.~%+,=@!$:-]*(?:\?[\w/.~%+,=@!$:&-]+)?(?:#[\w/.~%+,=@!$:&-]+)?)?",
    re.ASCII,
)
AMP_TAIL = re.compile(r"(/amp/?|\.amp|/amp\.html|_amp|/outputtype/amp)$", re.I)


def absolute(base: str | None, href: str | None) -> str | None:
    """`href` against `base`; None where it is no http(s) address or cannot be read."""
    if not href or not (href := href.strip()):
        return None
    if WHOLE.fullmatch(href):
        return href
    try:
        full = urljoin(base or "", href)
        parts = urlsplit(full)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    return full.replace(" ", "%20")


@lru_cache(maxsize=1024)
def host(url: str | None) -> str | None:
    """Host name in lower case without www., m., amp.; None where there is none."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return re.sub(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)", "", name) if name else None


@lru_cache(maxsize=1024)
def canonical(url: str) -> str:
    """The alias under which a story is found again: https, bare host, no tracking, no fragment, no AMP or slash tail.

    Never fetched; only compared. canonical(canonical(x)) == canonical(x). An unreadable address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        name, port = host(url.strip()), parts.port
    except ValueError:
        return url
    if not name or parts.scheme.lower() not in PORTS:
        return url
    name = name.rstrip(".")
    with contextlib.suppress(UnicodeError):
        name = name if name.isascii() else name.encode("idna").decode()
    where = name if port in (None, PORTS.get(parts.scheme.lower()), 80, 443) else f"{name}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")
    path = re.sub(r"/{2,}", "/", path)
    before = None
    while before != path:
        before, path = path, AMP_TAIL.sub("", path.rstrip("/"))
    path = re.sub(r"^/amp/", "/", path)
    path = re.sub(r"/index\.(?:html?|php)$", "", path)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)]
    return urlunsplit(("https", where, path.rstrip("/"), urlencode(sorted(pairs)), ""))
