/** Sources of any content, as imports could have brought them. */
import fc from 'fast-check';
import { formatAtoms, type Atoms } from '../../shared/domain/money.ts';
import type { StatedBalance, StatedGrant } from '../../shared/domain/statedBalance.ts';
import type { ChargeFigures, InvoiceFigures, Statement, StatementLine, Tie } from '../../shared/domain/statement.ts';
import { ABSENT, noRows, type DecimalColumn, type NameColumn, type UsageBatch } from '../../shared/domain/usage.ts';
import type { KeptWork } from '../../shared/contract/kept.ts';
import { EMPTY_LOG } from '../../shared/domain/reconLog.ts';
import type { StoredSource } from '../../shared/storage/source.ts';
import type { Workspace, WorkspaceRun } from '../../shared/storage/workspace.ts';

const PICO = 10n ** 12n;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '\0', 'a\0b', '日本', 'نص', '🙂', "'; DROP TABLE usage_row; --", '\r\n', '=1+1', '-'),
);
const word = text.filter((value) => value !== '');
const whole = fc.oneof(fc.nat(1000), fc.maxSafeNat());
const pico = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 999_999_999_999 }));
/** Amounts up to what an INTEGER column holds, of either sign. */
const amount: fc.Arbitrary<Atoms> = fc.oneof(
  fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  fc.constantFrom(0n, 1n, -1n, PICO, -PICO, 2n ** 53n * PICO + 1n, -(2n ** 53n) * PICO - 1n, (2n ** 63n - 1n) * PICO),
  fc.bigInt({ min: -(2n ** 63n - 1n) * PICO, max: (2n ** 63n - 1n) * PICO }),
);
const decimalString = amount.map(formatAtoms);
const instant = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
const line = fc.integer({ min: 1, max: 0xffff_ffff });
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const date = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(
    ([y, m, d]): StatementLine['date'] =>
      `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
  );

const invoice = fc.record<InvoiceFigures>({
  ...{ status: text, created: text, paid: orNull(text), subtotal: amount, tax: amount, total: amount },
  ...{ startingBalance: amount, amountDue: amount, amountPaid: amount },
});
const charge = fc.record<ChargeFigures>({
  ...{ category: text, correction: fc.boolean(), effectiveCost: orNull(amount), sku: orNull(text) },
  ...{ meter: orNull(text), quantity: orNull(amount), unit: orNull(text), from: instant, until: orNull(instant) },
  subAccount: orNull(text),
});
const statementLine = fc.record<StatementLine>({
  ...{ date, valueDate: orNull(date), amount, currency, reference: orNull(text), description: text },
  ...{ party: orNull(text), id: orNull(text), kind: orNull(text), original: orNull(fc.record({ amount, currency })) },
  ...{ rate: orNull(amount), fee: orNull(amount), reversal: fc.boolean(), replaces: orNull(text) },
  ...{ balance: orNull(amount), invoice: orNull(invoice), charge: orNull(charge), line, raw: text },
});
const statedBalance = fc
  .tuple(fc.record({ amount, currency, by: orNull(text), line, raw: text }), fc.oneof(instant, date))
  .map(([balance, time]): StatedBalance =>
    typeof time === 'number' ? { ...balance, at: time, on: null } : { ...balance, at: null, on: time },
  );
const statedGrant = fc.record<StatedGrant>({
  ...{ id: text, amount, used: amount, currency, effective: instant, expires: orNull(instant), by: orNull(text) },
  ...{ line, raw: text },
});
const tie = fc.record<Tie>({
  ...{ opening: amount, movements: amount, closing: amount, holds: fc.boolean(), firstBreakLine: orNull(line) },
});

/** A column with a value in some rows; `seldom` one of whole numbers alone. */
function decimals(count: number): fc.Arbitrary<DecimalColumn> {
  const rows = { minLength: count, maxLength: count };
  return fc
    .tuple(
      fc.array(fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: fc.constant(ABSENT) }), rows),
      fc.option(fc.array(pico, rows), { nil: null }),
    )
    .map(([units, parts]) => ({
      whole: Float64Array.from(units),
      pico: parts === null ? null : Float64Array.from(parts, (part, row) => (units[row] === ABSENT ? 0 : part)),
    }));
}

function names(count: number, first: fc.Arbitrary<string>): fc.Arbitrary<NameColumn> {
  return fc
    .tuple(first, fc.uniqueArray(word, { maxLength: 4 }))
    .chain(([none, others]) =>
      fc
        .array(fc.nat(others.length), { minLength: count, maxLength: count })
        .map((codes) => ({ codes: Uint32Array.from(codes), names: [none, ...others] })),
    );
}

function batch(source: string): fc.Arbitrary<UsageBatch> {
  return fc.oneof(fc.constant(0), fc.nat(30)).chain((count) => {
    const rows = { minLength: count, maxLength: count };
    const meter = fc.constantFrom('input_tokens', 'cached_input_tokens', 'output_tokens', 'images', 'Zeichen', 'a\0b');
    return fc.record<UsageBatch>({
      source: fc.constant(source),
      count: fc.constant(count),
      at: fc.array(instant, rows).map((values) => Float64Array.from(values)),
      until: orNull(fc.array(fc.oneof(fc.constant(0), instant), rows).map((values) => Float64Array.from(values))),
      sku: names(count, word),
      cost: decimals(count),
      meters: fc.dictionary(meter, decimals(count), { maxKeys: 4 }).map((meters) => new Map(Object.entries(meters))),
      project: orNull(names(count, fc.constant(''))),
      key: orNull(names(count, fc.constant(''))),
      ids: orNull(fc.array(fc.oneof(fc.uint8Array({ maxLength: 20 }), text), rows).map(idColumn)),
      line: orNull(fc.array(line, rows).map((values) => Uint32Array.from(values))),
    });
  });
}

/** Ids as bytes of a file, which need not be proper UTF-8. */
function idColumn(ids: readonly (Uint8Array | string)[]): { bytes: Uint8Array; ends: Float64Array } {
  const bytes = ids.map((id) => Buffer.from(id as string));
  let end = 0;
  return { bytes: Buffer.concat(bytes), ends: Float64Array.from(bytes, (id) => (end += id.length)) };
}

const choices: fc.Arbitrary<StoredSource['choices']> = fc.record(
  {
    ...{
      format: text,
      zone: text,
      currency: text,
      statedAt: text,
      flipReversals: fc.boolean(),
      swapDebitCredit: fc.boolean(),
    },
    columns: fc.dictionary(fc.constantFrom('cost', 'time', 'constructor', 'a"b'), text),
    dateOrder: fc.constantFrom('dmy' as const, 'mdy' as const),
    decimal: fc.constantFrom('.' as const, ',' as const),
    chargesPositive: fc.boolean(),
    cachedTokens: fc.constantFrom('included' as const, 'separate' as const),
    placement: fc.constantFrom('start' as const, 'end' as const, 'spread' as const),
  },
  { requiredKeys: [] },
);

const piece = fc.record({ line, offset: fc.maxSafeNat(), deflated: fc.uint8Array({ maxLength: 400 }) });
const money = fc.dictionary(currency, decimalString);

/** Of one file, which the adjustments, the problems and the batch name too. */
export const source: fc.Arbitrary<StoredSource> = fc.tuple(text, orNull(tie)).chain(([file, proof]) => {
  const heads = { account: orNull(text), currency, opening: orNull(amount), closing: orNull(amount) };
  const statement = fc.record<Statement>({
    ...heads,
    lines: fc.array(statementLine, { maxLength: 5 }),
    balances: fc.array(statedBalance, { maxLength: 3 }),
    grants: fc.array(statedGrant, { maxLength: 3 }),
    tie: fc.constant(proof),
  });
  const report = fc.record<StoredSource['report']>({
    ...{ file: fc.constant(file), kind: fc.constantFrom('usage', 'statement', 'unknown'), sha256: text },
    ...{ size: fc.maxSafeNat(), format: text, why: text, encoding: orNull(text) },
    rows: fc.record({
      ...{ read: fc.nat(), stored: fc.nat(), duplicate: fc.nat(), rejected: fc.nat(), adjustments: fc.nat() },
      ...{ complimentary: fc.nat(), rounded: fc.nat(), superseded: fc.nat() },
    }),
    ...{ from: orNull(instant), to: orNull(instant), totals: money, repeated: money },
    tie: fc.constant(
      proof === null
        ? null
        : {
            ...proof,
            opening: formatAtoms(proof.opening),
            movements: formatAtoms(proof.movements),
            closing: formatAtoms(proof.closing),
          },
    ),
    repeatedFile: fc.constant(false),
    problems: fc.array(
      fc.record({
        ...{ file: fc.constant(file), line: orNull(line), column: orNull(line), field: orNull(text), message: text },
      }),
      { maxLength: 3 },
    ),
    problemCount: fc.nat(),
  });
  return fc.record<StoredSource>({
    ...{ report, textSha256: text, choices, fingerprint: orNull(text), importedAt: orNull(instant) },
    ...{ ofScenario: fc.boolean(), batch: batch(file), placement: orNull(fc.constantFrom('start', 'end', 'spread')) },
    adjustments: fc.array(
      fc.record({ at: instant, amount, id: orNull(text), source: fc.constant(file), line: orNull(line) }),
      { maxLength: 3 },
    ),
    grownIds: fc.array(text, { maxLength: 3 }),
    restated: fc.array(fc.record({ source: text, row: fc.nat() }), { maxLength: 3 }),
    statement: orNull(statement),
    text: orNull(fc.record({ pieces: fc.array(piece, { maxLength: 3 }) })),
  });
});

/** A source of nothing but what is given. */
export function sourceOf(file: string, given: Partial<StoredSource>): StoredSource {
  const none = {
    read: 0,
    stored: 0,
    duplicate: 0,
    rejected: 0,
    adjustments: 0,
    complimentary: 0,
    rounded: 0,
    superseded: 0,
  };
  return {
    report: {
      ...{
        file,
        kind: 'unknown',
        sha256: '',
        size: 0,
        format: '',
        why: '',
        encoding: null,
        rows: none,
        from: null,
        to: null,
      },
      ...{ totals: {}, repeated: {}, tie: null, repeatedFile: false, problems: [], problemCount: 0 },
    },
    ...{ textSha256: '', choices: {}, fingerprint: null, importedAt: null, ofScenario: false, batch: noRows(file) },
    ...{ adjustments: [], placement: null, grownIds: [], restated: [], statement: null, text: null },
    ...given,
  };
}

/** A workspace of sources alone: nothing happened in its run. */
export function workspaceOf(
  sources: readonly StoredSource[],
  priceList: string | null = null,
  kept: KeptWork = { variants: [], queries: [] },
): [Workspace, WorkspaceRun] {
  const nothing = { rows: 0, cost: 0n };
  return [
    { scenario: { name: 'a.yaml', text: 'drawdown: 1\n' }, sources, priceList, kept, log: EMPTY_LOG },
    {
      ...{ title: '', account: '', currency: 'USD', timezone: 'UTC', opened: 0, ended: 0, balance: 0n, debt: 0n },
      ...{ access: 'on', plan: '', tier: null, accepted: nothing, rejected: [], overrun: 0n, timeline: [], lots: [] },
      ...{ spans: [], journal: [], invoices: [] },
    },
  ];
}
