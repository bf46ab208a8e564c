-- The version of a grain is that of its newest event, found through events_of_grain; there is no second copy to drift.
-- Times are microseconds since 1970 UTC.

-- One row: the position of the newest event. Appends take their positions from it, inside their transaction.
CREATE TABLE last_position (
    single INTEGER PRIMARY KEY CHECK (single = 1),
    position INTEGER NOT NULL
);
INSERT INTO last_position (single, position) VALUES (1, 0);

CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    grain TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    shape INTEGER NOT NULL,
    payload BLOB NOT NULL,
    at INTEGER NOT NULL,
    correlation TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_of_grain ON events (grain, version);

CREATE TABLE inbox (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    hash BLOB NOT NULL,
    grain TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_by_age ON inbox (at);

CREATE TABLE deadlines (
    grain TEXT NOT NULL,
    name TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (grain, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX deadlines_by_due ON deadlines (due);

CREATE TABLE snapshots (
    grain TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    shape INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE readers (
    reader TEXT PRIMARY KEY,
    checkpoint INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reader_rows (
    reader TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (reader, key)
) STRICT;
