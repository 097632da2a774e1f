/** The formats of statements by name, for the user to choose among. */

export const STATEMENT_FORMATS = [
  { format: 'ofx', label: 'OFX or QFX' },
  { format: 'camt053', label: 'CAMT.053' },
  { format: 'mt940', label: 'MT940' },
  { format: 'bank-csv', label: 'Bank CSV' },
  { format: 'stripe-invoices', label: 'Stripe invoices CSV' },
  { format: 'stripe-payments', label: 'Stripe payments CSV' },
  { format: 'stripe-balance', label: 'Stripe balance change CSV' },
  { format: 'stripe-payouts', label: 'Stripe payouts CSV' },
  { format: 'stripe-invoice-json', label: 'Stripe invoice JSON' },
  { format: 'stripe-pdf', label: 'Stripe invoice or receipt PDF' },
  { format: 'focus', label: 'FOCUS billing' },
  { format: 'deepseek-balance', label: 'DeepSeek balance' },
  { format: 'openrouter-credits', label: 'OpenRouter credits' },
  { format: 'openai-credit-grants', label: 'OpenAI credit grants' },
  { format: 'balances-csv', label: 'Table of balances (CSV)' },
  { format: 'balances-json', label: 'Balances (JSON)' },
  { format: 'billing-history', label: 'Pasted billing history' },
] as const satisfies readonly { readonly format: string; readonly label: string }[];

export type StatementFormat = (typeof STATEMENT_FORMATS)[number]['format'];

export function isStatementFormat(format: string): format is StatementFormat {
  return STATEMENT_FORMATS.some((each) => each.format === format);
}
