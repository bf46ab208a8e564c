-- The version of a grain is that of its newest event, found through events_of_grain; there is no second copy to drift.
-- Times are microseconds since 1970 UTC. Keys compare by bytes (COLLATE "C"), which no locale update can reorder.

-- One row: the position of the newest event. Every append updates it first, so that appends commit in the order of
-- their positions and a reader that sees a position has seen all before it. The low fill factor keeps its page pruned.
CREATE TABLE last_position (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO last_position (position) VALUES (0);

CREATE TABLE events (
    position bigint PRIMARY KEY,
    version bigint NOT NULL,
    at bigint NOT NULL,
    shape integer NOT NULL,
    grain text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    correlation text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    command text COLLATE "C" NOT NULL,
    CONSTRAINT events_of_grain UNIQUE (grain, version)
);

CREATE TABLE inbox (
    version bigint NOT NULL,
    position bigint NOT NULL,
    at bigint NOT NULL,
    scope text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    hash bytea NOT NULL,
    grain text COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, id)
);
-- Rows arrive in the order of their age, so a block range index finds the old ones and costs appends nothing.
CREATE INDEX inbox_by_age ON inbox USING brin (at) WITH (autosummarize = on);

CREATE TABLE deadlines (
    due bigint NOT NULL,
    grain text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (grain, name)
);
CREATE INDEX deadlines_by_due ON deadlines (due);

CREATE TABLE snapshots (
    version bigint NOT NULL,
    shape integer NOT NULL,
    grain text COLLATE "C" PRIMARY KEY,
    state bytea NOT NULL
);

CREATE TABLE readers (
    reader text COLLATE "C" PRIMARY KEY,
    checkpoint bigint NOT NULL
);

CREATE TABLE reader_rows (
    reader text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (reader, key)
);

-- Decides and writes a whole batch of appends. It is called as one statement, so that a client that is paused or killed
-- never holds the row of last_position: the server has either not begun, or ends by itself.
--
-- Grains about which there is nothing to doubt (no id is known, the first append meets the newest version) are written
-- in bulk. The others, and those the caller suspects because of what is in the batch itself, are decided one by one.
-- For these the answer has one array element each; the bulk takes positions from first_position in the batch's order.
CREATE FUNCTION append_batch(
    -- One element an append. The ends say up to where the arrays below belong to it and to those before it.
    grains text[], expected bigint[], counts integer[], scopes text[], ids text[], hashes bytea[], ats bigint[],
    chains integer[], event_ends integer[], deadline_ends integer[],
    -- One element a grain: the version that its first append of the batch expects.
    first_grains text[], first_versions bigint[],
    suspects text[],
    -- One element an event, in order.
    event_grains text[], event_versions bigint[], event_names text[], event_shapes integer[],
    event_payloads bytea[], event_ats bigint[], event_correlations text[], event_actors text[], event_commands text[],
    -- One element a change of a deadline, in order; a null due time cancels.
    deadline_grains text[], deadline_names text[], deadline_dues bigint[],
    OUT first_position bigint,
    -- One element an append that was decided by itself; outcomes as in AppendOutcome.
    OUT single_appends integer[], OUT outcomes integer[], OUT found_grains text[], OUT found_versions bigint[],
    OUT found_positions bigint[], OUT found_ats bigint[]
)
LANGUAGE plpgsql
-- Statistics of a young table must not tempt the planner into scanning it whole once it has grown.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
SET jit = off
-- A caller that lost patience and its connection leaves nothing behind that still waits for the row.
SET lock_timeout = '2s'
AS $$
DECLARE
    committed CONSTANT integer := 0;
    repeated CONSTANT integer := 1;
    id_reused CONSTANT integer := 2;
    version_conflict CONSTANT integer := 3;
    last bigint;
    head bigint;
    outcome integer;
    broken_chains integer[] := '{}';
    known record;
    one integer;
BEGIN
    UPDATE last_position SET position = position + cardinality(event_names) WHERE single RETURNING position INTO last;
    first_position := last - cardinality(event_names) + 1;

    -- From here on every statement sees all that was committed before this batch got the row.
    suspects := suspects || ARRAY(
        SELECT f.grain FROM unnest(first_grains, first_versions) AS f (grain, version)
        WHERE f.version <> coalesce(
            (SELECT e.version FROM events e WHERE e.grain = f.grain ORDER BY e.version DESC LIMIT 1), 0)
        UNION
        SELECT a.grain FROM unnest(grains, scopes, ids) AS a (grain, scope, id)
        WHERE EXISTS (SELECT FROM inbox i WHERE i.scope = a.scope AND i.id = a.id)
    );

    INSERT INTO inbox (version, position, at, scope, id, hash, grain)
    SELECT a.expected + a.count,
        first_position - 1 + sum(a.count) OVER (ORDER BY a.place ROWS UNBOUNDED PRECEDING),
        a.at, a.scope, a.id, a.hash, a.grain
    FROM unnest(grains, expected, counts, scopes, ids, hashes, ats) WITH ORDINALITY
        AS a (grain, expected, count, scope, id, hash, at, place)
    WHERE a.grain <> ALL (suspects);

    INSERT INTO events (position, version, at, shape, grain, name, payload, correlation, actor, command)
    SELECT first_position - 1 + row_number() OVER (ORDER BY e.place), e.version, e.at, e.shape, e.grain, e.name,
        e.payload, e.correlation, e.actor, e.command
    FROM unnest(event_grains, event_versions, event_names, event_shapes, event_payloads, event_ats, event_correlations,
        event_actors, event_commands) WITH ORDINALITY
        AS e (grain, version, name, shape, payload, at, correlation, actor, command, place)
    WHERE e.grain <> ALL (suspects);
    GET DIAGNOSTICS last = ROW_COUNT;
    last := first_position - 1 + last;

    IF cardinality(deadline_names) > 0 THEN
        PERFORM change_deadlines(deadline_grains, deadline_names, deadline_dues, suspects);
    END IF;
    IF cardinality(suspects) = 0 THEN
        RETURN;
    END IF;

    FOR one IN SELECT place FROM unnest(grains) WITH ORDINALITY AS a (grain, place)
        WHERE a.grain = ANY (suspects) ORDER BY place
    LOOP
        SELECT i.grain, i.version, i.position, i.at, i.hash INTO known
        FROM inbox i WHERE i.scope = scopes[one] AND i.id = ids[one];
        IF FOUND THEN
            outcome := CASE WHEN known.hash = hashes[one] THEN repeated ELSE id_reused END;
        ELSE
            SELECT e.version INTO head FROM events e WHERE e.grain = grains[one] ORDER BY e.version DESC LIMIT 1;
            head := coalesce(head, 0);
            IF head <> expected[one] OR chains[one] = ANY (broken_chains) THEN
                outcome := version_conflict;
                SELECT grains[one] AS grain, head AS version, last AS position, 0::bigint AS at INTO known;
            ELSE
                outcome := committed;
                FOR each IN coalesce(event_ends[one - 1], 0) + 1 .. event_ends[one] LOOP
                    last := last + 1;
                    INSERT INTO events (position, version, at, shape, grain, name, payload, correlation, actor, command)
                    VALUES (last, event_versions[each], event_ats[each], event_shapes[each], event_grains[each],
                        event_names[each], event_payloads[each], event_correlations[each], event_actors[each],
                        event_commands[each]);
                END LOOP;
                INSERT INTO inbox (version, position, at, scope, id, hash, grain)
                VALUES (head + counts[one], last, ats[one], scopes[one], ids[one], hashes[one], grains[one]);
                FOR each IN coalesce(deadline_ends[one - 1], 0) + 1 .. deadline_ends[one] LOOP
                    PERFORM change_deadlines(deadline_grains[each:each], deadline_names[each:each],
                        deadline_dues[each:each], '{}');
                END LOOP;
                SELECT grains[one] AS grain, head + counts[one] AS version, last AS position, 0::bigint AS at
                INTO known;
            END IF;
        END IF;
        IF outcome <> committed AND chains[one] > 0 THEN
            broken_chains := broken_chains || chains[one];
        END IF;
        single_appends := single_appends || one;
        outcomes := outcomes || outcome;
        found_grains := found_grains || known.grain;
        found_versions := found_versions || known.version;
        found_positions := found_positions || known.position;
        found_ats := found_ats || known.at;
    END LOOP;
    -- What was taken for the refused is given back: positions have no gaps.
    UPDATE last_position SET position = last WHERE single;
END
$$;

-- Of several changes to one deadline the last one holds.
CREATE FUNCTION change_deadlines(grains text[], names text[], dues bigint[], except_grains text[]) RETURNS void
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
    ON CONFLICT (grain, name) DO UPDATE SET due = excluded.due;
END
$$;
