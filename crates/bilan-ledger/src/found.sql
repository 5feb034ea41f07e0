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

-- Claims by subject and by claimant are found through their lines. These two, and two that only a redaction asks for,
-- made each addition slower than the one before.
DROP INDEX claim_line;
DROP INDEX claim_claimant;
DROP INDEX reading_text;
DROP INDEX reading_words;
