-- The highest call_id of each session. bucket is the ten minutes at whose end the row may leave.
CREATE TABLE call_id (
    app_id     BIGINT NOT NULL,
    session_id BYTEA  NOT NULL,
    last       BIGINT NOT NULL,
    bucket     BIGINT NOT NULL,
    PRIMARY KEY (app_id, session_id)
);

CREATE INDEX call_id_bucket ON call_id (bucket);
