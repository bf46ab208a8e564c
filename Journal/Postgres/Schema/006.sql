-- What all processes of an installation agree on; the first value of a name stays.
CREATE TABLE facts (
    name text COLLATE "C" PRIMARY KEY,
    value bytea NOT NULL
);
