/** Long matching: told on the way, given up when asked to, and the same as at once. */
import { expect, test } from 'vitest';
import { Cancelled, type Progress } from '../../shared/contract/rpc.ts';
import { matchInPieces, matchItems } from '../../shared/reconcile/match/matchItems.ts';
import { item, OCTOBER } from './items.ts';

const ledger = Array.from({ length: 400 }, (_, index) => item(`L${index}`, 1 + (index % 27), 1000 + index));
const statement = ledger.map((_, index) => item(`S${index}`, 2 + (index % 27), 1000 + index));

/** A clock on which every look takes ten milliseconds. */
function slow(): () => number {
  let now = 0;
  return () => (now += 10);
}

test('tells how far it has come, and ends with the result of one piece', async () => {
  const told: Progress[] = [];
  const context = { progress: (progress: Progress) => void told.push(progress), throwIfCancelled: () => undefined };
  const result = await matchInPieces(ledger, statement, OCTOBER, {
    ...{ now: slow(), yieldToHost: () => Promise.resolve(), context },
  });
  expect(result).toEqual(matchItems(ledger, statement, OCTOBER));
  expect(told.length).toBeGreaterThan(10);
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((one, other) => one - other));
  expect(told.at(-1)).toMatchObject({ what: 'items', total: 800 });
});

test('gives up when the caller cancels', async () => {
  let yields = 0;
  const context = {
    progress: () => undefined,
    throwIfCancelled: () => {
      if (yields === 3) throw new Cancelled();
    },
  };
  const yieldToHost = (): Promise<void> => {
    yields += 1;
    return Promise.resolve();
  };
  await expect(matchInPieces(ledger, statement, OCTOBER, { now: slow(), yieldToHost, context })).rejects.toThrow(
    Cancelled,
  );
  expect(yields).toBe(3);
});
