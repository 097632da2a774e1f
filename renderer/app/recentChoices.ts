/** What was chosen in the palette lately, the last first; remembered on this computer only. */
const KEY = 'drawdown.chosen';
const MOST = 12;

export function readChoices(storage: Pick<Storage, 'getItem'>): readonly string[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(list) ? list.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function writeChoices(ids: readonly string[], storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(KEY, JSON.stringify(ids));
}
