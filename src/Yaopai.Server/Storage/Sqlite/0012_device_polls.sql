-- When the device asked last, and the time before: whether a poll came too soon is known to the write that counts it.
ALTER TABLE device_authorization ADD COLUMN polled_at INTEGER;
ALTER TABLE device_authorization ADD COLUMN polled_before INTEGER;
