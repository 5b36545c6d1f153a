"""wires.toml, read strictly: an unknown key, a bad address or interval names the file, the key and what is allowed."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest.source import FetchSettings, Source
from parsers.errors import WireError
from wire.keys import (
    BY_PATH,
    FETCH,
    FILES,
    OPTIONS,
    PASSWORDS,
    SCHEMES,
    SECTIONS,
    SOURCE,
    STORE,
    USERS,
    Check,
    span,
)

NAME = "wires.toml"


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


def _overlap(one: Path, other: Path) -> bool:
    """Is one path the other, or within it?"""
    return one == other or one in other.parents or other in one.parents


NAMED = re.compile(r"\$\{(\w+)\}")


def _secrets(written: Any) -> tuple[str, ...]:
    """The values of the environment that a table names."""
    if isinstance(written, dict | list):
        parts = written.values() if isinstance(written, dict) else written
        return tuple(secret for part in parts for secret in _secrets(part))
    names = NAMED.findall(written) if isinstance(written, str) else []
    return tuple(filter(None, map(os.environ.get, names)))


class _Reader:
    """Reads one file, gathering problems as it goes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, key: str, what: str, do: str) -> None:
        self.problems.append(Problem(key, what, do))

    def config(self, table: dict[str, Any]) -> Config:
        written = table
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
        archive = self._path(store["archive"]) if "archive" in store else path.parent / "archive"
        sources = self._sources(table.get("source", []), written.get("source", []))
        for source in sources:
            if source.kind == "warc" and _overlap(archive, Path(source.path or "")):
                do = "read another one; what is archived here is read again by `wire reparse`"
                self.fault(f"source {source.name!r} path", "is this store's own archive", do)
        return Config(
            file=self.file,
            store=path,
            archive=archive,
            fetch=FetchSettings(
                contact=fetch.get("contact", ""),
                gap=float(fetch.get("gap", 1.0)),
                allow_addresses=tuple(fetch.get("allow_addresses", ())),
                at_once=fetch.get("at_once", 12),
            ),
            sources=sources,
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

        return NAMED.sub(found, value)

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

    def _sources(self, tables: Any, written: Any) -> tuple[Source, ...]:
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
                found[good["name"]] = self._source(good | {"secrets": _secrets(written[number - 1])})
        return tuple(found.values())

    def _whole(self, where: str, table: Any, good: dict[str, Any]) -> None:
        if not isinstance(table, dict):
            return
        if "name" not in table:
            self.fault(f"{where} name", "is missing", 'add name = "…"')
        kind = good.get("kind", "feed")
        if good.get("options") and kind not in OPTIONS:
            having = ", ".join(OPTIONS)
            self.fault(
                f"{where} options", f"are none of kind {kind}", f"leave them out: {having} have options"
            )
        elif "options" in good:
            good["options"] = self._section(good["options"], f"{where} options", OPTIONS.get(kind, {}))
        if "select" in good and kind != "listing":
            self.fault(f"{where} select", "is for kind listing", "leave it out")
        wanted = "path" if kind in BY_PATH else "url"
        if wanted not in table:
            self.fault(f"{where} {wanted}", "is missing", f"a source of kind {kind} needs {wanted}")
        schemes = SCHEMES.get(kind, ())
        if schemes and str(good.get("url", schemes[0])).partition(":")[0] not in schemes:
            needs = " or ".join(f"{scheme}://" for scheme in schemes)
            self.fault(f"{where} url", f"{good['url']!r} is no address of kind {kind}", f"it needs {needs}")
        if kind in USERS and "url" in good and not urlsplit(good["url"]).username:
            do = f"write {SCHEMES[kind][0]}://NAME@… (an @ within the name as %40)"
            self.fault(f"{where} url", "names no user", do)
        if kind in PASSWORDS and "url" in good and urlsplit(good["url"]).password is not None:
            do = 'write token = "${NAME}" beside it, and set NAME in the environment'
            self.fault(f"{where} url", "holds a password", do)

    def _source(self, good: dict[str, Any]) -> Source:
        values = dict(good)
        if "every" in values:
            values["every"] = span(values["every"])
        if "path" in values:
            values["path"] = str(self._path(values["path"]))
        options = dict(values.get("options", {}))
        values["options"] = options | {key: str(self._path(options[key])) for key in FILES if key in options}
        return Source(**values)
