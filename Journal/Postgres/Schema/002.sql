-- Who does what only one process at a time may do, and until when by this server's clock.
CREATE TABLE leases (
    until bigint NOT NULL,
    name text COLLATE "C" PRIMARY KEY,
    holder text COLLATE "C" NOT NULL
);

-- Until when, by this server's clock, a process is trying a due deadline; 0 when none ever did.
ALTER TABLE deadlines ADD COLUMN claimed_until bigint NOT NULL DEFAULT 0;

CREATE FUNCTION clock_microseconds() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

-- As before, and a deadline that is set again is nobody's.
CREATE OR REPLACE FUNCTION change_deadlines(grains text[], names text[], dues bigint[], except_grains text[])
RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    DELETE FROM deadlines d USING (
        SELECT DISTINCT ON (c.grain, c.name) c.grain, c.name, c.due
        FROM unnest(grains, names, dues) WITH ORDINALITY AS c (grain, name, due, place)
        WHERE c.grain <> ALL (except_grains)
        ORDER BY c.grain, c.name, c.place DESC
    ) AS newest
    WHERE newest.due IS NULL AND d.grain = newest.grain AND d.name = newest.name;

    INSERT INTO deadlines (grain, name, due)
    SELECT newest.grain, newest.name, newest.due FROM (
        SELECT DISTINCT ON (c.grain, c.name) c.grain, c.name, c.due
        FROM unnest(grains, names, dues) WITH ORDINALITY AS c (grain, name, due, place)
        WHERE c.grain <> ALL (except_grains)
        ORDER BY c.grain, c.name, c.place DESC
    ) AS newest
    WHERE newest.due IS NOT NULL
    ON CONFLICT (grain, name) DO UPDATE SET due = excluded.due, claimed_until = 0;
END
$$;
