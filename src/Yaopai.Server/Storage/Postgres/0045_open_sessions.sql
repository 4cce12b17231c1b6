-- Sign-ins at the pages, as their people find them in a list; the place is sealed. Whether one holds, revocations say.
CREATE TABLE open_session (
    account_id  BIGINT NOT NULL,
    id          BYTEA  NOT NULL,
    valid_since BIGINT NOT NULL,
    began_at    BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    place       BYTEA  NOT NULL,
    bucket      BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE INDEX open_session_bucket ON open_session (bucket);
