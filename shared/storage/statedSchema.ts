/** The migration that brings what others state of the account's credit. */
import { calendarDate, decimal, decimalChecks, decimalText, instantText } from './schemaParts.ts';

export const STATED_MIGRATION = `
CREATE TABLE stated_balance (
  balance_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES statement,
  line INTEGER NOT NULL CHECK (line >= 1),
  stated_ms INTEGER,
  ${calendarDate('stated_on')},
  ${decimal('amount')},
  currency TEXT NOT NULL,
  stated_by TEXT,
  raw TEXT NOT NULL,
  ${decimalChecks('amount')},
  CHECK ((stated_ms IS NULL) <> (stated_on IS NULL))
) STRICT;

CREATE TABLE stated_grant (
  grant_id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES statement,
  line INTEGER NOT NULL CHECK (line >= 1),
  id TEXT NOT NULL,
  ${decimal('amount')},
  ${decimal('used')},
  currency TEXT NOT NULL,
  effective_ms INTEGER NOT NULL,
  expires_ms INTEGER,
  stated_by TEXT,
  raw TEXT NOT NULL,
  ${decimalChecks('amount', 'used')}
) STRICT;

CREATE VIEW stated_balances AS
SELECT b.balance_id, f.name AS file, b.line, coalesce(${instantText('b.stated_ms')}, b.stated_on) AS stated_at,
  ${decimalText('b.amount')} AS amount, b.currency, b.stated_by, b.raw
FROM stated_balance b JOIN source_file f USING (file_id) ORDER BY b.balance_id;

CREATE VIEW stated_grants AS
SELECT g.grant_id, f.name AS file, g.line, g.id, ${decimalText('g.amount')} AS amount, ${decimalText('g.used')} AS used, g.currency,
  ${instantText('g.effective_ms')} AS effective_at, ${instantText('g.expires_ms')} AS expires_at, g.stated_by, g.raw
FROM stated_grant g JOIN source_file f USING (file_id) ORDER BY g.grant_id;

DROP VIEW row_origin;
-- which file and line each row of a table came from
CREATE VIEW row_origin AS
SELECT o.of_table, o.row_id, f.file_id, f.name AS file, o.line, f.sha256, f.text_sha256 FROM (
  SELECT 'usage_row' AS of_table, row_id, file_id, line FROM usage_row
  UNION ALL SELECT 'usage_adjustment', adjustment_id, file_id, line FROM usage_adjustment
  UNION ALL SELECT 'statement_line', line_id, file_id, line FROM statement_line
  UNION ALL SELECT 'stated_balance', balance_id, file_id, line FROM stated_balance
  UNION ALL SELECT 'stated_grant', grant_id, file_id, line FROM stated_grant
) o JOIN source_file f USING (file_id);
`;
