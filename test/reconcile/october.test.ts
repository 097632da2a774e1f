/** The October of the samples, from the vendor's invoices and the card's file to the bridge. */
import { describe, expect, it } from 'vitest';
import type { StatementLine } from '../../shared/domain/statement.ts';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import type { MatchItem } from '../../shared/reconcile/match/types.ts';
import { minor, shared, sharedJson, statement } from '../import/statements/helpers.ts';
import { item, OCTOBER } from './items.ts';

interface Story {
  readonly matches: readonly (readonly [string, string, string, string])[];
  readonly breaks: readonly unknown[];
  readonly ignored: readonly unknown[];
  readonly bridge: Readonly<Record<string, number>>;
  readonly totals: Readonly<Record<string, number>>;
}

const expected = sharedJson('samples/expected.json') as { end_to_end_card_october: Story } | null;
const invoices = shared('samples/stripe_invoices.csv');
const card = shared('samples/bank.ofx');

function itemOf(line: StatementLine, id: string | null): MatchItem {
  const { date, amount, currency, reference, description, invoice } = line;
  return {
    ...item(id ?? '', 1, 0),
    ...{ date, amount: invoice?.amountDue ?? amount, currency, reference, description },
    source: null,
    importId: line.id,
    status: invoice?.status === 'void' ? 'void' : 'booked',
  };
}

describe('October', () => {
  if (expected === null || invoices === null || card === null) {
    it.skip('skipped: the samples are not beside this checkout', () => undefined);
    return;
  }
  const { end_to_end_card_october: story } = expected;

  it('seven matches, one recharge on its way, nothing unexplained', async () => {
    const ledger = (await statement(invoices)).lines.map((line) => itemOf(line, line.reference));
    const credit = item('HLCN2K7Q-0014-CN-01', 20, -25_000, { reference: 'HLCN2K7Q-0014-CN-01' });
    const lines = (await statement(card)).lines.map((line) => itemOf(line, line.id));
    const result = matchItems([...ledger, credit], lines, { ...OCTOBER, vendorPattern: 'halcyon' });
    expect(
      result.matches.map(({ ledger: [own], statement: [other], rule, status }) => [own, other, rule, status]),
    ).toEqual(story.matches);
    expect(
      result.breaks.map(({ side, id, category, amount, breakOn }) => ({
        ...{ side, id, category, amount: minor(amount, 'USD'), break_on: breakOn },
      })),
    ).toEqual(story.breaks);
    expect(result.ignored).toEqual(story.ignored);
    const [bridge, ...more] = result.bridges;
    expect(more).toEqual([]);
    expect(
      Object.fromEntries((bridge?.steps ?? []).map(({ category, amount }) => [category, minor(amount, 'USD')])),
    ).toEqual(story.bridge);
    const { ledger: own = 0n, statement: theirs = 0n, difference = 0n, residual = 0n } = bridge ?? {};
    const totals = { ledger: own, statement: theirs, difference, residual };
    expect(Object.fromEntries(Object.entries(totals).map(([name, amount]) => [name, minor(amount, 'USD')]))).toEqual(
      story.totals,
    );
  });
});
