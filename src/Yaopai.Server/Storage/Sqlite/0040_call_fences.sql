-- Up to which date (milliseconds since 1970) signed calls of an app may have been taken that have no row in used_code.
CREATE TABLE call_fence (
    app_id      INTEGER NOT NULL PRIMARY KEY,
    dated_until BIGINT NOT NULL
);
