-- Organisations. last_number counts what gets numbers in it (departments, roles), so that no number is used again.
CREATE TABLE tenant (
    id             BIGINT NOT NULL PRIMARY KEY,
    name           TEXT   NOT NULL,
    name_en        TEXT   NOT NULL,
    domain         TEXT   NOT NULL UNIQUE,
    contact_name   TEXT,
    scale          TEXT,
    registered     BIGINT NOT NULL,
    type           BIGINT NOT NULL,
    licensed_from  BIGINT,
    licensed_until BIGINT,
    created_at     BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    disabled_at    BIGINT,
    last_number    BIGINT NOT NULL
);

-- Where an app is at home, and whether other organisations may subscribe it.
CREATE TABLE app_tenancy (
    app_id    BIGINT NOT NULL PRIMARY KEY,
    tenant_id BIGINT NOT NULL,
    is_isv    BIGINT NOT NULL
);

CREATE TABLE subscription (
    tenant_id     BIGINT NOT NULL,
    app_id        BIGINT NOT NULL,
    subscribed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, app_id)
);

CREATE INDEX subscription_app ON subscription (app_id, tenant_id);

-- The root has number 0 and no row. Level and path follow from the parents, so that moving a subtree changes one row.
CREATE TABLE department (
    tenant_id     BIGINT NOT NULL,
    number        BIGINT NOT NULL,
    parent        BIGINT NOT NULL,
    corp_code     TEXT,
    name          TEXT   NOT NULL,
    name_en       TEXT   NOT NULL,
    manager       TEXT,
    position      BIGINT NOT NULL,
    visible_range BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

CREATE INDEX department_parent ON department (tenant_id, parent, position, number);
CREATE UNIQUE INDEX department_corp_code ON department (tenant_id, corp_code) WHERE corp_code IS NOT NULL;

-- People of an organisation. email_key is the mail address in lower case; details is JSON that nobody looks a member up by.
CREATE TABLE member (
    tenant_id    BIGINT NOT NULL,
    user_id      TEXT   NOT NULL,
    corp_user_id TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    name_en      TEXT   NOT NULL,
    sex          BIGINT NOT NULL,
    mobile       TEXT,
    email        TEXT,
    email_key    TEXT,
    state        BIGINT NOT NULL,
    is_admin     BIGINT NOT NULL,
    account_id   BIGINT,
    owns_account BIGINT NOT NULL,
    details      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);

CREATE UNIQUE INDEX member_corp_user_id ON member (tenant_id, corp_user_id);
CREATE UNIQUE INDEX member_mobile ON member (tenant_id, mobile) WHERE mobile IS NOT NULL;
CREATE UNIQUE INDEX member_account ON member (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX member_email ON member (tenant_id, email_key) WHERE email_key IS NOT NULL;

-- Ids of members who are gone: nobody gets them again.
CREATE TABLE retired_user_id (
    tenant_id BIGINT NOT NULL,
    user_id   TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);

CREATE TABLE membership (
    tenant_id  BIGINT NOT NULL,
    user_id    TEXT   NOT NULL,
    department BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    is_main    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, department)
);

CREATE INDEX membership_department ON membership (tenant_id, department, position, user_id);

-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE mobile_change (
    tenant_id BIGINT NOT NULL,
    user_id   TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    id        BYTEA  NOT NULL,
    bucket    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, at, id)
);

CREATE INDEX mobile_change_bucket ON mobile_change (bucket);

CREATE TABLE role_group (
    tenant_id  BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    name_en    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

CREATE UNIQUE INDEX role_group_name ON role_group (tenant_id, name);

CREATE TABLE role (
    tenant_id    BIGINT NOT NULL,
    number       BIGINT NOT NULL,
    group_number BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    name_en      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

CREATE UNIQUE INDEX role_name ON role (tenant_id, group_number, name);

CREATE TABLE member_role (
    tenant_id BIGINT NOT NULL,
    role      BIGINT NOT NULL,
    user_id   TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, role, user_id)
);

CREATE INDEX member_role_member ON member_role (tenant_id, user_id, role);
