// The oracle against the specification's own cases: scenarios with exact results.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OracleResult, RawScenario } from './oracle.ts';
import { oracle } from './oracle.ts';

const FOLDER = new URL('../../../shared/vectors/ledger/', import.meta.url);

interface Vector {
  scenario: RawScenario;
  result: OracleResult;
}

function readVectors(): { name: string; vector: Vector }[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, vector: JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Vector }));
}

const isUsageRow = (type: string): boolean => type === 'usage' || type === 'usage_rejected';

/** A case of very many requests is given without their rows, as a run without --usage-rows prints it. */
function leavesOutUsageRows(result: OracleResult): boolean {
  return result.usage.accepted.count > 0 && !result.timeline.some(({ type }) => isUsageRow(type));
}

describe('oracle: ledger vectors', () => {
  if (!existsSync(FOLDER)) {
    console.warn('oracle: the vectors are skipped: there is no ../shared/vectors/ledger beside the repository');
    test.skip('../shared/vectors/ledger is absent', () => undefined);
    return;
  }
  test.each(readVectors())('$name', ({ vector }) => {
    const result = oracle(vector.scenario);
    if (leavesOutUsageRows(vector.result)) result.timeline = result.timeline.filter(({ type }) => !isUsageRow(type));
    expect(result).toEqual(vector.result);
  });
});
