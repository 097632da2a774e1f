/** Serves `TraceApi`: targets become keys of derivation nodes, and keys become nodes. */
import type { CallContext } from '../contract/rpc.ts';
import type { TraceApi, TraceTarget } from '../contract/trace.ts';
import type { Account } from './account.ts';
import { stepAt } from './stepping.ts';
import type { Surroundings } from './surroundings.ts';
import { balanceMakers, placeKey, TAKEN } from './trace/balanceNodes.ts';
import { causeMakers } from './trace/causeNodes.ts';
import { figureMakers, KEY_FIGURES } from './trace/figureNodes.ts';
import { historyMade, type Place } from './trace/history.ts';
import { invoiceKey, invoiceMakers, openPeriodKey } from './trace/invoiceNodes.ts';
import { childPage, keyOf, nodeOf, noFigure, type Maker } from './trace/nodes.ts';
import { purchaseMakers } from './trace/purchaseNodes.ts';
import { recordMakers } from './trace/recordNodes.ts';
import { ruleMakers } from './trace/ruleNodes.ts';
import { tracingOf, type Tracing } from './trace/tracing.ts';
import { REASONS, usageMakers } from './trace/usageNodes.ts';

const MAKERS: ReadonlyMap<string, Maker> = new Map([
  ...balanceMakers,
  ...causeMakers,
  ...figureMakers,
  ...invoiceMakers,
  ...purchaseMakers,
  ...recordMakers,
  ...ruleMakers,
  ...usageMakers,
]);

export function traceService(current: () => Account, surroundings: Surroundings): TraceApi {
  const tracing = async (context: CallContext): Promise<Tracing> => {
    const account = current();
    await historyMade(account, surroundings, context);
    return tracingOf(account);
  };
  return {
    trace: async ({ of }, context) => {
      const traced = await tracing(context);
      return nodeOf(traced, targetKey(traced, of), MAKERS);
    },
    traceChildren: async ({ key, offset, limit }, context) =>
      childPage(await tracing(context), key, MAKERS, { offset, limit }),
    stepAt: async (request, context) => stepAt(await tracing(context), request),
  };
}

function targetKey(tracing: Tracing, target: TraceTarget): string {
  const { history } = tracing;
  const placeOf = (at: number | undefined): Place => (at === undefined ? history.end : history.placeAt(at));
  switch (target.kind) {
    case 'balance':
    case 'lots':
    case 'debt':
      return placeKey(target.kind, placeOf(target.at));
    case 'lot':
      return lotKey('lot', target.lot, placeOf(target.at));
    case 'lot_amount':
      return keyOf('posted', target.lot);
    case 'lot_drawn':
      return keyOf('consumed', target.lot);
    case 'lot_expired':
      return keyOf('taken', target.lot, TAKEN.indexOf('expiry'), history.steps);
    case 'lot_refunded':
      return keyOf('taken', target.lot, TAKEN.indexOf('refund'), history.steps);
    case 'open_period':
      return openPeriodKey(tracing, target.figure);
    case 'lot_settled':
      return keyOf('settled', target.lot);
    case 'record':
      return keyOf('record', target.record);
    case 'record_balance':
      if (tracing.timeline[target.record] === undefined) throw noFigure();
      return placeKey('balance', history.placeOfRecord(target.record));
    case 'invoice':
      return invoiceKey(target.invoice, target.figure ?? 'amount_due');
    case 'invoice_line':
      return keyOf('line', target.invoice, target.line);
    case 'figure':
      return keyOf('figure', KEY_FIGURES.indexOf(target.figure));
    case 'rejected':
      return keyOf(
        'rejected',
        REASONS.findIndex((reason) => reason === target.reason),
        target.of === 'count' ? 1 : 0,
      );
    case 'usage':
      return usageKey(tracing, target);
  }
}

function lotKey(maker: string, lot: number, { steps, row }: Place): string {
  return keyOf(maker, lot, steps, row);
}

function usageKey({ history, state }: Tracing, { row, of }: TraceTarget & { kind: 'usage' }): string {
  if (!(row >= 0 && row < state.row)) throw noFigure();
  if (of === 'balance') return placeKey('balance', history.placeOfRow(row));
  return keyOf(of === 'cost' ? 'cost' : 'rowoverrun', row);
}
