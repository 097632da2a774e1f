/** What a person asks for, checked and written out as an entry of the log says it; or why it cannot be done. */
import type { ReconAct, ReconciledMonth, ReconGroup } from '../../contract/reconcile.ts';
import { formatAtoms, parseAmount } from '../../domain/money.ts';
import type { LoggedAct } from '../../reconcile/log/acts.ts';
import { OPEN_PERIOD, stepsOf } from '../../reconcile/log/fold.ts';
import { accountUnder, adoptedIn, valuesOf } from './adopted.ts';
import type { Basis } from './basis.ts';
import type { Item } from './item.ts';
import { settingsProblem } from './settingsProblem.ts';
import { monthInWords } from './words.ts';

export type Compiled = LoggedAct | { readonly refused: string };

export interface CompileContext {
  readonly basis: Basis;
  readonly shown: ReconciledMonth;
  readonly groupOf: (id: string) => ReconGroup | null;
  /** Items that a person can act on in this month: its own, and those that are carried into it. */
  readonly itemOf: (id: string) => Item | null;
  /** Hash of what is shown. */
  readonly result: () => string;
  readonly sealed: () => Extract<LoggedAct, { readonly kind: 'seal' }>;
}

const refused = (words: string): Compiled => ({ refused: words });

export function compiled(act: ReconAct, context: CompileContext): Compiled {
  const { basis, shown } = context;
  const { period } = shown.period;
  const { state } = basis.decisions.periods.get(period) ?? OPEN_PERIOD;
  if (state === 'sealed' && act.kind !== 'reopen')
    return refused(`${monthInWords(period)} is sealed. Reopen it first, and say why`);
  switch (act.kind) {
    case 'match':
      return matchOf(act, context);
    case 'unmatch': {
      const group = context.groupOf(act.group);
      const items = group === null ? [] : itemsIn(group);
      return items.length < 2 ? refused('these are not matched') : { kind: 'unmatch', items };
    }
    case 'accept': {
      const groups = act.groups.map((id) => {
        const group = context.groupOf(id);
        return group === null ? [] : itemsIn(group);
      });
      if (groups.length === 0 || groups.some((items) => items.length === 0))
        return refused('one of these groups is no longer there; look at the month again');
      return { kind: 'accept', groups, ...reasonOf(act.reason) };
    }
    case 'split':
      return splitOf(act, context);
    case 'ignore': {
      if (act.reason.trim() === '') return refused('say why these are ignored');
      return unknownItem(act.items, context) ?? { ...act, reason: act.reason.trim() };
    }
    case 'heed':
      return unknownItem(act.items, context) ?? act;
    case 'note':
      return act.text.trim() === '' ? refused('the note is empty') : { ...act, text: act.text.trim() };
    case 'own':
      return { ...act, owner: act.owner === null || act.owner.trim() === '' ? null : act.owner.trim() };
    case 'settings':
      return settingsOf(act);
    case 'document':
      return documentOf(act);
    case 'adopt':
      return adoptionOf(act, basis, period);
    case 'take_back':
    case 'take_up': {
      const { undo, redo } = stepsOf(basis.log, period);
      const entry = act.kind === 'take_back' ? undo : redo;
      if (entry === null)
        return refused(`there is nothing to ${act.kind === 'take_back' ? 'take back' : 'take up again'}`);
      return { kind: act.kind, of: entry.seq };
    }
    case 'prepare':
    case 'review':
    case 'seal':
    case 'reopen':
      return courseOf(act, context, state);
  }
}

function courseOf(
  act: Extract<ReconAct, { readonly kind: 'prepare' | 'review' | 'seal' | 'reopen' }>,
  { shown, result, sealed }: CompileContext,
  state: string,
): Compiled {
  const month = monthInWords(shown.period.period);
  const residual = shown.bridge.steps.find(({ category, amount }) => category === 'unexplained' && amount !== '0');
  if (act.kind === 'reopen') {
    if (state === 'open') return refused(`${month} is open`);
    return act.reason.trim() === '' ? refused(`say why ${month} is reopened`) : { ...act, reason: act.reason.trim() };
  }
  if (shown.period.toDecide > 0) {
    const { toDecide } = shown.period;
    return refused(`${toDecide === 1 ? '1 group is' : `${toDecide} groups are`} to be decided first`);
  }
  if (residual !== undefined) return refused(`${residual.amount} of the bridge is unexplained`);
  const due = { prepare: 'open', review: 'prepared', seal: 'reviewed' }[act.kind];
  if (state !== due) return refused(`${month} is ${state}; it must be ${due} first`);
  return act.kind === 'seal' ? sealed() : { kind: act.kind, result: result() };
}

function adoptionOf(act: Extract<ReconAct, { readonly kind: 'adopt' }>, basis: Basis, period: string): Compiled {
  if (Object.keys(act.set).length === 0) return refused('this explanation changes no value that can be adopted');
  const set = valuesOf([...adoptedIn(basis.decisions, period), act]);
  const { problem } = accountUnder(basis.account, set);
  return problem === null ? act : refused(`these values cannot be adopted: ${problem}`);
}

function itemsIn({ cells }: ReconGroup): string[] {
  return Object.values(cells).flatMap((items) => items.map((item) => item.id));
}

function reasonOf(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() };
}

function unknownItem(items: readonly string[], { itemOf }: CompileContext): Compiled | null {
  if (items.length === 0) return refused('choose something first');
  return items.every((id) => itemOf(id) !== null)
    ? null
    : refused('one of these items belongs to no open month; look at the month again');
}

function matchOf(act: Extract<ReconAct, { readonly kind: 'match' }>, context: CompileContext): Compiled {
  const unknown = unknownItem(act.items, context);
  if (unknown !== null) return unknown;
  const items = [...new Set(act.items)];
  const sides = new Set(items.flatMap((id) => context.itemOf(id)?.side ?? []));
  if (sides.size < 2) return refused('a match needs items of two sides');
  return { kind: 'match', items, ...reasonOf(act.reason) };
}

function splitOf(act: Extract<ReconAct, { readonly kind: 'split' }>, { itemOf }: CompileContext): Compiled {
  const item = itemOf(act.item);
  if (item === null) return refused('this item belongs to no open month');
  const parts = act.parts.map((part) => parseAmount(part.trim()));
  if (parts.length < 2) return refused('a split needs two parts or more');
  const amounts = parts.filter((part) => typeof part === 'bigint');
  if (amounts.length < parts.length || amounts.includes(0n)) return refused('each part needs an amount such as 12.50');
  const sum = amounts.reduce((total, part) => total + part, 0n);
  if (sum !== item.amount)
    return refused(`the parts add up to ${formatAtoms(sum)}, the item is ${formatAtoms(item.amount)}`);
  return { kind: 'split', item: item.id, parts: amounts.map(formatAtoms) };
}

function documentOf(act: Extract<ReconAct, { readonly kind: 'document' }>): Compiled {
  const { document } = act;
  const amount = parseAmount(document.amount.trim());
  const tax = document.tax === null || document.tax.trim() === '' ? null : parseAmount(document.tax.trim());
  if (document.number.trim() === '') return refused('the document needs its number');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(document.date)) return refused('the document needs a date such as 2026-10-31');
  if (typeof amount !== 'bigint') return refused(`${document.amount} is no amount such as 12.50`);
  if (tax !== null && typeof tax !== 'bigint') return refused(`${String(document.tax)} is no amount such as 1.25`);
  if (document.kind === 'credit_note' && amount > 0n)
    return refused('a credit note gives money back: its amount is below zero');
  const known = { amount: formatAtoms(amount), tax: tax === null ? null : formatAtoms(tax) };
  return { ...act, document: { ...document, number: document.number.trim(), text: document.text.trim(), ...known } };
}

function settingsOf(act: Extract<ReconAct, { readonly kind: 'settings' }>): Compiled {
  const problem = settingsProblem(act.settings);
  return problem === null ? act : refused(problem);
}
