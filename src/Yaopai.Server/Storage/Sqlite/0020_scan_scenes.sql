-- QR codes that wait until another platform says who scanned them. state: 0 waiting, 1 scanned, 2 taken.
CREATE TABLE scan_scene (
    scene_key  TEXT    NOT NULL PRIMARY KEY,
    app_id     INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    open_id    TEXT,
    union_id   TEXT,
    expires_at INTEGER NOT NULL,
    bucket     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX scan_scene_bucket ON scan_scene (bucket);
