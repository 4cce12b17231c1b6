-- sealed is the name and the number, under a key that the master key wraps.
CREATE TABLE real_name (
    account_id BIGINT NOT NULL PRIMARY KEY,
    sealed     BYTEA  NOT NULL,
    level      BIGINT NOT NULL,
    state      BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE personal_data_use (
    account_id BIGINT NOT NULL,
    id         BYTEA  NOT NULL,
    app_id     BIGINT NOT NULL,
    what       TEXT   NOT NULL,
    used_at    BIGINT NOT NULL,
    bucket     BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE INDEX personal_data_use_bucket ON personal_data_use (bucket);

ALTER TABLE app ADD COLUMN service_accounts TEXT NOT NULL DEFAULT '[]';
