-- What a person, or the operator for them, hands to an app so that it may act for the person.
CREATE TABLE access_key (
    account_id BIGINT NOT NULL PRIMARY KEY,
    hash       BYTEA  NOT NULL,
    issued_at  BIGINT NOT NULL
);

-- Requests with an id of the app's own: what they ask for, hashed, and what was answered; until then lease_until is when another
-- node may try. subject_id is what a request makes anew, the same at each try.
CREATE TABLE numbered_request (
    app_id      BIGINT NOT NULL,
    request_id  TEXT   NOT NULL,
    content     BYTEA  NOT NULL,
    subject_id  BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    answer      BYTEA,
    bucket      BIGINT NOT NULL,
    PRIMARY KEY (app_id, request_id)
);

CREATE INDEX numbered_request_bucket ON numbered_request (bucket);
