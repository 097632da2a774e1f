/**
 * Documents and bank lines in time, for the chart's lane. Which bank lines are about the vendor is what reconciling says:
 * by aliases, by rules, and by what people ignored or took into account.
 */
import type { StatementItem } from '../contract/stated.ts';
import { formatAtoms } from '../domain/money.ts';
import type { LogRecord } from '../domain/reconLog.ts';
import type { StatementLine } from '../domain/statement.ts';
import type { Zone } from '../domain/time.ts';
import { folded } from '../reconcile/log/fold.ts';
import type { Account } from './account.ts';
import { atOnce } from './inPieces.ts';
import { bankSteps, isBankSource } from './reconcile/bankItems.ts';
import { documentSteps } from './reconcile/documentItems.ts';
import { isDocumentSource } from './reconcile/documentMentions.ts';
import { scopedSteps } from './reconcile/scope.ts';
import { settingsFrom } from './reconcile/settings.ts';
import { daySpan } from './statedBalances.ts';

interface Placed {
  readonly line: StatementLine;
  readonly file: string;
  readonly side: StatementItem['side'];
}

const known = new WeakMap<Account, { readonly log: readonly LogRecord[]; readonly items: readonly StatementItem[] }>();

/** @param log of the reconciliation */
export function statementItems(account: Account, log: readonly LogRecord[]): readonly StatementItem[] {
  const before = known.get(account);
  if (before?.log === log) return before.items;
  const items = workedOut(account, log);
  known.set(account, { log, items });
  return items;
}

function workedOut({ sources, run }: Account, log: readonly LogRecord[]): readonly StatementItem[] {
  const { zone, currency } = run.input;
  const decisions = folded(log);
  const documents = atOnce(documentSteps(sources, decisions, { zone, currency }));
  const bank = atOnce(bankSteps(sources, documents));
  const settings = settingsFrom(decisions.settings, { documents, bank });
  const ofVendor = new Set(
    atOnce(scopedSteps(bank, settings, decisions)).flatMap(({ item, ignored }) =>
      ignored === null ? item.sources.map(({ file, line }) => `${file}:${line}`) : [],
    ),
  );
  const placed = sources.flatMap((source): Placed[] => {
    const { file } = source.report;
    const lines = source.statement?.lines ?? [];
    if (isDocumentSource(source))
      return lines.flatMap((line): Placed[] =>
        line.charge?.category === 'Usage' ? [] : [{ line, file, side: 'document' }],
      );
    if (!isBankSource(source)) return [];
    return lines.flatMap((line): Placed[] =>
      ofVendor.has(`${file}:${line.line}`) ? [{ line, file, side: 'bank' }] : [],
    );
  });
  return placed
    .map((one) => itemOf(one, zone))
    .sort((a, b) => a.from - b.from)
    .map((item, index) => ({ ...item, index }));
}

function itemOf({ line, file, side }: Placed, zone: Zone): Omit<StatementItem, 'index'> & { readonly index: 0 } {
  const { charge, invoice, amount, currency, reference } = line;
  const [dayFrom, dayTo] = daySpan(line.date, zone);
  const [from, to] =
    charge !== null && charge.until !== null && charge.until > charge.from
      ? [charge.from, charge.until]
      : [dayFrom, dayTo];
  const status = invoice === null ? (charge?.category ?? '') : `Invoice, ${invoice.status}`;
  const words = side === 'bank' ? (line.party ?? line.description) : status === '' ? line.description : status;
  const what = words === '' ? (line.kind ?? 'Line') : words;
  return { index: 0, side, from, to, amount: formatAtoms(amount), currency, what, reference, file, line: line.line };
}
