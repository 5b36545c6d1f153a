"""`wire init` and `wire check`: the configuration, and whether all is as it should be."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import click

from ingest.source import KINDS
from parsers.errors import WireError
from parsers.lead.agencies import Agency, catalogue
from store import check as whole
from store.db import open_readonly
from wire.cli.shared import config_option, emit, json_option
from wire.config import ConfigError, load, place

HEAD = """\
# The sources of this desk. `wire check` says what is wrong here; `wire run` visits what is due.

[store]
path = "var/wire.db"              # stories; the raw archive stands beside it in var/archive

[fetch]
contact = "{contact}"   # in the user agent: publishers must be able to reach you
gap = 1                           # seconds between two requests to a host

# kind: {kinds}
# every: how often at most ("10m", "1h"); the publisher's own wish to be asked less counts too
# Secrets come from the environment alone: token = "${{IANS_TOKEN}}"

# A folder into which files are dropped (NITF, NewsML, ninjs, IPTC 7901, text):
# [[source]]
# name = "drop"
# kind = "folder"
# path = "var/drop"

# Files of an agency's server, each taken once (also ftp: ftps://, ftpes://, ftp://):
# [[source]]
# name = "agency-files"
# kind = "sftp"
# url = "sftp://desk@sftp.agency.example/out"
# token = "${{AGENCY_PASSWORD}}"                 # or options: key = "${{AGENCY_KEY}}", key_file = "…"
# options = {{ host_key = "SHA256:…", pattern = "*.xml" }}

# Mail of an agency, attachments too:
# [[source]]
# name = "agency-mail"
# kind = "imap"
# url = "imaps://desk%40paper.example@imap.paper.example/INBOX"
# token = "${{MAIL_PASSWORD}}"
# options = {{ since = 2025-06-01 }}             # seen = true, move_to = "Done": once the stories are stored

# An agency's API:
# [[source]]
# name = "agency-api"
# kind = "http"
# url = "https://api.agency.example/v2/items"
# token = "${{AGENCY_TOKEN}}"
# options = {{ token_header = "X-Api-Key", cursor = "json:meta.next", cursor_query = "since" }}

# An archive of pages or feeds, for backfill (.warc, .warc.gz):
# [[source]]
# name = "past"
# kind = "warc"
# path = "var/past"

# A paper that reprints the agencies (its teasers are completed from its pages):
# [[source]]
# name = "my-paper"
# kind = "feed"
# url = "https://paper.example/feed/"
# language = "en"
# country = "IN"
# timezone = "Asia/Kolkata"
"""


@click.command()
@click.option("--contact", default="desk@example.org", help="Your address, for the user agent.")
@click.option("--agency", "codes", multiple=True, help="Only these agencies, such as IANS.")
@click.option("--force", is_flag=True, help="Overwrite.")
@config_option
def init(contact: str, codes: tuple[str, ...], force: bool) -> None:
    """Write a commented wires.toml from the catalogue of agencies."""
    given = click.get_current_context().find_root().ensure_object(dict).get("config")
    file: Path = place(given)
    if file.exists() and not force:
        raise WireError("is there already", where=str(file), do="add --force to write it anew")
    found = catalogue()
    if unknown := [code for code in codes if code not in found]:
        raise click.UsageError(f"no agency {', '.join(unknown)}; there are: {', '.join(sorted(found))}")
    chosen = [found[code] for code in codes] if codes else [a for a in found.values() if a.feeds]
    text = HEAD.format(contact=contact, kinds=", ".join(KINDS)) + "".join(map(_entry, chosen))
    file.write_text(text, encoding="utf-8")
    click.echo(f"wrote {file}: uncomment the sources that you may use, then `wire check`")


def _entry(agency: Agency) -> str:
    """The commented source of an agency, its feed addresses marked verified or not."""
    lines = [f"\n# {agency.name} ({agency.code})"]
    for number, feed in enumerate(agency.feeds, 1):
        name = agency.code.lower() + (f"-{number}" if number > 1 else "")
        lines += [
            "# [[source]]",
            f'# name = "{name}"',
            f'# agency = "{agency.code}"',
            '# kind = "feed"',
            f'# url = "{feed.url}"'
            + ("" if feed.verified else "   # not verified: `wire sources test` tells"),
            '# every = "10m"',
            *([f'# language = "{agency.languages[0]}"'] if len(agency.languages) == 1 else []),
            *([f'# timezone = "{agency.zone}"'] if agency.zone else []),
        ]
    if not agency.feeds:
        lines.append("# no public feed is known: by subscription (kind = folder, ftp, sftp, imap or http)")
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--rebuild", is_flag=True, help="Prove that the events give every state that the store shows.")
@json_option
@config_option
def check(rebuild: bool, as_json: bool) -> None:
    """Every mistake in the configuration, and in the store. Exit 1 where there is one."""
    found: list[dict[str, Any]] = []
    config = None
    given = click.get_current_context().find_root().ensure_object(dict).get("config")
    try:
        config = load(given)
    except ConfigError as error:
        rows = [(p.key, p.what, p.do) for p in error.problems] or [(error.where, error.what, error.do)]
        found += [{"file": str(place(given)), "key": key, "what": what, "do": do} for key, what, do in rows]
    if config is not None and config.store.is_file():
        db = open_readonly(config.store)
        do = "restore the last backup, or report it with the store"
        for fault in islice(whole.faults(db), 100):
            found.append({"file": str(config.store), "key": "", "what": fault, "do": do})
        if rebuild:
            for fault in islice(whole.rebuild_faults(db), 100):
                found.append({"file": str(config.store), "key": "events", "what": fault, "do": do})
    if as_json:
        emit(found)
    else:
        for row in found:
            click.echo(f"{row['file']}: {row['key'] + ': ' if row['key'] else ''}{row['what']}; {row['do']}")
        if not found and config is not None:
            what = (
                "the configuration and the store are whole"
                if config.store.is_file()
                else "the configuration is right"
            )
            click.echo(what + (", and the events rebuild it" if rebuild and config.store.is_file() else ""))
    raise SystemExit(1 if found else 0)
