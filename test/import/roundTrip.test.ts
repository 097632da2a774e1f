/** Random tables, rendered with random quoting, delimiters and line ends, cut into random pieces, read back equal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAtoms } from '../../shared/domain/money.ts';
import { formatInstant } from '../../shared/domain/time.ts';
import type { Cells } from '../../shared/import/cells.ts';
import { CsvScanner } from '../../shared/import/csvScanner.ts';
import { bytesOf, cost, counts, problems, read, rowsOf } from './helpers.ts';

/** Scans `bytes` in pieces that end at `cuts`. */
function scan(
  bytes: Uint8Array,
  delimiter: string,
  cuts: readonly number[],
): { rows: string[][]; lines: number[]; broken: number[] } {
  const rows: string[][] = [];
  const lines: number[] = [];
  const broken: number[] = [];
  const decoder = new TextDecoder();
  const scanner = new CsvScanner(delimiter.charCodeAt(0), {
    record: (cells: Cells) => {
      const { starts, ends, count } = cells;
      rows.push(Array.from({ length: count }, (_, i) => decoder.decode(cells.bytes.subarray(starts[i], ends[i]))));
      lines.push(cells.line);
    },
    broken: (line) => broken.push(line),
  });
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const end = Math.min(bytes.length, cut);
    scanner.push(bytes.subarray(at, Math.max(at, end)));
    at = Math.max(at, end);
  }
  scanner.push(bytes.subarray(at));
  scanner.end();
  return { rows, lines, broken };
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'b', '1', ',', ';', '"', '\n', '\r', '\t', ' ', '|', 'é', '😀', '-'),
  maxLength: 12,
});

function render(value: string, delimiter: string, quote: boolean, alone: boolean): string {
  const needed = value.includes(delimiter) || /[\r\n]/.test(value) || value.startsWith('"') || (alone && value === '');
  return quote || needed ? `"${value.replaceAll('"', '""')}"` : value;
}

describe('CSV round trips', () => {
  it('the scanner gives back every cell, in any pieces, with its line', () => {
    const table = fc
      .integer({ min: 1, max: 70 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat(600)),
        (rows, delimiter, newline, quote, lastNewline, cuts) => {
          const lines = rows.map((row) =>
            row.map((value, i) => render(value, delimiter, quote !== (i % 3 === 0), row.length === 1)).join(delimiter),
          );
          const text = lines.join(newline) + (lastNewline ? newline : '');
          const result = scan(bytesOf(text), delimiter, cuts);
          expect(result.broken).toEqual([]);
          expect(result.rows).toEqual(rows);
          let line = 1;
          for (const [index, rendered] of lines.entries()) {
            expect(result.lines[index]).toBe(line);
            line += (rendered + newline).split(/\r\n|\r|\n/).length - 1;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('any text gives the same whatever the pieces, and never throws', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 20 }), (content, cuts) => {
        const bytes = bytesOf(content);
        expect(scan(bytes, ',', cuts)).toEqual(scan(bytes, ',', []));
      }),
      { numRuns: 3000 },
    );
  });

  it('records on the border of the scanner’s window are whole', () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `${i},"q ""${i}""",${'z'.repeat(i % 17)}`).join('\r\n');
    const { rows, lines } = scan(bytesOf(text), ',', []);
    expect(rows).toHaveLength(60_000);
    expect(rows.every(([a, b, c], i) => a === String(i) && b === `q "${i}"` && c === 'z'.repeat(i % 17))).toBe(true);
    expect(lines.every((line, i) => line === i + 1)).toBe(true);
  });

  const name = cell.map((text) => text.trim());
  const usage = fc.record({
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    id: fc.uuid(),
    model: name,
    project: name,
    input_tokens: fc.nat(),
    cached_input_tokens: fc.integer({ min: 1, max: 2 ** 40 }),
    output_tokens: fc.nat(),
    cost: fc.bigInt({ min: 0n, max: 9_007_199_254_740_991_999_999_999_999n }),
  });

  it('rows of usage come back with every value', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(usage, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        async (rows, delimiter, newline, quote) => {
          const table = [
            ['timestamp', 'id', 'project', 'model', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'cost'],
            ...rows.map((row) => [
              formatInstant(row.at),
              row.id,
              row.project,
              row.model,
              ...[row.input_tokens, row.cached_input_tokens, row.output_tokens].map(String),
              formatAtoms(row.cost),
            ]),
          ];
          const text = table
            .map((cells) => cells.map((value) => render(value, delimiter, quote, false)).join(delimiter))
            .join(newline);
          const result = await read(text);
          expect(problems(result)).toEqual([]);
          expect(counts(result)).toBe(`${rows.length}/${rows.length}/0/0/0`);
          expect(cost(result)).toBe(formatAtoms(rows.reduce((sum, { cost }) => sum + cost, 0n)));
          expect(rowsOf(result.batch)).toMatchObject(
            rows.map((row) => ({
              at: formatInstant(row.at),
              id: row.id,
              sku: row.model === '' ? 'usage' : row.model,
              cost: formatAtoms(row.cost),
              meters: {
                input_tokens: String(row.input_tokens),
                cached_input_tokens: String(row.cached_input_tokens),
                output_tokens: String(row.output_tokens),
              },
            })),
          );
          expect(rowsOf(result.batch).map(({ project }) => project ?? '')).toEqual(rows.map(({ project }) => project));
        },
      ),
      { numRuns: 300 },
    );
  });
});
