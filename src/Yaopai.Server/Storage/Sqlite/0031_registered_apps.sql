-- Apps that registered themselves: a name stands for one in its organisation.
CREATE TABLE registered_app (
    tenant_id INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    app_id    INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;
