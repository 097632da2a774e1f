/** JSON with whole numbers of any size. */

const MARK = '\uE000';

/** JSON on one line; a bigint is a number with all its digits. */
export function jsonOf(value: unknown): string {
  // a text of its own with the mark has it twice, so no text can look like a number
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'bigint') return `${MARK}${each}`;
    return typeof each === 'string' ? each.replaceAll(MARK, `${MARK}${MARK}`) : each;
  });
  return text.replace(/"\uE000(-?\d+)"/g, '$1').replaceAll(`${MARK}${MARK}`, MARK);
}
