-- Written now and then, to see whether writes reach the disk.
CREATE TABLE write_probe (
    written_at BIGINT NOT NULL
);

INSERT INTO write_probe (written_at) VALUES (0);
