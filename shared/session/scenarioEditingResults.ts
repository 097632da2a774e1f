/** What a run has to say to the lines of its scenario: each expectation, held or not, field by field. */
import type { ExpectationDifference, ExpectationResult } from '../contract/scenario.ts';
import type { Expectation } from '../domain/scenario.ts';
import type { CheckedExpectation } from '../engine/expectations.ts';
import { formatPath } from '../scenario/problems.ts';
import type { ReadResult } from '../scenario/read.ts';

type Fields = CheckedExpectation['expected'];

/** @param checked in the order of the file, as the scenario has them */
export function expectationResults(
  read: ReadResult & { readonly ok: true },
  checked: readonly CheckedExpectation[],
): ExpectationResult[] {
  return checked.map(({ holds, expected, actual }, index) => {
    const expectation = read.scenario.expect[index];
    return {
      ...read.locate(['expect', index]),
      held: holds,
      of: expectation === undefined ? '' : subjectOf(expectation, expected),
      expected: flat(expected)
        .slice(1)
        .map(([field, value]) => `${field} ${value ?? 'null'}`)
        .join(', '),
      differences: holds ? [] : differences(expected, actual),
    };
  });
}

function subjectOf(expectation: Expectation, { at, from }: Fields): string {
  switch (expectation.kind) {
    case 'at':
      return `at ${typeof at === 'string' ? at : ''}`;
    case 'invoice':
      return `invoice ${expectation.period}${typeof from === 'string' ? ` from ${from}` : ''}`;
    case 'event':
      return `event ${expectation.event}`;
    case 'count':
      return `count ${expectation.count}`;
  }
}

function differences(expected: Fields, actual: Fields): ExpectationDifference[] {
  const has = new Map(flat(actual));
  return flat(expected).flatMap(([field, value]) => {
    const other = has.get(field) ?? null;
    // where a whole invoice or event is missing, its other fields say nothing more
    const isMissing = !has.has(field) && [...has.values()].every((one) => one === null);
    return other === value || isMissing ? [] : [{ field, expected: value ?? 'null', actual: other }];
  });
}

function flat(fields: Fields): [field: string, value: string | null][] {
  return Object.entries(fields).flatMap(([field, value]): [string, string | null][] => {
    if (value === null || typeof value !== 'object') return [[field, value === null ? null : String(value)]];
    return Object.entries(value).map(([name, inner]) => [formatPath([field, name]) ?? field, inner]);
  });
}
