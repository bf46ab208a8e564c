-- Grains whose deadlines nobody is to claim, those that are set meanwhile included.
CREATE TABLE parked_grains (
    grain TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What waits so is out of the way of those who look for what is due.
ALTER TABLE deadlines ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deadlines_to_claim ON deadlines (due) WHERE parked = 0;
