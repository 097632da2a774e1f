/** What came of each bridge and month last: an act changes few of them, the others are taken as they were. */
import { formatAtoms } from '../../domain/money.ts';
import type { MatchResult, MatchSettings } from '../../reconcile/match/types.ts';
import type { Item } from './item.ts';
import type { LegInput, LegOutcome } from './leg.ts';
import type { Scoped } from './scope.ts';

interface Known {
  readonly items: readonly Item[];
  readonly settings: string;
  readonly result: MatchResult;
}

interface KnownLeg {
  readonly items: readonly Scoped[];
  readonly ids: ReadonlySet<string>;
  /** All else that it rests on. */
  readonly text: string;
  readonly outcome: LegOutcome;
}

export class MatchMemory {
  readonly #known = new Map<string, Known>();
  readonly #legs = new Map<string, KnownLeg>();

  /** The very outcome of before, where items, settings and what people put together or apart of them are the same. */
  async legOf(input: LegInput, make: () => Promise<LegOutcome>): Promise<LegOutcome> {
    const { items, month, leg } = input;
    const place = `${month}/${leg}`;
    const known = this.#legs.get(place);
    const isSame =
      known?.items.length === items.length &&
      known.items.every(
        ({ item, category }, index) => item === items[index]?.item && category === items[index].category,
      );
    if (known !== undefined && isSame && known.text === textOf(input, known.ids)) return known.outcome;
    const outcome = await make();
    const ids = new Set(items.map(({ item }) => item.id));
    this.#legs.set(place, { items, ids, text: textOf(input, ids), outcome });
    return outcome;
  }

  /**
   * The result for the very same items in their order and equal settings, or a new one.
   * @param place what is matched: its month, bridge and part
   */
  async resultOf(
    place: string,
    items: readonly Item[],
    settings: MatchSettings,
    make: () => Promise<MatchResult>,
  ): Promise<MatchResult> {
    const text = exactText(settings);
    const known = this.#known.get(place);
    const isSame =
      known?.settings === text &&
      known.items.length === items.length &&
      known.items.every((item, index) => item === items[index]);
    if (isSame) return known.result;
    const result = await make();
    this.#known.set(place, { items, settings: text, result });
    return result;
  }
}

function textOf({ currency, settings, byHand, apart }: LegInput, ids: ReadonlySet<string>): string {
  const isOf = (items: readonly string[]): boolean => items.some((id) => ids.has(id));
  return exactText([currency, settings, byHand.filter(({ items }) => isOf(items)), apart.filter(isOf)]);
}

function exactText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? formatAtoms(one) : one));
}
