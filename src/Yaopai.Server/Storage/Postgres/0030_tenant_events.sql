-- What happens in an organisation: where, and to whom (a list of ids in JSON). account_id is 0 then.
ALTER TABLE security_event ADD COLUMN tenant_id BIGINT;
ALTER TABLE security_event ADD COLUMN subjects  TEXT;
