/** `drawdown explain`: what it prints and the status it ends with. */
import { expect, test } from 'vitest';
import { BadInput } from '../../main/cli/badInput.ts';
import { explainCommand } from '../../main/cli/explain.ts';
import { useTerminal } from './terminal.ts';

const CASE = {
  period: '2026-10',
  rates: [{ effective: '2026-09-01T00:00:00Z', input: 2500, cached: 1250, output: 10000 }],
  events: [
    { id: 'a', at: '2026-10-10T12:00:00Z', input: 400_000, cached: 0, output: 0 },
    { id: 'b', at: '2026-10-12T12:00:00Z', input: 100_000, cached: 100_000, output: 1_000 },
    { id: 'b', at: '2026-10-12T12:00:00Z', input: 100_000, cached: 100_000, output: 1_000 },
  ],
  observed: 127,
};

const terminal = useTerminal();

test('prints one line of JSON a case, best first', async () => {
  const file = terminal.write('case.json', JSON.stringify(CASE));
  expect(await explainCommand([file])).toBe(0);
  expect(JSON.parse(terminal.out)).toEqual([
    {
      changes: { dedupe: 'none' },
      residual: 0,
      verdict: 'fits',
      rivals: 0,
      sentence:
        'If repeated request ids are billed each time, the bill is 1.27, as stated; 1 request (b) is billed again.',
    },
  ]);
  terminal.clear();
  const many = { cases: [CASE, { ...CASE, observed: 9_999 }] };
  expect(await explainCommand([terminal.write('many.json', JSON.stringify(many))])).toBe(0);
  expect(
    terminal.out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { changes: unknown }[])[0]?.changes),
  ).toEqual([{ dedupe: 'none' }, {}]);
});

test('bad input prints nothing but what is wrong and where', async () => {
  const file = terminal.write('case.json', JSON.stringify({ ...CASE, observed: 1.5 }));
  const failure = await explainCommand([file]).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BadInput);
  expect((failure as BadInput).lines).toEqual([
    expect.stringMatching(/case\.json:1:\d+: observed must be a whole number/),
  ]);
  await expect(explainCommand([])).rejects.toThrow(/name one file/);
  await expect(explainCommand([terminal.path('none.json')])).rejects.toThrow(/there is no such file/);
  expect(terminal.out).toBe('');
});
