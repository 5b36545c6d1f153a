"""Mail of an agency, attachments too: each mail of a mailbox is read once, in the order of its UIDs.

    [[source]]
    name = "agency-mail"
    kind = "imap"
    url = "imaps://desk%40paper.example@imap.paper.example/Wires"   # no path: INBOX; imap: STARTTLS on port 143
    token = "${MAIL_PASSWORD}"
    [source.options]
    oauth = true                 # token is an access token of OAuth 2 (Microsoft 365, Gmail), made anew before each run
    since = 2025-06-01           # mails that came before this day are left alone
    seen = true                  # once its stories are stored, mark a mail as read …
    move_to = "Wires/Done"       # … and move it; without these two nothing in the mailbox changes

UIDVALIDITY and the last UID are the cursor, committed with the stories of the mails up to it. A mailbox that was made anew
(another UIDVALIDITY) is read from its start: stories that are known stay one. Mails that could not be had are asked for again.
A mail is marked and moved after its stories are committed; one without a story stays where it is, for a person to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote, unquote, urlsplit

from ingest import guard
from ingest.door import Door
from ingest.mailbox import Mailbox, opened
from ingest.outcome import Batch, Item
from ingest.remote import Denied, Entry, Files, Kept, Taking, fault_of, names
from ingest.source import Source
from store.sources import Told

UNMOVED = 5_000  # mails still to be marked or moved that are remembered


def pull(source: Source, told: Told, door: Door) -> Iterator[Batch]:
    """The new mails."""
    visit = _Visit(source, told, door)
    with Taking(visit.opening, "", source, door, late=visit.late) as taking:
        visit.taking = taking
        for batch in taking.visit(visit.new, visit.kept):
            yield from visit.settled(batch)


@dataclass
class _Visit:
    source: Source
    told: Told
    door: Door
    validity: int | None = None  # of the mailbox as this visit found it
    uid: int = 0  # the last that was dealt with
    late: list[str] = field(default_factory=list)
    unmoved: list[str] = field(default_factory=list)  # their stories are stored, or in the batch at hand
    taking: Taking = field(init=False)

    def __post_init__(self) -> None:
        self.name = unquote(urlsplit(self.source.url or "").path[1:]) or "INBOX"
        self.changes = bool(self.source.options.get("seen") or self.source.options.get("move_to"))

    @contextmanager
    def opening(self) -> Iterator[Files]:
        parts = urlsplit(self.source.url or "")
        with ExitStack() as held:
            allowed = guard.networks(self.door.settings.allow_addresses)
            box = opened(
                parts, self.name, self.source.token, allowed, held, writes=self.changes,
                oauth=bool(self.source.options.get("oauth")),
            )  # fmt: skip
            if self.validity not in (None, box.validity):
                raise ConnectionError("the mailbox was made anew")
            if self.validity is None:
                self._begin(box.validity)
            yield box

    def _begin(self, validity: int) -> None:
        """Go on from the cursor, where that is of this mailbox."""
        self.validity, cursor = validity, self.told.cursor
        parts = urlsplit(self.source.url or "")
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = f":{parts.port}" if parts.port else ""
        # RFC 5092
        self.taking.base = f"{parts.scheme}://{host}{port}/{quote(self.name)};UIDVALIDITY={validity}/;UID="
        if cursor.get("uidvalidity") == validity:
            self.uid = int(cursor.get("uid", 0))
            self.late += names(cursor.get("late"))
            self.unmoved = names(cursor.get("unmoved")) if self.changes else []

    def new(self, box: Files) -> list[Entry]:
        assert isinstance(box, Mailbox)
        return box.after(self.uid, _day(self.source.options.get("since")), self.late)

    def kept(self, done: Sequence[Entry], late: Sequence[str]) -> Kept:
        self.uid = max([self.uid, *(int(entry.wire) for entry in done), *map(int, late)])
        return Kept(cursor={"late": list(late)})

    def settled(self, batch: Batch) -> Iterator[Batch]:
        """The batch, and what is done with its mails once it is committed."""
        if self.validity is None:
            yield batch
            return
        self.unmoved += [_uid(item) for item in batch.items if item.stories] if self.changes else []
        stored: list[bool] = []
        late = batch.cursor.get("late") if batch.cursor else self.late
        more = self.changes and bool(self.unmoved)
        yield replace(
            batch,
            cursor=self._cursor(late),
            last=batch.last and not more,
            done=stored.append if more else None,
        )
        if not more:
            return
        outcome = batch.outcome
        if stored == [True]:
            try:
                box = self.taking.open()
                assert isinstance(box, Mailbox)
                options = self.source.options
                box.aside(self.unmoved, seen=bool(options.get("seen")), move_to=options.get("move_to"))
                self.unmoved = []
            except Exception as error:
                fault = fault_of(error, self.source)
                outcome = fault if isinstance(error, Denied) else outcome
        if batch.last:
            yield Batch(outcome=outcome, cursor=self._cursor(late))

    def _cursor(self, late: object) -> Mapping[str, object]:
        return {
            "uidvalidity": self.validity, "uid": self.uid, "late": late,
            **({"unmoved": self.unmoved[-UNMOVED:]} if self.unmoved else {}),
        }  # fmt: skip


def _uid(item: Item) -> str:
    return (item.document.address if item.document else "").rpartition("=")[2]


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
