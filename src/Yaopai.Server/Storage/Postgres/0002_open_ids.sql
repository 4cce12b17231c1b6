-- The way back from an identifier to its account: entered with the first consent, kept when it is withdrawn.
-- tag is the first 64 bits of the identifier, which itself is derived: whoever finds a row derives it again and compares.
CREATE TABLE open_id (
    app_id     BIGINT NOT NULL,
    tag        BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    PRIMARY KEY (app_id, tag, account_id)
);

CREATE TABLE union_id (
    developer_id BIGINT NOT NULL,
    tag          BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    PRIMARY KEY (developer_id, tag, account_id)
);

-- How far the consents from before these tables are entered; empty when all are.
CREATE TABLE identifier_backlog (
    account_id BIGINT NOT NULL,
    app_id     BIGINT NOT NULL
);

INSERT INTO identifier_backlog (account_id, app_id)
SELECT 0, 0 FROM consent LIMIT 1;
