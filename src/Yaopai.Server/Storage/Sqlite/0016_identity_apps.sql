-- Apps that are called over HTTPS alone (null: as the installation says), that show their secret for a refresh too,
-- and that are frozen because they called too often.
ALTER TABLE app ADD COLUMN requires_https INTEGER;
ALTER TABLE app ADD COLUMN refresh_needs_secret INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app ADD COLUMN frozen_until INTEGER;

-- Short links: where each leads, whose it is, and until when.
CREATE TABLE short_link (
    code       TEXT    NOT NULL PRIMARY KEY,
    app_id     INTEGER NOT NULL,
    url        TEXT    NOT NULL,
    expires_at INTEGER NOT NULL,
    bucket     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX short_link_bucket ON short_link (bucket);
