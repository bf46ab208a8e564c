-- Who does what only one process at a time may do, and until when.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Until when a process is trying a due deadline; 0 when none ever did.
ALTER TABLE deadlines ADD COLUMN claimed_until INTEGER NOT NULL DEFAULT 0;
