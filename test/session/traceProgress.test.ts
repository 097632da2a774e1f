/** The first derivation of an account with thousands of recharges: it says how far it is, and can be given up. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Cancelled, type CallContext, type Progress } from '../../shared/contract/rpc.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { traceService } from '../../shared/session/traceService.ts';
import { context, surroundings as still } from '../surroundings.ts';

const SCENARIO = `drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
policy:
  auto_recharge: {enabled: true, threshold: 5, amount: 5}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10}
usage:
  - generate: {from: 2025-01-01T00:00:00Z, to: 2026-01-01T00:00:00Z, seed: 7, rate: 96/d, cost: 1, shape: flat, sku: chat}
until: 2026-01-01T00:00:00Z
`;

let account: Account;
let reports: Progress[];
/** Each look at the clock is 60 ms later than the last. */
let time: number;
const surroundings = { ...still, now: () => (time += 60) };

beforeEach(async () => {
  [reports, time] = [[], 0];
  const find = (): Promise<null> => Promise.resolve(null);
  const opened = await openScenario({ name: 'case.yaml', text: SCENARIO }, { find, more: [] }, still, context);
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  ({ account } = opened);
});

function asked(cancelledAfter: number): CallContext {
  return {
    progress: (report) => reports.push(report),
    throwIfCancelled: () => {
      if (reports.length >= cancelledAfter) throw new Cancelled('cancelled');
    },
  };
}

describe('the first derivation of an account', () => {
  test('reports the usage rows that it has gone through', async () => {
    const node = await traceService(() => account, surroundings).trace({ of: { kind: 'balance' } }, asked(Infinity));
    expect(node.amount).not.toBe('');
    expect(reports.length).toBeGreaterThan(3);
    const rows = account.run.input.log.at.length;
    expect(reports.every(({ done, total }) => done > 0 && done <= rows && total === rows)).toBe(true);
    expect(reports.map(({ done }) => done)).toEqual(reports.map(({ done }) => done).sort((a, b) => a - b));
  });

  test('is given up at once; asked for again it goes on from there, to the same answer', async () => {
    const service = traceService(() => account, surroundings);
    await expect(service.trace({ of: { kind: 'balance' } }, asked(2))).rejects.toThrow(Cancelled);
    expect(reports).toHaveLength(2);
    const again = await service.trace({ of: { kind: 'balance' } }, asked(Infinity));
    expect(reports[2]?.done).toBeGreaterThan(reports[1]?.done ?? Infinity);
    // an account of the same run, gone through in one go
    const other = { ...account };
    expect(again).toEqual(await traceService(() => other, still).trace({ of: { kind: 'balance' } }, context));
  });
});
