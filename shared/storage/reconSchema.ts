/** Tables of reconciliation's log. The triggers keep it append-only against everyone who does not take them away first. */
import { instantText } from './schemaParts.ts';

export const RECON_MIGRATION = `
-- what people did in reconciliation: one entry a row, each chained to the one before; nothing is ever changed or removed
CREATE TABLE recon_entry (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  period TEXT CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous TEXT NOT NULL CHECK (length(previous) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

-- what the log ends with, so that a tail that was cut off is missed
CREATE TABLE recon_head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;

CREATE TRIGGER recon_entry_stays BEFORE UPDATE ON recon_entry
BEGIN SELECT RAISE(ABORT, 'entries of the log cannot be changed'); END;

CREATE TRIGGER recon_entry_is_kept BEFORE DELETE ON recon_entry
BEGIN SELECT RAISE(ABORT, 'entries of the log cannot be removed'); END;

CREATE TRIGGER recon_entry_follows BEFORE INSERT ON recon_entry
WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM recon_entry)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;

CREATE VIEW recon_log AS
SELECT seq, ${instantText('at_ms')} AS at, actor, period, kind, body, previous, hash FROM recon_entry ORDER BY seq;

CREATE VIEW recon_seals AS
SELECT period, seq, ${instantText('at_ms')} AS at, actor, json_extract(body, '$.seal.verdict') AS verdict, json_extract(body, '$.seal.engine') AS engine,
  json_extract(body, '$.seal.result') AS result, hash
FROM recon_entry WHERE kind = 'seal' ORDER BY seq;

CREATE VIEW recon_notes AS
SELECT seq, ${instantText('at_ms')} AS at, actor, period, json_extract(body, '$.subject') AS subject, json_extract(body, '$.text') AS text
FROM recon_entry WHERE kind = 'note' ORDER BY seq;
`;
