-- The highest call_id of each session. bucket is the ten minutes at whose end the row may leave.
CREATE TABLE call_id (
    app_id     INTEGER NOT NULL,
    session_id BLOB    NOT NULL,
    last       INTEGER NOT NULL,
    bucket     INTEGER NOT NULL,
    PRIMARY KEY (app_id, session_id)
) WITHOUT ROWID;

CREATE INDEX call_id_bucket ON call_id (bucket);
