/** What came of each bridge and month last: an act changes few of them, the others are taken as they were. */
import { areSame } from './inOrder.ts';
import { KeptLeg } from './keptLeg.ts';
import type { LegInput, LegOutcome } from './leg.ts';
import type { HandMatch, MonthInput, MonthOutcome } from './month.ts';

interface KnownLeg {
  readonly kept: KeptLeg;
  readonly input: LegInput;
  /** What it rests on besides items and settings. */
  readonly text: string;
  readonly outcome: LegOutcome;
}

interface KnownMonth {
  readonly byHand: readonly HandMatch[];
  readonly outcome: MonthOutcome;
}

/** Bridges are kept as long as they have no more items than this in all. */
const MOST_ITEMS = 1_000_000;

export class MatchMemory {
  /** The one looked at last comes last. */
  readonly #legs = new Map<string, KnownLeg>();
  readonly #months = new Map<string, KnownMonth>();

  /** The very outcome of before, where items, settings and what people put together or apart of them are the same. */
  async legOf(input: LegInput, make: (kept: KeptLeg) => Promise<LegOutcome>): Promise<LegOutcome> {
    const place = `${input.month}/${input.leg}`;
    const known = this.#legs.get(place);
    const text = textOf(input);
    if (known !== undefined && known.text === text && isSameInput(known.input, input)) return known.outcome;
    this.#legs.delete(place);
    const kept = known?.kept ?? new KeptLeg();
    const outcome = await make(kept);
    this.#legs.set(place, { kept, input, text, outcome });
    let items = [...this.#legs.values()].reduce((count, leg) => count + leg.input.items.length, 0);
    for (const [oldest, leg] of this.#legs) {
      if (items <= MOST_ITEMS || oldest === place) break;
      this.#legs.delete(oldest);
      items -= leg.input.items.length;
    }
    return outcome;
  }

  /** The month as before, where nothing is another that it rests on; what is only said about it is as it is now. */
  async monthOf(
    input: MonthInput,
    byHand: readonly HandMatch[],
    make: (before: MonthOutcome | null) => Promise<MonthOutcome>,
  ): Promise<MonthOutcome> {
    const known = this.#months.get(input.month);
    if (known !== undefined && isSameByHand(known.byHand, byHand) && isSameMonth(known.outcome.input, input))
      return { ...known.outcome, input };
    const outcome = await make(known?.outcome ?? null);
    this.#months.set(input.month, { byHand, outcome });
    return outcome;
  }
}

function isSameInput(one: LegInput, other: LegInput): boolean {
  return (
    one.settings === other.settings &&
    one.currency === other.currency &&
    one.comparedBefore === other.comparedBefore &&
    one.items.length === other.items.length &&
    one.items.every(({ item, category }, place) => {
      const now = other.items[place];
      return item === now?.item && category === now.category;
    })
  );
}

/** What people put together or apart of the items of a bridge. */
function textOf({ items, byHand, apart }: LegInput): string {
  const said = new Set([...byHand.flatMap((group) => group.items), ...apart.flat()]);
  if (said.size === 0) return '';
  const ids = new Set<string>();
  for (const { item } of items) if (said.has(item.id)) ids.add(item.id);
  const isOf = (some: readonly string[]): boolean => some.some((id) => ids.has(id));
  return JSON.stringify([byHand.filter((group) => isOf(group.items)), apart.filter(isOf)]);
}

function isSameByHand(one: readonly HandMatch[], other: readonly HandMatch[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ items, reason, now }, place) => {
      const known = other[place];
      return areSame(items, known?.items ?? []) && reason === known?.reason && now === known.now;
    })
  );
}

function isSameMonth(one: MonthInput, other: MonthInput): boolean {
  return (
    one.settings === other.settings &&
    one.currency === other.currency &&
    areSame(one.comparedBefore, other.comparedBefore) &&
    areSame(Object.values(one.covered), Object.values(other.covered)) &&
    one.decisions.apart === other.decisions.apart &&
    one.decisions.accepted === other.decisions.accepted &&
    areSame(one.items, other.items) &&
    areSame(one.carried, other.carried)
  );
}
