-- Tells one change of a thing from the next, so that none is obeyed twice.
ALTER TABLE change_feed ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
