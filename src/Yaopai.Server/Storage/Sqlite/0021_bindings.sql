-- People of other platforms, and the accounts that they are here. Within one developer a UnionID will do.
CREATE TABLE binding (
    provider        TEXT    NOT NULL,
    provider_app_id TEXT    NOT NULL,
    open_id         TEXT    NOT NULL,
    union_id        TEXT,
    account_id      INTEGER NOT NULL,
    developer_id    INTEGER NOT NULL,
    bound_at        INTEGER NOT NULL,
    PRIMARY KEY (provider, provider_app_id, open_id)
) WITHOUT ROWID;

CREATE INDEX binding_account ON binding (account_id);
CREATE INDEX binding_union ON binding (provider, developer_id, union_id) WHERE union_id IS NOT NULL;
