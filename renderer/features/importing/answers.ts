/** Questions and the choices that answer them; the options of a question are texts, the choices are not always. Pure. */
import type { Question, ReadingChoices } from '../../../shared/contract/importing.ts';

/** The choices of a file with something changed; the rest stays as it is. */
export type ChangeChoices = (choices: ReadingChoices) => ReadingChoices;

const YES_NO: readonly (keyof ReadingChoices)[] = ['chargesPositive', 'flipReversals', 'swapDebitCredit'];

/** The choices with a question answered. */
export function withAnswer(choices: ReadingChoices, question: Question, value: string): ReadingChoices {
  const { choice, column } = question;
  if (choice === 'columns') return column === null ? choices : withMeaning(choices, column, null, value);
  return { ...choices, [choice]: YES_NO.includes(choice) ? value === 'true' : value };
}

/** The answer that the choices hold, as an option's value; null while there is none. */
export function answerOf(choices: ReadingChoices, { choice, column }: Question): string | null {
  if (choice === 'columns')
    return Object.entries(choices.columns ?? {}).find(([, header]) => header === column)?.[0] ?? null;
  const value = choices[choice];
  return value === undefined ? null : String(value);
}

/** The choices with a column read as something else; '' as a meaning: kept, not read. `before` is what it was read as. */
export function withMeaning(
  choices: ReadingChoices,
  header: string,
  before: string | null,
  meaning: string,
): ReadingChoices {
  const columns: Record<string, string> = { ...choices.columns };
  for (const [known, of] of Object.entries(columns)) if (of === header) columns[known] = '';
  if (before !== null) columns[before] = '';
  if (meaning !== '') columns[meaning] = header;
  return { ...choices, columns };
}
