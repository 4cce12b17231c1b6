-- Senders that members of a tenant follow.
CREATE TABLE public_account (
    tenant_id  BIGINT NOT NULL,
    id         TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE public_account_follow (
    tenant_id  BIGINT NOT NULL,
    user_id    TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    since      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, account_id)
);

-- What was sent, once each. An id begins with the milliseconds of its moment.
CREATE TABLE message (
    tenant_id         BIGINT NOT NULL,
    id                BIGINT NOT NULL,
    app_id            BIGINT NOT NULL,
    public_account_id TEXT,
    kind              BIGINT NOT NULL,
    owner             TEXT   NOT NULL,
    title_zh          TEXT   NOT NULL,
    title_en          TEXT   NOT NULL,
    content_zh        TEXT   NOT NULL,
    content_en        TEXT   NOT NULL,
    details           TEXT   NOT NULL,
    status            TEXT   NOT NULL,
    status_color      TEXT   NOT NULL,
    sent_at           BIGINT NOT NULL,
    recalled_at       BIGINT,
    PRIMARY KEY (tenant_id, id)
);

-- Members who were named, with the status that is theirs alone.
CREATE TABLE message_inbox (
    tenant_id    BIGINT NOT NULL,
    user_id      TEXT   NOT NULL,
    message_id   BIGINT NOT NULL,
    status       TEXT,
    status_color TEXT,
    PRIMARY KEY (tenant_id, user_id, message_id)
);

-- Audiences that were named: followers of a public account 1, all members 2, a department 3, a role 4.
CREATE TABLE message_broadcast (
    tenant_id     BIGINT NOT NULL,
    audience_kind BIGINT NOT NULL,
    audience_key  TEXT   NOT NULL,
    message_id    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, audience_kind, audience_key, message_id)
);
