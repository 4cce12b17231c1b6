-- Apps that are called over HTTPS alone (null: as the installation says), that show their secret for a refresh too,
-- and that are frozen because they called too often.
ALTER TABLE app ADD COLUMN requires_https BIGINT;
ALTER TABLE app ADD COLUMN refresh_needs_secret BIGINT NOT NULL DEFAULT 0;
ALTER TABLE app ADD COLUMN frozen_until BIGINT;

-- Short links: where each leads, whose it is, and until when.
CREATE TABLE short_link (
    code       TEXT    NOT NULL PRIMARY KEY,
    app_id     BIGINT NOT NULL,
    url        TEXT    NOT NULL,
    expires_at BIGINT NOT NULL,
    bucket     BIGINT NOT NULL
);

CREATE INDEX short_link_bucket ON short_link (bucket);
