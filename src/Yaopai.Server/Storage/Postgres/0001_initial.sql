CREATE TABLE developer (
    id          BIGINT NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    group_id    BIGINT,
    created_at  BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE account_group (
    id          BIGINT NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    disabled_at BIGINT
);

-- Lists are JSON: an app is read whole, and nobody looks one up by a part of it.
CREATE TABLE app (
    id               BIGINT NOT NULL PRIMARY KEY,
    developer_id     BIGINT NOT NULL,
    project_id       BIGINT NOT NULL,
    name             TEXT   NOT NULL,
    is_public        BIGINT NOT NULL,
    secret_hashes    TEXT   NOT NULL,
    redirect_uris    TEXT   NOT NULL,
    applied_scopes   TEXT   NOT NULL,
    approved_scopes  TEXT   NOT NULL,
    allowlist        TEXT   NOT NULL,
    quota_per_minute BIGINT,
    created_at       BIGINT NOT NULL,
    disabled_at      BIGINT
);

-- name_key is the name in lower case.
CREATE TABLE account (
    id            BIGINT NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    name_key      TEXT   NOT NULL UNIQUE,
    password_hash TEXT   NOT NULL,
    region        TEXT   NOT NULL,
    nickname      TEXT,
    avatar_url    TEXT,
    mail          TEXT,
    mail_verified BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT
);

CREATE TABLE phone_number (
    account_id   BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    calling_code TEXT   NOT NULL,
    national     TEXT   NOT NULL,
    region       TEXT   NOT NULL,
    is_bound     BIGINT NOT NULL,
    verified_at  BIGINT,
    PRIMARY KEY (account_id, id)
);

CREATE UNIQUE INDEX phone_number_bound ON phone_number (calling_code, national) WHERE is_bound = 1;

CREATE TABLE consent (
    account_id BIGINT NOT NULL,
    app_id     BIGINT NOT NULL,
    scopes     TEXT   NOT NULL,
    phone_id   BIGINT,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, app_id)
);

-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE used_code (
    app_id  BIGINT NOT NULL,
    code_id BYTEA  NOT NULL,
    bucket  BIGINT NOT NULL,
    PRIMARY KEY (app_id, code_id)
);

CREATE INDEX used_code_bucket ON used_code (bucket);

-- Zero and the empty id stand for all. before_at is in microseconds, as finely as credentials are minted.
CREATE TABLE revocation (
    app_id      BIGINT NOT NULL,
    account_id  BIGINT NOT NULL,
    pair_id     BYTEA  NOT NULL,
    before_at   BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    bucket      BIGINT NOT NULL,
    PRIMARY KEY (app_id, account_id, pair_id)
);

CREATE INDEX revocation_recorded ON revocation (recorded_at);
CREATE INDEX revocation_bucket ON revocation (bucket);

CREATE TABLE stored_key (
    kind       BIGINT NOT NULL,
    slot       TEXT   NOT NULL,
    valid_from BIGINT NOT NULL,
    wrapped    BYTEA  NOT NULL,
    PRIMARY KEY (kind, slot)
);

CREATE TABLE change_feed (
    kind        BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE INDEX change_feed_recorded ON change_feed (recorded_at);
