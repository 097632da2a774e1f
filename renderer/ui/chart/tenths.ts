/**
 * Places in a picture, to a tenth of a pixel, as whole numbers and as text. A path is made of thousands; the text of a
 * whole number is made several times as fast as that of a fraction. Pure.
 */

/** The nearest whole number of tenths. */
export function tenths(place: number): number {
  return Math.round(place * 10);
}

/** `12`, `12.5`, `-0.3`. */
export function tenthsText(count: number): string {
  const size = Math.abs(count);
  const rest = size % 10;
  const sign = count < 0 ? '-' : '';
  return rest === 0 ? `${sign}${size / 10}` : `${sign}${(size - rest) / 10}.${rest}`;
}

export function inTenths(place: number): string {
  return tenthsText(tenths(place));
}
