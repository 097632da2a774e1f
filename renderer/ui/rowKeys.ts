/** Keys that move the selected row of a table or list of any length. */

/** The part of a keyboard event that is read. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The row that a key selects; null for other keys, and where there is no row. Where nothing is selected, `Home` and the keys
 * that go down begin at the first row, `End` and those that go up at the last.
 * @param page rows that one page key moves
 */
export function rowByKey(
  { key, ctrlKey, metaKey, altKey }: PressedKey,
  { at, total, page }: { readonly at: number | null; readonly total: number; readonly page: number },
): number | null {
  if (ctrlKey || metaKey || altKey || total === 0) return null;
  const moved = (step: number): number =>
    Math.min(total - 1, Math.max(0, at === null ? (step > 0 ? 0 : total - 1) : at + step));
  switch (key) {
    case 'ArrowDown':
      return moved(1);
    case 'ArrowUp':
      return moved(-1);
    case 'PageDown':
      return moved(page);
    case 'PageUp':
      return moved(-page);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
