-- state: 0 waiting, 1 scanned, 2 confirmed, 3 denied, 4 taken. confirmed_at is in microseconds, as finely as credentials are minted.
-- bucket is the ten minutes at whose end the row may leave; until then its user code is nobody else's.
CREATE TABLE device_authorization (
    app_id       BIGINT NOT NULL,
    device_id    BYTEA  NOT NULL,
    user_code    TEXT   NOT NULL UNIQUE,
    scopes       TEXT   NOT NULL,
    state        BIGINT NOT NULL,
    account_id   BIGINT,
    phone_id     BIGINT,
    created_at   BIGINT NOT NULL,
    scan_until   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    confirmed_at BIGINT,
    polls        BIGINT NOT NULL,
    bucket       BIGINT NOT NULL,
    PRIMARY KEY (app_id, device_id)
);

CREATE INDEX device_authorization_bucket ON device_authorization (bucket);
