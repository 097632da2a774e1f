/** A usage log like a real one, the same for the same number of rows: 80 bytes a row. */
import { closeSync, openSync, writeSync } from 'node:fs';

const MODELS = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'o3', 'gpt-5', 'gpt-5-mini', 'gpt-5-nano'];
const ROWS_A_WRITE = 20_000;

export interface LoggedRow {
  readonly at: string;
  readonly model: string;
  readonly cost: string;
}

/** Rows in time order; a year has about a million. */
export function* loggedRows(count: number): Generator<LoggedRow & { readonly line: string }> {
  // a linear congruential generator of 31 bits: all it needs is to be even and the same everywhere
  let seed = 20_240_101;
  const draw = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let at = Date.UTC(2024, 0, 1);
  const step = Math.max(2, Math.floor(62_000 / Math.max(1, count / 1e6)));
  for (let row = 0; row < count; row++) {
    at += 1 + draw(step);
    const instant = new Date(at).toISOString();
    const model = MODELS[draw(MODELS.length)]!;
    const cost = `0.${String(draw(2_000_000)).padStart(8, '0')}`;
    const id = `req_${row.toString(16).padStart(8, '0')}`;
    const project = `proj-${String(draw(12)).padStart(2, '0')}`;
    const line = `${instant},${id},${project},${model},${draw(20_000)},${draw(3_000)},${draw(2_000)},${cost}\n`;
    yield { at: instant, model, cost, line };
  }
}

export function writeUsageFile(file: string, count: number): void {
  const handle = openSync(file, 'w');
  let text = 'timestamp,id,project,model,input_tokens,cached_input_tokens,output_tokens,cost\n';
  let rows = 0;
  for (const { line } of loggedRows(count)) {
    text += line;
    if (++rows % ROWS_A_WRITE === 0) {
      writeSync(handle, text);
      text = '';
    }
  }
  writeSync(handle, text);
  closeSync(handle);
}

/** The account that the log is replayed on: auto-recharge, delays, some ninety recharges. */
export const BENCH_SCENARIO = `drawdown: 1
title: bench
account: {opened: 2024-01-01T00:00:00Z}
policy:
  purchase: {posting_delay: PT2M}
  cutoff: {delay: PT10M}
  auto_recharge: {enabled: true, threshold: 20, amount: 110}
events:
  - {at: 2024-01-01T00:00:00Z, type: purchase, amount: 100}
`;
