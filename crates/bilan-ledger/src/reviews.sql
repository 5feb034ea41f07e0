-- What people found when they read after the machine, and who may see a document. Reviews stand on a figure and outlive
-- every reading of it.

CREATE TABLE review (           -- one person's word on one claim
  entry    INTEGER PRIMARY KEY REFERENCES entry,
  document TEXT NOT NULL REFERENCES document,
  figure   TEXT NOT NULL,       -- document@start+length
  n        INTEGER NOT NULL,    -- 0 for the first claim on this figure
  field    TEXT,                -- null: the whole claim
  verdict  TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'note')),
  fields   TEXT NOT NULL,       -- JSON: what holds from now on, by field
  note     TEXT REFERENCES text,
  role     TEXT NOT NULL,       -- who reviewed: a role, not a name
  time     TEXT NOT NULL
) STRICT;
CREATE INDEX review_figure ON review (document, figure, n);

CREATE TABLE access (           -- who may see a document from now on; before, its reading says it
  entry    INTEGER PRIMARY KEY REFERENCES entry,
  document TEXT NOT NULL REFERENCES document,
  access   TEXT NOT NULL CHECK (access IN ('public', 'internal', 'restricted'))
) STRICT;
CREATE INDEX access_document ON access (document);

CREATE TRIGGER review_with_entry BEFORE INSERT ON review
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM review WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER access_with_entry BEFORE INSERT ON access
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM access WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER review_stays BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER access_stays BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER review_keeps BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER access_keeps BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

-- A note may quote its document, and goes with it.
DROP TRIGGER text_keeps;
CREATE TRIGGER text_keeps BEFORE UPDATE ON text
WHEN NEW.text IS NOT NULL OR (NEW.hash, NEW.kind) IS NOT (OLD.hash, OLD.kind) OR NEW.rowid IS NOT OLD.rowid
  OR NOT EXISTS (
    SELECT 1 FROM redaction WHERE text = OLD.hash
      OR text IN (SELECT text FROM reading WHERE words = OLD.hash)
      OR text IN (SELECT document.text FROM review JOIN document ON document.hash = review.document
                  WHERE note = OLD.hash))
BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE INDEX review_note ON review (note);

CREATE TABLE corrected (        -- a claim as a person has it; made from the reviews, as the lines are from the claims
  id                  INTEGER NOT NULL REFERENCES claim,
  review              INTEGER NOT NULL REFERENCES entry, -- since when
  until               INTEGER REFERENCES entry,          -- null: in force
  rejected            INTEGER NOT NULL, -- 1: no claim
  entry               INTEGER NOT NULL,
  nth                 INTEGER NOT NULL,
  figure              TEXT NOT NULL,
  start               INTEGER NOT NULL,
  "end"               INTEGER NOT NULL,
  n                   INTEGER NOT NULL,
  words               TEXT,
  value               TEXT NOT NULL,
  point               INTEGER,
  low                 INTEGER,
  high                INTEGER,
  open                TEXT,
  hedge               TEXT NOT NULL,
  outcome             TEXT NOT NULL,
  counted             TEXT NOT NULL,
  side                TEXT,
  claimant            TEXT,
  claimant_words      TEXT,
  citing              TEXT,
  via                 TEXT,
  stated              TEXT,
  stated_first        TEXT,
  stated_last         TEXT,
  "from"              TEXT,
  from_first          TEXT,
  from_last           TEXT,
  "to"                TEXT,
  to_first            TEXT,
  to_last             TEXT,
  scope               TEXT NOT NULL,
  place               TEXT,
  said                TEXT NOT NULL,
  contested           TEXT,
  confidence          INTEGER NOT NULL,
  confidence_claimant INTEGER NOT NULL,
  quote               TEXT,
  translated          INTEGER NOT NULL,
  PRIMARY KEY (id, review)
) STRICT, WITHOUT ROWID;

-- Views to read by hand, as reviewed ----------------------------------------------------------------------------------

DROP VIEW latest_claims;
DROP VIEW claims;
DROP VIEW documents;

-- One row a claim, of readings in force, as reviewed, with the papers of its document.
CREATE VIEW claims AS
WITH now AS (
  SELECT
    id, entry, nth, figure, n, words, value, point, low, high, open, hedge, outcome, counted, side, claimant,
    claimant_words, citing, via, stated, stated_last, "from", "to", to_last, scope, place, said, contested, confidence,
    confidence_claimant, quote, translated
  FROM claim
  WHERE NOT EXISTS (SELECT 1 FROM corrected WHERE corrected.id = claim.id AND until IS NULL)
  UNION ALL
  SELECT
    id, entry, nth, figure, n, words, value, point, low, high, open, hedge, outcome, counted, side, claimant,
    claimant_words, citing, via, stated, stated_last, "from", "to", to_last, scope, place, said, contested, confidence,
    confidence_claimant, quote, translated
  FROM corrected WHERE until IS NULL AND NOT rejected
)
SELECT
  claim.id, claim.figure, claim.words, claim.value, claim.point, claim.low, claim.high, claim.open, claim.hedge,
  claim.outcome, claim.counted, claim.side, claim.claimant, claim.claimant_words, claim.citing, claim.via,
  claim.stated, claim."from", claim."to", claim.scope, claim.place, claim.said, claim.contested,
  claim.confidence, claim.confidence_claimant, claim.quote, claim.translated,
  ifnull(document.id, document.hash) AS document, document.title, document.outlet, document.url,
  reading.published, reading.lang,
  ifnull((SELECT access FROM access WHERE access.document = document.hash ORDER BY entry DESC LIMIT 1), reading.access)
    AS access,
  reading.reader, claim.entry, entry.time AS added,
  coalesce(claim.to_last, claim.stated_last, reading.published_last) AS day,
  json_extract(entry.body, '$.reading.claims[' || claim.nth || ']') AS json,
  (SELECT group_concat(verdict || ifnull(' ' || field, ''), ', ') FROM review
   WHERE review.document = document.hash AND review.figure = claim.figure AND review.n = claim.n) AS reviewed
FROM now AS claim
JOIN reading ON reading.entry = claim.entry
JOIN document ON document.hash = reading.document
JOIN entry ON entry.number = claim.entry
WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = claim.entry);

-- The newest dated claim of each claimant on each line. `bilan compare` also says which can be compared.
CREATE VIEW latest_claims AS
SELECT * FROM (
  SELECT *, row_number() OVER (
    PARTITION BY claimant, claimant_words, side, counted, outcome, scope, CASE scope WHEN 'incident' THEN place END
    ORDER BY day DESC, stated DESC, id DESC
  ) AS newest
  FROM claims WHERE day IS NOT NULL
) WHERE newest = 1;

-- One row a document, with its reading in force.
CREATE VIEW documents AS
SELECT
  ifnull(document.id, document.hash) AS document, document.title, document.outlet, document.url,
  reading.published, reading.lang,
  ifnull((SELECT access FROM access WHERE access.document = document.hash ORDER BY entry DESC LIMIT 1), reading.access)
    AS access,
  reading.claims, reading.refusals, reading.length = 0 AS without_text,
  reading.fetched, reading.reader, reading.entry, entry.time AS added, document.hash, document.text_hash,
  text.text IS NULL AS redacted, text.text
FROM reading
JOIN document ON document.hash = reading.document
JOIN entry ON entry.number = reading.entry
JOIN text ON text.hash = reading.text
WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = reading.entry);

-- What people said of claims, with the claim as it now stands; no claim: the review no longer fits.
CREATE VIEW reviews AS
SELECT
  review.time, review.role, review.verdict, review.field, review.fields, text.text AS note, review.figure, review.n,
  ifnull(document.id, document.hash) AS document, claims.value, claims.counted, claims.side, claims.outcome,
  claims.claimant, claims.quote
FROM review
JOIN document ON document.hash = review.document
LEFT JOIN text ON text.hash = review.note
LEFT JOIN reading ON reading.document = review.document
  AND NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = reading.entry)
LEFT JOIN claim ON claim.entry = reading.entry AND claim.figure = review.figure AND claim.n = review.n
LEFT JOIN claims ON claims.id = claim.id;

-- One row a line: who counts what of whom, and how often it was told.
CREATE VIEW lines AS
SELECT
  line.id, line.claimant, line.name, line.side, line.counted, line.outcome, line.scope, line.place, line.day,
  line.country, line.since, count(*) AS claims, count(DISTINCT told.document) AS documents,
  count(DISTINCT told.text) AS different_texts
FROM line JOIN told ON told.line = line.id
WHERE told.until IS NULL GROUP BY line.id;
