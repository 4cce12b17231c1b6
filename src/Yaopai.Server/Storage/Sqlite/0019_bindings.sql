-- Accounts that were put away, and when.
ALTER TABLE account ADD COLUMN recycled_at INTEGER;
CREATE INDEX account_recycled ON account (recycled_at) WHERE recycled_at IS NOT NULL;
