-- Check-ins of members. A day is one of China's; number counts the member's of that day.
CREATE TABLE check_in (
    tenant_id  INTEGER NOT NULL,
    user_id    TEXT    NOT NULL,
    day        INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    app_id     INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    address    TEXT    NOT NULL,
    remark     TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, user_id, day, number)
) WITHOUT ROWID;

CREATE INDEX check_in_time ON check_in (tenant_id, user_id, checked_at);
