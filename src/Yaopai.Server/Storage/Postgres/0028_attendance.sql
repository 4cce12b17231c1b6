-- Check-ins of members. A day is one of China's; number counts the member's of that day.
CREATE TABLE check_in (
    tenant_id  BIGINT NOT NULL,
    user_id    TEXT   NOT NULL,
    day        BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    app_id     BIGINT NOT NULL,
    checked_at BIGINT NOT NULL,
    address    TEXT   NOT NULL,
    remark     TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, user_id, day, number)
);

CREATE INDEX check_in_time ON check_in (tenant_id, user_id, checked_at);
