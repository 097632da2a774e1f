/**
 * Mends of a statement that does not tie: another way of reading it is tried, and offered where the statement then ties.
 * None is applied by itself.
 */
import type { Mend, ReadingChoices } from '../../contract/importing.ts';
import { formatAtoms, minorDigitsOf, type Atoms } from '../../domain/money.ts';
import type { Tie } from '../../domain/statement.ts';
import type { StatementReading } from './reading.ts';

interface Trial {
  readonly choices: ReadingChoices;
  readonly label: string;
  /** What is wrong, and what the mend does, up to `the file ties`. */
  readonly says: string;
}

/** `reread` reads the same file with other choices. */
export async function mendsOf(
  reading: StatementReading,
  choices: ReadingChoices,
  reread: (choices: ReadingChoices) => Promise<StatementReading | null>,
): Promise<Mend[]> {
  if (reading.tie?.holds !== false) return [];
  const mends: Mend[] = [];
  for (const { label, says, ...trial } of trialsOf(reading, choices)) {
    const again = await reread({ ...choices, ...trial.choices });
    if (again?.tie?.holds !== true) continue;
    mends.push({
      choices: trial.choices,
      label,
      says: `${says}, the file ties: ${equation(again.tie, again.currency)}.`,
    });
  }
  return mends;
}

function trialsOf(reading: StatementReading, choices: ReadingChoices): Trial[] {
  const { columns, problems } = reading;
  const has = (...meanings: readonly string[]): boolean =>
    columns?.some(({ meaning }) => meaning !== null && meanings.includes(meaning)) === true;
  const trials: Trial[] = [];
  const reversals = reading.lines.filter(({ reversal }) => reversal);
  if (reversals.length > 0) {
    const says = reversalText(
      reversals.map(({ amount }) => amount),
      reading.currency,
    );
    trials.push({ choices: { flipReversals: choices.flipReversals !== true }, label: 'Flip reversals', says });
  }
  if (has('debit', 'credit', 'mark')) {
    trials.push({
      choices: { swapDebitCredit: choices.swapDebitCredit !== true },
      label: 'Swap debit and credit',
      says: 'Debits raise the balance. With debit and credit exchanged',
    });
    trials.push({
      choices: { chargesPositive: choices.chargesPositive !== true },
      label: 'Read balances as owed',
      says: 'Debits raise the balance, as on a card. With the balance as what is owed',
    });
  } else if (has('amount')) {
    const charges = choices.chargesPositive !== true;
    trials.push({
      choices: { chargesPositive: charges },
      label: charges ? 'Read positive amounts as charges' : 'Read negative amounts as charges',
      says: `Positive amounts are read as money ${charges ? 'that comes back. As charges' : 'that leaves. The other way round'}`,
    });
  }
  const wrongDates = problems.filter(({ field }) => field === 'date').length;
  if (columns !== null && wrongDates > 0) {
    for (const [order, what] of [
      ['dmy', 'the day'],
      ['mdy', 'the month'],
    ] as const) {
      const rows = wrongDates === 1 ? '1 row has no such date' : `${wrongDates} rows have no such date`;
      trials.push({
        choices: { dateOrder: order },
        label: `Read ${what} first`,
        says: `${rows} as it was read. With ${what} first`,
      });
    }
  }
  return trials;
}

/** `The reversal of 115.25 is booked as money out. As money in`. */
function reversalText(amounts: readonly Atoms[], currency: string): string {
  const sizes = amounts.map((amount) => figure(amount < 0n ? -amount : amount, currency));
  const what = sizes.length === 1 ? `The reversal of ${sizes[0] ?? ''} is` : `The reversals of ${listed(sizes)} are`;
  if (amounts.every((amount) => amount >= 0n)) return `${what} booked as money out. As money in`;
  if (amounts.every((amount) => amount <= 0n)) return `${what} booked as money in. As money out`;
  return `${what} booked with the sign of what they reverse. Turned round`;
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).join(', ');
  return texts.length > 3 ? `${shown} and ${texts.length - 3} more` : shown;
}

/** `12,403.87 − 370.76 = 12,033.11`. */
function equation({ opening, movements, closing }: Tie, currency: string): string {
  const size = movements < 0n ? -movements : movements;
  const sign = movements < 0n ? '−' : '+';
  return `${figure(opening, currency)} ${sign} ${figure(size, currency)} = ${figure(closing, currency)}`;
}

/** An amount with its currency's digits and grouped thousands. */
function figure(amount: Atoms, currency: string): string {
  const [whole = '', fraction = ''] = formatAtoms(amount < 0n ? -amount : amount).split('.');
  const digits = fraction.padEnd(minorDigitsOf(currency), '0');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${amount < 0n ? '−' : ''}${grouped}${digits === '' ? '' : `.${digits}`}`;
}
