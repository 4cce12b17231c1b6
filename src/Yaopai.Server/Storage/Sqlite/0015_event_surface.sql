-- The surface whose events the app is told of; null for the one that had events before there were several.
ALTER TABLE app ADD COLUMN event_surface TEXT;
