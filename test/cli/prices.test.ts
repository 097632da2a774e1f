/** `drawdown prices`: what it prints and the status it ends with. */
import { describe, expect, test } from 'vitest';
import { pricesCommand } from '../../main/cli/prices.ts';
import { readPriceList } from '../../shared/scenario/priceListFile.ts';
import { publishedPrices } from '../../shared/session/prices.ts';
import { useTerminal } from './terminal.ts';

const terminal = useTerminal();

const LOG = 'timestamp,id,model,input_tokens,cost\n2026-09-01T10:00:00Z,a,gpt-5-mini,1000000,0.25\n';

test('prints the list in force, which reads back to the same', async () => {
  expect(await pricesCommand([])).toBe(0);
  expect(readPriceList(terminal.out, 'out.yaml')).toEqual({ ok: true, list: publishedPrices() });
});

test('lays a list of one’s own over the published one', async () => {
  const own = terminal.write(
    'own.yaml',
    'name: Mine\nrates:\n  house: [{from: 2026-01-01T00:00:00Z, input_tokens: 2}]\n',
  );
  expect(await pricesCommand(['--list', own])).toBe(0);
  expect(terminal.out).toMatch(/^price_list: 1\nname: Mine\n/);
  expect(terminal.out).toContain('  house:\n');
  expect(terminal.out).toContain('  gpt-5-mini:\n');
});

describe('--check', () => {
  test('ends with 0 where every cost is its price', async () => {
    expect(await pricesCommand(['--check', terminal.write('equal.csv', LOG)])).toBe(0);
    expect(terminal.out).toContain('stated 0.25 USD, priced 0.25, difference 0 over 1 row\n');
  });

  test('ends with 1 where one differs, and says by how much, on which day and why it may be', async () => {
    const file = terminal.write('differs.csv', LOG.replace('0.25', '0.5'));
    expect(await pricesCommand(['--check', file])).toBe(1);
    expect(terminal.out).toMatch(
      /2026-09-01 gpt-5-mini: differs, stated 0\.5, priced 0\.25, difference 0\.25; .* twice/,
    );
    terminal.clear();
    expect(await pricesCommand(['--check', '--json', file, terminal.write('equal.csv', LOG)])).toBe(1);
    const [first, second] = terminal.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toMatchObject({ files: [file], verdicts: { differs: 1 }, difference: '0.25' });
    expect(second).toMatchObject({ verdicts: { differs: 0 }, lines: [] });
  });

  test('compares the usage of one file with the costs of another', async () => {
    const usage = terminal.write('usage.csv', LOG.replace(',cost', '').replace(',0.25', ''));
    const costs = terminal.write('costs.csv', 'timestamp,model,cost\n2026-09-01T00:00:00Z,gpt-5-mini,0.75\n');
    expect(await pricesCommand(['--check', usage, '--costs', costs])).toBe(1);
    expect(terminal.out).toContain('stated 0.75 USD, priced 0.25, difference 0.5 over 1 row, 2026-09-01 to 2026-09-01');
  });

  test.each([
    ['a file of noise', ['noise.bin', '\u0000\u0001nothing'], /noise\.bin/],
    ['a file without quantities', ['cost.csv', 'timestamp,model,cost\n2026-09-01T00:00:00Z,m,1\n'], /no quantities/],
    ['a file without costs', ['use.csv', 'timestamp,model,input_tokens\n2026-09-01T00:00:00Z,m,1\n'], /no costs/],
  ] as const)('refuses %s', async (_, [name, text], message) => {
    await expect(pricesCommand(['--check', terminal.write(name, text)])).rejects.toThrow(message);
    expect(terminal.out).toBe('');
  });

  test('refuses a list with a mistake by its line', async () => {
    const own = terminal.write('bad.yaml', 'rates:\n  house: [{from: yesterday, input_tokens: 2}]\n');
    await expect(pricesCommand(['--list', own])).rejects.toThrow(/bad\.yaml:2:\d+/);
  });
});
