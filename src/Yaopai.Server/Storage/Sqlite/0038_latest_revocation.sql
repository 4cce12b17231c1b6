-- What the latest revocation of more than a pair is dated: what is given out after it is dated later.
CREATE INDEX revocation_before ON revocation (pair_id, before_at);
