-- What the account's sign-ins were. Address (and its network) and device are keyed hashes; outcome 0 is a success.
-- bucket is the ten minutes at whose end the row may leave.
CREATE TABLE sign_in (
    account_id BIGINT NOT NULL,
    outcome    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    id         BYTEA  NOT NULL,
    address    BYTEA  NOT NULL,
    network    BYTEA  NOT NULL,
    device     BYTEA,
    bucket     BIGINT NOT NULL,
    PRIMARY KEY (account_id, outcome, at, id)
);

-- Who else was there: successes alone count, so failures cost no entry.
CREATE INDEX sign_in_address ON sign_in (address, at, account_id) WHERE outcome = 0;
CREATE INDEX sign_in_network ON sign_in (network, at, account_id) WHERE outcome = 0;
CREATE INDEX sign_in_device ON sign_in (device, at, account_id) WHERE outcome = 0 AND device IS NOT NULL;
CREATE INDEX sign_in_bucket ON sign_in (bucket);

-- The subject is an account's id, or a keyed hash of a login that is nobody's.
CREATE TABLE sign_in_failure (
    subject      BYTEA  NOT NULL PRIMARY KEY,
    count        BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    locked_until BIGINT,
    bucket       BIGINT NOT NULL
);

CREATE INDEX sign_in_failure_bucket ON sign_in_failure (bucket);
