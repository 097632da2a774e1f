/** Sums by currency as text: currencies are never added up, so a sum is a list. */
import { minorDigitsOf } from '../../shared/domain/money.ts';
import { amountText } from './amountText.ts';

export type Totals = Readonly<Record<string, string>>;

/** `12.34 USD, 5.00 EUR`: all digits that were given; empty where nothing was summed. */
export function totalsText(totals: Totals): string {
  return Object.entries(totals)
    .map(([currency, amount]) => totalText(currency, amount))
    .join(', ');
}

export function totalText(currency: string, amount: string): string {
  const figure = amountText(amount, { digits: minorDigitsOf(currency), exact: true });
  return currency === '' ? figure : `${figure} ${currency}`;
}
