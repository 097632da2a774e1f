/** `drawdown tie-out`: whether a period's movements explain its balance, and how three sides of a purchase agree. */
import { threeWayState, tieOut, type PeriodFigures } from '../../shared/reconcile/tieOut.ts';
import { readTieCases, type TieCase } from '../../shared/scenario/tieCase.ts';
import { oneName, readArguments, readCases } from './command.ts';
import { jsonOf } from './exactJson.ts';

const HELP = `drawdown tie-out FILE.json

Ties a period's figures out and prints a line of JSON for each (- is standard input).

  {"roll_forward": [{"id": "october", "opening": 12000, "purchases": 250000, "usage": 137764, "refunds": 25000,
                     "stated_closing": 99236}],
   "three_way":    [{"ledger": 50000, "invoice": 50000, "bank": null}]}

Amounts are whole minor units. A period may also have promo, adjustments, expired, and cash_paid with tax and fee, which
gives the bridge from cash to credit.

  --help       this text

Exit status: 0; 1 a period does not tie; 2 the file cannot be read, and nothing is printed but what is wrong with it.`;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function tieOutCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('tie-out', { help: HELP, options: {} }, args);
  if (asked === null) return 0;
  const reading = await readCases(oneName('tie-out', 'file', asked.positionals), readTieCases);
  const lines = reading.cases.map(shown);
  process.stdout.write(lines.map((line) => `${jsonOf(line)}\n`).join(''));
  return lines.some(({ verdict }) => verdict === 'breaks') ? 1 : 0;
}

function shown(one: TieCase): Record<string, unknown> {
  return one.kind === 'three_way'
    ? { ...one.sides, state: threeWayState(one.sides) }
    : { id: one.id, ...tied(one.figures) };
}

function tied(figures: PeriodFigures): Record<string, unknown> {
  const tie = tieOut(figures);
  return {
    computed_closing: tie.computedClosing,
    stated_closing: tie.statedClosing,
    residual: tie.residual,
    verdict: tie.verdict,
    negative_carried: tie.negativeCarried,
    available_after_purchase: tie.availableAfterPurchase,
    breakage: tie.breakage,
    cash_funded_usage_if_promo_first: tie.cashFundedUsageIfPromoFirst,
    invoiced: tie.invoiced,
    ...(tie.cashBridge === null
      ? {}
      : {
          cash_bridge: {
            cash_paid: tie.cashBridge.cashPaid,
            tax: tie.cashBridge.tax,
            ...(tie.cashBridge.fee === 0n ? {} : { fee: tie.cashBridge.fee }),
            credited: tie.cashBridge.credited,
            residual: tie.cashBridge.residual,
          },
        }),
  };
}
