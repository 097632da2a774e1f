/** Three questions that an account suggests by what happened in it; each opens a derivation that answers it. Pure. */
import type { InvoiceFigure, TraceTarget } from '../../../shared/contract/trace.ts';
import { startOfDay, wallFields, type Zone } from '../../../shared/domain/time.ts';
import { amountText, isZero } from '../../ui/amountText.ts';
import type { ChartNotes } from '../../ui/chart/chartModel.ts';
import { dayText, periodName, timeText } from '../../ui/format.ts';

export interface GuidedQuestion {
  readonly ask: string;
  readonly hint: string;
  readonly target: TraceTarget;
}

export function guidedQuestions(notes: ChartNotes, zone: Zone, digits: number): readonly GuidedQuestion[] {
  return [balanceQuestion(notes, zone), invoiceQuestion(notes), skippedQuestion(notes, zone, digits)].filter(
    (question) => question !== null,
  );
}

function balanceQuestion({ overruns }: ChartNotes, zone: Zone): GuidedQuestion {
  const last = overruns.at(-1);
  if (last === undefined)
    return {
      ask: 'What is the balance made of?',
      hint: 'Lots less debt, down to single rows.',
      target: { kind: 'balance' },
    };
  // a midnight below zero is the instant that people mean by a day; else the end of it
  const midnight = startOfDay(last.to, zone);
  const at = midnight > last.from ? midnight : last.to - 1;
  const { month, day } = wallFields(at, zone);
  return {
    ask: `Why is the balance negative on ${day} ${periodName(`2000-${String(month).padStart(2, '0')}`)}?`,
    hint: 'Read down to the request that did it.',
    target: { kind: 'balance', at },
  };
}

function invoiceQuestion({ months, overruns }: ChartNotes): GuidedQuestion | null {
  const trouble = overruns.at(-1);
  const billed = months.filter(({ invoice }) => invoice !== null);
  const month =
    billed.find(({ from, to }) => trouble !== undefined && trouble.from >= from && trouble.from < to) ?? billed.at(-1);
  if (month === undefined || month.invoice === null) return null;
  const figure: InvoiceFigure = isZero(month.due) ? 'usage' : 'amount_due';
  return {
    ask: `What is the ${periodName(month.period)} invoice made of?`,
    hint: 'Each line is usage rows, added up and rounded once.',
    target: { kind: 'invoice', invoice: month.invoice, figure },
  };
}

function skippedQuestion({ marks }: ChartNotes, zone: Zone, digits: number): GuidedQuestion | null {
  const last = marks.findLast(({ kind }) => kind === 'skipped');
  if (last === undefined) return null;
  const amount = last.amount === null ? '' : `, ${amountText(last.amount, { digits })}`;
  return {
    ask: `Why was the recharge of ${dayText(last.at, zone)} skipped?`,
    hint: `At ${timeText(last.at, zone)}${amount}: threshold, balance and limit.`,
    target: { kind: 'record', record: last.record },
  };
}
