"""The tables of the store, as numbered migrations. A migration that has run is never edited.

Times are UTC text of one fixed form (`2025-06-02T10:00:00Z`), so that they sort; beside the times that a
source tells stands what it said, with its own offset (`published_said`). Tables and columns are named for the
editor who looks at them through Datasette.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

schema = Migrations("wire")

SOURCES = """
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    label TEXT NOT NULL DEFAULT '',
    agency TEXT,                    -- code of the catalogue; NULL: a paper, not an agency
    kind TEXT NOT NULL,             -- feed, sitemap, folder …
    address TEXT NOT NULL DEFAULT '',  -- as configured; a change of it forgets the validators
    configured INTEGER NOT NULL DEFAULT 1,  -- 0: no longer in wires.toml
    due TEXT,                       -- next visit not before; NULL: at once
    etag TEXT,                      -- byte for byte as received
    last_modified TEXT,             -- byte for byte as received
    body_hash TEXT,
    current_url TEXT,               -- adopted after permanent redirects; NULL: the configured one
    cursor TEXT NOT NULL DEFAULT '{}',     -- how far a source with a cursor was read, JSON
    notes TEXT NOT NULL DEFAULT '{}',      -- what the schedule and the fetcher remember of it, JSON
    last_try TEXT,
    last_success TEXT,
    last_new TEXT,                  -- last time that a story came
    failures INTEGER NOT NULL DEFAULT 0,   -- in a row
    first_failure TEXT,             -- of this row of failures
    last_error TEXT,
    error_kind TEXT,
    action TEXT,                    -- what a person must do; NULL: nothing
    requests INTEGER NOT NULL DEFAULT 0,
    not_modified INTEGER NOT NULL DEFAULT 0,
    same_body INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    stories_new INTEGER NOT NULL DEFAULT 0
) STRICT
"""

HOSTS = """
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    asked TEXT,                     -- last request
    wait_until TEXT,                -- Retry-After, breaker: no request before
    failures INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,
    conditional INTEGER NOT NULL DEFAULT 0,
    not_modified INTEGER NOT NULL DEFAULT 0,
    robots TEXT,                    -- robots.txt as last read; NULL: never read
    robots_status INTEGER,
    robots_at TEXT,
    notes TEXT NOT NULL DEFAULT '{}'
) STRICT
"""

VISITS = """
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(name),
    run TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT NOT NULL,
    outcome TEXT NOT NULL,          -- fetched, unchanged, gone, failed
    why TEXT,
    requests INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    versions INTEGER NOT NULL DEFAULT 0,
    copies INTEGER NOT NULL DEFAULT 0,     -- of the new ones, those that fold under another
    unchanged INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    details TEXT NOT NULL DEFAULT '{}'     -- what was refused, and why, JSON
) STRICT
"""

DOCUMENTS = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    visit INTEGER NOT NULL REFERENCES visits(id),
    source TEXT NOT NULL REFERENCES sources(name),
    url TEXT,                       -- NULL: a file
    path TEXT,
    fetched TEXT NOT NULL,
    media_type TEXT,
    charset TEXT,
    hash TEXT NOT NULL,             -- of the bytes
    size INTEGER NOT NULL,
    file TEXT,                      -- in the archive; NULL: not kept, or pruned
    offset INTEGER,
    length INTEGER,
    etag TEXT,
    last_modified TEXT
) STRICT
"""

STORIES = """
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(name),
    guid TEXT,
    url TEXT,
    headline TEXT,
    byline TEXT,
    credit TEXT,
    place TEXT,
    country TEXT,
    language TEXT,
    kind TEXT NOT NULL DEFAULT 'story',
    status TEXT NOT NULL DEFAULT 'usable' CHECK (status IN ('usable', 'withheld', 'canceled')),
    reason TEXT,                    -- of the status, when it is not usable
    published TEXT,
    published_said TEXT,
    updated TEXT,
    updated_said TEXT,
    embargo TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    version INTEGER NOT NULL,       -- the one that leads; not always the last that came
    versions INTEGER NOT NULL,
    words INTEGER NOT NULL DEFAULT 0,
    partial INTEGER NOT NULL DEFAULT 0,
    cluster INTEGER REFERENCES clusters(id),
    relation TEXT,                  -- lead, copy, trimmed, extended, excerpt
    relation_why TEXT,              -- JSON: containment, Jaccard, numbers
    gone_at TEXT                    -- when its page was first found gone at its source; the story stays
) STRICT
"""

VERSIONS = """
CREATE TABLE versions (
    story INTEGER NOT NULL REFERENCES stories(id),
    number INTEGER NOT NULL,
    seen TEXT NOT NULL,
    hash TEXT NOT NULL,             -- of headline, deck, byline and body
    headline TEXT,
    body TEXT NOT NULL,             -- paragraphs, an empty line between them
    form TEXT NOT NULL,             -- the rest of the story, JSON
    judged TEXT NOT NULL,           -- new, cosmetic, update, correct, kill …
    why TEXT NOT NULL,
    change TEXT,                    -- what changed, by sentence, JSON
    document INTEGER REFERENCES documents(id),
    item INTEGER NOT NULL DEFAULT 0,
    visit INTEGER REFERENCES visits(id),
    PRIMARY KEY (story, number)
) STRICT, WITHOUT ROWID
"""

ALIASES = """
CREATE TABLE aliases (
    source TEXT NOT NULL REFERENCES sources(name),
    alias TEXT NOT NULL,            -- guid:…, url:…, seq:…
    story INTEGER NOT NULL REFERENCES stories(id),
    seen TEXT NOT NULL,
    PRIMARY KEY (source, alias)
) STRICT, WITHOUT ROWID
"""

CLUSTERS = """
CREATE TABLE clusters (
    id INTEGER PRIMARY KEY,
    lead INTEGER REFERENCES stories(id) DEFERRABLE INITIALLY DEFERRED,
    tellings INTEGER NOT NULL DEFAULT 0,
    first_seen TEXT NOT NULL
) STRICT
"""

BANDS = """
CREATE TABLE bands (
    week INTEGER NOT NULL,          -- since 1970; look-ups stay within a few
    band INTEGER NOT NULL,
    story INTEGER NOT NULL,
    PRIMARY KEY (week, band, story)
) STRICT, WITHOUT ROWID
"""

EVENTS = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,        -- without gaps: taken inside the transaction, never deleted
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'correct', 'kill', 'withhold', 'release', 'delete')),
    story INTEGER NOT NULL REFERENCES stories(id),
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    cluster INTEGER,                -- as it was then
    visit INTEGER REFERENCES visits(id)
) STRICT
"""

# The text is not kept twice: the index is contentless, and what is deleted from it is told anew.
# Marks (M*) belong to words: without them Indic vowel signs cut a word in two.
SEARCH = """
CREATE VIRTUAL TABLE stories_fts USING fts5(
    headline, body, people, facets,
    content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
)
"""

INDEXES = (
    "CREATE INDEX visits_source ON visits(source, id)",
    "CREATE INDEX documents_url ON documents(url, id)",
    "CREATE INDEX documents_source ON documents(source, id)",
    "CREATE INDEX documents_visit ON documents(visit)",
    "CREATE INDEX stories_source ON stories(source, published)",
    "CREATE INDEX stories_published ON stories(published)",
    "CREATE INDEX stories_first_seen ON stories(first_seen)",
    "CREATE INDEX stories_cluster ON stories(cluster)",
    "CREATE INDEX stories_place ON stories(place, published) WHERE place IS NOT NULL",
    "CREATE INDEX stories_country ON stories(country, published) WHERE country IS NOT NULL",
    "CREATE INDEX stories_credit ON stories(credit, published) WHERE credit IS NOT NULL",
    "CREATE INDEX stories_not_usable ON stories(status, embargo) WHERE status <> 'usable'",
    "CREATE INDEX versions_hash ON versions(hash)",
    "CREATE INDEX versions_document ON versions(document)",
    "CREATE INDEX aliases_story ON aliases(story)",
    "CREATE INDEX events_story ON events(story, seq)",
    "CREATE INDEX clusters_lead ON clusters(lead)",
)

# What an editor opens first. Killed and withheld copy shows its record here, never its text.
VIEWS = (
    """
    CREATE VIEW newest AS
    SELECT s.id, s.published, s.headline, s.credit, s.source, s.place, s.country, s.language, s.words,
           c.tellings, s.versions, s.url, s.first_seen
    FROM stories s LEFT JOIN clusters c ON c.id = s.cluster
    WHERE s.status = 'usable' AND (s.cluster IS NULL OR c.lead = s.id)
    ORDER BY s.first_seen DESC, s.id DESC
    """,
    """
    CREATE VIEW tellings AS
    SELECT s.cluster, lead.headline AS story, s.id, s.source, s.relation, s.headline, s.published,
           s.words, s.relation_why AS why, s.url
    FROM stories s JOIN clusters c ON c.id = s.cluster JOIN stories lead ON lead.id = c.lead
    WHERE s.status = 'usable'
    """,
    """
    CREATE VIEW sources_health AS
    SELECT name, label, kind, last_success, last_new, failures, due, last_error, action, stories_new,
           requests, not_modified, address
    FROM sources WHERE configured ORDER BY action IS NULL, failures DESC, name
    """,
    """
    CREATE VIEW out_of_use AS
    SELECT id, source, status, reason, embargo, kind, published, first_seen, url
    FROM stories WHERE status <> 'usable' ORDER BY first_seen DESC
    """,
)


@schema()
def m001_the_store(db: Database) -> None:
    """Sources, hosts, visits, documents, stories, versions, aliases, clusters, bands, events, search."""
    tables = (SOURCES, HOSTS, VISITS, DOCUMENTS, CLUSTERS, STORIES, VERSIONS, ALIASES, BANDS, EVENTS, SEARCH)
    for statement in (*tables, *INDEXES, *VIEWS):
        db.execute(statement)


@schema()
def m009_newest_of_a_source(db: Database) -> None:
    """A source's stories by order of arrival: what `wire list --source` asks for."""
    db.execute("CREATE INDEX stories_source_arrival ON stories(source, id)")


@schema()
def m010_files_of_servers(db: Database) -> None:
    """Which files of an FTP or SFTP server, or of an archive, were taken, and as what: so that each is taken once."""
    db.execute(
        """
        CREATE TABLE taken (
            source TEXT NOT NULL REFERENCES sources(name),
            place TEXT NOT NULL,            -- address of the file
            mark TEXT NOT NULL,             -- size and time as its server told them then
            seen TEXT NOT NULL,
            PRIMARY KEY (source, place)
        ) STRICT, WITHOUT ROWID
        """
    )


@schema()
def m011_gone_at_source(db: Database) -> None:
    """When a story's page was last looked at, and why it is held to be gone."""
    db.execute("ALTER TABLE stories ADD COLUMN looked_at TEXT")
    db.execute("ALTER TABLE stories ADD COLUMN gone_why TEXT")
    db.execute("CREATE INDEX stories_gone ON stories(gone_at) WHERE gone_at IS NOT NULL")
    db.execute(
        """
        CREATE VIEW gone_at_source AS
        SELECT id, gone_at, gone_why, source, headline, published, url
        FROM stories WHERE gone_at IS NOT NULL AND status = 'usable' ORDER BY gone_at DESC
        """
    )


@schema()
def m012_clock(db: Database) -> None:
    """The newest time that its source's own clock gave to a telling of a story, of one without a change too."""
    db.execute("ALTER TABLE stories ADD COLUMN clock TEXT")
    told = "coalesce(updated_said, published_said)"
    db.execute(f"UPDATE stories SET clock = coalesce(updated, published) WHERE length({told}) > 10")


@schema()
def m013_struck(db: Database) -> None:
    """Of killed stories, whose text leaves the store: hashes of their words, by which copies are still known."""
    from store import struck  # it knows the tables as they are then

    db.execute(
        """
        CREATE TABLE prints (
            story INTEGER PRIMARY KEY REFERENCES stories(id),
            codes BLOB NOT NULL,            -- a hash of each word, 64 bits, in order
            marked INTEGER NOT NULL         -- it said that it corrects or updates
        ) STRICT
        """
    )
    for (story,) in db.execute(
        "SELECT id FROM stories WHERE status = 'canceled' AND kind <> 'kill'"
    ).fetchall():
        struck.strike(db, story)


@schema()
def m014_furniture(db: Database) -> None:
    """Paragraphs at the head and end of pages, and on how many stories of a host each stood: what a site prints under all."""
    db.execute(
        """
        CREATE TABLE furniture (
            digest TEXT NOT NULL,           -- of a paragraph
            host TEXT NOT NULL,
            stories INTEGER NOT NULL,       -- that showed it
            seen TEXT NOT NULL,             -- on the last of them
            PRIMARY KEY (digest, host)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX furniture_known ON furniture(host, stories)")


@schema()
def m015_said(db: Database) -> None:
    """What the last telling of a story said of its use: who says the same again takes back no notice."""
    db.execute("ALTER TABLE stories ADD COLUMN said TEXT")
