-- What another platform said of somebody who came from there lately. The session is hashed, its key sealed.
CREATE TABLE third_party_session (
    id           BLOB    NOT NULL PRIMARY KEY,
    provider     TEXT    NOT NULL,
    app_id       TEXT    NOT NULL,
    open_id      TEXT    NOT NULL,
    union_id     TEXT,
    session_hash BLOB    NOT NULL,
    sealed_key   BLOB    NOT NULL,
    expires_at   INTEGER NOT NULL,
    bucket       INTEGER NOT NULL
);

CREATE INDEX third_party_session_bucket ON third_party_session (bucket);

-- Codes that were sent, and how many were sent to a number or asked for by an address. All of them are keyed hashes.
CREATE TABLE verification_code (
    subject    BLOB    NOT NULL PRIMARY KEY,
    code       BLOB    NOT NULL,
    sent_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    bucket     INTEGER NOT NULL
);

CREATE INDEX verification_code_bucket ON verification_code (bucket);

CREATE TABLE verification_count (
    subject      BLOB    NOT NULL PRIMARY KEY,
    count        INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    bucket       INTEGER NOT NULL
);

CREATE INDEX verification_count_bucket ON verification_count (bucket);
