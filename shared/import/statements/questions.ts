/** What a file may leave open, as questions: asked once for a column, with a value as it stands there. */
import type { Question } from '../../contract/importing.ts';
import type { Source } from './source.ts';

export function dateOrderQuestion(column: string | null, example: string, mixed: boolean): Question {
  const open = mixed ? 'dates have both day and month first' : 'no date has a day beyond 12';
  return {
    choice: 'dateOrder',
    column,
    asks: `${open}; say whether day or month comes first`,
    example,
    options: [
      { value: 'dmy', label: 'Day first' },
      { value: 'mdy', label: 'Month first' },
    ],
  };
}

export function decimalQuestion(column: string | null, example: string): Question {
  return {
    choice: 'decimal',
    column,
    asks: `${JSON.stringify(example)} may be thousands or decimals, and nothing in the file tells; say which mark is the decimal mark`,
    example,
    options: [
      { value: '.', label: 'Point is the decimal mark' },
      { value: ',', label: 'Comma is the decimal mark' },
    ],
  };
}

/** Currencies that are offered first; any other can be written. */
const COMMON = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD'];

export function currencyQuestion(example: string | null): Question {
  return {
    choice: 'currency',
    column: null,
    asks: 'the file names no currency; say which one it is in',
    example,
    options: COMMON.map((code) => ({ value: code, label: code })),
  };
}

/** Three letters, as ISO 4217 has them. */
export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}

/** The currency that a statement states, else the user's; empty, and a question, where there is neither. */
export function statedCurrency(source: Source, stated: string | null, line: number | null): string {
  const code = stated?.trim().toUpperCase() ?? '';
  if (isCurrency(code)) return code;
  const chosen = source.options.currency?.toUpperCase() ?? '';
  if (isCurrency(chosen)) return chosen;
  if (!source.questions.some(({ choice }) => choice === 'currency')) source.ask(line, currencyQuestion(stated));
  return '';
}

/** `open` says why the direction is open. */
export function signQuestion(column: string | null, example: string, open: string): Question {
  return {
    choice: 'chargesPositive',
    column,
    asks: `${open}; say whether charges are positive`,
    example,
    options: [
      { value: 'true', label: 'Positive amounts are charges' },
      { value: 'false', label: 'Positive amounts come back' },
    ],
  };
}
