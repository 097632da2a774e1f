/** What a line may belong to, with the reasons: the matching's own suggestions, then lines of the same amount. Pure. */
import type { ReconGroup } from '../../../shared/contract/reconcile.ts';
import { daysFromCivil } from '../../../shared/domain/time.ts';
import { plural } from '../../ui/format.ts';
import type { OpenLine, OpenLines } from './openLines.ts';

export interface Suggestion {
  /** Lines of the other pane. */
  readonly lines: readonly OpenLine[];
  readonly reasons: readonly string[];
}

const MOST = 6;
const NEAR_DAYS = 31;

export function suggestionsFor(
  line: OpenLine | undefined,
  open: OpenLines,
  groups: ReadonlyMap<string, ReconGroup>,
): readonly Suggestion[] {
  if (line === undefined) return [];
  const others = line.pane === 'bank' ? open.other : open.bank;
  const found = new Map<string, Suggestion>();
  const add = (lines: readonly OpenLine[], reasons: readonly string[]): void => {
    const key = lines.map(({ id }) => id).join('\n');
    if (lines.length > 0 && !found.has(key)) found.set(key, { lines, reasons });
  };
  const group = groups.get(line.group);
  const evidence = group?.links
    .filter(({ between }) => between !== 'simulated_document')
    .flatMap((link) => [...link.evidence, ...(link.ambiguous ? ['ambiguous'] : [])]);
  add(
    others.filter((other) => other.group === line.group),
    evidence ?? [],
  );
  for (const ids of group?.candidates ?? [])
    add(
      others.filter(({ items }) => items.some(({ id }) => ids.includes(id))),
      ['would do as well'],
    );
  for (const { other, days } of sameAmount(line, others))
    add([other], ['same amount', days === 0 ? 'same day' : `${plural(days, 'day')} apart`]);
  return [...found.values()].slice(0, MOST);
}

function sameAmount(line: OpenLine, others: readonly OpenLine[]): { other: OpenLine; days: number }[] {
  const day = dayOf(line);
  return others
    .flatMap((other) => {
      const days = Math.abs(dayOf(other) - day);
      return line.amount !== null && other.amount === line.amount && days <= NEAR_DAYS ? [{ other, days }] : [];
    })
    .sort((a, b) => a.days - b.days);
}

function dayOf({ items }: OpenLine): number {
  const [year = 0, month = 0, day = 0] = (items[0]?.date ?? '').split('-').map(Number);
  return daysFromCivil(year, month, day) ?? 0;
}
