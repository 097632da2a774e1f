/** Formats that are known and not read, by their beginning, and what to do instead. */
const NOT_READ: readonly (readonly [RegExp, string])[] = [
  [/^PK\x03\x04/, 'this is a ZIP or a spreadsheet; unpack it, or save the sheet as CSV'],
  [/<OFC>/i, 'this is OFC, which came before OFX and is not read; export OFX, CSV, CAMT.053 or MT940'],
  [
    /<(?:[\w.-]{1,40}:)?BkToCstmrAcctRpt[\s>]/,
    'this is CAMT.052, a report during the day; export the statement, CAMT.053',
  ],
  [
    /<(?:[\w.-]{1,40}:)?BkToCstmrDbtCdtNtfctn[\s>]/,
    'this is CAMT.054, details of batches; export the statement, CAMT.053',
  ],
];

/** What to do instead of reading the file; null where its format is not one of those. */
export function refusalOf(text: string): string | null {
  const head = text.slice(0, 1 << 16);
  return NOT_READ.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}
