-- What members are asked to do. It is there until expires_at, by the clock of the installation.
CREATE TABLE todo (
    tenant_id           INTEGER NOT NULL,
    task_id             TEXT    NOT NULL,
    user_id             TEXT    NOT NULL,
    id                  INTEGER NOT NULL,
    app_id              INTEGER NOT NULL,
    title               TEXT    NOT NULL,
    description         TEXT    NOT NULL,
    app_name            TEXT    NOT NULL,
    details_url         TEXT    NOT NULL,
    desktop_url         TEXT    NOT NULL,
    business_code       TEXT    NOT NULL,
    user_name_zh        TEXT    NOT NULL,
    user_name_en        TEXT    NOT NULL,
    applicant_id        TEXT    NOT NULL,
    applicant_name_zh   TEXT    NOT NULL,
    applicant_name_en   TEXT    NOT NULL,
    applicant_number    TEXT    NOT NULL,
    applicant_is_hidden INTEGER NOT NULL,
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL,
    done_at             INTEGER,
    expires_at          INTEGER NOT NULL,
    bucket              INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, task_id, user_id)
);

CREATE INDEX todo_open ON todo (tenant_id, user_id, id) WHERE done_at IS NULL;
CREATE INDEX todo_bucket ON todo (bucket);
