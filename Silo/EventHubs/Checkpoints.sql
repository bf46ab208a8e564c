-- How far each partition of an event hub is in the journal: everything up to and with the message named here. One row a
-- partition, which only moves forward.
CREATE TABLE IF NOT EXISTS event_hub_checkpoints
(
    hub text NOT NULL,
    consumer_group text NOT NULL,
    partition text NOT NULL,
    sequence bigint NOT NULL,
    place text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (hub, consumer_group, partition)
);
