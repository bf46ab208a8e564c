-- What Orleans' membership needs on PostgreSQL 15 or newer: the tables of Microsoft.Orleans.Clustering.AdoNet 10.4.2 and
-- the queries that it looks up by name. Names of queries, of their parameters and of the columns they return are the
-- provider's. Every step may run again; a query is rewritten when it has changed.

-- The text of each query, by the name under which the provider asks for it.
CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- One row a cluster. Whoever changes a member raises the version in the same statement, and only from the version that it
-- has read: that is how silos agree.
CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable
(
    DeploymentId text PRIMARY KEY,
    Timestamp timestamptz(3) NOT NULL DEFAULT now(),
    Version integer NOT NULL DEFAULT 0
);

-- One row a silo that has run; the generation tells a silo from the one that had its address before.
CREATE TABLE IF NOT EXISTS OrleansMembershipTable
(
    DeploymentId text NOT NULL REFERENCES OrleansMembershipVersionTable (DeploymentId),
    Address text NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName text NOT NULL,
    HostName text NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NOT NULL,
    SuspectTimes text,
    StartTime timestamptz(3) NOT NULL,
    IAmAliveTime timestamptz(3) NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText)
VALUES
-- True when this call made the row.
('InsertMembershipVersionKey', $query$
WITH made AS (
    INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId)
    ON CONFLICT (DeploymentId) DO NOTHING
    RETURNING DeploymentId
)
SELECT EXISTS (SELECT FROM made)
$query$),
-- True when the silo is in and the version was still the one given. The lock on the version's row lets one writer at a
-- time through, and the next one finds another version.
('InsertMembershipKey', $query$
WITH raised AS (
    UPDATE OrleansMembershipVersionTable
    SET Version = Version + 1, Timestamp = now()
    WHERE DeploymentId = @DeploymentId
        AND Version = @Version
        AND NOT EXISTS (
            SELECT FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId
                AND Address = @Address
                AND Port = @Port
                AND Generation = @Generation
        )
    RETURNING DeploymentId
), added AS (
    INSERT INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
        @IAmAliveTime
    FROM raised
    RETURNING Port
)
SELECT EXISTS (SELECT FROM added)
$query$),
-- True when the silo was there and the version was still the one given.
('UpdateMembershipKey', $query$
WITH raised AS (
    UPDATE OrleansMembershipVersionTable
    SET Version = Version + 1, Timestamp = now()
    WHERE DeploymentId = @DeploymentId
        AND Version = @Version
        AND EXISTS (
            SELECT FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId
                AND Address = @Address
                AND Port = @Port
                AND Generation = @Generation
        )
    RETURNING DeploymentId
), changed AS (
    UPDATE OrleansMembershipTable AS member
    SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    FROM raised
    WHERE member.DeploymentId = raised.DeploymentId
        AND member.Address = @Address
        AND member.Port = @Port
        AND member.Generation = @Generation
    RETURNING member.Port
)
SELECT EXISTS (SELECT FROM changed)
$query$),
-- A sign of life changes no version: nobody has to agree on it.
('UpdateIAmAlivetimeKey', $query$
UPDATE OrleansMembershipTable
SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId
    AND Address = @Address
    AND Port = @Port
    AND Generation = @Generation
$query$),
-- One row with the version even when the silo is not there; its columns are null then.
('MembershipReadRowKey', $query$
SELECT cluster.DeploymentId, member.Address, member.Port, member.Generation, member.SiloName, member.HostName,
    member.Status, member.ProxyPort, member.SuspectTimes, member.StartTime, member.IAmAliveTime, cluster.Version
FROM OrleansMembershipVersionTable AS cluster
LEFT JOIN OrleansMembershipTable AS member
    ON member.DeploymentId = cluster.DeploymentId
    AND member.Address = @Address
    AND member.Port = @Port
    AND member.Generation = @Generation
WHERE cluster.DeploymentId = @DeploymentId
$query$),
-- A row a silo, each with the version; one row without a silo for a cluster that has none.
('MembershipReadAllKey', $query$
SELECT cluster.DeploymentId, member.Address, member.Port, member.Generation, member.SiloName, member.HostName,
    member.Status, member.ProxyPort, member.SuspectTimes, member.StartTime, member.IAmAliveTime, cluster.Version
FROM OrleansMembershipVersionTable AS cluster
LEFT JOIN OrleansMembershipTable AS member ON member.DeploymentId = cluster.DeploymentId
WHERE cluster.DeploymentId = @DeploymentId
$query$),
-- Where clients may connect.
('GatewaysQueryKey', $query$
SELECT Address, ProxyPort, Generation
FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId
    AND Status = @Status
    AND ProxyPort > 0
$query$),
-- Forgets a cluster.
('DeleteMembershipTableEntriesKey', $query$
DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
$query$),
-- Removes silos that are dead (6) and gave their last sign of life before the time given.
('CleanupDefunctSiloEntriesKey', $query$
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId
    AND Status = 6
    AND StartTime < @IAmAliveTime
    AND IAmAliveTime < @IAmAliveTime
$query$),
-- The provider asks for it when it is there, silo by silo: a row goes only if it still is as it was read.
('CleanupDefunctSiloEntryKey', $query$
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId
    AND Address = @Address
    AND Port = @Port
    AND Generation = @Generation
    AND Status = 6
    AND StartTime = @StartTime
    AND IAmAliveTime = @IAmAliveTime
    AND SuspectTimes IS NOT DISTINCT FROM @SuspectTimes
$query$)
ON CONFLICT (QueryKey) DO UPDATE
SET QueryText = excluded.QueryText
WHERE OrleansQuery.QueryText <> excluded.QueryText;
