/** A new account as the text of a scenario: what the user chose, and nothing that has happened yet. */
export const PLANS = [
  { value: 'prepaid', label: 'Prepaid credits' },
  { value: 'monthly', label: 'Monthly billing' },
  { value: 'none', label: 'No plan yet' },
] as const;

export interface BlankAccount {
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly plan: string;
  /** A day, from which on things happen: `2026-01-01`. */
  readonly opened: string;
}

/** Texts are quoted as JSON, which YAML reads as it stands: a name cannot become anything but a name. */
export function blankScenario({ name, currency, timezone, plan, opened }: BlankAccount): string {
  const quoted = (text: string): string => JSON.stringify(text.trim());
  return [
    'drawdown: 1',
    `title: ${quoted(name)}`,
    'account:',
    `  currency: ${quoted(currency.toUpperCase())}`,
    `  timezone: ${quoted(timezone)}`,
    `  plan: ${quoted(plan)}`,
    `  opened: ${quoted(`${opened.trim()}T00:00:00Z`)}`,
    '',
  ].join('\n');
}
