-- What customers of a marketplace bought of an app. An order, whether it made a purchase or renewed one, counts once.
CREATE TABLE purchase (
    app_id      BIGINT NOT NULL,
    instance_id TEXT   NOT NULL,
    order_id    TEXT   NOT NULL,
    customer_id TEXT   NOT NULL,
    product_id  TEXT   NOT NULL,
    plan        TEXT   NOT NULL,
    expires_at  BIGINT,
    state       BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (app_id, instance_id)
);

CREATE TABLE purchase_order (
    app_id      BIGINT NOT NULL,
    order_id    TEXT   NOT NULL,
    instance_id TEXT   NOT NULL,
    PRIMARY KEY (app_id, order_id)
);

-- The tenant that a customer of the marketplace is.
CREATE TABLE market_customer (
    app_id      BIGINT NOT NULL,
    customer_id TEXT   NOT NULL,
    tenant_id   BIGINT NOT NULL,
    bound_at    BIGINT NOT NULL,
    PRIMARY KEY (app_id, customer_id)
);

-- The key that the app shares with the marketplace, sealed.
CREATE TABLE market_key (
    app_id     BIGINT NOT NULL PRIMARY KEY,
    sealed_key BYTEA  NOT NULL
);
