/** Long work of the worker on an account of many rows: what is asked meanwhile is answered first, and a cancel keeps nothing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import {
  Cancelled,
  client,
  serve,
  type Client,
  type PendingCall,
  type Port,
  type Progress,
} from '../../shared/contract/rpc.ts';
import { csvFile, csvTable, type CsvRow } from '../../shared/session/csv.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { atOnce, inPieces, type Steps } from '../../shared/session/inPieces.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const DEMO = readFileSync(path.join(import.meta.dirname, '../../scenarios/quickstart.yaml'), 'utf8');

let engine: Client<EngineApi>;
let close: () => void;

beforeAll(async () => {
  const { port1, port2 } = new MessageChannel();
  // at each look at the clock it is time to let others in
  let time = 0;
  serve(port1 as unknown as Port, engineService(loadSql, { ...surroundings, now: () => (time += 60) }));
  engine = client<EngineApi>(port2 as unknown as Port);
  port1.start();
  port2.start();
  close = () => port1.close();
  await engine.openScenario({ name: 'quickstart.yaml', text: DEMO, files: [] }).result;
});

afterAll(() => {
  close();
});

/** What is answered first of long work and of questions that are asked once it is under way. */
async function order(start: (report: (progress: Progress) => void) => PendingCall<unknown>): Promise<string[]> {
  const answered: string[] = [];
  const asked: Promise<unknown>[] = [];
  const work = start(({ done, total }) => {
    expect(done).toBeLessThanOrEqual(total);
    if (asked.length > 0) return;
    const questions = [
      engine.journal({ filter: {}, offset: 0, limit: 10 }).result,
      engine.trace({ of: { kind: 'balance' } }).result,
      engine.usage({ offset: 80_000, limit: 10 }).result,
    ];
    asked.push(Promise.all(questions).then(() => answered.push('questions')));
  });
  await work.result.then(() => answered.push('work'));
  await Promise.all(asked);
  return answered;
}

test('a workspace that is written, for the copy of unsaved work too, lets questions in before it', async () => {
  expect(await order((report) => engine.saveWorkspace({}, report))).toEqual(['questions', 'work']);
});

test('a workspace that is opened lets them in, and a cancel leaves what was open', async () => {
  const bytes = await engine.saveWorkspace({}).result;
  expect(await order((report) => engine.openWorkspace({ name: 'a.drawdown', bytes }, report))).toEqual([
    'questions',
    'work',
  ]);
  const before = await engine.usage({ offset: 0, limit: 3 }).result;
  await expect(cancelled((report) => engine.openWorkspace({ name: 'a.drawdown', bytes }, report))).rejects.toThrow(
    Cancelled,
  );
  expect(await engine.usage({ offset: 0, limit: 3 }).result).toEqual(before);
  expect(await engine.openWorkspace({ name: 'a.drawdown', bytes }).result).toMatchObject({ ok: true });
});

test('a table as CSV lets them in, and stops when cancelled', async () => {
  await expect(cancelled((report) => engine.exportTable({ table: 'usage' }, report))).rejects.toThrow(Cancelled);
  expect(await order((report) => engine.exportTable({ table: 'usage' }, report))).toEqual(['questions', 'work']);
});

/** Cancelled at its first report. */
function cancelled(start: (report: (progress: Progress) => void) => PendingCall<unknown>): Promise<unknown> {
  const call = start(() => call.cancel());
  return call.result;
}

test('work that is given up gives back what it holds', async () => {
  const held = new Set<string>();
  const work = function* (): Steps<void> {
    held.add('a database');
    try {
      yield { what: 'rows', done: 0, total: 1 };
    } finally {
      held.clear();
    }
  };
  const given = {
    ...context,
    throwIfCancelled: () => {
      throw new Cancelled('cancelled');
    },
  };
  let time = 0;
  await expect(inPieces(work(), { ...surroundings, now: () => (time += 60) }, given)).rejects.toThrow(Cancelled);
  expect(held.size).toBe(0);
});

test('a CSV file in steps is the table, whatever its rows', () => {
  const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 1_200, size: 'max' });
  fc.assert(
    fc.property(rows, (made: readonly CsvRow[]) => {
      const file = atOnce(csvFile(['a', 'b'], made, made.length));
      expect(Buffer.from(file).equals(Buffer.from(csvTable(['a', 'b'], made)))).toBe(true);
    }),
    { numRuns: 20 },
  );
});
