-- The key of each data subject, encrypted under the master key. A null key was destroyed, and stays so.
CREATE TABLE subject_keys (
    subject TEXT PRIMARY KEY,
    key BLOB
) STRICT, WITHOUT ROWID;
