"""The tables of the catalogue, the one record of truth."""

from __future__ import annotations

# Stored as PRAGMA user_version; raised whenever a table changes.  A table that is added, and that readers
# do without (those below `TABLES`), leaves it as it is: older indexes go on working in both directions.
VERSION = 1
# Stored as PRAGMA application_id ("XUNJ"), so that a stranger's database is told apart from ours.
APPLICATION = 0x58554E4A

# An edition is one reading of a filing.  Its rows come in while it is `writing`; one transaction makes
# it `visible`, one makes it `removed`, and only then do its rows go.  Numbers are never used again
# (AUTOINCREMENT): an old number left in the terms or vectors finds nothing.
TABLES = """
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    index_id TEXT NOT NULL,
    embedder TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    build INTEGER NOT NULL,
    changes INTEGER NOT NULL
);
CREATE TABLE filings (
    edition INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('writing', 'visible', 'removed')),
    made_by TEXT NOT NULL,
    original TEXT NOT NULL,
    file_name TEXT NOT NULL,
    title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    numbering TEXT NOT NULL,
    announced TEXT,
    evidence TEXT NOT NULL,
    warnings TEXT NOT NULL
);
CREATE UNIQUE INDEX one_visible_edition ON filings (id) WHERE state = 'visible';
CREATE TABLE pages (
    edition INTEGER NOT NULL REFERENCES filings ON DELETE CASCADE,
    position INTEGER NOT NULL,
    label TEXT,
    origin TEXT NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    text TEXT NOT NULL,
    boxes BLOB,
    PRIMARY KEY (edition, position)
);
CREATE TABLE headings (
    edition INTEGER NOT NULL REFERENCES filings ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    page INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (edition, ordinal)
) WITHOUT ROWID;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES filings ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    section TEXT NOT NULL,
    spans TEXT NOT NULL,
    text TEXT NOT NULL,
    context TEXT NOT NULL,
    unit TEXT NOT NULL,
    scope TEXT,
    statement TEXT NOT NULL,
    columns TEXT NOT NULL,
    "rows" TEXT NOT NULL,
    UNIQUE (id, edition)
);
CREATE INDEX passages_of_edition ON passages (edition);
-- One matrix an edition: row i belongs to the edition's i-th passage key.  A search scoped to a filing
-- reads one value instead of a thousand.
CREATE TABLE vectors (
    edition INTEGER PRIMARY KEY REFERENCES filings ON DELETE CASCADE,
    matrix BLOB NOT NULL
);
CREATE TABLE facts (
    edition INTEGER NOT NULL REFERENCES filings ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    label TEXT NOT NULL,
    line_item TEXT NOT NULL,
    period TEXT NOT NULL,
    scope TEXT,
    statement TEXT NOT NULL,
    measure TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    "column" TEXT NOT NULL,
    text TEXT NOT NULL,
    place TEXT NOT NULL,
    section TEXT NOT NULL,
    certain INTEGER NOT NULL,
    PRIMARY KEY (edition, ordinal)
) WITHOUT ROWID;
CREATE INDEX facts_by_line_item ON facts (edition, line_item);
CREATE INDEX facts_by_label ON facts (edition, label);
"""

# Made by whoever first writes to it; `entries` of an index without it are none.
FEEDBACK = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('good', 'wrong_figure', 'wrong_page', 'missing')),
    comment TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'confirmed', 'rejected'))
)
"""

# A conversation is seen by its `owner` alone: the face and the person or thread, as that face writes it.
# `answer` is the answer's JSON as it was shown.
CONVERSATIONS = (
    """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    started TEXT NOT NULL,
    last TEXT NOT NULL
)
""",
    """
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    at TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL
)
""",
    "CREATE INDEX IF NOT EXISTS conversations_of_owner ON conversations (owner)",
    "CREATE INDEX IF NOT EXISTS conversations_by_age ON conversations (last)",
    "CREATE INDEX IF NOT EXISTS turns_of_conversation ON turns (conversation)",
)

# What has been taken in hand once, so that the same message delivered again is let go.
DELIVERIES = "CREATE TABLE IF NOT EXISTS deliveries (key TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID"
