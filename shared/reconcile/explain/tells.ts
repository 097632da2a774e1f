/**
 * Arithmetic tells: what a difference looks like before anything is run. One item's amount, twice an item's, digits that
 * changed places, a tax or fee of a known base, a day of which nothing is loaded. Each is a hint that says what to check,
 * and proves nothing.
 */
import { divideRounded } from '../../domain/money.ts';
import { magnitude } from './model.ts';

export interface TellInput {
  /** Whole minor units, or finer; all of one unit. */
  readonly stated: bigint;
  readonly simulated: bigint;
  /** What the simulated figure is made of. */
  readonly items: readonly { readonly label: string; readonly amount: bigint }[];
  /** Rates that are common: of tax, of card fees; in millionths. */
  readonly rates: readonly { readonly label: string; readonly ppm: bigint }[];
  /** Other figures that could have been taken for the stated one: the subtotal, the amount without credits. */
  readonly fields?: TellInput['items'];
  /** What is stated of times of which nothing is simulated. */
  readonly gaps?: TellInput['items'];
  /** Rows of files that were left out because earlier ones have them. */
  readonly repeated?: TellInput['items'];
  /** How many units of the figures are a minor unit; 1 where they are minor units. */
  readonly unit?: bigint;
}

export interface Tell {
  readonly kind:
    'missing_item' | 'double_item' | 'wrong_sign' | 'digits_swapped' | 'rate' | 'wrong_field' | 'gap' | 'repeated_rows';
  /** The item, rate or field that it names; null of digits. */
  readonly of: string | null;
  /** Less is likelier. */
  readonly prior: number;
  readonly sentence: string;
}

const PPM = 1_000_000n;

/** All tells of a difference, likeliest first. */
export function arithmeticTells(input: TellInput): Tell[] {
  const { stated, simulated, items, rates, fields = [], gaps = [], repeated = [], unit = 1n } = input;
  const difference = stated - simulated;
  if (difference === 0n) return [];
  const tells: Tell[] = [];
  const tell = (kind: Tell['kind'], of: string | null, prior: number, sentence: string): void => {
    tells.push({ kind, of, prior, sentence });
  };
  const rounded = divideRounded(difference, unit, 'half_up');
  const isRounded = (amount: bigint): boolean => rounded !== 0n && divideRounded(amount, unit, 'half_up') === rounded;
  for (const { label, amount } of fields)
    if (amount === stated) tell('wrong_field', label, 2, `What is stated equals the ${label}.`);
  for (const { label, amount } of gaps)
    if (isRounded(amount))
      tell('gap', label, 2, `Nothing is loaded for ${label}; the difference equals what is stated for it.`);
  for (const { label, amount } of repeated)
    if (isRounded(amount))
      tell('repeated_rows', label, 2, `The difference equals the rows of ${label} that were left out as repeated.`);
  for (const { label, ppm } of rates)
    if (divideRounded(simulated * ppm, PPM * unit, 'half_up') * unit === difference)
      tell('rate', label, 2, `The difference equals ${label} of what is simulated.`);
  for (const { label, amount } of items) {
    if (amount === 0n) continue;
    if (amount === -difference)
      tell('missing_item', label, 3, `The difference equals ${label}: check whether the statement leaves it out.`);
    if (amount === difference)
      tell('double_item', label, 3, `The difference equals ${label}: check whether it is booked or stated twice.`);
    if (amount * 2n === -difference)
      tell('wrong_sign', label, 3, `The difference is twice ${label}: check whether its sign is the other.`);
  }
  if (swapped(stated / unit, simulated / unit) && stated % unit === 0n && simulated % unit === 0n)
    tell('digits_swapped', null, 3, 'Two neighbouring digits of the figure changed places: check how it was written.');
  return tells.sort((a, b) => a.prior - b.prior);
}

/** Whether two figures differ by one exchange of neighbouring digits; then their difference is divisible by nine. */
function swapped(a: bigint, b: bigint): boolean {
  if ((a - b) % 9n !== 0n || a < 0n !== b < 0n) return false;
  const [left, right] = [magnitude(a).toString(), magnitude(b).toString()];
  if (left.length !== right.length) return false;
  const places = Array.from(left, (digit, place) => (digit === right[place] ? -1 : place)).filter(
    (place) => place >= 0,
  );
  const [first, second] = places;
  if (first === undefined || second === undefined || places.length !== 2 || second !== first + 1) return false;
  return left[first] === right[second] && left[second] === right[first];
}
