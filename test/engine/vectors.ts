/** Scenarios with exact results: a few that live here, and all that are given beside the checkout where it is present. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Vector {
  readonly name: string;
  /** The scenario file's text. */
  readonly text: string;
  readonly result: Readonly<Record<string, unknown>> & { readonly timeline: readonly { readonly type: string }[] };
}

const OWN = path.join(import.meta.dirname, 'vectors');
const GIVEN = path.join(import.meta.dirname, '../../../shared/vectors/ledger');

export const givenVectorsAbsent = existsSync(GIVEN)
  ? null
  : 'the given vectors (../shared/vectors/ledger) are not beside this checkout';

export const ownVectors: readonly Vector[] = vectorsIn(OWN);
export const givenVectors: readonly Vector[] = givenVectorsAbsent === null ? vectorsIn(GIVEN) : [];

function vectorsIn(folder: string): Vector[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { scenario, result } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
        scenario: unknown;
        result: Vector['result'];
      };
      return { name, text: JSON.stringify(scenario), result };
    });
}
