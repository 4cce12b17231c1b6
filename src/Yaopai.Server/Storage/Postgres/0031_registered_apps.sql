-- Apps that registered themselves: a name stands for one in its organisation.
CREATE TABLE registered_app (
    tenant_id BIGINT NOT NULL,
    name      TEXT   NOT NULL,
    app_id    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
