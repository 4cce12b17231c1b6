-- sealed is the name and the number, under a key that the master key wraps.
CREATE TABLE real_name (
    account_id INTEGER NOT NULL PRIMARY KEY,
    sealed     BLOB    NOT NULL,
    level      INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE personal_data_use (
    account_id INTEGER NOT NULL,
    id         BLOB    NOT NULL,
    app_id     INTEGER NOT NULL,
    what       TEXT    NOT NULL,
    used_at    INTEGER NOT NULL,
    bucket     INTEGER NOT NULL,
    PRIMARY KEY (account_id, id)
) WITHOUT ROWID;

CREATE INDEX personal_data_use_bucket ON personal_data_use (bucket);

ALTER TABLE app ADD COLUMN service_accounts TEXT NOT NULL DEFAULT '[]';
