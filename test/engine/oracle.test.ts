/** The engine against the plain event-by-event model of the same specification, on random scenarios. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creditScenarios, rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import { oracle, OracleInputError, type OracleResult, type RawScenario } from '../oracle/oracle.ts';
import { resultOfText } from './run.ts';

/** More on demand: `RUNS=20000 npx vitest run test/engine/oracle.test.ts`; `SEED` repeats a run. */
const numRuns = Number(process.env['RUNS'] ?? 100);
const seed = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };

/** What the model says; null for an input that it calls an error. */
function modelled(raw: RawScenario): OracleResult | null {
  try {
    return oracle(raw);
  } catch (error) {
    if (error instanceof OracleInputError) return null;
    throw error;
  }
}

test.each([
  ['any feature', scenarios()],
  ['much auto-recharge', rechargeScenarios()],
  ['credits in odd order', creditScenarios()],
] as const)(
  'equals the event-by-event model: %s',
  (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (raw) => {
        const expected = modelled(raw);
        fc.pre(expected !== null);
        expect(resultOfText(JSON.stringify(raw))).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns, ...seed },
    );
  },
  300_000,
);
