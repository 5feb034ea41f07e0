-- What a ledger of a million claims is asked for at every turn, ready to be looked up. Made from the rows beside it:
-- `bilan fsck` makes it again and compares.

CREATE TABLE tally (            -- one row: what the ledger holds; documents by their readings in force
  documents    INTEGER NOT NULL,
  without_text INTEGER NOT NULL,
  without_pack INTEGER NOT NULL,
  without_date INTEGER NOT NULL,
  redacted     INTEGER NOT NULL,
  claims       INTEGER NOT NULL,
  refusals     INTEGER NOT NULL,
  unreadable   INTEGER NOT NULL
) STRICT;

CREATE INDEX superseded_later ON superseded (later);

-- Claims by day: those that tell one day, and the few others, which have to be looked at one by one. In order of doubt,
-- for reviewers. By place.
CREATE INDEX claim_day ON claim (coalesce(to_last, stated_last));
CREATE INDEX claim_many_days ON claim (id)
  WHERE coalesce(to_first, stated_first, '') IS NOT coalesce(to_last, stated_last, '-');
CREATE INDEX claim_doubt ON claim (min(confidence, confidence_claimant));
CREATE INDEX claim_place ON claim (place) WHERE place IS NOT NULL;

-- The program finds claims of a subject or a claimant through their lines; the first index is for people who ask by
-- hand. The others, two of which only a redaction asked for, made each addition slower than the one before.
CREATE INDEX claim_subject ON claim (side, counted);
DROP INDEX claim_line;
DROP INDEX claim_claimant;
DROP INDEX reading_text;
DROP INDEX reading_words;
