-- An input that gave no document may be broken, or be read and hold no words: a channel of pictures, a scan.

ALTER TABLE unreadable ADD COLUMN records INTEGER; -- records without text in it; null: it could not be read
CREATE INDEX unreadable_records ON unreadable (entry) WHERE records IS NOT NULL;

DROP VIEW coverage;
CREATE VIEW coverage AS
SELECT
  batch.entry AS batch, batch.time, batch.given, batch.already, count(reading.entry) AS readings,
  ifnull(sum(reading.length = 0), 0)
    + (SELECT ifnull(sum(records), 0) FROM unreadable WHERE unreadable.entry = batch.entry) AS without_text,
  sum(reading.entry IS NOT NULL AND reading.lang IS NULL) AS without_pack,
  sum(reading.entry IS NOT NULL AND reading.published IS NULL) AS without_date,
  (SELECT count(*) FROM unreadable WHERE unreadable.entry = batch.entry AND records IS NULL) AS unreadable
FROM batch LEFT JOIN reading ON reading.batch = batch.entry
GROUP BY batch.entry;
