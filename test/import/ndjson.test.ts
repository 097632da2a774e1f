import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonLineScanner, unescape } from '../../shared/import/jsonLine.ts';
import { LineSplitter } from '../../shared/import/lines.ts';
import { bytesOf, cost, counts, fixture, meterTotals, problems, read, rowsOf } from './helpers.ts';

describe('NDJSON', () => {
  it('reads keys that differ from line to line, escapes, exact numbers, and keeps nested values aside', async () => {
    const result = await read(fixture('events.ndjson'), {}, 'events.ndjson');
    expect(problems(result)).toEqual([]);
    expect(counts(result)).toBe('5/4/1/0/0');
    expect(result.report).toMatchObject({ format: 'ndjson', totals: { USD: '0.30000425' } });
    expect(rowsOf(result.batch)).toEqual([
      {
        at: '2026-01-01T00:00:00.000Z',
        sku: 'größe "x" 😀/y',
        cost: '0.1',
        meters: { input_tokens: '70', cached_input_tokens: '30', output_tokens: '5' },
        project: 'p1',
        key: null,
        id: 'a',
        line: 1,
      },
      { at: '2026-01-01T00:00:01.500Z', sku: 'm', cost: '0.2', meters: {}, project: '', key: null, id: 'b', line: 3 },
      {
        at: '2026-01-01T00:00:02.000Z',
        sku: 'm',
        cost: '0.00000425',
        meters: { input_tokens: '12' },
        project: 'p2',
        key: null,
        id: '',
        line: 4,
      },
      {
        at: '2026-01-01T00:00:03.000Z',
        sku: 'usage',
        cost: null,
        meters: { output_tokens: '9' },
        project: '',
        key: null,
        id: 'c',
        line: 6,
      },
    ]);
    expect(result.report.why).toContain('cached_tokens was read as a part of ');
  });

  it('locates lines that are no objects and values that cannot be read', async () => {
    const good = '{"ts":"2026-01-01T00:00:00Z","cost":1}';
    const lines = [
      good,
      '{"ts":"2026-01-01T00:00:00Z","cost":01}',
      '{"ts":"2026-01-01T00:00:00Z","cost":1',
      '{"ts":"2026-01-01T00:00:00Z" "cost":1}',
      '[1]',
      '{"ts":"2026-01-01T00:00:00Z","cost":1} x',
      '{"ts":"2026-01-01T00:00:00Z","cost":true}',
      '{"ts":"2026-01-01T00:00:00Z","cost":1,"cost":2}',
      '{"ts":"2026-01-01T00:00:00Z","cost":null}',
      '{"ts":{"a":1},"cost":1}',
      '{"ts":"2026-01-01T00:00:00Z","cost":1,"model":"\\q"}',
      '{"ts":"2026-01-01T00:00:00Z","cost":1,"meta":{"a":[1,2}',
      '{"ts":"2026-01-01T00:00:00Z","cost":-0.5}',
      'plain text',
    ];
    const result = await read(lines.join('\n'), {}, 'x.log');
    expect(counts(result)).toBe('14/1/0/12/1');
    expect(problems(result)).toEqual([
      '2:37 -: the line is no JSON object: expected a value: a string, a number, true, false, null, an object or an array',
      '3:38 -: the line is no JSON object: expected a comma or } after the value',
      '4:30 -: the line is no JSON object: expected a comma or } after the value',
      '5:1 -: the line is no JSON object: expected a JSON object, which starts with {',
      '6:40 -: the line is no JSON object: expected nothing more after the object',
      '7:37 cost: cost "true" cannot be read; expected a decimal number with a point, such as 0.0125',
      '8:46 -: the key "cost" stands twice in this object',
      '9:1 cost: the row has neither a cost nor token counts; one of them is needed',
      '10:1 time: the row has no time; write one such as 2026-01-31T23:59:59Z',
      '11:48 -: this string has a malformed escape',
      '12:46 -: the line is no JSON object: expected a closing bracket of this value',
      '14:1 -: the line is no JSON object: expected a JSON object, which starts with {',
    ]);
    expect(result.adjustments).toMatchObject([{ amount: 500_000_000_000n, line: 13 }]);
  });

  it('the same rows whatever the pieces, also where a line is longer than the window', async () => {
    const pad = 'é'.repeat(400_000);
    const text = [1, 2, 3]
      .map((n) => `{"ts":"2026-01-01T00:00:00Z","cost":0.${n},"id":"${n}","note":"${pad}"}`)
      .join('\r\n');
    const result = await read(text);
    expect([counts(result), cost(result)]).toEqual(['3/3/0/0/0', '0.6']);
  });

  it('lines end at LF, CRLF or CR, and are counted so', async () => {
    const object = (id: string): string => `{"id":"${id}","ts":"2026-01-01T00:00:00Z","cost":1}`;
    const broken = '{"id":7';
    const text = `${object('a')}\r${object('b')}\r\n\r\n${object('c')}\n\r${broken}\r\n${object('d')}\r`;
    const reading = await read(text);
    expect(rowsOf(reading.batch).map(({ line }) => line)).toEqual([1, 2, 4, 7]);
    expect(reading.report.problems.map(({ line }) => line)).toEqual([6]);
  });

  it('lines are the same whatever the pieces', () => {
    const lineEnd = fc.constantFrom('\r', '\n', '\r\n', 'a', ' ', 'bc');
    fc.assert(
      fc.property(fc.array(lineEnd, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (texts, length) => {
        const lines: [number, string][] = [];
        const splitter: LineSplitter = new LineSplitter({
          line: (_from, start, end, line) =>
            lines.push([line, new TextDecoder().decode(splitter.window.bytes.subarray(start, end))]),
          tooLong: () => undefined,
        });
        const bytes = bytesOf(texts.join(''));
        for (let at = 0; at < bytes.length; at += length) splitter.push(bytes.subarray(at, at + length));
        splitter.end();
        const expected = texts
          .join('')
          .split(/\r\n|\r|\n/)
          .map((line, index) => [index + 1, line.trim()] as const);
        expect(lines).toEqual(expected.filter(([, line]) => line !== ''));
      }),
    );
  });

  it('reads random objects as JSON.parse does', async () => {
    const name = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const line = fc.record({
      id: fc.uuid(),
      model: name.filter((text) => !/^[\u0000- ]|[\u0000- ]$/.test(text)),
      cost: fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => Number(value.toFixed(6))),
      input_tokens: fc.nat(),
      extra: fc.jsonValue(),
      '': fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), fc.boolean(), async (objects, escaped) => {
        const lines = objects.map((object) => {
          const text = JSON.stringify({ ts: '2026-01-01T00:00:00Z', ...object });
          return escaped
            ? text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
            : text;
        });
        const result = await read(lines.join('\n'), {}, 'x');
        expect(problems(result)).toEqual([]);
        expect(
          rowsOf(result.batch).map(({ id, sku, cost, meters }) => [id, sku, Number(cost), meters['input_tokens']]),
        ).toEqual(
          objects.map(({ id, model, cost, input_tokens }) => [id, model, Math.abs(cost), String(input_tokens)]),
        );
      }),
    );
  });

  it('the scanner takes what JSON.parse takes of flat objects, and nothing else', () => {
    const text = fc.oneof(
      fc
        .dictionary(
          fc.string(),
          fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
        )
        .map((o) => JSON.stringify(o)),
      fc.stringMatching(/^\{"a":[-+0-9.eE"tru,:} ]{0,8}\}$/),
    );
    fc.assert(
      fc.property(text, (line) => {
        let valid = true;
        try {
          JSON.parse(line);
        } catch {
          valid = false;
        }
        let escapes = true;
        const bytes = bytesOf(line);
        const scanner = new JsonLineScanner({
          key: () => undefined,
          value: (kind, start, end) => {
            if (kind === 'escaped') escapes &&= unescape(bytes.slice(), start, end) >= 0;
          },
        });
        expect(scanner.scan(bytes, 0, bytes.length) === null && escapes, line).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it('totals do not depend on how numbers are written', async () => {
    const result = await read('{"ts":1767225600,"input_tokens":"30.0","output_tokens":1e2,"cost":"2.5E-6"}\n');
    expect(meterTotals(result.batch)).toEqual({ input_tokens: '30', output_tokens: '100' });
    expect(cost(result)).toBe('0.0000025');
  });
});
