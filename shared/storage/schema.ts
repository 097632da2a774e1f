/**
 * The workspace's tables, as numbered migrations. Never change a migration that has shipped: add the next.
 *
 * Exact decimals are two INTEGER columns: `x_whole` units and `x_pico` 10^-12 of a unit, of the same sign. Sums of each
 * are exact (`sum()` raises an error on overflow, it never rounds); views show them as decimal text. Instants are
 * `_ms`, milliseconds since 1970-01-01T00:00:00Z.
 */

import { calendarDate, decimal, decimalChecks, decimalText, instantText } from './schemaParts.ts';
import { RECON_MIGRATION } from './reconSchema.ts';
import { STATED_MIGRATION } from './statedSchema.ts';

/** First bytes of the file's header that say whose it is ("DRDN"). */
export const APPLICATION_ID = 0x4452444e;

/** Columns of `usage_row` that hold whole quantities of the commonest meters. */
export const METER_COLUMNS = ['input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'output_tokens'] as const;

/** `writeUsage.ts` writes this table's rows as pages: a change of its columns is a change there, and an index is none. */
const USAGE_ROW_TABLE = `usage_row (
  row_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  line INTEGER,
  at_ms INTEGER NOT NULL,
  sku_id INTEGER NOT NULL,
  project_id INTEGER,
  key_id INTEGER,
  id TEXT,
  ${METER_COLUMNS.map((column) => `${column} INTEGER`).join(',\n  ')},
  ${decimal('cost', '')}
) STRICT`;

/** Decimals that are not in every row. */
const TIE_AMOUNTS = ['tie_opening', 'tie_movements', 'tie_closing'];
const LINE_AMOUNTS = ['original', 'rate', 'fee', 'balance'];
const INVOICE_AMOUNTS = ['subtotal', 'tax', 'total', 'starting_balance', 'amount_due', 'amount_paid'].map(
  (name) => `invoice_${name}`,
);
const CHARGE_AMOUNTS = ['charge_effective_cost', 'charge_quantity'];

/** `sourceTexts.ts` writes this table's rows as pages, as `writeUsage.ts` does. */
const SOURCE_TEXT_TABLE = `source_text (
  piece_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES source_file,
  piece INTEGER NOT NULL,
  line INTEGER NOT NULL CHECK (line >= 1),
  byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
  deflated BLOB NOT NULL
) STRICT`;

export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE workspace (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  scenario_name TEXT NOT NULL,
  scenario_text TEXT NOT NULL
) STRICT;

CREATE TABLE source_file (
  file_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  why TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_stored INTEGER NOT NULL,
  rows_duplicate INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  adjustments INTEGER NOT NULL,
  from_ms INTEGER,
  to_ms INTEGER,
  cost TEXT,
  problem_count INTEGER NOT NULL
) STRICT;

CREATE TABLE import_problem (
  file_id INTEGER NOT NULL REFERENCES source_file,
  line INTEGER,
  column_number INTEGER,
  field TEXT,
  message TEXT NOT NULL
) STRICT;

CREATE TABLE name (name_id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE ${USAGE_ROW_TABLE};

CREATE TABLE usage_meter (
  row_id INTEGER NOT NULL REFERENCES usage_row,
  meter TEXT NOT NULL,
  ${decimal('quantity')},
  PRIMARY KEY (row_id, meter)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_adjustment (
  adjustment_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES source_file,
  line INTEGER,
  at_ms INTEGER NOT NULL,
  ${decimal('amount')}
) STRICT;

CREATE TABLE run (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  title TEXT NOT NULL,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  timezone TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL,
  ${decimal('balance')},
  ${decimal('debt')},
  access TEXT NOT NULL,
  plan TEXT NOT NULL,
  tier TEXT,
  accepted_rows INTEGER NOT NULL,
  ${decimal('accepted_cost')},
  ${decimal('overrun')}
) STRICT;

CREATE TABLE rejected_usage (reason TEXT PRIMARY KEY, row_count INTEGER NOT NULL, ${decimal('cost')}) STRICT;

CREATE TABLE timeline_record (
  record_id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  type TEXT NOT NULL,
  kind TEXT,
  subject TEXT,
  reason TEXT,
  ${['amount', 'tax', 'charged', 'settled', 'debt_invoiced', 'balance'].map((name) => decimal(name, '')).join(',\n  ')}
) STRICT;

CREATE TABLE lot (
  lot_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  bought_ms INTEGER NOT NULL,
  posted_ms INTEGER NOT NULL,
  expires_ms INTEGER,
  priority INTEGER NOT NULL,
  ${['amount', 'settled', 'expired', 'refunded', 'remaining'].map((name) => decimal(name)).join(',\n  ')}
) STRICT;

CREATE TABLE usage_span (
  span_id INTEGER PRIMARY KEY,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  status TEXT NOT NULL
) STRICT;

CREATE TABLE journal_entry (
  entry_id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  debit TEXT NOT NULL,
  credit TEXT NOT NULL,
  ${decimal('amount')},
  record_id INTEGER REFERENCES timeline_record,
  span_id INTEGER REFERENCES usage_span,
  invoice_id INTEGER REFERENCES invoice
) STRICT;

CREATE TABLE invoice (invoice_id INTEGER PRIMARY KEY, period TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL) STRICT;
CREATE TABLE invoice_line (invoice_id INTEGER NOT NULL REFERENCES invoice, sku TEXT NOT NULL, ${decimal('amount')}) STRICT;
CREATE TABLE invoice_figure (invoice_id INTEGER NOT NULL REFERENCES invoice, figure TEXT NOT NULL, ${decimal('amount')}) STRICT;

CREATE VIEW usage AS
SELECT u.row_id, f.name AS file, u.line, ${instantText('u.at_ms')} AS at, s.text AS sku, p.text AS project, k.text AS key, u.id,
  ${METER_COLUMNS.map((column) => `u.${column}`).join(', ')}, ${decimalText('u.cost')} AS cost, u.at_ms, u.cost_whole, u.cost_pico
FROM usage_row u
JOIN source_file f USING (file_id)
JOIN name s ON s.name_id = u.sku_id
LEFT JOIN name p ON p.name_id = u.project_id
LEFT JOIN name k ON k.name_id = u.key_id;

CREATE VIEW timeline AS
SELECT record_id, ${instantText('at_ms')} AS at, type, kind, subject, reason, ${[
    'amount',
    'tax',
    'charged',
    'settled',
    'debt_invoiced',
    'balance',
  ]
    .map((name) => `${decimalText(name)} AS ${name}`)
    .join(', ')}
FROM timeline_record ORDER BY record_id;

CREATE VIEW lots AS
SELECT id, kind, ${instantText('bought_ms')} AS bought_at, ${instantText('posted_ms')} AS posted_at, ${instantText('expires_ms')} AS expires_at, priority,
  ${['amount', 'settled', 'expired', 'refunded', 'remaining'].map((name) => `${decimalText(name)} AS ${name}`).join(', ')}
FROM lot ORDER BY lot_id;

CREATE VIEW journal AS
SELECT entry_id, ${instantText('at_ms')} AS at, debit, credit, ${decimalText('amount')} AS amount, record_id, span_id, invoice_id
FROM journal_entry ORDER BY entry_id;

CREATE VIEW invoices AS
SELECT i.invoice_id, i.period, ${instantText('i.from_ms')} AS "from", ${instantText('i.to_ms')} AS "to", v.figure, ${decimalText('v.amount')} AS amount
FROM invoice i JOIN invoice_figure v USING (invoice_id) ORDER BY i.invoice_id;
`,
  `
DROP VIEW usage;

-- text of the user's own price list, over the published one
ALTER TABLE workspace ADD COLUMN price_list TEXT;

CREATE TABLE source_file_2 (
  file_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('usage', 'statement', 'unknown')),
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  why TEXT NOT NULL,
  encoding TEXT,
  rows_read INTEGER NOT NULL,
  rows_stored INTEGER NOT NULL,
  rows_duplicate INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  adjustments INTEGER NOT NULL,
  rows_complimentary INTEGER NOT NULL,
  rows_rounded INTEGER NOT NULL,
  rows_superseded INTEGER NOT NULL,
  from_ms INTEGER,
  to_ms INTEGER,
  totals TEXT NOT NULL CHECK (json_valid(totals)),
  repeated TEXT NOT NULL CHECK (json_valid(repeated)),
  ${TIE_AMOUNTS.map((name) => decimal(name, '')).join(',\n  ')},
  tie_holds INTEGER CHECK (tie_holds IN (0, 1)),
  tie_break_line INTEGER CHECK (tie_break_line >= 1),
  problem_count INTEGER NOT NULL,
  choices TEXT NOT NULL CHECK (json_valid(choices)),
  fingerprint TEXT,
  imported_ms INTEGER,
  of_scenario INTEGER NOT NULL CHECK (of_scenario IN (0, 1)),
  placement TEXT CHECK (placement IN ('start', 'end', 'spread')),
  usage_rows INTEGER NOT NULL,
  text_pieces INTEGER,
  ${decimalChecks(...TIE_AMOUNTS)},
  ${TIE_AMOUNTS.map((name) => `CHECK ((tie_holds IS NULL) = (${name}_whole IS NULL))`).join(',\n  ')},
  CHECK (tie_break_line IS NULL OR tie_holds IS NOT NULL)
) STRICT;

INSERT INTO source_file_2 (file_id, name, kind, size, sha256, text_sha256, format, why, rows_read, rows_stored, rows_duplicate, rows_rejected,
  adjustments, rows_complimentary, rows_rounded, rows_superseded, from_ms, to_ms, totals, repeated, problem_count, choices, of_scenario, usage_rows)
SELECT file_id, name, 'usage', size, sha256, sha256, format, why, rows_read, rows_stored, rows_duplicate, rows_rejected,
  adjustments, 0, 0, 0, from_ms, to_ms, CASE WHEN cost IS NULL THEN '{}' ELSE json_object(coalesce((SELECT currency FROM run), 'USD'), cost) END, '{}',
  problem_count, '{}', format = 'generated', (SELECT count(*) FROM usage_row u WHERE u.file_id = f.file_id)
FROM source_file f;

DROP TABLE source_file;
ALTER TABLE source_file_2 RENAME TO source_file;

-- a check here would read every row of an older workspace
ALTER TABLE usage_row ADD COLUMN until_ms INTEGER;
ALTER TABLE usage_adjustment ADD COLUMN id TEXT;

-- what of earlier sources no longer counts, because this file has a grown copy of it: rows by id, or by text and place
CREATE TABLE grown_id (file_id INTEGER NOT NULL REFERENCES source_file, id TEXT NOT NULL) STRICT;
CREATE TABLE restated_row (
  file_id INTEGER NOT NULL REFERENCES source_file,
  text_sha256 TEXT NOT NULL,
  row INTEGER NOT NULL CHECK (row >= 0)
) STRICT;

CREATE TABLE statement (
  file_id INTEGER PRIMARY KEY REFERENCES source_file,
  account TEXT,
  currency TEXT NOT NULL,
  ${['opening', 'closing'].map((name) => decimal(name, '')).join(',\n  ')},
  ${decimalChecks('opening', 'closing')}
) STRICT;

CREATE TABLE statement_line (
  line_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES statement,
  line INTEGER NOT NULL CHECK (line >= 1),
  ${calendarDate('booked_on', 'NOT NULL')},
  ${calendarDate('value_on')},
  ${decimal('amount')},
  currency TEXT NOT NULL,
  reference TEXT,
  description TEXT NOT NULL,
  party TEXT,
  id TEXT,
  kind TEXT,
  original_currency TEXT,
  ${LINE_AMOUNTS.map((name) => decimal(name, '')).join(',\n  ')},
  reversal INTEGER NOT NULL CHECK (reversal IN (0, 1)),
  replaces TEXT,
  raw TEXT NOT NULL,
  invoice_status TEXT,
  invoice_created TEXT,
  invoice_paid TEXT,
  ${INVOICE_AMOUNTS.map((name) => decimal(name, '')).join(',\n  ')},
  charge_category TEXT,
  charge_correction INTEGER CHECK (charge_correction IN (0, 1)),
  ${CHARGE_AMOUNTS.map((name) => decimal(name, '')).join(',\n  ')},
  charge_sku TEXT,
  charge_meter TEXT,
  charge_unit TEXT,
  charge_from_ms INTEGER,
  charge_until_ms INTEGER,
  charge_sub_account TEXT,
  ${decimalChecks('amount', ...LINE_AMOUNTS, ...INVOICE_AMOUNTS, ...CHARGE_AMOUNTS)},
  CHECK ((original_whole IS NULL) = (original_currency IS NULL)),
  ${['created', ...INVOICE_AMOUNTS.map((name) => `${name.slice('invoice_'.length)}_whole`)]
    .map((name) => `CHECK ((invoice_status IS NULL) = (invoice_${name} IS NULL))`)
    .join(',\n  ')},
  ${['correction', 'from_ms'].map((name) => `CHECK ((charge_category IS NULL) = (charge_${name} IS NULL))`).join(',\n  ')}
) STRICT;

CREATE TABLE ${SOURCE_TEXT_TABLE};

CREATE VIEW usage AS
SELECT u.row_id, f.name AS file, u.line, ${instantText('u.at_ms')} AS at, ${instantText('u.until_ms')} AS until, s.text AS sku, p.text AS project, k.text AS key,
  CASE instr(u.id, char(31)) WHEN 0 THEN u.id ELSE substr(u.id, 1, instr(u.id, char(31)) - 1) END AS id,
  ${METER_COLUMNS.map((column) => `u.${column}`).join(', ')}, ${decimalText('u.cost')} AS cost, u.at_ms, u.until_ms, u.cost_whole, u.cost_pico
FROM usage_row u
JOIN source_file f USING (file_id)
JOIN name s ON s.name_id = u.sku_id
LEFT JOIN name p ON p.name_id = u.project_id
LEFT JOIN name k ON k.name_id = u.key_id;

CREATE VIEW statements AS
SELECT f.file_id, f.name AS file, s.account, s.currency, ${['opening', 'closing'].map((name) => `${decimalText(`s.${name}`)} AS ${name}`).join(', ')},
  ${['opening', 'movements', 'closing'].map((name) => `${decimalText(`f.tie_${name}`)} AS tie_${name}`).join(', ')}, f.tie_holds, f.tie_break_line
FROM statement s JOIN source_file f USING (file_id) ORDER BY f.file_id;

CREATE VIEW statement_lines AS
SELECT l.line_id, f.name AS file, l.line, l.booked_on, l.value_on, ${decimalText('l.amount')} AS amount, l.currency, l.reference, l.description,
  l.party, l.id, l.kind, l.original_currency, ${LINE_AMOUNTS.map((name) => `${decimalText(`l.${name}`)} AS ${name}`).join(', ')}, l.reversal, l.replaces,
  l.invoice_status, l.invoice_created, l.invoice_paid, ${INVOICE_AMOUNTS.map((name) => `${decimalText(`l.${name}`)} AS ${name}`).join(', ')},
  l.charge_category, l.charge_correction, ${CHARGE_AMOUNTS.map((name) => `${decimalText(`l.${name}`)} AS ${name}`).join(', ')}, l.charge_sku, l.charge_meter,
  l.charge_unit, ${instantText('l.charge_from_ms')} AS charge_from, ${instantText('l.charge_until_ms')} AS charge_until, l.charge_sub_account, l.raw
FROM statement_line l JOIN source_file f USING (file_id) ORDER BY l.line_id;

-- which file and line each row of a table came from
CREATE VIEW row_origin AS
SELECT o.of_table, o.row_id, f.file_id, f.name AS file, o.line, f.sha256, f.text_sha256 FROM (
  SELECT 'usage_row' AS of_table, row_id, file_id, line FROM usage_row
  UNION ALL SELECT 'usage_adjustment', adjustment_id, file_id, line FROM usage_adjustment
  UNION ALL SELECT 'statement_line', line_id, file_id, line FROM statement_line
) o JOIN source_file f USING (file_id);
`,
  `
-- what-if variants in the order of the user, and the user's own queries by name
CREATE TABLE variant (
  variant_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  set_values TEXT NOT NULL CHECK (json_valid(set_values)),
  hold TEXT NOT NULL CHECK (json_valid(hold))
) STRICT;

CREATE TABLE saved_query (
  query_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  sql TEXT NOT NULL
) STRICT;
`,
  STATED_MIGRATION,
  RECON_MIGRATION,
];
