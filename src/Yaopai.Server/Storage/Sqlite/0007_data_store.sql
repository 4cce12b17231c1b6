-- What each app stores, kept exact by every write. Its row is also what writes of an app wait for.
CREATE TABLE data_usage (
    app_id  INTEGER NOT NULL PRIMARY KEY,
    objects INTEGER NOT NULL,
    bytes   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE data_preference (
    app_id        INTEGER NOT NULL,
    account_id    INTEGER NOT NULL,
    preference_id INTEGER NOT NULL,
    value         TEXT    NOT NULL,
    size          INTEGER NOT NULL,
    PRIMARY KEY (app_id, account_id, preference_id)
) WITHOUT ROWID;

CREATE TABLE data_type (
    app_id INTEGER NOT NULL,
    id     INTEGER NOT NULL,
    name   TEXT    NOT NULL,
    PRIMARY KEY (app_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX data_type_name ON data_type (app_id, name);

CREATE TABLE data_property (
    app_id  INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    id      INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    kind    INTEGER NOT NULL,
    PRIMARY KEY (app_id, type_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX data_property_name ON data_property (app_id, type_id, name);

CREATE TABLE data_object (
    app_id  INTEGER NOT NULL,
    id      INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    PRIMARY KEY (app_id, id)
) WITHOUT ROWID;

CREATE INDEX data_object_type ON data_object (app_id, type_id);

-- A value is a number or a text.
CREATE TABLE data_value (
    app_id      INTEGER NOT NULL,
    object_id   INTEGER NOT NULL,
    property_id INTEGER NOT NULL,
    number      INTEGER,
    text        TEXT,
    size        INTEGER NOT NULL,
    PRIMARY KEY (app_id, object_id, property_id)
) WITHOUT ROWID;

-- Property 0 is the value of the key itself.
CREATE TABLE data_hash (
    app_id      INTEGER NOT NULL,
    type_id     INTEGER NOT NULL,
    hash_key    TEXT    NOT NULL,
    property_id INTEGER NOT NULL,
    number      INTEGER,
    text        TEXT,
    size        INTEGER NOT NULL,
    PRIMARY KEY (app_id, type_id, hash_key, property_id)
) WITHOUT ROWID;

CREATE TABLE data_association (
    app_id       INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    inverse      TEXT,
    kind         INTEGER NOT NULL,
    first_alias  TEXT,
    first_type   INTEGER,
    second_alias TEXT,
    second_type  INTEGER,
    PRIMARY KEY (app_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX data_association_name ON data_association (app_id, name);
CREATE UNIQUE INDEX data_association_inverse ON data_association (app_id, inverse);

-- A symmetric association has the lower id first.
CREATE TABLE data_link (
    app_id         INTEGER NOT NULL,
    first_id       INTEGER NOT NULL,
    association_id INTEGER NOT NULL,
    second_id      INTEGER NOT NULL,
    data           TEXT    NOT NULL,
    time           INTEGER NOT NULL,
    size           INTEGER NOT NULL,
    PRIMARY KEY (app_id, first_id, association_id, second_id)
) WITHOUT ROWID;

CREATE INDEX data_link_second ON data_link (app_id, second_id, association_id);
