/** `drawdown explain`: what makes a simulated usage bill the one that a vendor states. */
import { explainBill, type BillExplanation } from '../../shared/reconcile/explain/bill/explain.ts';
import { readBillCases } from '../../shared/scenario/explainCase.ts';
import { oneName, readArguments, readCases } from './command.ts';

const HELP = `drawdown explain CASE

Explains a usage bill (JSON or YAML; - is standard input): a case has period, rates (nano-units of currency per token),
events, the policy that is simulated, and observed, what the vendor states in cents. It prints the explanations found, best
first, as one line of JSON: [{changes, residual, verdict, rivals, sentence}], residual in cents; of a file with a list of
cases, one such line a case.

A zero residual proves nothing by itself. Name other bills of the vendor under others, as {period, observed} or {day,
observed}: an explanation that closes them too, and that no rival matches, is proven.

  --help  this text

Exit status: 0; 2 the input is bad, and nothing is printed but what is wrong with it.`;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function explainCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('explain', { help: HELP, options: {} }, args);
  if (asked === null) return 0;
  const reading = await readCases(oneName('explain', 'file', asked.positionals), readBillCases);
  process.stdout.write(reading.cases.map((one) => `${jsonOf(explainBill(one))}\n`).join(''));
  return 0;
}

/** Residuals are at most the bill, which was read from a whole number that a double holds. */
function jsonOf(explanations: readonly BillExplanation[]): string {
  return JSON.stringify(explanations.map((each) => ({ ...each, residual: Number(each.residual) })));
}
