-- Lines, so that a question about one subject need not read a million claims. Made from the claims, and nothing else:
-- `bilan fsck --rebuild` makes them anew.

CREATE TABLE line (             -- a subject of comparison, as single claims tell it
  id       INTEGER PRIMARY KEY, -- a mark of the columns below: the same in every ledger
  side     TEXT,
  counted  TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  scope    TEXT NOT NULL,
  voice    TEXT NOT NULL CHECK (voice IN ('party', 'local', 'outlet', 'text')),
  claimant TEXT,                -- the party that speaks; null: the reporter of `name`
  name     TEXT,                -- words of a local authority; else the outlet, or the hash of the text
  place    TEXT,                -- narrower than a country
  day      TEXT,                -- of an incident
  event    TEXT,                -- the text that tells of an incident without place or day
  country  TEXT,
  since    TEXT                 -- where a running total starts
) STRICT;
CREATE INDEX line_subject ON line (side, counted, outcome, scope, claimant);

CREATE TABLE told (             -- one row a claim, by line; days are numbers as 20220319, other dates are texts
  line       INTEGER NOT NULL REFERENCES line,
  claim      INTEGER NOT NULL REFERENCES claim,
  entry      INTEGER NOT NULL REFERENCES entry, -- what brought it
  until      INTEGER REFERENCES entry,          -- what took its place; null: in force
  access     INTEGER NOT NULL,  -- 0 public, 1 internal, 2 restricted
  value      ANY NOT NULL,      -- a number said as it is, else its text
  stated     ANY,
  "from"     ANY,
  "to"       ANY,
  published  ANY,
  document   INTEGER NOT NULL,  -- marks of the hashes of document and text
  text       INTEGER NOT NULL,
  start      INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  translated INTEGER NOT NULL,
  contested  TEXT,              -- as JSON
  citing     TEXT,
  via        TEXT,
  PRIMARY KEY (line, claim, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_claim ON told (claim);

CREATE TABLE derived (          -- one row: how far, and by which rules, the two tables above are made
  rules INTEGER NOT NULL,
  entry INTEGER NOT NULL
) STRICT;

CREATE INDEX entry_time ON entry (time);
