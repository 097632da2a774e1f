/** What is said of a text: whether it runs, what holds, and what the run has instead. */
import type { ExpectationDifference, ScenarioCheck } from '../../../shared/contract/scenario.ts';
import { parseInstant, type Zone } from '../../../shared/domain/time.ts';
import { instantText, monthText, plural } from '../../ui/format.ts';

export interface Verdict {
  readonly tone: 'credit' | 'debt' | 'ink-2';
  readonly title: string;
  readonly detail: string;
}

/** `balance is 6`, `the run has no invoice 2030-01`. */
export function differenceText({ field, expected, actual }: ExpectationDifference): string {
  if (actual !== null) return `${field} is ${actual}`;
  return field === 'event' || field === 'invoice' ? `the run has no ${field} ${expected}` : `the run has no ${field}`;
}

/** `at 9 Mar 2026 00:00:00 UTC`, `invoice of March 2026`; fields and types of records as the file has them. */
export function expectationName(of: string, zone: Zone): string {
  const [kind = '', name = ''] = of.split(' ');
  const at = kind === 'at' ? parseInstant(name) : null;
  if (typeof at === 'number') return `at ${instantText(at, zone)}`;
  return kind === 'invoice' && /^\d{4}-\d\d$/.test(name) ? `invoice of ${monthText(name)}` : of;
}

/** Amounts with the minus that is as wide as a figure. */
export function signed(fields: string): string {
  return fields.replace(/(?<= )-(?=\d)/g, '−');
}

export function verdictOf(check: ScenarioCheck): Verdict {
  const { ok, problems, expectations } = check;
  if (!ok)
    return {
      tone: 'debt',
      title: `${plural(problems.length, 'problem')}, not run`,
      detail: 'The figures and every other place still show the last text that could be read.',
    };
  const failed = expectations.filter(({ held }) => !held).length;
  if (expectations.length === 0)
    return { tone: 'ink-2', title: 'Runs', detail: 'It expects nothing; add expect to have its result checked.' };
  if (failed === 0) {
    const title =
      expectations.length === 1 ? 'Runs, its expectation holds' : `Runs, all ${expectations.length} expectations hold`;
    return { tone: 'credit', title, detail: '' };
  }
  return {
    tone: 'debt',
    title: `Runs, ${failed} of ${plural(expectations.length, 'expectation')} ${failed === 1 ? 'fails' : 'fail'}`,
    detail: 'Beside each line stands what the run has instead.',
  };
}
