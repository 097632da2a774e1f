/** Reads a bank's or a vendor's statement, whatever its format; what it is shows in its content, never in its name. */
import type { LocatedProblem } from '../../contract/engine.ts';
import { readBankCsv } from './bankCsv.ts';
import { isCamt053, readCamt053 } from './camt053.ts';
import type { Statement } from './line.ts';
import { isMt940, readMt940 } from './mt940.ts';
import { isOfx, readOfx } from './ofx.ts';
import { Source, type StatementOptions } from './source.ts';
import { readStripeCsv } from './stripeCsv.ts';
import { readStripeJson } from './stripeJson.ts';

/** The file gives no statement; what stands in the way. */
export interface NoStatement {
  readonly problems: readonly LocatedProblem[];
}

/** Formats that are known and not read, by their beginning, and what to do instead. */
const NOT_READ: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'this is a PDF; export the statement as CSV, OFX, CAMT.053 or MT940'],
  [/^PK\x03\x04/, 'this is a ZIP or a spreadsheet; unpack it, or save the sheet as CSV'],
  [/<OFC>/i, 'this is OFC, which came before OFX and is not read; export OFX, CSV, CAMT.053 or MT940'],
  [/<(?:[\w.-]+:)?BkToCstmrAcctRpt[\s>]/, 'this is CAMT.052, a report during the day; export the statement, CAMT.053'],
  [/<(?:[\w.-]+:)?BkToCstmrDbtCdtNtfctn[\s>]/, 'this is CAMT.054, details of batches; export the statement, CAMT.053'],
];

const UNKNOWN =
  'no format was recognised: not OFX, MT940, CAMT.053, a Stripe export, nor a CSV whose header names a date and an amount';

export function readStatement(
  name: string,
  bytes: Uint8Array,
  options: StatementOptions = {},
): Statement | NoStatement {
  const source = new Source(name, bytes, options);
  return read(source) ?? { problems: source.problems.listed };
}

function read(source: Source): Statement | null {
  const { text } = source;
  const head = text.slice(0, 1 << 16);
  const refused = NOT_READ.find(([pattern]) => pattern.test(head));
  if (refused !== undefined) {
    source.problem(null, null, refused[1]);
    return null;
  }
  if (isOfx(text)) return readOfx(source);
  if (isCamt053(text)) return readCamt053(source);
  if (isMt940(text)) return readMt940(source);
  const json = readStripeJson(source);
  if (json !== undefined) return json;
  const table = readStripeCsv(source) ?? readBankCsv(source);
  if (table === undefined) source.problem(null, null, text.trim() === '' ? 'the file is empty' : UNKNOWN);
  return table ?? null;
}
