/** What can become of a staged file, in one line: ready, what it waits for, or why it stays out. Pure. */
import type { FilePreview, ReadingChoices } from '../../../shared/contract/importing.ts';
import { countText } from '../../ui/amountText.ts';
import { plural } from '../../ui/format.ts';
import { isBalances, isInvoices } from '../../ui/fileKind.ts';
import { totalsText } from '../../ui/totals.ts';

export type FileStateKind =
  | 'ties'
  | 'ready'
  | 'repeats'
  | 'rejects'
  | 'asks'
  | 'off'
  | 'double'
  | 'columns'
  | 'unreadable'
  | 'nothing-new'
  | 'waits';

export interface FileState {
  readonly kind: FileStateKind;
  readonly tone: 'credit' | 'expiry' | 'debt' | 'ink-2';
  readonly text: string;
}

export function stateOf(preview: FilePreview): FileState {
  return blockedState(preview) ?? readyState(preview);
}

/** Why it cannot be taken as it is; null where it can. */
function blockedState(preview: FilePreview): FileState | null {
  const { report, columns, questions, doubleCount, unreadable, ready } = preview;
  const { rows, tie } = report;
  // A table whose columns are not known can be read once the user has said what they are.
  if (unreadable && columns !== null) return { kind: 'columns', tone: 'expiry', text: 'its columns are not known' };
  if (unreadable) return { kind: 'unreadable', tone: 'debt', text: 'cannot be read' };
  if (report.repeatedFile || (rows.read > 0 && rows.duplicate === rows.read))
    return { kind: 'nothing-new', tone: 'ink-2', text: nothingNewText(preview) };
  if (questions.length > 0)
    return { kind: 'asks', tone: 'expiry', text: `${plural(questions.length, 'question')} open` };
  if (doubleCount !== null) return { kind: 'double', tone: 'expiry', text: `counts the same as ${doubleCount.other}` };
  if (tie !== null && !tie.holds) {
    const where = tie.firstBreakLine === null ? 'does not tie' : `stops tying at line ${countText(tie.firstBreakLine)}`;
    return { kind: 'off', tone: 'debt', text: where };
  }
  if (!ready) {
    const text = report.problemCount > 0 ? plural(report.problemCount, 'problem') : 'holds nothing to import';
    return { kind: 'waits', tone: 'debt', text };
  }
  return null;
}

function nothingNewText({ report, repeats }: FilePreview): string {
  if (repeats === 'staged') return 'the same file is in this list, nothing to store';
  return report.repeatedFile ? 'imported before, nothing to store' : 'every row is there, nothing to store';
}

function readyState({ report, choices, lacksNextPage, unpriced }: FilePreview): FileState {
  const { rows, tie } = report;
  if (rows.read === 0) return { kind: 'ready', tone: 'credit', text: 'states that there is nothing' };
  if (rows.rejected > 0) return { kind: 'rejects', tone: 'expiry', text: `${plural(rows.rejected, 'row')} rejected` };
  if (rows.duplicate > 0) return { kind: 'repeats', tone: 'expiry', text: repeatsText(report) };
  if (choices.role === 'compare') return { kind: 'ready', tone: 'credit', text: 'only compared' };
  if (lacksNextPage) return { kind: 'ready', tone: 'expiry', text: 'its next page is not here' };
  if (unpriced.length > 0) return { kind: 'ready', tone: 'expiry', text: unpricedText(unpriced) };
  if (tie !== null) return { kind: 'ties', tone: 'credit', text: 'ties to the cent' };
  return { kind: 'ready', tone: 'credit', text: 'every row read' };
}

function unpricedText(unpriced: FilePreview['unpriced']): string {
  return `${plural(
    unpriced.reduce((sum, { rows }) => sum + rows, 0),
    'row',
  )} without a price`;
}

function repeatsText(report: FilePreview['report']): string {
  const { kind, rows, repeated } = report;
  const sums = totalsText(repeated);
  if (isBalances(report)) return `${plural(rows.duplicate, 'repeated balance')} left out`;
  const what = plural(rows.duplicate, kind === 'statement' ? 'repeated movement' : 'repeated id');
  return sums === '' ? `${what} left out` : `${what}, ${sums} left out`;
}

/** Whether Import takes it. A statement that does not tie only where the user says so. */
export function isTaken(preview: FilePreview, included: ReadonlySet<number>): boolean {
  const { kind } = stateOf(preview);
  if (kind === 'off') return included.has(preview.id);
  return ['ties', 'ready', 'repeats', 'rejects'].includes(kind);
}

/** What a row of the file is called. */
export function rowNoun(report: FilePreview['report']): string {
  if (report.kind === 'usage') return 'usage row';
  if (report.kind === 'unknown') return 'row';
  if (isBalances(report)) return 'row';
  return isInvoices(report) ? 'line' : 'movement';
}

/** `bank statement, 6 movements`, `8,170 usage rows`. */
export function countsText({ report }: FilePreview): string {
  const { rows, kind } = report;
  if (kind === 'unknown') return 'not recognised';
  if (kind === 'usage') return plural(rows.read, 'usage row');
  if (isInvoices(report)) return plural(rows.read, 'invoice line');
  if (isBalances(report)) return plural(rows.read, 'stated balance');
  return `bank statement, ${plural(rows.read, 'movement')}`;
}

const STAYS: Readonly<Partial<Record<FileStateKind, readonly [one: string, many: string]>>> = {
  off: ['does not tie', 'do not tie'],
  asks: ['waits for an answer', 'wait for answers'],
  double: ['would count twice', 'would count twice'],
  columns: ['waits for its columns', 'wait for their columns'],
  unreadable: ['cannot be read', 'cannot be read'],
  'nothing-new': ['brings nothing new', 'bring nothing new'],
  waits: ['has problems', 'have problems'],
};

/** What stays out and why: `1 file does not tie, 2 wait for answers`; empty where all are taken. */
export function staysOutText(staged: readonly FilePreview[], included: ReadonlySet<number>): string {
  const counts = new Map<FileStateKind, number>();
  for (const preview of staged) {
    if (isTaken(preview, included)) continue;
    const { kind } = stateOf(preview);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const parts = [...counts].map(([kind, count], index) => {
    const [one, many] = STAYS[kind] ?? ['stays out', 'stay out'];
    const subject = index === 0 ? plural(count, 'file') : countText(count);
    return `${subject} ${count === 1 ? one : many}`;
  });
  if (parts.length === 0) return '';
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return `${parts.join(', ')}: ${all === 1 ? 'stays out' : 'stay out'}`;
}

/** Whether the user has said anything about how files with this header are read; what a file is for is its own. */
export function hasChoices(choices: ReadingChoices): boolean {
  return Object.keys(choices).some((choice) => choice !== 'role');
}

/** Whether its choices are kept for the next file with its header: as the user says, else where there are any. */
export function isRemembered(preview: FilePreview, remember: ReadonlyMap<number, boolean>): boolean {
  if (preview.fingerprint === null) return false;
  return remember.get(preview.id) ?? hasChoices(preview.choices);
}

/** Of a statement, which has one; '' where no row says. */
export function currencyOf({ rows, report }: FilePreview): string {
  return rows[0]?.currency ?? Object.keys(report.totals)[0] ?? '';
}
