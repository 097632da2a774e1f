/** An amount in another currency and its rate, where only a bank line's text says them: `USD 250,00 KURS 0,9278`. */
import {
  ATOMS_PER_UNIT,
  divideRounded,
  minorDigitsOf,
  parseAmount,
  roundToMinor,
  type Atoms,
} from '../../domain/money.ts';
import type { Money, StatementLine } from '../../domain/statement.ts';

const SAID =
  /(?<![\p{L}\d])(?<currency>[A-Z]{3}) ?(?<amount>\d[\d.,']*).{0,20}?(?<!\p{L})(?:kurs|wechselkurs|rate|exchange rate|taux|cambio|@)[ :=]{0,3}(?<rate>\d+[.,]\d{2,8})(?![\d.,]*\d)/iu;

/** Taken only where amount and rate, either way round, give the line's own amount to its minor unit. */
export function exchangeInText({ amount, currency, description }: StatementLine): Money | null {
  const said = SAID.exec(description)?.groups;
  if (said === undefined) return null;
  const other = (said['currency'] ?? '').toUpperCase();
  const stated = plain(said['amount'] ?? '');
  const rate = plain(said['rate'] ?? '');
  if (other === currency || stated === null || rate === null || rate <= 0n) return null;
  const paid = amount < 0n ? -amount : amount;
  const round = (exact: Atoms): Atoms => roundToMinor(exact, minorDigitsOf(currency), 'half_up');
  const ways = [
    round(divideRounded(stated * rate, ATOMS_PER_UNIT, 'half_up')),
    round(divideRounded(stated * ATOMS_PER_UNIT, rate, 'half_up')),
  ];
  return ways.includes(paid) ? { amount: amount < 0n ? -stated : stated, currency: other } : null;
}

/** The last mark is the decimal one, unless three digits and nothing else follow it. */
function plain(text: string): Atoms | null {
  const trimmed = text.replace(/[.,']+$/, '');
  const at = Math.max(trimmed.lastIndexOf('.'), trimmed.lastIndexOf(','));
  const isGroup =
    at >= 0 && trimmed.length - at === 4 && /^\d{1,3}(?:[.,']\d{3})+$/.test(trimmed) && !/^0/.test(trimmed);
  const digits = (part: string): string => part.replace(/[.,']/g, '');
  const amount = parseAmount(
    at < 0 || isGroup ? digits(trimmed) : `${digits(trimmed.slice(0, at))}.${trimmed.slice(at + 1)}`,
  );
  return typeof amount === 'bigint' ? amount : null;
}
