-- What apps keep for a person is removed with the account.
CREATE INDEX data_preference_account ON data_preference (account_id);
