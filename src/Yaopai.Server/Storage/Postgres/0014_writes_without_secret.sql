-- People's tokens that no client secret was shown for write in the app's data store where this is 1.
ALTER TABLE app ADD COLUMN writes_without_secret BIGINT NOT NULL DEFAULT 0;
