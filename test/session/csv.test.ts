import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { csvField, csvTable } from '../../shared/session/csv.ts';

const GIVEN = path.join(import.meta.dirname, '../../../shared/vectors/parsing.json');

describe('CSV fields', () => {
  test.each([
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['-250.00', '-250.00'],
    ['-cmd', "'-cmd"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
  ])('%s', (text, field) => {
    expect(csvField(text)).toBe(field);
  });

  const absent = existsSync(GIVEN)
    ? null
    : 'the given vectors (../shared/vectors/parsing.json) are not beside this checkout';
  if (absent !== null) test.skip(`skipped: ${absent}`, () => undefined);
  const given =
    absent === null
      ? (JSON.parse(readFileSync(GIVEN, 'utf8')) as { export_csv_fields: { in: string; out: string }[] })
          .export_csv_fields
      : [];
  test.each(given)('given: $in', ({ in: text, out }) => {
    expect(csvField(text)).toBe(out);
  });
});

test('a table has a header and ends every line with CRLF', () => {
  expect(
    csvTable(
      ['a', 'b'],
      [
        ['1', null],
        ['=x', 2],
      ],
    ),
  ).toBe("a,b\r\n1,\r\n'=x,2\r\n");
});
