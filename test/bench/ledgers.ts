/** The same usage as journals of the plain-text accounting programs. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from './processes.ts';
import { loggedRows } from './usageFile.ts';

export interface Peer {
  readonly name: string;
  /** How many times faster the issue asks to be. */
  readonly goal: number;
  readonly installed: string;
  readonly command: Command;
}

export function peers(folder: string, rows: number): Peer[] {
  const ledger = path.join(folder, 'usage.ledger');
  const beancount = path.join(folder, 'usage.beancount');
  const ledgerText: string[] = ['2024-01-01 purchase\n    Credits  $10000000.00\n    Cash\n'];
  const beancountText: string[] = [
    '2023-01-01 open Assets:Credits\n2023-01-01 open Assets:Cash\n2023-01-01 open Expenses:Usage\n',
    '2024-01-01 * "purchase"\n  Assets:Credits  10000000.00 USD\n  Assets:Cash\n',
  ];
  for (const { at, model, cost } of loggedRows(rows)) {
    const day = at.slice(0, 10);
    ledgerText.push(`${day} ${model}\n    Usage  $${cost}\n    Credits\n`);
    beancountText.push(`${day} * "${model}"\n  Expenses:Usage  ${cost} USD\n  Assets:Credits\n`);
  }
  writeFileSync(ledger, ledgerText.join('\n'));
  writeFileSync(beancount, beancountText.join('\n'));
  return [
    { name: 'ledger', goal: 5, installed: 'ledger', command: { program: 'ledger', args: ['-f', ledger, 'balance'] } },
    {
      name: 'hledger',
      goal: 30,
      installed: 'hledger',
      command: { program: 'hledger', args: ['-f', ledger, 'balance'] },
    },
    {
      name: 'beancount',
      goal: 30,
      installed: 'bean-report',
      command: { program: 'bean-report', args: [beancount, 'balances'], env: { BEANCOUNT_DISABLE_LOAD_CACHE: '1' } },
    },
  ];
}
