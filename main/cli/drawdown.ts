/**
 * The command line: the same engine on plain Node, for CI jobs and batch runs. Only results reach standard output; exit
 * status 0, 1 where an expectation does not hold, 2 where the input is bad.
 */
import { scenarioJsonSchema } from '../../shared/scenario/jsonSchema.ts';
import { BadInput } from './badInput.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { matchCommand } from './match.ts';
import { pricesCommand } from './prices.ts';
import { reconcileCommand } from './reconcile.ts';
import { runCommand } from './run.ts';
import { sqlCommand } from './sqlCommand.ts';
import { tieOutCommand } from './tieOut.ts';
import { verifyCommand } from './verify.ts';

const USAGE = `drawdown: replays prepaid-billing accounts

  drawdown run SCENARIO...   replays scenarios and prints a report or the result as JSON
  drawdown import FILE...    takes usage logs, cost exports and statements into a workspace
  drawdown explain CASE      explains a usage bill that a vendor states
  drawdown export            writes a run, or a reconciled month, for other programs
  drawdown prices            prints the price list in force, or where files' costs disagree with it
  drawdown reconcile         reconciles a month of a workspace with statements
  drawdown verify WORKSPACE  checks the log of a workspace, its sealed months and its results
  drawdown match CASE.json   matches a ledger with a statement: matches, breaks and the bridge, as JSON
  drawdown tie-out FILE.json ties a period's balance out, and three sides of a purchase
  drawdown sql WORKSPACE SQL runs a reading query on a workspace
  drawdown schema            prints the JSON Schema of scenario files, for editors

drawdown COMMAND --help tells the options of a command.`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return command === undefined ? 2 : 0;
  }
  if (command === 'run') return runCommand(rest);
  if (command === 'import') return importCommand(rest);
  if (command === 'explain') return explainCommand(rest);
  if (command === 'export') return exportCommand(rest);
  if (command === 'prices') return pricesCommand(rest);
  if (command === 'match') return matchCommand(rest);
  if (command === 'tie-out') return tieOutCommand(rest);
  if (command === 'reconcile') return reconcileCommand(rest);
  if (command === 'verify') return verifyCommand(rest);
  if (command === 'sql') return sqlCommand(rest);
  if (command === 'schema') {
    process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
    return 0;
  }
  throw new BadInput([
    `drawdown: there is no command ${JSON.stringify(command)}; commands: run, import, explain, export, prices, reconcile, verify, match, tie-out, sql, schema`,
  ]);
}

// the reader of a pipe may have seen enough: that is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(error.lines.map((line) => `${line}\n`).join(''));
  process.exitCode = 2;
}
