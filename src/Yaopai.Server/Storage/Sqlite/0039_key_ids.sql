-- What a key sealed or signed names it by: known also when the key itself does not open. Null until the program has written it.
ALTER TABLE stored_key ADD COLUMN key_id TEXT;
