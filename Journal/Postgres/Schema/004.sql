-- The histories of several grains at once, by their places in the list: a snapshot as a row of position 0, then the
-- events after it. Once the payloads of a grain and of those before it come to more than bytes_max, its rows come
-- without theirs; the first grain always comes whole.
CREATE FUNCTION load_grains(grains text[], bytes_max bigint)
RETURNS TABLE (
    place integer, "position" bigint, version bigint, name text, shape integer, payload bytea, at bigint,
    correlation text, actor text, command text
)
LANGUAGE plpgsql STABLE
-- As in append_batch: statistics of a young table must not tempt the planner.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH wanted AS MATERIALIZED (
        SELECT w.place, w.grain, s.version, s.shape, s.state
        FROM unnest(grains) WITH ORDINALITY AS w (grain, place) LEFT JOIN snapshots s ON s.grain = w.grain
    ), found AS (
        SELECT w.place, 0::bigint AS position, w.version, '' AS name, w.shape, w.state AS payload, 0::bigint AS at,
            '' AS correlation, '' AS actor, '' AS command
        FROM wanted w WHERE w.version IS NOT NULL
        UNION ALL
        SELECT w.place, e.position, e.version, e.name, e.shape, e.payload, e.at, e.correlation, e.actor, e.command
        FROM wanted w JOIN events e ON e.grain = w.grain AND e.version > coalesce(w.version, 0)
    ), measured AS (
        SELECT f.*, sum(octet_length(f.payload)) OVER (ORDER BY f.place) AS bytes FROM found f
    )
    SELECT m.place::integer, m.position, m.version, m.name, m.shape,
        CASE WHEN m.place = 1 OR m.bytes <= bytes_max THEN m.payload END, m.at, m.correlation, m.actor, m.command
    FROM measured m ORDER BY m.place, m.version, m.position;
END
$$;
