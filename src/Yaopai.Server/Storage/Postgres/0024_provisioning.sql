-- Changes of directories that wait or were applied. next_try_at follows the clock that the sandbox moves, the others the wall clock.
-- bucket is there when nothing more happens to the item: the ten minutes at whose end it may leave.
CREATE TABLE provisioning_item (
    tenant_id   BIGINT NOT NULL,
    job_id      BIGINT NOT NULL,
    ordinal     BIGINT NOT NULL,
    subject     BIGINT NOT NULL,
    action      BIGINT NOT NULL,
    item_key    TEXT   NOT NULL,
    waits_for   TEXT,
    mobile      TEXT,
    email       TEXT,
    change      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    state       BIGINT NOT NULL,
    fault       BIGINT NOT NULL,
    tries       BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    lease_id    BIGINT NOT NULL,
    bucket      BIGINT,
    PRIMARY KEY (tenant_id, job_id, ordinal)
);

CREATE UNIQUE INDEX provisioning_item_pending ON provisioning_item (tenant_id, subject, item_key) WHERE bucket IS NULL;
CREATE INDEX provisioning_item_waiting ON provisioning_item (tenant_id, subject, created_at, ordinal) WHERE bucket IS NULL;
CREATE INDEX provisioning_item_key ON provisioning_item (tenant_id, subject, item_key, created_at);
CREATE INDEX provisioning_item_mobile ON provisioning_item (tenant_id, mobile, created_at) WHERE mobile IS NOT NULL;
CREATE INDEX provisioning_item_email ON provisioning_item (tenant_id, email, created_at) WHERE email IS NOT NULL;
CREATE INDEX provisioning_item_bucket ON provisioning_item (bucket) WHERE bucket IS NOT NULL;
