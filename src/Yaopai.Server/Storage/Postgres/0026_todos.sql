-- What members are asked to do. It is there until expires_at, by the clock of the installation.
CREATE TABLE todo (
    tenant_id           BIGINT NOT NULL,
    task_id             TEXT   NOT NULL,
    user_id             TEXT   NOT NULL,
    id                  BIGINT NOT NULL,
    app_id              BIGINT NOT NULL,
    title               TEXT   NOT NULL,
    description         TEXT   NOT NULL,
    app_name            TEXT   NOT NULL,
    details_url         TEXT   NOT NULL,
    desktop_url         TEXT   NOT NULL,
    business_code       TEXT   NOT NULL,
    user_name_zh        TEXT   NOT NULL,
    user_name_en        TEXT   NOT NULL,
    applicant_id        TEXT   NOT NULL,
    applicant_name_zh   TEXT   NOT NULL,
    applicant_name_en   TEXT   NOT NULL,
    applicant_number    TEXT   NOT NULL,
    applicant_is_hidden BIGINT NOT NULL,
    created_at          BIGINT NOT NULL,
    updated_at          BIGINT NOT NULL,
    done_at             BIGINT,
    expires_at          BIGINT NOT NULL,
    bucket              BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, task_id, user_id)
);

CREATE INDEX todo_open ON todo (tenant_id, user_id, id) WHERE done_at IS NULL;
CREATE INDEX todo_bucket ON todo (bucket);
