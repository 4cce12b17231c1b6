-- The way back from an identifier to its account: entered with the first consent, kept when it is withdrawn.
-- tag is the first 64 bits of the identifier, which itself is derived: whoever finds a row derives it again and compares.
CREATE TABLE open_id (
    app_id     INTEGER NOT NULL,
    tag        INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (app_id, tag, account_id)
) WITHOUT ROWID;

CREATE TABLE union_id (
    developer_id INTEGER NOT NULL,
    tag          INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    PRIMARY KEY (developer_id, tag, account_id)
) WITHOUT ROWID;

-- How far the consents from before these tables are entered; empty when all are.
CREATE TABLE identifier_backlog (
    account_id INTEGER NOT NULL,
    app_id     INTEGER NOT NULL
);

INSERT INTO identifier_backlog (account_id, app_id)
SELECT 0, 0 FROM consent LIMIT 1;
