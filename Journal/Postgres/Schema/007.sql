-- Grains whose deadlines nobody is to claim, those that are set meanwhile included.
CREATE TABLE parked_grains (
    grain text COLLATE "C" PRIMARY KEY
);

-- What waits so is out of the way of those who look for what is due.
ALTER TABLE deadlines ADD COLUMN parked boolean NOT NULL DEFAULT false;
CREATE INDEX deadlines_to_claim ON deadlines (due) WHERE NOT parked;

-- Of the changes without a name the last one of a grain holds: with a time it parks all deadlines, without one it gives
-- them back, as if nobody had ever tried them.
CREATE FUNCTION park_deadlines(grains text[], names text[], dues bigint[], except_grains text[]) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    last record;
BEGIN
    FOR last IN
        SELECT DISTINCT ON (c.grain) c.grain, c.due
        FROM unnest(grains, names, dues) WITH ORDINALITY AS c (grain, name, due, place)
        WHERE c.name = '' AND c.grain <> ALL (except_grains)
        ORDER BY c.grain, c.place DESC
    LOOP
        IF last.due IS NULL THEN
            DELETE FROM parked_grains p WHERE p.grain = last.grain;
        ELSE
            INSERT INTO parked_grains (grain) VALUES (last.grain) ON CONFLICT DO NOTHING;
        END IF;
        UPDATE deadlines d SET parked = last.due IS NOT NULL, claimed_until = 0 WHERE d.grain = last.grain;
    END LOOP;
END
$$;

-- Of several changes to one deadline the last one that sets it holds, unless one after it cancels exactly that; where
-- none sets it, each cancels what it says. A deadline that is set again is nobody's. A change without a name is of all
-- deadlines of its grain, and of those that it will set: see above.
CREATE OR REPLACE FUNCTION change_deadlines(
    grains text[], names text[], dues bigint[], wases bigint[], except_grains text[]
) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    IF '' = ANY (names) THEN
        PERFORM park_deadlines(grains, names, dues, except_grains);
    END IF;

    WITH changes AS (
        SELECT c.*,
            max(c.place) FILTER (WHERE c.due IS NOT NULL) OVER (PARTITION BY c.grain, c.name) AS last_set
        FROM unnest(grains, names, dues, wases) WITH ORDINALITY AS c (grain, name, due, was, place)
        WHERE c.grain <> ALL (except_grains) AND c.name <> ''
    ), dated AS (
        SELECT c.*, max(c.due) FILTER (WHERE c.place = c.last_set) OVER (PARTITION BY c.grain, c.name) AS set_to
        FROM changes c
    ), folded AS MATERIALIZED (
        SELECT d.grain, d.name, d.set_to,
            coalesce(bool_or(d.place > d.last_set AND (d.was IS NULL OR d.was = d.set_to)), false) AS is_undone,
            bool_or(d.due IS NULL AND d.was IS NULL) AS cancels_any,
            array_agg(d.was) FILTER (WHERE d.was IS NOT NULL) AS cancels
        FROM dated d GROUP BY d.grain, d.name, d.set_to
    ), gone AS (
        DELETE FROM deadlines d USING folded f
        WHERE d.grain = f.grain AND d.name = f.name
            AND CASE WHEN f.set_to IS NULL THEN f.cancels_any OR d.due = ANY (f.cancels) ELSE f.is_undone END
    )
    INSERT INTO deadlines (grain, name, due, parked)
    SELECT f.grain, f.name, f.set_to, EXISTS (SELECT FROM parked_grains p WHERE p.grain = f.grain)
    FROM folded f WHERE f.set_to IS NOT NULL AND NOT f.is_undone
    ON CONFLICT (grain, name) DO UPDATE SET due = excluded.due, claimed_until = 0, parked = excluded.parked;
END
$$;
