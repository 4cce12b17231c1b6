-- An app's accounts with other platforms, and the token that its nodes share. Settings and tokens are sealed.
CREATE TABLE upstream_account (
    app_id   BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    address  TEXT,
    settings BYTEA NOT NULL,
    PRIMARY KEY (app_id, kind)
);

CREATE UNIQUE INDEX upstream_account_address ON upstream_account (kind, address) WHERE address IS NOT NULL;

-- expires_at follows the clock that the sandbox moves, lease_until the wall clock.
CREATE TABLE upstream_token (
    app_id      BIGINT NOT NULL,
    kind        TEXT NOT NULL,
    token       BYTEA,
    expires_at  BIGINT NOT NULL,
    lease_owner BYTEA NOT NULL,
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (app_id, kind)
);
