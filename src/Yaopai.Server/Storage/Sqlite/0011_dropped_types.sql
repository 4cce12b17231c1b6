-- Types that nobody sees any more, while what they held is being removed.
CREATE TABLE data_dropped_type (
    app_id  INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    PRIMARY KEY (app_id, type_id)
) WITHOUT ROWID;
