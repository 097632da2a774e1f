/**
 * The workspace's tables, as numbered migrations. Never change a migration that has shipped: add the next.
 *
 * Exact decimals are two INTEGER columns: `x_whole` units and `x_pico` 10^-12 of a unit, of the same sign. Sums of each
 * are exact (`sum()` raises an error on overflow, it never rounds); views show them as decimal text. Instants are
 * `_ms`, milliseconds since 1970-01-01T00:00:00Z.
 */

/** First bytes of the file's header that say whose it is ("DRDN"). */
export const APPLICATION_ID = 0x4452444e;

const instantText = (column: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%S', ${column} / 1000, 'unixepoch') || printf('.%03dZ', ${column} % 1000)`;

const decimalText = (name: string): string =>
  `CASE WHEN ${name}_whole IS NULL THEN NULL WHEN ${name}_whole < 0 OR ${name}_pico < 0 THEN '-' ELSE '' END || printf('%d.%012d', abs(${name}_whole), abs(${name}_pico))`;

const decimal = (name: string, more = 'NOT NULL'): string =>
  `${name}_whole INTEGER ${more}, ${name}_pico INTEGER ${more}`;

/** Columns of `usage_row` that hold whole quantities of the commonest meters. */
export const METER_COLUMNS = ['input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'output_tokens'] as const;

/** `writeUsage.ts` writes this table's rows as pages: a change of its columns is a change there. */
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
];
