/** Room for figures: one that is cut would be another figure. Pure. */

/** Of a figure of the text face in a table; separators are narrower. */
const CHAR_REM = 0.48;

/** Width in rem of a column of amounts with so many digits after the point, at least that of usual ones. */
export function figureRem(amounts: Iterable<string>, digits: number, least: number): number {
  let whole = 0;
  for (const amount of amounts) {
    const point = amount.indexOf('.');
    whole = Math.max(whole, point < 0 ? amount.length : point);
  }
  const separators = Math.max(0, Math.floor((whole - 1) / 3));
  const fraction = digits === 0 ? 0 : digits + 1;
  return Math.max(least, (whole + separators + fraction + 1) * CHAR_REM);
}
