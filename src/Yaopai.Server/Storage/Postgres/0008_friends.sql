-- profile holds what a person tells of themselves, as a JSON object of texts.
ALTER TABLE account ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';

-- signing_secrets are live client secrets, sealed, newest first: kept only while is_signing.
ALTER TABLE app ADD COLUMN referers        TEXT   NOT NULL DEFAULT '[]';
ALTER TABLE app ADD COLUMN is_signing      BIGINT NOT NULL DEFAULT 0;
ALTER TABLE app ADD COLUMN signing_secrets TEXT   NOT NULL DEFAULT '[]';

-- A row says that the account has the friend; the other way round is a row of its own.
CREATE TABLE friendship (
    account_id BIGINT NOT NULL,
    friend_id  BIGINT NOT NULL,
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (account_id, friend_id)
);

CREATE INDEX friendship_friend ON friendship (friend_id);
