/** What happened to every lot and to the debt, step by step, with running sums: any past remainder is a binary search. */
import type { Atoms } from '../../domain/money.ts';
import type { Draw, LotBook } from '../../engine/lots.ts';
import type { Run } from '../../engine/run.ts';

/** Usage of a span, between two amounts of it, drawn from one lot or left uncovered. */
export interface SpanPart {
  readonly span: number;
  /** The part is of the span's usage from this much to that. */
  readonly from: Atoms;
  readonly to: Atoms;
}

export type LotMovement =
  | { readonly kind: 'usage'; readonly step: number; readonly amount: Atoms; readonly part: SpanPart }
  | {
      readonly kind: 'adjustment' | 'expiry' | 'refund';
      readonly step: number;
      readonly amount: Atoms;
      readonly record: number;
    };

export type DebtMovement =
  | { readonly kind: 'overrun'; readonly step: number; readonly amount: Atoms; readonly part: SpanPart }
  /** Negative where it takes debt away. */
  | {
      readonly kind: 'adjustment' | 'settled' | 'invoiced';
      readonly step: number;
      readonly amount: Atoms;
      readonly record: number;
    };

export interface LotPast {
  /** The step and the record that made it. */
  readonly step: number;
  readonly record: number;
  readonly movements: LotMovement[];
  /** What had been taken from it before each movement. */
  readonly takenBefore: Atoms[];
}

/** What a step is told before it is taken: it draws in this order, were it a negative adjustment. */
type Draws = readonly Draw[];

export class LotHistory {
  readonly lots: LotPast[] = [];
  readonly debt: DebtMovement[] = [];
  /** Debt after each of its movements. */
  readonly debtAfter: Atoms[] = [];
  readonly #byId = new Map<string, number>();

  /** The draws of the negative adjustment that comes next, if one does. */
  drawsAhead({ input, state }: Run): Draws {
    const next = input.controls[state.control]?.event;
    return next?.type === 'adjustment' && next.amount < 0n ? drawsOf(state.book, -next.amount) : [];
  }

  /** Takes what a step did; `spans` and `records` are how many there were before it. */
  take(
    { state, input }: Run,
    before: { readonly step: number; readonly spans: number; readonly records: number; readonly draws: Draws },
  ): void {
    const { step } = before;
    const { spans, timeline, book } = state;
    for (let span = before.spans; span < spans.length; span++) this.#takeSpan(step, span, { state, input });
    for (let record = before.records; record < timeline.length; record++) {
      const entry = timeline[record]!;
      switch (entry.type) {
        case 'posting':
        case 'grant':
          this.#takeLot(step, record, book);
          break;
        case 'adjustment':
          if (entry.amount > 0n) this.#takeLot(step, record, book);
          else this.#takeAdjustment(step, record, -entry.amount, before.draws);
          break;
        case 'expiry':
        case 'refund':
          this.#move(this.#byId.get(entry.lot)!, { kind: entry.type, step, amount: entry.amount, record });
          break;
        case 'plan_started':
          if (entry.debt_invoiced > 0n) this.#owe({ kind: 'invoiced', step, amount: -entry.debt_invoiced, record });
          break;
        case 'purchase':
        case 'purchase_rejected':
        case 'payment_declined':
        case 'refund_rejected':
        case 'recharge_skipped':
        case 'recharge_paused':
        case 'recharge_resumed':
        case 'tier':
        case 'cutoff':
        case 'restored':
        case 'limit_reached':
        case 'limit_lifted':
        case 'plan_cancelled':
        case 'plan_rejected':
          break;
      }
    }
  }

  /** The place in the lots table of a lot by its id; -1 where none was made. */
  lotOfId(id: string): number {
    return this.#byId.get(id) ?? -1;
  }

  #takeSpan(step: number, index: number, { state, input }: Run): void {
    const span = state.spans[index]!;
    if (span.status !== 'accepted') return;
    let used = 0n;
    for (const { lot, amount } of span.draws) {
      this.#move(lot, { kind: 'usage', step, amount, part: { span: index, from: used, to: used + amount } });
      used += amount;
    }
    const cost = input.log.sums.between(span.from, span.to);
    if (span.uncovered === 'overrun' && cost > used)
      this.#owe({ kind: 'overrun', step, amount: cost - used, part: { span: index, from: used, to: cost } });
  }

  #takeLot(step: number, record: number, book: LotBook): void {
    const lot = book.all[this.lots.length]!;
    this.#byId.set(lot.id, this.lots.length);
    this.lots.push({ step, record, movements: [], takenBefore: [] });
    if (lot.settled > 0n) this.#owe({ kind: 'settled', step, amount: -lot.settled, record });
  }

  #takeAdjustment(step: number, record: number, amount: Atoms, draws: Draws): void {
    let covered = 0n;
    for (const draw of draws) {
      this.#move(draw.lot, { kind: 'adjustment', step, amount: draw.amount, record });
      covered += draw.amount;
    }
    if (amount > covered) this.#owe({ kind: 'adjustment', step, amount: amount - covered, record });
  }

  #move(lot: number, movement: LotMovement): void {
    const { movements, takenBefore } = this.lots[lot]!;
    const last = movements.at(-1);
    takenBefore.push(last === undefined ? 0n : takenBefore.at(-1)! + last.amount);
    movements.push(movement);
  }

  #owe(movement: DebtMovement): void {
    this.debt.push(movement);
    this.debtAfter.push((this.debtAfter.at(-1) ?? 0n) + movement.amount);
  }
}

/** How many movements, which are in order, were made in the first `steps` steps. */
export function movementsBy(movements: readonly { readonly step: number }[], steps: number): number {
  let low = 0;
  let high = movements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (movements[middle]!.step <= steps) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a draw of an amount would take, in burn order; the book stays as it is. */
function drawsOf(book: LotBook, amount: Atoms): Draw[] {
  const draws: Draw[] = [];
  let left = amount;
  for (let i = book.burnFrom; left > 0n && i < book.burning.length; i++) {
    const { index, remaining } = book.burning[i]!;
    const part = remaining < left ? remaining : left;
    if (part > 0n) draws.push({ lot: index, amount: part });
    left -= part;
  }
  return draws;
}
