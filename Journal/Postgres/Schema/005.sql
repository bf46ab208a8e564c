-- A deadline that came due is cleared only as long as it is the one that is set. Both functions stand beside those of
-- the steps before, which processes of an older build go on calling while they are replaced one by one.

-- As in the first step, and with the times that cancelled deadlines must have.
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
    -- One element a change of a deadline, in order; a null due time cancels, and then only what is due at the time
    -- that it was, unless that is null too.
    deadline_grains text[], deadline_names text[], deadline_dues bigint[], deadline_wases bigint[],
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
        PERFORM change_deadlines(deadline_grains, deadline_names, deadline_dues, deadline_wases, suspects);
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
                        deadline_dues[each:each], deadline_wases[each:each], '{}');
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

-- Of several changes to one deadline the last one that sets it holds, unless one after it cancels exactly that; where
-- none sets it, each cancels what it says. A deadline that is set again is nobody's.
CREATE FUNCTION change_deadlines(
    grains text[], names text[], dues bigint[], wases bigint[], except_grains text[]
) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    WITH changes AS (
        SELECT c.*,
            max(c.place) FILTER (WHERE c.due IS NOT NULL) OVER (PARTITION BY c.grain, c.name) AS last_set
        FROM unnest(grains, names, dues, wases) WITH ORDINALITY AS c (grain, name, due, was, place)
        WHERE c.grain <> ALL (except_grains)
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
    INSERT INTO deadlines (grain, name, due)
    SELECT f.grain, f.name, f.set_to FROM folded f WHERE f.set_to IS NOT NULL AND NOT f.is_undone
    ON CONFLICT (grain, name) DO UPDATE SET due = excluded.due, claimed_until = 0;
END
$$;
