-- Properties and associations that nobody sees any more, while what they held is being removed.
CREATE TABLE data_dropped_property (
    app_id      BIGINT NOT NULL,
    type_id     BIGINT NOT NULL,
    property_id BIGINT NOT NULL,
    PRIMARY KEY (app_id, type_id, property_id)
);

CREATE TABLE data_dropped_association (
    app_id         BIGINT NOT NULL,
    association_id BIGINT NOT NULL,
    PRIMARY KEY (app_id, association_id)
);
