/** A run in a few readable lines. */
import { formatAtoms } from '../../shared/domain/money.ts';
import { formatInstant } from '../../shared/domain/time.ts';
import { balanceOf } from '../../shared/engine/lots.ts';
import { visibleAccess } from '../../shared/engine/resultJson.ts';
import type { Account } from '../../shared/session/account.ts';

export function reportOf({ run, expectations }: Account): string {
  const { state, input } = run;
  const { currency } = input;
  const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const tier = state.tier === null ? '' : `, tier ${state.tier}`;
  const lines = [
    input.title,
    `  at ${formatInstant(state.now)}: balance ${formatAtoms(balanceOf(state.book))} ${currency}, debt ${formatAtoms(state.book.debt)}, access ${visibleAccess(run)}, plan ${state.plan}${tier}`,
    `  accepted ${plural(state.accepted.rows, 'usage row')} of ${formatAtoms(state.accepted.cost)} ${currency}, overrun ${formatAtoms(state.overrun)}`,
  ];
  for (const [reason, { rows, cost }] of state.rejected)
    lines.push(`  rejected ${plural(rows, 'usage row')} of ${formatAtoms(cost)} ${currency}: ${reason}`);
  for (const invoice of state.invoices.filter(({ amount_due }) => amount_due > 0n))
    lines.push(`  invoice ${invoice.period}: due ${formatAtoms(invoice.amount_due)} ${currency}`);
  const unmet = expectations.filter(({ holds }) => !holds);
  for (const { expected, actual } of unmet)
    lines.push(`  NOT AS EXPECTED: ${JSON.stringify(expected)}, the run has ${JSON.stringify(actual)}`);
  if (expectations.length > 0)
    lines.push(`  ${expectations.length - unmet.length} of ${plural(expectations.length, 'expectation')} hold`);
  return lines.join('\n');
}
