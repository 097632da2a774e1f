/** What was matched last of each bridge and month: an act changes few of them, the others are taken as they were. */
import { formatAtoms } from '../../domain/money.ts';
import type { MatchResult, MatchSettings } from '../../reconcile/match/types.ts';
import type { Item } from './item.ts';

interface Known {
  readonly items: readonly Item[];
  readonly settings: string;
  readonly result: MatchResult;
}

export class MatchMemory {
  readonly #known = new Map<string, Known>();

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
    const text = JSON.stringify(settings, (_, value: unknown) =>
      typeof value === 'bigint' ? formatAtoms(value) : value,
    );
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
