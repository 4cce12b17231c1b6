-- What each app stores, kept exact by every write. Its row is also what writes of an app wait for.
CREATE TABLE data_usage (
    app_id  BIGINT NOT NULL PRIMARY KEY,
    objects BIGINT NOT NULL,
    bytes   BIGINT NOT NULL
);

CREATE TABLE data_preference (
    app_id        BIGINT NOT NULL,
    account_id    BIGINT NOT NULL,
    preference_id BIGINT NOT NULL,
    value         TEXT   NOT NULL,
    size          BIGINT NOT NULL,
    PRIMARY KEY (app_id, account_id, preference_id)
);

CREATE TABLE data_type (
    app_id BIGINT NOT NULL,
    id     BIGINT NOT NULL,
    name   TEXT   NOT NULL,
    PRIMARY KEY (app_id, id)
);

CREATE UNIQUE INDEX data_type_name ON data_type (app_id, name);

CREATE TABLE data_property (
    app_id  BIGINT NOT NULL,
    type_id BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    kind    BIGINT NOT NULL,
    PRIMARY KEY (app_id, type_id, id)
);

CREATE UNIQUE INDEX data_property_name ON data_property (app_id, type_id, name);

CREATE TABLE data_object (
    app_id  BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    type_id BIGINT NOT NULL,
    PRIMARY KEY (app_id, id)
);

CREATE INDEX data_object_type ON data_object (app_id, type_id);

-- A value is a number or a text.
CREATE TABLE data_value (
    app_id      BIGINT NOT NULL,
    object_id   BIGINT NOT NULL,
    property_id BIGINT NOT NULL,
    number      BIGINT,
    text        TEXT,
    size        BIGINT NOT NULL,
    PRIMARY KEY (app_id, object_id, property_id)
);

-- Property 0 is the value of the key itself. Rows leave room beside them, so that an increment touches no index.
CREATE TABLE data_hash (
    app_id      BIGINT NOT NULL,
    type_id     BIGINT NOT NULL,
    hash_key    TEXT   NOT NULL,
    property_id BIGINT NOT NULL,
    number      BIGINT,
    text        TEXT,
    size        BIGINT NOT NULL,
    PRIMARY KEY (app_id, type_id, hash_key, property_id)
) WITH (fillfactor = 80);

CREATE TABLE data_association (
    app_id       BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    inverse      TEXT,
    kind         BIGINT NOT NULL,
    first_alias  TEXT,
    first_type   BIGINT,
    second_alias TEXT,
    second_type  BIGINT,
    PRIMARY KEY (app_id, id)
);

CREATE UNIQUE INDEX data_association_name ON data_association (app_id, name);
CREATE UNIQUE INDEX data_association_inverse ON data_association (app_id, inverse);

-- A symmetric association has the lower id first.
CREATE TABLE data_link (
    app_id         BIGINT NOT NULL,
    first_id       BIGINT NOT NULL,
    association_id BIGINT NOT NULL,
    second_id      BIGINT NOT NULL,
    data           TEXT   NOT NULL,
    time           BIGINT NOT NULL,
    size           BIGINT NOT NULL,
    PRIMARY KEY (app_id, first_id, association_id, second_id)
);

CREATE INDEX data_link_second ON data_link (app_id, second_id, association_id);
