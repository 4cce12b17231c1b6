-- Times of which no code or token counts, because the database was put back to before them.
CREATE TABLE void_span (
    after_at INTEGER NOT NULL PRIMARY KEY,
    until_at INTEGER NOT NULL
);
