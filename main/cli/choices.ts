/** The options of `drawdown import` that answer what a file leaves open. */
import type { Question, ReadingChoices } from '../../shared/contract/importing.ts';
import { zoneOf } from '../../shared/domain/time.ts';
import { FORMATS } from '../../shared/import/recogniseFile.ts';
import { BadInput } from './badInput.ts';

export const CHOICE_OPTIONS = {
  format: { type: 'string' },
  zone: { type: 'string' },
  'date-order': { type: 'string' },
  decimal: { type: 'string' },
  currency: { type: 'string' },
  'stated-at': { type: 'string' },
  placement: { type: 'string' },
  'cached-tokens': { type: 'string' },
  'charges-positive': { type: 'boolean' },
  'flip-reversals': { type: 'boolean' },
  'swap-debit-credit': { type: 'boolean' },
} as const;

export const CHOICES_HELP = `  --format F            read the files as this format (${FORMATS.map(({ format }) => format).join(', ')})
  --zone Z              zone of times that state none, such as UTC or Europe/Berlin
  --date-order O        dmy or mdy, for dates such as 3/10/2026
  --decimal M           . or , for numbers such as 1,234
  --currency C          of files that name none
  --stated-at T         when a balance held that a file states without a time: 2026-10-02, or 2026-10-02T08:00:00Z
  --placement P         spread (default), start or end: where the usage of a day or an hour is taken to have happened
  --cached-tokens H     included in the input tokens, or separate
  --charges-positive    a statement's amounts are positive where the customer pays
  --flip-reversals      a statement's reversals carry the sign of what they reverse
  --swap-debit-credit   a statement's debit and credit columns change places`;

type Given = Readonly<Partial<Record<keyof typeof CHOICE_OPTIONS, string | boolean>>>;

/** @throws BadInput where a value is none of those that the option takes. */
export function choicesFrom(given: Given): ReadingChoices {
  const word = <W extends string>(option: keyof typeof CHOICE_OPTIONS, words: readonly W[]): W | undefined => {
    const value = given[option];
    if (value === undefined) return undefined;
    const known = words.find((candidate) => candidate === value);
    if (known === undefined)
      throw new BadInput([`drawdown import: --${option} ${String(value)} is none of ${words.join(', ')}`]);
    return known;
  };
  const { zone, currency, 'stated-at': statedAt } = given;
  if (typeof zone === 'string' && zoneOf(zone) === null)
    throw new BadInput([`drawdown import: --zone ${zone} is no IANA time zone; such as UTC or Europe/Berlin`]);
  const choices = {
    format: word('format', ['auto', ...FORMATS.map(({ format }) => format)]),
    zone: typeof zone === 'string' ? zone : undefined,
    dateOrder: word('date-order', ['dmy', 'mdy']),
    decimal: word('decimal', ['.', ',']),
    currency: typeof currency === 'string' ? currency.toUpperCase() : undefined,
    statedAt: typeof statedAt === 'string' ? statedAt : undefined,
    placement: word('placement', ['spread', 'start', 'end']),
    cachedTokens: word('cached-tokens', ['included', 'separate']),
    chargesPositive: given['charges-positive'] === true ? true : undefined,
    flipReversals: given['flip-reversals'] === true ? true : undefined,
    swapDebitCredit: given['swap-debit-credit'] === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

/** The option that answers a question, with its values. */
export function howToAnswer({ choice, options }: Question): string {
  const option = choice.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const values = options.map(({ value }) => value);
  // any day or instant will do; the file's own date is only one of them
  if (choice === 'statedAt') values.push('T, a day or an instant');
  return `Answer with --${option} ${values.join(' or ')}`;
}
