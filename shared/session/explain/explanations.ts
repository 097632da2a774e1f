/** What a search has found, as the page shows it: a sentence, its evidence, what moves, and what else closes. */
import type { AlsoCloses, Explained, Explanation } from '../../contract/explain.ts';
import { formatAtoms } from '../../domain/money.ts';
import { formatInstant } from '../../domain/time.ts';
import { magnitude, residualOf } from '../../reconcile/explain/model.ts';
import type { Ranked } from '../../reconcile/explain/rank.ts';
import type { Search } from '../../reconcile/explain/search.ts';
import type { AccountModel } from './accountModel.ts';
import { Measured } from './measures.ts';
import { movedBetween, type Moved } from './moved.ts';

/** Explanations that are shown; of the first of them the rows that move. */
const SHOWN = 40;
const WITH_ROWS = 12;
/** While the search goes on. */
const WITH_ROWS_YET = 3;
const NONE_MOVED: Moved = { count: 0, rows: [] };

export function explained(model: AccountModel, search: Search, state: Pick<Explained, 'ms' | 'next'>): Explained {
  const [target] = model.totals;
  if (target === undefined) throw new Error('there is nothing to explain');
  const simulated = search.base[0] ?? 0n;
  return {
    label: target.label,
    simulated: formatAtoms(simulated),
    stated: formatAtoms(target.stated),
    difference: formatAtoms(target.stated - simulated),
    explanations: search
      .findings()
      .slice(0, SHOWN)
      .map((finding, index) =>
        explanationOf(model, search, finding, index < (search.done ? WITH_ROWS : WITH_ROWS_YET)),
      ),
    tried: { ...search.tried },
    ...state,
  };
}

function explanationOf(model: AccountModel, search: Search, finding: Ranked, withRows: boolean): Explanation {
  const { changes, figures, residual, verdict, rivals, percent } = finding;
  const target = model.totals[0]!;
  const isTell = changes.some(({ family }) => family === 'arithmetic');
  const id = JSON.stringify(changes.map(({ parameter, value }) => [parameter, value]));
  const moved = isTell || !withRows ? NONE_MOVED : movedBy(model, changes, id);
  const [before, after] = [search.base[0] ?? 0n, figures[0] ?? 0n];
  const also = alsoOf(model, search, finding);
  return {
    id,
    family: isTell ? 'arithmetic' : changes.some(({ family }) => family === 'policy') ? 'policy' : 'data',
    changes: Object.fromEntries(changes.map(({ parameter, value }) => [parameter, value])),
    residual: formatAtoms(residual),
    ...{ verdict, rivals, percent },
    sentence: isTell ? changes.map(({ clause }) => clause).join(' ') : sentenceOf(target.label, finding, after),
    detail: detailOf(moved, also, rivals),
    ...{ before: formatAtoms(before), after: formatAtoms(after), stated: formatAtoms(target.stated), also },
    ...{ movedCount: moved.count, moved: moved.rows },
    set: isTell ? null : model.setOf(changes),
  };
}

const known = new WeakMap<AccountModel, Map<string, Moved>>();

/** Worked out once: it takes a replay, and is asked for at each call until the search has ended. */
function movedBy(model: AccountModel, changes: Ranked['changes'], id: string): Moved {
  const kept = known.get(model) ?? new Map<string, Moved>();
  known.set(model, kept);
  let moved = kept.get(id);
  if (moved === undefined) {
    const after = model.replayed(changes);
    const before = new Measured(model.account.run, {});
    kept.set(id, (moved = after === null ? NONE_MOVED : movedBetween(before, after, model.measure)));
  }
  return moved;
}

function sentenceOf(label: string, { changes, residual, percent }: Ranked, after: bigint): string {
  const supposed = changes.map(({ clause }) => clause).join(' and ');
  const rest = residual > 0n ? 'less' : 'more';
  const result =
    residual === 0n
      ? 'as stated'
      : `${formatAtoms(magnitude(residual))} ${rest} than stated: ${percent} % of the difference`;
  return `If ${supposed}, ${label} is ${formatAtoms(after)}, ${result}.`;
}

/** Other totals whose agreement the change moves, those that it closes first. */
function alsoOf({ totals }: AccountModel, search: Search, { figures }: Ranked): AlsoCloses[] {
  const moved = totals.flatMap((total, index): AlsoCloses[] => {
    const before = residualOf(total, search.base[index]);
    const after = residualOf(total, figures[index]);
    if (index === 0 || before === null || after === null || before === after) return [];
    return [{ label: total.label, before: formatAtoms(before), after: formatAtoms(after), closes: after === 0n }];
  });
  return moved.sort((a, b) => Number(b.closes) - Number(a.closes));
}

function detailOf({ count, rows: [first] }: Moved, also: readonly AlsoCloses[], rivals: number): string {
  const sentences: string[] = [];
  if (first !== undefined) {
    const of = `${formatInstant(first.at).slice(0, 16).replace('T', ' ')} UTC ${first.label} ${first.amount}`;
    sentences.push(count === 1 ? `1 row moves: ${of}.` : `${count} rows move, first ${of}.`);
  }
  const closed = also.filter(({ closes }) => closes).map(({ label }) => label);
  const others = also.filter(({ closes, before }) => !closes && before === '0').map(({ label }) => label);
  if (closed.length > 0) sentences.push(`It also closes ${listed(closed)}.`);
  if (others.length > 0) sentences.push(`${capital(listed(others))} would no longer agree.`);
  if (rivals > 0) sentences.push(`${rivals} ${rivals === 1 ? 'other fits' : 'others fit'} as well.`);
  return sentences.join(' ');
}

function listed(labels: readonly string[]): string {
  const named = labels.slice(0, 3).join(', ');
  return labels.length > 3 ? `${named} and ${labels.length - 3} more` : named;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
