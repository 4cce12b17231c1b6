-- Properties and associations that nobody sees any more, while what they held is being removed.
CREATE TABLE data_dropped_property (
    app_id      INTEGER NOT NULL,
    type_id     INTEGER NOT NULL,
    property_id INTEGER NOT NULL,
    PRIMARY KEY (app_id, type_id, property_id)
) WITHOUT ROWID;

CREATE TABLE data_dropped_association (
    app_id         INTEGER NOT NULL,
    association_id INTEGER NOT NULL,
    PRIMARY KEY (app_id, association_id)
) WITHOUT ROWID;
