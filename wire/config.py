"""wires.toml, read strictly: an unknown key, a bad address or interval names the file, the key and what is allowed."""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ingest.source import KINDS, FetchSettings, Source
from parsers.errors import WireError
from parsers.lead import agencies

NAME = "wires.toml"
SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class ConfigError(WireError):
    """wires.toml is not there, or wrong. `problems` holds every mistake found."""

    status = 2

    def __init__(self, what: str, *, where: str, do: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(what, where=where, do=do)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of a configuration."""

    key: str  # "source 'ians': every"
    what: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole configuration."""

    file: Path
    store: Path
    archive: Path
    fetch: FetchSettings
    sources: tuple[Source, ...] = ()
    sections: Mapping[str, Any] = field(
        default_factory=dict
    )  # [desk], [publish], [[product]]: read by their own

    @property
    def locks(self) -> Path:
        """Folder of the lock files, beside the store."""
        return self.store.parent / "locks"


def place(given: str | Path | None) -> Path:
    """Where the configuration is: --config, else $WIRE_CONFIG, else wires.toml here."""
    return Path(given or os.environ.get("WIRE_CONFIG") or NAME)


def load(given: str | Path | None = None) -> Config:
    """The configuration. Raises ConfigError with every mistake in it."""
    file = place(given)
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            "there is no configuration", where=str(file), do="run `wire init`, or name it with --config"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(error), where=str(file), do="make it readable text in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not TOML ({error})", where=str(file), do="mend that line") from error
    reader = _Reader(file)
    config = reader.config(table)
    if reader.problems:
        first = reader.problems[0]
        more = f" (and {len(reader.problems) - 1} more: `wire check`)" if len(reader.problems) > 1 else ""
        raise ConfigError(
            first.what, where=f"{file}: {first.key}", do=first.do + more, problems=tuple(reader.problems)
        )
    return config


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
    if parts.scheme not in ("http", "https", "ftp", "ftps", "sftp", "imap", "imaps"):
        return "must begin with https://, http://, ftp://, sftp:// or imaps://"
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


def _table(value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be a table"


def _networks(value: Any) -> str | None:
    if not isinstance(value, list):
        return 'must be a list such as ["127.0.0.0/8"]'
    for item in value:
        try:
            ipaddress.ip_network(item, strict=False)
        except ValueError:
            return f"{item!r} is no network such as 127.0.0.0/8"
    return None


STORE: Mapping[str, Check] = {"path": _text, "archive": _text}
FETCH: Mapping[str, Check] = {
    "contact": _text,
    "gap": _number,
    "allow_addresses": _networks,
    "at_once": _count,
}
SOURCE: Mapping[str, Check] = {
    "name": _name, "kind": _kind, "url": _url, "path": _text, "label": _text, "agency": _agency, "every": _span,
    "language": _language, "country": _country, "timezone": _zone, "token": _text, "pages": _flag,
    "robots": _flag, "select": _text, "options": _table,
}  # fmt: skip
SECTIONS = ("store", "fetch", "source", "desk", "publish", "product", "webhook")
BY_PATH = ("folder", "warc")


class _Reader:
    """Reads one file, gathering problems as it goes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, key: str, what: str, do: str) -> None:
        self.problems.append(Problem(key, what, do))

    def config(self, table: dict[str, Any]) -> Config:
        table = self._environment(table, "")
        for name in table.keys() - set(SECTIONS):
            self._unknown(name, name, SECTIONS)
        store = self._section(table.get("store", {}), "[store]", STORE)
        fetch = self._section(table.get("fetch", {}), "[fetch]", FETCH)
        if "contact" not in fetch and not any(p.key == "[fetch] contact" for p in self.problems):
            self.fault(
                "[fetch] contact",
                "is missing",
                'add contact = "desk@your-paper.example": publishers must be able to reach you',
            )
        path = self._path(store.get("path", "var/wire.db"))
        return Config(
            file=self.file,
            store=path,
            archive=self._path(store["archive"]) if "archive" in store else path.parent / "archive",
            fetch=FetchSettings(
                contact=fetch.get("contact", ""),
                gap=float(fetch.get("gap", 1.0)),
                allow_addresses=tuple(fetch.get("allow_addresses", ())),
                at_once=fetch.get("at_once", 12),
            ),
            sources=self._sources(table.get("source", [])),
            sections={
                name: table[name] for name in ("desk", "publish", "product", "webhook") if name in table
            },
        )

    def _path(self, text: str) -> Path:
        return (self.file.parent / Path(text).expanduser()).absolute()

    def _environment(self, value: Any, key: str) -> Any:
        """${NAME} in any text, from the environment: where secrets come from."""
        if isinstance(value, dict):
            return {name: self._environment(item, f"{key} {name}".strip()) for name, item in value.items()}
        if isinstance(value, list):
            return [self._environment(item, key) for item in value]
        if not isinstance(value, str):
            return value

        def found(match: re.Match[str]) -> str:
            if match[1] not in os.environ:
                self.fault(
                    key, f"${{{match[1]}}} is not in the environment", f"set {match[1]} before wire runs"
                )
            return os.environ.get(match[1], "unset")

        return re.sub(r"\$\{(\w+)\}", found, value)

    def _unknown(self, key: str, name: str, allowed: Mapping[str, Any] | tuple[str, ...]) -> None:
        near = difflib.get_close_matches(name, list(allowed), 1)
        hint = f"did you mean {near[0]}? " if near else ""
        self.fault(key, "is no key of wires.toml", f"{hint}allowed: {', '.join(allowed)}")

    def _section(self, table: Any, where: str, checks: Mapping[str, Check]) -> dict[str, Any]:
        """The keys of a table that are right."""
        if not isinstance(table, dict):
            self.fault(where, "must be a table", f"write {where} on a line of its own")
            return {}
        good = {}
        for name, value in table.items():
            if name not in checks:
                self._unknown(f"{where} {name}", name, checks)
            elif (fault := checks[name](value)) is not None:
                self.fault(f"{where} {name}", f"{value!r} {fault}", "mend the value")
            else:
                good[name] = value
        return good

    def _sources(self, tables: Any) -> tuple[Source, ...]:
        if not isinstance(tables, list):
            self.fault("source", "must be [[source]]", "write [[source]] with two brackets")
            return ()
        found: dict[str, Source] = {}
        for number, table in enumerate(tables, 1):
            name = table.get("name") if isinstance(table, dict) else None
            where = f"source {name!r}" if isinstance(name, str) else f"source {number}"
            before = len(self.problems)
            good = self._section(table, where, SOURCE)
            self._whole(where, table, good)
            if name in found:
                self.fault(f"{where} name", "stands twice", "give each source a name of its own")
            if len(self.problems) == before:
                found[good["name"]] = self._source(good)
        return tuple(found.values())

    def _whole(self, where: str, table: Any, good: dict[str, Any]) -> None:
        if not isinstance(table, dict):
            return
        if "name" not in table:
            self.fault(f"{where} name", "is missing", 'add name = "…"')
        kind = good.get("kind", "feed")
        wanted = "path" if kind in BY_PATH else "url"
        if wanted not in table and not (kind == "warc" and "url" in table):
            self.fault(f"{where} {wanted}", "is missing", f"a source of kind {kind} needs {wanted}")
        if kind in ("feed", "sitemap", "wordpress", "listing", "http") and not str(
            good.get("url", "http")
        ).startswith("http"):
            self.fault(
                f"{where} url", f"{good['url']!r} is no web address", f"kind {kind} needs http:// or https://"
            )

    def _source(self, good: dict[str, Any]) -> Source:
        values = dict(good)
        if "every" in values:
            values["every"] = span(values["every"])
        if "path" in values:
            values["path"] = str(self._path(values["path"]))
        return Source(**values)
