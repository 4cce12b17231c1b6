-- Who may administer: keys are hashed, and none is removed, because the audit log names them.
CREATE TABLE admin_key (
    id             BIGINT NOT NULL PRIMARY KEY,
    name           TEXT   NOT NULL,
    role           BIGINT NOT NULL,
    hash           BYTEA  NOT NULL,
    previous_hash  BYTEA,
    previous_until BIGINT,
    created_at     BIGINT NOT NULL,
    rotated_at     BIGINT,
    expires_at     BIGINT,
    revoked_at     BIGINT,
    last_used_at   BIGINT,
    last_address   TEXT
);

CREATE UNIQUE INDEX admin_key_name ON admin_key (name) WHERE revoked_at IS NULL;

-- What was changed, by whom: each entry has the hash of the one before.
CREATE TABLE audit_log (
    sequence      BIGINT NOT NULL PRIMARY KEY,
    at            BIGINT NOT NULL,
    actor_kind    TEXT   NOT NULL,
    actor_id      TEXT   NOT NULL,
    actor_name    TEXT   NOT NULL,
    address       TEXT   NOT NULL,
    action        TEXT   NOT NULL,
    object_kind   TEXT   NOT NULL,
    object_id     TEXT   NOT NULL,
    outcome       BIGINT NOT NULL,
    value_before  TEXT,
    value_after   TEXT,
    previous_hash BYTEA  NOT NULL,
    hash          BYTEA  NOT NULL
);

CREATE INDEX audit_log_object ON audit_log (object_kind, object_id, sequence);
CREATE INDEX audit_log_actor ON audit_log (actor_id, sequence);

CREATE FUNCTION audit_log_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'audit_log is append-only';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();

-- One row, where the chain ends. Whoever appends to it holds it, so that nodes take turns.
CREATE TABLE audit_head (
    id       BIGINT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash     BYTEA  NOT NULL
);

INSERT INTO audit_head (id, sequence, hash)
VALUES (1, 0, decode(repeat('00', 32), 'hex'));

-- What is being done at this moment; what is still here after a while came to no known end.
CREATE TABLE audit_intent (
    id           TEXT   NOT NULL PRIMARY KEY,
    begun_at     BIGINT NOT NULL,
    forgotten_at BIGINT NOT NULL,
    actor_kind   TEXT   NOT NULL,
    actor_id     TEXT   NOT NULL,
    actor_name   TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    object_kind  TEXT   NOT NULL,
    object_id    TEXT   NOT NULL
);

CREATE INDEX audit_intent_forgotten ON audit_intent (forgotten_at);

-- Answers that are given once more under the same idempotency key: sealed, and null while they are made.
CREATE TABLE admin_answer (
    admin_key_id BIGINT NOT NULL,
    asked_id     BYTEA  NOT NULL,
    fingerprint  BYTEA  NOT NULL,
    answer       BYTEA,
    bucket       BIGINT NOT NULL,
    PRIMARY KEY (admin_key_id, asked_id)
);

CREATE INDEX admin_answer_bucket ON admin_answer (bucket);
