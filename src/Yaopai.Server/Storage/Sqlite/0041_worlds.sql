-- Copies of the demo data that tests of the sandbox made for themselves.
CREATE TABLE world (
    id         TEXT    NOT NULL PRIMARY KEY,
    parts      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX world_expires ON world (expires_at);
