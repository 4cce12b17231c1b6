-- open_grants is a JSON array of the app's ways to tokens at the Open API; null for the default ones.
ALTER TABLE app ADD COLUMN open_grants TEXT;
