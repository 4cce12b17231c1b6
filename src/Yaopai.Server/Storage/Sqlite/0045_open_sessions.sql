-- Sign-ins at the pages, as their people find them in a list; the place is sealed. Whether one holds, revocations say.
CREATE TABLE open_session (
    account_id  INTEGER NOT NULL,
    id          BLOB    NOT NULL,
    valid_since INTEGER NOT NULL,
    began_at    INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    place       BLOB    NOT NULL,
    bucket      INTEGER NOT NULL,
    PRIMARY KEY (account_id, id)
) WITHOUT ROWID;

CREATE INDEX open_session_bucket ON open_session (bucket);
