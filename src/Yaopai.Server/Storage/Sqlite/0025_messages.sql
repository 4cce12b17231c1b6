-- Senders that members of a tenant follow.
CREATE TABLE public_account (
    tenant_id  INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE TABLE public_account_follow (
    tenant_id  INTEGER NOT NULL,
    user_id    TEXT    NOT NULL,
    account_id TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, account_id)
) WITHOUT ROWID;

-- What was sent, once each. An id begins with the milliseconds of its moment.
CREATE TABLE message (
    tenant_id         INTEGER NOT NULL,
    id                INTEGER NOT NULL,
    app_id            INTEGER NOT NULL,
    public_account_id TEXT,
    kind              INTEGER NOT NULL,
    owner             TEXT    NOT NULL,
    title_zh          TEXT    NOT NULL,
    title_en          TEXT    NOT NULL,
    content_zh        TEXT    NOT NULL,
    content_en        TEXT    NOT NULL,
    details           TEXT    NOT NULL,
    status            TEXT    NOT NULL,
    status_color      TEXT    NOT NULL,
    sent_at           INTEGER NOT NULL,
    recalled_at       INTEGER,
    PRIMARY KEY (tenant_id, id)
);

-- Members who were named, with the status that is theirs alone.
CREATE TABLE message_inbox (
    tenant_id    INTEGER NOT NULL,
    user_id      TEXT    NOT NULL,
    message_id   INTEGER NOT NULL,
    status       TEXT,
    status_color TEXT,
    PRIMARY KEY (tenant_id, user_id, message_id)
) WITHOUT ROWID;

-- Audiences that were named: followers of a public account 1, all members 2, a department 3, a role 4.
CREATE TABLE message_broadcast (
    tenant_id     INTEGER NOT NULL,
    audience_kind INTEGER NOT NULL,
    audience_key  TEXT    NOT NULL,
    message_id    INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, audience_kind, audience_key, message_id)
) WITHOUT ROWID;
