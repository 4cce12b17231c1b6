-- Organisations. last_number counts what gets numbers in it (departments, roles), so that no number is used again.
CREATE TABLE tenant (
    id             INTEGER NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    name_en        TEXT    NOT NULL,
    domain         TEXT    NOT NULL UNIQUE,
    contact_name   TEXT,
    scale          TEXT,
    registered     INTEGER NOT NULL,
    type           INTEGER NOT NULL,
    licensed_from  INTEGER,
    licensed_until INTEGER,
    created_at     INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    disabled_at    INTEGER,
    last_number    INTEGER NOT NULL
);

-- Where an app is at home, and whether other organisations may subscribe it.
CREATE TABLE app_tenancy (
    app_id    INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    is_isv    INTEGER NOT NULL
);

CREATE TABLE subscription (
    tenant_id     INTEGER NOT NULL,
    app_id        INTEGER NOT NULL,
    subscribed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, app_id)
) WITHOUT ROWID;

CREATE INDEX subscription_app ON subscription (app_id, tenant_id);

-- The root has number 0 and no row. Level and path follow from the parents, so that moving a subtree changes one row.
CREATE TABLE department (
    tenant_id     INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    parent        INTEGER NOT NULL,
    corp_code     TEXT,
    name          TEXT    NOT NULL,
    name_en       TEXT    NOT NULL,
    manager       TEXT,
    position      INTEGER NOT NULL,
    visible_range INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number)
) WITHOUT ROWID;

CREATE INDEX department_parent ON department (tenant_id, parent, position, number);
CREATE UNIQUE INDEX department_corp_code ON department (tenant_id, corp_code) WHERE corp_code IS NOT NULL;

-- People of an organisation. email_key is the mail address in lower case; details is JSON that nobody looks a member up by.
CREATE TABLE member (
    tenant_id    INTEGER NOT NULL,
    user_id      TEXT    NOT NULL,
    corp_user_id TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    name_en      TEXT    NOT NULL,
    sex          INTEGER NOT NULL,
    mobile       TEXT,
    email        TEXT,
    email_key    TEXT,
    state        INTEGER NOT NULL,
    is_admin     INTEGER NOT NULL,
    account_id   INTEGER,
    owns_account INTEGER NOT NULL,
    details      TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX member_corp_user_id ON member (tenant_id, corp_user_id);
CREATE UNIQUE INDEX member_mobile ON member (tenant_id, mobile) WHERE mobile IS NOT NULL;
CREATE UNIQUE INDEX member_account ON member (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX member_email ON member (tenant_id, email_key) WHERE email_key IS NOT NULL;

-- Ids of members who are gone: nobody gets them again.
CREATE TABLE retired_user_id (
    tenant_id INTEGER NOT NULL,
    user_id   TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) WITHOUT ROWID;

CREATE TABLE membership (
    tenant_id  INTEGER NOT NULL,
    user_id    TEXT    NOT NULL,
    department INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    is_main    INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, department)
) WITHOUT ROWID;

CREATE INDEX membership_department ON membership (tenant_id, department, position, user_id);

-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE mobile_change (
    tenant_id INTEGER NOT NULL,
    user_id   TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    id        BLOB    NOT NULL,
    bucket    INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, user_id, at, id)
) WITHOUT ROWID;

CREATE INDEX mobile_change_bucket ON mobile_change (bucket);

CREATE TABLE role_group (
    tenant_id  INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    name_en    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX role_group_name ON role_group (tenant_id, name);

CREATE TABLE role (
    tenant_id    INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    group_number INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    name_en      TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX role_name ON role (tenant_id, group_number, name);

CREATE TABLE member_role (
    tenant_id INTEGER NOT NULL,
    role      INTEGER NOT NULL,
    user_id   TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, role, user_id)
) WITHOUT ROWID;

CREATE INDEX member_role_member ON member_role (tenant_id, user_id, role);
