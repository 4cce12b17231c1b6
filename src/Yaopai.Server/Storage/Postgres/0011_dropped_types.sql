-- Types that nobody sees any more, while what they held is being removed.
CREATE TABLE data_dropped_type (
    app_id  BIGINT NOT NULL,
    type_id BIGINT NOT NULL,
    PRIMARY KEY (app_id, type_id)
);
