/** The tables of a source but its usage rows and its text: what its import reported, how it was read, its statement. */
import type { ImportReport } from '../contract/importing.ts';
import type { StatedBalance, StatedGrant } from '../domain/statedBalance.ts';
import type { ChargeFigures, InvoiceFigures, Money, Statement, StatementLine } from '../domain/statement.ts';
import type { RestatedRow, UsageAdjustment } from '../domain/usage.ts';
import {
  decimal,
  decimalText,
  FileTable,
  flag,
  integer,
  isObject,
  jsonObject,
  nullable,
  shape,
  text,
  word,
  type Field,
} from './rowShape.ts';
import type { StoredSource } from './source.ts';

/** What stands in a table of its own is left out here; a file that was there before is never stored. */
type Report = Omit<ImportReport, 'problems' | 'repeatedFile'>;
type Kept = Omit<StoredSource, 'report' | 'batch' | 'adjustments' | 'grownIds' | 'restated' | 'statement' | 'text'>;

export interface SourceFile {
  readonly report: Report;
  readonly kept: Kept;
  /** Rows in `usage_row`; those of the files before stand before them. */
  readonly usageRows: number;
  /** Pieces in `source_text`; null where the text was not kept. */
  readonly textPieces: number | null;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isChoice = (value: unknown): boolean =>
  isText(value) || typeof value === 'boolean' || (isObject(value) && Object.values(value).every(isText));

const REPORT: Field<Report> = shape<Report>({
  file: text('name'),
  kind: word('kind', ['usage', 'statement', 'unknown']),
  sha256: text('sha256'),
  size: integer('size'),
  format: text('format'),
  why: text('why'),
  encoding: nullable(text('encoding')),
  rows: shape<Report['rows']>({
    read: integer('rows_read'),
    stored: integer('rows_stored'),
    duplicate: integer('rows_duplicate'),
    rejected: integer('rows_rejected'),
    adjustments: integer('adjustments'),
    complimentary: integer('rows_complimentary'),
    rounded: integer('rows_rounded'),
    superseded: integer('rows_superseded'),
  }),
  from: nullable(integer('from_ms')),
  to: nullable(integer('to_ms')),
  totals: jsonObject('totals', isText),
  repeated: jsonObject('repeated', isText),
  tie: nullable(
    shape<NonNullable<Report['tie']>>({
      opening: decimalText('tie_opening'),
      movements: decimalText('tie_movements'),
      closing: decimalText('tie_closing'),
      holds: flag('tie_holds'),
      firstBreakLine: nullable(integer('tie_break_line')),
    }),
  ),
  problemCount: integer('problem_count'),
});

const KEPT: Field<Kept> = shape<Kept>({
  textSha256: text('text_sha256'),
  choices: jsonObject('choices', isChoice),
  fingerprint: nullable(text('fingerprint')),
  importedAt: nullable(integer('imported_ms')),
  ofScenario: flag('of_scenario'),
  placement: nullable(word('placement', ['start', 'end', 'spread'])),
});

export const FILES = new FileTable<SourceFile>(
  'source_file',
  shape<SourceFile>({
    report: REPORT,
    kept: KEPT,
    usageRows: integer('usage_rows'),
    textPieces: nullable(integer('text_pieces')),
  }),
);

/** A problem but its file, which is the row's. */
type Problem = Omit<ImportReport['problems'][number], 'file'>;

export const PROBLEMS = new FileTable<Problem>(
  'import_problem',
  shape<Problem>({
    line: nullable(integer('line')),
    column: nullable(integer('column_number')),
    field: nullable(text('field')),
    message: text('message'),
  }),
);

type Adjustment = Omit<UsageAdjustment, 'source'>;

export const ADJUSTMENTS = new FileTable<Adjustment>(
  'usage_adjustment',
  shape<Adjustment>({
    at: integer('at_ms'),
    amount: decimal('amount'),
    id: nullable(text('id')),
    line: nullable(integer('line')),
  }),
);

export const GROWN_IDS = new FileTable<string>('grown_id', text('id'));

export const RESTATED_ROWS = new FileTable<RestatedRow>(
  'restated_row',
  shape<RestatedRow>({ source: text('text_sha256'), row: integer('row') }),
);

/** A statement but what stands in tables of its own; its tie is the report's. */
export type StatementHead = Omit<Statement, 'lines' | 'balances' | 'grants' | 'tie'>;

export const STATEMENTS = new FileTable<StatementHead>(
  'statement',
  shape<StatementHead>({
    account: nullable(text('account')),
    currency: text('currency'),
    opening: nullable(decimal('opening')),
    closing: nullable(decimal('closing')),
  }),
);

export const STATED_BALANCES = new FileTable<StatedBalance>(
  'stated_balance',
  shape<StatedBalance>({
    at: nullable(integer('stated_ms')),
    on: nullable(text('stated_on') as Field<StatementLine['date']>),
    amount: decimal('amount'),
    currency: text('currency'),
    by: nullable(text('stated_by')),
    line: integer('line'),
    raw: text('raw'),
  }),
);

export const STATED_GRANTS = new FileTable<StatedGrant>(
  'stated_grant',
  shape<StatedGrant>({
    id: text('id'),
    amount: decimal('amount'),
    used: decimal('used'),
    currency: text('currency'),
    effective: integer('effective_ms'),
    expires: nullable(integer('expires_ms')),
    by: nullable(text('stated_by')),
    line: integer('line'),
    raw: text('raw'),
  }),
);

const INVOICE: Field<InvoiceFigures> = shape<InvoiceFigures>({
  status: text('invoice_status'),
  created: text('invoice_created'),
  paid: nullable(text('invoice_paid')),
  subtotal: decimal('invoice_subtotal'),
  tax: decimal('invoice_tax'),
  total: decimal('invoice_total'),
  startingBalance: decimal('invoice_starting_balance'),
  amountDue: decimal('invoice_amount_due'),
  amountPaid: decimal('invoice_amount_paid'),
});

const CHARGE: Field<ChargeFigures> = shape<ChargeFigures>({
  category: text('charge_category'),
  correction: flag('charge_correction'),
  effectiveCost: nullable(decimal('charge_effective_cost')),
  sku: nullable(text('charge_sku')),
  meter: nullable(text('charge_meter')),
  quantity: nullable(decimal('charge_quantity')),
  unit: nullable(text('charge_unit')),
  from: integer('charge_from_ms'),
  until: nullable(integer('charge_until_ms')),
  subAccount: nullable(text('charge_sub_account')),
});

export const STATEMENT_LINES = new FileTable<StatementLine>(
  'statement_line',
  shape<StatementLine>({
    date: text('booked_on') as Field<StatementLine['date']>,
    valueDate: nullable(text('value_on') as Field<StatementLine['date']>),
    amount: decimal('amount'),
    currency: text('currency'),
    reference: nullable(text('reference')),
    description: text('description'),
    party: nullable(text('party')),
    id: nullable(text('id')),
    kind: nullable(text('kind')),
    original: nullable(shape<Money>({ amount: decimal('original'), currency: text('original_currency') })),
    rate: nullable(decimal('rate')),
    fee: nullable(decimal('fee')),
    reversal: flag('reversal'),
    replaces: nullable(text('replaces')),
    balance: nullable(decimal('balance')),
    invoice: nullable(INVOICE),
    charge: nullable(CHARGE),
    line: integer('line'),
    raw: text('raw'),
  }),
);
