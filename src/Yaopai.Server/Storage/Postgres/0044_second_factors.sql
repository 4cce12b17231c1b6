-- What people show beside their password. The secret is sealed; last_step is the last thirty seconds whose code was used.
CREATE TABLE second_factor (
    account_id BIGINT NOT NULL PRIMARY KEY,
    secret     BYTEA  NOT NULL,
    last_step  BIGINT NOT NULL,
    since      BIGINT NOT NULL
);

-- Recovery codes that were not used: keyed hashes.
CREATE TABLE recovery_code (
    account_id BIGINT NOT NULL,
    hash       BYTEA  NOT NULL,
    PRIMARY KEY (account_id, hash)
);
