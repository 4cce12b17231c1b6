-- Who may administer: keys are hashed, and none is removed, because the audit log names them.
CREATE TABLE admin_key (
    id             INTEGER NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    role           INTEGER NOT NULL,
    hash           BLOB    NOT NULL,
    previous_hash  BLOB,
    previous_until INTEGER,
    created_at     INTEGER NOT NULL,
    rotated_at     INTEGER,
    expires_at     INTEGER,
    revoked_at     INTEGER,
    last_used_at   INTEGER,
    last_address   TEXT
);

CREATE UNIQUE INDEX admin_key_name ON admin_key (name) WHERE revoked_at IS NULL;

-- What was changed, by whom: each entry has the hash of the one before.
CREATE TABLE audit_log (
    sequence      INTEGER NOT NULL PRIMARY KEY,
    at            INTEGER NOT NULL,
    actor_kind    TEXT    NOT NULL,
    actor_id      TEXT    NOT NULL,
    actor_name    TEXT    NOT NULL,
    address       TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    object_kind   TEXT    NOT NULL,
    object_id     TEXT    NOT NULL,
    outcome       INTEGER NOT NULL,
    value_before  TEXT,
    value_after   TEXT,
    previous_hash BLOB    NOT NULL,
    hash          BLOB    NOT NULL
);

CREATE INDEX audit_log_object ON audit_log (object_kind, object_id, sequence);
CREATE INDEX audit_log_actor ON audit_log (actor_id, sequence);

CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;

CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;

-- One row, where the chain ends. Whoever appends to it holds it, so that nodes take turns.
CREATE TABLE audit_head (
    id       INTEGER NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    hash     BLOB    NOT NULL
);

INSERT INTO audit_head (id, sequence, hash)
VALUES (1, 0, zeroblob(32));

-- What is being done at this moment; what is still here after a while came to no known end.
CREATE TABLE audit_intent (
    id           TEXT    NOT NULL PRIMARY KEY,
    begun_at     INTEGER NOT NULL,
    forgotten_at INTEGER NOT NULL,
    actor_kind   TEXT    NOT NULL,
    actor_id     TEXT    NOT NULL,
    actor_name   TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    object_kind  TEXT    NOT NULL,
    object_id    TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX audit_intent_forgotten ON audit_intent (forgotten_at);

-- Answers that are given once more under the same idempotency key: sealed, and null while they are made.
CREATE TABLE admin_answer (
    admin_key_id INTEGER NOT NULL,
    asked_id     BLOB    NOT NULL,
    fingerprint  BLOB    NOT NULL,
    answer       BLOB,
    bucket       INTEGER NOT NULL,
    PRIMARY KEY (admin_key_id, asked_id)
) WITHOUT ROWID;

CREATE INDEX admin_answer_bucket ON admin_answer (bucket);
