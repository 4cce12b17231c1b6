-- The way back from identifiers is removed with the account; of accounts that went before, now.
CREATE INDEX open_id_account ON open_id (account_id);
CREATE INDEX union_id_account ON union_id (account_id);

DELETE FROM open_id  WHERE account_id NOT IN (SELECT id FROM account);
DELETE FROM union_id WHERE account_id NOT IN (SELECT id FROM account);
