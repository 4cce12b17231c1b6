-- What people show beside their password. The secret is sealed; last_step is the last thirty seconds whose code was used.
CREATE TABLE second_factor (
    account_id INTEGER NOT NULL PRIMARY KEY,
    secret     BLOB    NOT NULL,
    last_step  INTEGER NOT NULL,
    since      INTEGER NOT NULL
);

-- Recovery codes that were not used: keyed hashes.
CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL,
    hash       BLOB    NOT NULL,
    PRIMARY KEY (account_id, hash)
) WITHOUT ROWID;
