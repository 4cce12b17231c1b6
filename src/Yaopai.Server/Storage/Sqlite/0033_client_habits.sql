-- The app adds query parameters to a registered redirect URI where the first is 1,
-- and is told OpenIDs instead of the numbers of accounts where the second is.
ALTER TABLE app ADD COLUMN adds_to_redirect_uris INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app ADD COLUMN open_ids              INTEGER NOT NULL DEFAULT 0;
