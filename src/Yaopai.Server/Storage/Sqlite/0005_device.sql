-- state: 0 waiting, 1 scanned, 2 confirmed, 3 denied, 4 taken. confirmed_at is in microseconds, as finely as credentials are minted.
-- bucket is the ten minutes at whose end the row may leave; until then its user code is nobody else's.
CREATE TABLE device_authorization (
    app_id       INTEGER NOT NULL,
    device_id    BLOB    NOT NULL,
    user_code    TEXT    NOT NULL UNIQUE,
    scopes       TEXT    NOT NULL,
    state        INTEGER NOT NULL,
    account_id   INTEGER,
    phone_id     INTEGER,
    created_at   INTEGER NOT NULL,
    scan_until   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    confirmed_at INTEGER,
    polls        INTEGER NOT NULL,
    bucket       INTEGER NOT NULL,
    PRIMARY KEY (app_id, device_id)
) WITHOUT ROWID;

CREATE INDEX device_authorization_bucket ON device_authorization (bucket);
