/** What was chosen about a file, in words. Pure. */
import type { ReadingChoices } from '../../../shared/contract/importing.ts';

export function choicesText(choices: ReadingChoices): string {
  const { columns = {}, zone, dateOrder, decimal, currency, chargesPositive, cachedTokens, placement } = choices;
  const parts = [
    ...Object.entries(columns).map(([meaning, header]) =>
      header === '' ? `no ${meaning}` : `${meaning} from ${header}`,
    ),
    zone === undefined ? '' : `times in ${zone}`,
    dateOrder === undefined ? '' : dateOrder === 'dmy' ? 'day before month' : 'month before day',
    decimal === undefined ? '' : decimal === ',' ? 'decimal comma' : 'decimal point',
    currency ?? '',
    chargesPositive === undefined ? '' : chargesPositive ? 'charges positive' : 'charges negative',
    cachedTokens === undefined
      ? ''
      : `cached tokens ${cachedTokens === 'included' ? 'within input' : 'apart from input'}`,
    placement === undefined
      ? ''
      : placement === 'spread'
        ? 'rows spread over their time'
        : `rows at their ${placement}`,
    choices.flipReversals === true ? 'reversals flipped' : '',
    choices.swapDebitCredit === true ? 'debit and credit swapped' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
