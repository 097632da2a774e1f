/** Generated usage as a source like any file's. */
import { ATOMS_PER_UNIT, formatAtoms } from '../domain/money.ts';
import type { GeneratedUsage } from '../domain/scenario.ts';
import type { UsageBatch } from '../domain/usage.ts';
import { expectedRows, generateUsage } from '../scenario/generate.ts';
import type { StoredSource } from '../storage/source.ts';
import { NO_ROWS } from './reading.ts';

export function generatedSource(generate: GeneratedUsage, name: string, currency: string): StoredSource {
  const batch = generatedBatch(generate, name);
  const cost = batch.cost.whole.reduce(
    (sum, whole, row) => sum + BigInt(whole) * ATOMS_PER_UNIT + BigInt(batch.cost.pico![row]!),
    0n,
  );
  return {
    report: {
      file: name,
      sha256: '',
      format: 'generated',
      why: `made by the scenario's generator, seed ${generate.seed}`,
      kind: 'usage',
      size: 0,
      encoding: null,
      rows: { ...NO_ROWS, read: batch.count, stored: batch.count },
      from: batch.at[0] ?? null,
      to: batch.at[batch.count - 1] ?? null,
      totals: batch.count === 0 ? {} : { [currency]: formatAtoms(cost) },
      repeated: {},
      tie: null,
      repeatedFile: false,
      problems: [],
      problemCount: 0,
    },
    textSha256: '',
    choices: {},
    fingerprint: null,
    importedAt: null,
    ofScenario: true,
    batch,
    adjustments: [],
    placement: null,
    grownIds: [],
    restated: [],
    statement: null,
    text: null,
  };
}

function generatedBatch(generate: GeneratedUsage, source: string): UsageBatch {
  let room = Math.ceil(expectedRows(generate) * 1.05) + 1024;
  let columns = {
    at: new Float64Array(room),
    whole: new Float64Array(room),
    pico: new Float64Array(room),
    codes: new Uint32Array(room),
  };
  const names = new Map<string, number>();
  let count = 0;
  for (const { at, sku, cost } of generateUsage(generate)) {
    if (count === room) {
      room *= 2;
      columns = {
        at: grown(columns.at, room),
        whole: grown(columns.whole, room),
        pico: grown(columns.pico, room),
        codes: Uint32Array.from(grown(Float64Array.from(columns.codes), room)),
      };
    }
    let code = names.get(sku);
    if (code === undefined) names.set(sku, (code = names.size));
    columns.at[count] = at;
    columns.whole[count] = Number(cost / ATOMS_PER_UNIT);
    columns.pico[count] = Number(cost % ATOMS_PER_UNIT);
    columns.codes[count] = code;
    count++;
  }
  return {
    source,
    count,
    at: columns.at.slice(0, count),
    until: null,
    sku: { codes: columns.codes.slice(0, count), names: [...names.keys()] },
    cost: { whole: columns.whole.slice(0, count), pico: columns.pico.slice(0, count) },
    meters: new Map(),
    project: null,
    key: null,
    ids: null,
    line: null,
  };
}

function grown(column: Float64Array, room: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(room);
  larger.set(column);
  return larger;
}
