-- event_kinds has a bit for each kind that the app wants to hear of.
ALTER TABLE app ADD COLUMN event_callback TEXT;
ALTER TABLE app ADD COLUMN event_kinds    INTEGER NOT NULL DEFAULT 0;

-- next_try_at and give_up_at follow the clock that the sandbox moves, the others the wall clock.
CREATE TABLE security_event (
    app_id       INTEGER NOT NULL,
    id           BLOB    NOT NULL,
    account_id   INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    scopes       TEXT    NOT NULL,
    occurred_at  INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    tries        INTEGER NOT NULL,
    next_try_at  INTEGER NOT NULL,
    give_up_at   INTEGER,
    lease_until  INTEGER NOT NULL,
    last_answer  TEXT,
    delivered_at INTEGER,
    dead_at      INTEGER,
    PRIMARY KEY (app_id, id)
) WITHOUT ROWID;

CREATE INDEX security_event_waiting ON security_event (app_id, next_try_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX security_event_delivered ON security_event (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX security_event_dead ON security_event (dead_at) WHERE dead_at IS NOT NULL;
