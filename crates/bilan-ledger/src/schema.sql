-- A bilan ledger: who said how many, as found in texts. Every row can be read by hand.
--
-- Look first at the views `claims`, `latest_claims`, `documents`, `refusals` and `coverage`.
-- Words of every column: CODEBOOK.md. Dates are texts as they are known (2022-03-19, 2022-03, --03-19,
-- 2022-03-14/2022-03-20); the columns `…_first` and `…_last` are the ISO days that they can mean, for sorting only.
-- Hashes are BLAKE3 over domain-tagged, length-prefixed fields, base32.
--
-- `entry` is the record, a chain of hashes. The other tables follow from it and are written in the same transaction;
-- `bilan fsck` derives them again and compares. Words that quote a document stand beside the chain, in `text`, so that
-- they can be taken out and the chain still holds. The database refuses every change of what was written.

PRAGMA application_id = 1651076206; -- "biln"

-- The record ----------------------------------------------------------------------------------------------------------

CREATE TABLE entry (
  number INTEGER PRIMARY KEY,   -- 1, 2, 3, … without a gap
  kind   TEXT NOT NULL CHECK (kind IN ('batch', 'reading', 'review', 'import', 'redaction', 'access')),
  time   TEXT NOT NULL,         -- when it was added, UTC
  prev   TEXT NOT NULL,         -- hash of the entry before; empty for the first
  hash   TEXT NOT NULL,         -- H('bilan/entry/1', number, kind, time, prev, body)
  body   TEXT NOT NULL          -- JSON with sorted keys; quotes nothing, names texts by hash
) STRICT;

CREATE TABLE text (
  hash TEXT PRIMARY KEY,        -- H('bilan/text/1', text)
  kind TEXT NOT NULL CHECK (kind IN ('article', 'words')), -- a document's text, or what a reading quotes of it, as JSON
  text TEXT                     -- null: redacted
) STRICT;

-- What follows from it ------------------------------------------------------------------------------------------------

CREATE TABLE batch (            -- one call of `bilan add` that had something new
  entry   INTEGER PRIMARY KEY REFERENCES entry,
  time    TEXT NOT NULL,
  given   INTEGER NOT NULL,     -- readings given
  already INTEGER NOT NULL      -- of them, known before
) STRICT;

CREATE TABLE unreadable (       -- inputs of a batch that gave no document
  entry  INTEGER NOT NULL REFERENCES batch,
  nth    INTEGER NOT NULL,
  input  TEXT NOT NULL,         -- path or address
  reason TEXT NOT NULL,
  PRIMARY KEY (entry, nth)
) STRICT;
CREATE INDEX unreadable_input ON unreadable (input, reason);

CREATE TABLE retrieval (        -- the raw bytes that documents came from, kept in the folder `<ledger>.bytes`
  hash  TEXT PRIMARY KEY,       -- H('bilan/bytes/1', bytes); the file is ab/cdef…
  entry INTEGER NOT NULL REFERENCES entry,
  size  INTEGER NOT NULL,       -- in bytes
  kept  INTEGER NOT NULL        -- 0: only the hash was wanted
) STRICT;

CREATE TABLE document (         -- as first met; publication date and language belong to the reading
  hash      TEXT PRIMARY KEY,   -- of url and text
  entry     INTEGER NOT NULL REFERENCES entry,
  id        TEXT,               -- the caller's; null: redacted
  url       TEXT,
  outlet    TEXT,
  title     TEXT,
  text_hash TEXT NOT NULL,      -- as the claims' JSON names it
  text      TEXT NOT NULL REFERENCES text
) STRICT;
CREATE INDEX document_id ON document (id);

CREATE TABLE reading (          -- what one reader version, with one date and language, made of a document
  entry           INTEGER PRIMARY KEY REFERENCES entry,
  batch           INTEGER NOT NULL REFERENCES batch,
  document        TEXT NOT NULL REFERENCES document,
  published       TEXT,         -- as used
  published_first TEXT,
  published_last  TEXT,
  lang            TEXT,         -- as used; null: no pack reads it
  reader          TEXT NOT NULL,
  access          TEXT NOT NULL CHECK (access IN ('public', 'internal', 'restricted')),
  length          INTEGER NOT NULL, -- bytes of text after the title; 0: without text
  claims          INTEGER NOT NULL,
  refusals        INTEGER NOT NULL,
  text            TEXT NOT NULL REFERENCES text,
  words           TEXT NOT NULL REFERENCES text,
  retrieval       TEXT REFERENCES retrieval,
  fetched         TEXT
) STRICT;
CREATE UNIQUE INDEX reading_key ON reading (document, reader, ifnull(published, ''), ifnull(lang, ''));
CREATE INDEX reading_text ON reading (text);
CREATE INDEX reading_words ON reading (words);

CREATE TABLE superseded (       -- readings that are no longer shown: the last of a document is in force
  entry INTEGER PRIMARY KEY REFERENCES reading,
  later INTEGER NOT NULL REFERENCES reading
) STRICT;

CREATE TABLE claim (
  id                  INTEGER PRIMARY KEY, -- in order of arrival
  entry               INTEGER NOT NULL REFERENCES reading,
  nth                 INTEGER NOT NULL,    -- place in its reading, from 0
  figure              TEXT NOT NULL,       -- document@start+length: what one cites
  start               INTEGER NOT NULL,    -- first byte in the text
  "end"               INTEGER NOT NULL,    -- one past the last byte
  n                   INTEGER NOT NULL,    -- 0 for the first claim on this figure
  words               TEXT,                -- the figure as written; null: redacted
  value               TEXT NOT NULL,       -- 816, >=816, ~14400, [200..999]
  point               INTEGER,             -- the single number said
  low                 INTEGER,
  high                INTEGER,
  open                TEXT,                -- the end that was said to be open
  hedge               TEXT NOT NULL,
  outcome             TEXT NOT NULL,
  counted             TEXT NOT NULL,
  side                TEXT,                -- null: not told; -: people of no country
  claimant            TEXT,                -- null: the reporter's own voice
  claimant_words      TEXT,
  citing              TEXT,
  via                 TEXT,                -- carriers, joined by +
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
  contested           TEXT,                -- how, joined by +
  confidence          INTEGER NOT NULL,    -- hundredths: of having read it right, never about the toll
  confidence_claimant INTEGER NOT NULL,
  quote               TEXT,                -- the sentence
  translated          INTEGER NOT NULL     -- 1: never the claimant's own words
) STRICT;
CREATE UNIQUE INDEX claim_entry ON claim (entry, nth);
CREATE INDEX claim_line ON claim (side, outcome, counted, to_last);
CREATE INDEX claim_claimant ON claim (claimant, to_last);
CREATE INDEX claim_point ON claim (point);

CREATE TABLE refusal (          -- a figure that was not taken, and why
  id       INTEGER PRIMARY KEY,
  entry    INTEGER NOT NULL REFERENCES reading,
  nth      INTEGER NOT NULL,
  figure   TEXT NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  words    TEXT,
  reason   TEXT NOT NULL,
  because  TEXT,                -- the words that decided it
  claimant TEXT,                -- who forecasts
  quote    TEXT
) STRICT;
CREATE UNIQUE INDEX refusal_entry ON refusal (entry, nth);

CREATE TABLE redaction (        -- a text that was taken out
  entry  INTEGER PRIMARY KEY REFERENCES entry,
  text   TEXT NOT NULL REFERENCES text,
  reason TEXT NOT NULL,
  role   TEXT NOT NULL          -- who decided: a role, not a name
) STRICT;
CREATE INDEX redaction_text ON redaction (text);

-- Search without accents and capitals: SELECT * FROM claims WHERE id IN (SELECT rowid FROM quotes('elysee'));
CREATE VIRTUAL TABLE quotes USING fts5 (
  quote, content = 'claim', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);

-- Only the end of the chain can be written ----------------------------------------------------------------------------
-- An insert that replaces a row would fire no delete trigger; so a row is refused when its key exists. The whole
-- transaction is refused (ROLLBACK): to be able to refuse one statement, SQLite would copy every page before each row.

CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM entry)
  OR NEW.prev IS NOT ifnull((SELECT hash FROM entry ORDER BY number DESC LIMIT 1), '')
BEGIN SELECT RAISE(ROLLBACK, 'an entry follows the last one and carries its hash'); END;

CREATE TRIGGER text_once BEFORE INSERT ON text
WHEN EXISTS (SELECT 1 FROM text WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ROLLBACK, 'this text is there already'); END;

CREATE TRIGGER batch_with_entry BEFORE INSERT ON batch
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM batch WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER unreadable_with_entry BEFORE INSERT ON unreadable
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry)
  OR EXISTS (SELECT 1 FROM unreadable WHERE entry = NEW.entry AND nth = NEW.nth)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER retrieval_with_entry BEFORE INSERT ON retrieval
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM retrieval WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER document_with_entry BEFORE INSERT ON document
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM document WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER reading_with_entry BEFORE INSERT ON reading
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM reading WHERE entry = NEW.entry)
  OR EXISTS (
    SELECT 1 FROM reading WHERE document = NEW.document AND reader = NEW.reader
      AND ifnull(published, '') = ifnull(NEW.published, '') AND ifnull(lang, '') = ifnull(NEW.lang, ''))
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER superseded_with_entry BEFORE INSERT ON superseded
WHEN NEW.later IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM superseded WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER claim_with_entry BEFORE INSERT ON claim
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry)
  OR EXISTS (SELECT 1 FROM claim WHERE entry = NEW.entry AND nth = NEW.nth)
  OR EXISTS (SELECT 1 FROM claim WHERE id = NEW.id)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER refusal_with_entry BEFORE INSERT ON refusal
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry)
  OR EXISTS (SELECT 1 FROM refusal WHERE entry = NEW.entry AND nth = NEW.nth)
  OR EXISTS (SELECT 1 FROM refusal WHERE id = NEW.id)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

CREATE TRIGGER redaction_with_entry BEFORE INSERT ON redaction
WHEN NEW.entry IS NOT (SELECT max(number) FROM entry) OR EXISTS (SELECT 1 FROM redaction WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ROLLBACK, 'a row is written once, with its entry'); END;

-- Nothing is taken away -----------------------------------------------------------------------------------------------

CREATE TRIGGER entry_stays      BEFORE DELETE ON entry      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER text_stays       BEFORE DELETE ON text       BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER batch_stays      BEFORE DELETE ON batch      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER unreadable_stays BEFORE DELETE ON unreadable BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER retrieval_stays  BEFORE DELETE ON retrieval  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER document_stays   BEFORE DELETE ON document   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER reading_stays    BEFORE DELETE ON reading    BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER superseded_stays BEFORE DELETE ON superseded BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER claim_stays      BEFORE DELETE ON claim      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER refusal_stays    BEFORE DELETE ON refusal    BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER redaction_stays  BEFORE DELETE ON redaction  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

CREATE TRIGGER entry_keeps      BEFORE UPDATE ON entry      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER batch_keeps      BEFORE UPDATE ON batch      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER unreadable_keeps BEFORE UPDATE ON unreadable BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER retrieval_keeps  BEFORE UPDATE ON retrieval  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER reading_keeps    BEFORE UPDATE ON reading    BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER superseded_keeps BEFORE UPDATE ON superseded BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER redaction_keeps  BEFORE UPDATE ON redaction  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

-- Four tables hold words of documents. There, and only there, words may become null, and only once a row of
-- `redaction` names their text.

CREATE TRIGGER text_keeps BEFORE UPDATE ON text
WHEN NEW.text IS NOT NULL OR (NEW.hash, NEW.kind) IS NOT (OLD.hash, OLD.kind) OR NEW.rowid IS NOT OLD.rowid
  OR NOT EXISTS (
    SELECT 1 FROM redaction WHERE text = OLD.hash OR text IN (SELECT text FROM reading WHERE words = OLD.hash))
BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

CREATE TRIGGER document_keeps BEFORE UPDATE ON document
WHEN NEW.id IS NOT NULL OR NEW.url IS NOT NULL OR NEW.title IS NOT NULL OR NEW.rowid IS NOT OLD.rowid
  OR (NEW.hash, NEW.entry, NEW.outlet, NEW.text_hash, NEW.text)
     IS NOT (OLD.hash, OLD.entry, OLD.outlet, OLD.text_hash, OLD.text)
  OR NOT EXISTS (SELECT 1 FROM redaction WHERE text = OLD.text)
BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

CREATE TRIGGER claim_keeps BEFORE UPDATE ON claim
WHEN NEW.words IS NOT NULL OR NEW.claimant_words IS NOT NULL OR NEW.quote IS NOT NULL
  OR (NEW.id, NEW.entry, NEW.nth, NEW.figure, NEW.start, NEW."end", NEW.n, NEW.value, NEW.point, NEW.low, NEW.high,
      NEW.open, NEW.hedge, NEW.outcome, NEW.counted, NEW.side, NEW.claimant, NEW.citing, NEW.via, NEW.stated,
      NEW.stated_first, NEW.stated_last, NEW."from", NEW.from_first, NEW.from_last, NEW."to", NEW.to_first,
      NEW.to_last, NEW.scope, NEW.place, NEW.said, NEW.contested, NEW.confidence, NEW.confidence_claimant,
      NEW.translated)
     IS NOT
     (OLD.id, OLD.entry, OLD.nth, OLD.figure, OLD.start, OLD."end", OLD.n, OLD.value, OLD.point, OLD.low, OLD.high,
      OLD.open, OLD.hedge, OLD.outcome, OLD.counted, OLD.side, OLD.claimant, OLD.citing, OLD.via, OLD.stated,
      OLD.stated_first, OLD.stated_last, OLD."from", OLD.from_first, OLD.from_last, OLD."to", OLD.to_first,
      OLD.to_last, OLD.scope, OLD.place, OLD.said, OLD.contested, OLD.confidence, OLD.confidence_claimant,
      OLD.translated)
  OR NOT EXISTS (
    SELECT 1 FROM redaction JOIN reading ON reading.text = redaction.text WHERE reading.entry = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

CREATE TRIGGER refusal_keeps BEFORE UPDATE ON refusal
WHEN NEW.words IS NOT NULL OR NEW.because IS NOT NULL OR NEW.quote IS NOT NULL
  OR (NEW.id, NEW.entry, NEW.nth, NEW.figure, NEW.start, NEW."end", NEW.reason, NEW.claimant)
     IS NOT (OLD.id, OLD.entry, OLD.nth, OLD.figure, OLD.start, OLD."end", OLD.reason, OLD.claimant)
  OR NOT EXISTS (
    SELECT 1 FROM redaction JOIN reading ON reading.text = redaction.text WHERE reading.entry = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;

-- Views to read by hand -----------------------------------------------------------------------------------------------

-- One row a claim, of readings in force, with the papers of its document.
CREATE VIEW claims AS
SELECT
  claim.id, claim.figure, claim.words, claim.value, claim.point, claim.low, claim.high, claim.open, claim.hedge,
  claim.outcome, claim.counted, claim.side, claim.claimant, claim.claimant_words, claim.citing, claim.via,
  claim.stated, claim."from", claim."to", claim.scope, claim.place, claim.said, claim.contested,
  claim.confidence, claim.confidence_claimant, claim.quote, claim.translated,
  ifnull(document.id, document.hash) AS document, document.title, document.outlet, document.url,
  reading.published, reading.lang, reading.access, reading.reader, claim.entry, entry.time AS added,
  coalesce(claim.to_last, claim.stated_last, reading.published_last) AS day,
  json_extract(entry.body, '$.reading.claims[' || claim.nth || ']') AS json
FROM claim
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
  reading.published, reading.lang, reading.access, reading.claims, reading.refusals, reading.length = 0 AS without_text,
  reading.fetched, reading.reader, reading.entry, entry.time AS added, document.hash, document.text_hash,
  text.text IS NULL AS redacted, text.text
FROM reading
JOIN document ON document.hash = reading.document
JOIN entry ON entry.number = reading.entry
JOIN text ON text.hash = reading.text
WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = reading.entry);

-- Figures that were not taken, of readings in force.
CREATE VIEW refusals AS
SELECT
  refusal.figure, refusal.words, refusal.reason, refusal.because, refusal.claimant, refusal.quote,
  ifnull(document.id, document.hash) AS document, document.title, document.outlet, document.url, reading.published
FROM refusal
JOIN reading ON reading.entry = refusal.entry
JOIN document ON document.hash = reading.document
WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = refusal.entry);

-- What was and was not read, one row a batch. A document that a newer reader read again counts in both batches.
CREATE VIEW coverage AS
SELECT
  batch.entry AS batch, batch.time, batch.given, batch.already, count(reading.entry) AS readings,
  ifnull(sum(reading.length = 0), 0) AS without_text,
  sum(reading.entry IS NOT NULL AND reading.lang IS NULL) AS without_pack,
  sum(reading.entry IS NOT NULL AND reading.published IS NULL) AS without_date,
  (SELECT count(*) FROM unreadable WHERE unreadable.entry = batch.entry) AS unreadable
FROM batch LEFT JOIN reading ON reading.batch = batch.entry
GROUP BY batch.entry;
