CREATE TABLE developer (
    id          INTEGER NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    group_id    INTEGER,
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER
);

CREATE TABLE account_group (
    id          INTEGER NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER
);

-- Lists are JSON: an app is read whole, and nobody looks one up by a part of it.
CREATE TABLE app (
    id               INTEGER NOT NULL PRIMARY KEY,
    developer_id     INTEGER NOT NULL,
    project_id       INTEGER NOT NULL,
    name             TEXT    NOT NULL,
    is_public        INTEGER NOT NULL,
    secret_hashes    TEXT    NOT NULL,
    redirect_uris    TEXT    NOT NULL,
    applied_scopes   TEXT    NOT NULL,
    approved_scopes  TEXT    NOT NULL,
    allowlist        TEXT    NOT NULL,
    quota_per_minute INTEGER,
    created_at       INTEGER NOT NULL,
    disabled_at      INTEGER
);

-- name_key is the name in lower case.
CREATE TABLE account (
    id            INTEGER NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL UNIQUE,
    password_hash TEXT    NOT NULL,
    region        TEXT    NOT NULL,
    nickname      TEXT,
    avatar_url    TEXT,
    mail          TEXT,
    mail_verified INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    disabled_at   INTEGER
);

CREATE TABLE phone_number (
    account_id   INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    calling_code TEXT    NOT NULL,
    national     TEXT    NOT NULL,
    region       TEXT    NOT NULL,
    is_bound     INTEGER NOT NULL,
    verified_at  INTEGER,
    PRIMARY KEY (account_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX phone_number_bound ON phone_number (calling_code, national) WHERE is_bound = 1;

CREATE TABLE consent (
    account_id INTEGER NOT NULL,
    app_id     INTEGER NOT NULL,
    scopes     TEXT    NOT NULL,
    phone_id   INTEGER,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, app_id)
) WITHOUT ROWID;

-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE used_code (
    app_id  INTEGER NOT NULL,
    code_id BLOB    NOT NULL,
    bucket  INTEGER NOT NULL,
    PRIMARY KEY (app_id, code_id)
) WITHOUT ROWID;

CREATE INDEX used_code_bucket ON used_code (bucket);

-- Zero and the empty id stand for all. before_at is in microseconds, as finely as credentials are minted.
CREATE TABLE revocation (
    app_id      INTEGER NOT NULL,
    account_id  INTEGER NOT NULL,
    pair_id     BLOB    NOT NULL,
    before_at   INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    bucket      INTEGER NOT NULL,
    PRIMARY KEY (app_id, account_id, pair_id)
) WITHOUT ROWID;

CREATE INDEX revocation_recorded ON revocation (recorded_at);
CREATE INDEX revocation_bucket ON revocation (bucket);

CREATE TABLE stored_key (
    kind       INTEGER NOT NULL,
    slot       TEXT    NOT NULL,
    valid_from INTEGER NOT NULL,
    wrapped    BLOB    NOT NULL,
    PRIMARY KEY (kind, slot)
) WITHOUT ROWID;

CREATE TABLE change_feed (
    kind        INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE INDEX change_feed_recorded ON change_feed (recorded_at);
