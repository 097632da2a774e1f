/** What the palette offers of the account: its figures, and the rows and days that were typed. */
import { CalendarDays, CircleDollarSign, Layers, Receipt, Zap } from 'lucide-react';
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { FindRequest, Found } from '../../../shared/contract/find.ts';
import type { TraceTarget } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import type { PaletteItem } from '../../features/palette/ranking.ts';
import { describeRow, typesCalled } from '../../features/timeline/describe.ts';
import { amountText } from '../../ui/amountText.ts';
import { dayText, instantText, monthText } from '../../ui/format.ts';
import type { Actions } from '../actions.ts';
import type { AppStore } from '../store.ts';
import { typedTime } from './days.ts';

/** Rows that are asked for: more than are shown, for the words of a row are known here alone. */
const ASKED = 40;

export function figureItems(view: AccountView, zone: Zone, { traceFigure }: Actions): readonly PaletteItem[] {
  const { figures, minorDigits: digits, currency } = view;
  const item = (name: string, value: string, target: TraceTarget): PaletteItem => ({
    ...{ id: `figure:${name}`, heading: 'Figures', title: name, detail: value, icon: CircleDollarSign },
    words: 'key figure trace derivation',
    run: () => traceFigure(target),
  });
  const money = (amount: string): string => `${amountText(amount, { digits })} ${currency}`;
  const { nextExpiry, nextTier, tier } = figures;
  return [
    item('Balance', money(figures.balance), { kind: 'balance' }),
    item('Credit in lots', money(figures.lots), { kind: 'lots' }),
    item('Debt', money(figures.debt), { kind: 'debt' }),
    item('Accepted usage', money(figures.accepted.cost), { kind: 'figure', figure: 'accepted_cost' }),
    item('Rejected usage', money(figures.rejected.cost), { kind: 'figure', figure: 'rejected_cost' }),
    ...(nextExpiry === null
      ? []
      : [item('Next expiry', dayText(nextExpiry.at, zone, true), { kind: 'figure', figure: 'next_expiry' })]),
    ...(nextTier === null ? [] : [item('Trust tier', tier ?? 'none', { kind: 'figure', figure: 'next_tier' })]),
  ];
}

/** What the worker is to look for; null where the letters are too few to mean a row. */
export function rowsFor(query: string, view: AccountView, zone: Zone): FindRequest | null {
  const text = named(query);
  const time = typedTime(text, view, zone);
  if (time !== null) return { text: '', types: [], within: time.window, limit: ASKED };
  if (query.trim().length < 2) return null;
  return { text, types: typesCalled(query), within: null, limit: ASKED };
}

/** What comes behind the kind of row: `rescue` of `lot rescue`, `march` of `invoice march`. */
function named(query: string): string {
  return query.trim().replace(/^(?:lots?|invoices?|events?)(?:\s+|$)/i, '');
}

export function dayItem(query: string, view: AccountView, zone: Zone, store: AppStore): readonly PaletteItem[] {
  const time = typedTime(query, view, zone);
  if (time === null) return [];
  const { title, window, at } = time;
  return [
    {
      ...{ id: `time:${window[0]}`, heading: 'Days', title, icon: CalendarDays, words: query },
      detail: 'on the chart',
      run: () => {
        const state = store.getState();
        store.setState({ place: 'account', spoken: `The chart shows ${title}` });
        // a little more than was asked for, so that its edges are seen
        const margin = (window[1] - window[0]) / 12;
        state.chartShow({ from: window[0] - margin, to: window[1] + margin }, 'resting');
        if (at !== null) state.chartSelect(at, null);
      },
    },
  ];
}

/** @param query what found them: the words that a row does not have itself are taken as fitting */
export function foundItems(
  query: string,
  { timeline, lots, invoices }: Found,
  {
    view,
    zone,
    store,
    actions,
  }: {
    readonly view: AccountView;
    readonly zone: Zone;
    readonly store: AppStore;
    readonly actions: Actions;
  },
): readonly PaletteItem[] {
  const { minorDigits: digits, currency } = view;
  const isTime = typedTime(named(query), view, zone) !== null;
  // rows of a day are listed by their day, whatever they are called
  const words = isTime ? query : '';
  return [
    ...timeline.map((row): PaletteItem => {
      const { title, happened } = describeRow(row, digits);
      const when = instantText(row.at, zone);
      return {
        ...{ id: `event:${row.index}`, heading: 'Events', title, icon: Zap },
        detail: `${when}${happened === '' ? '' : `, ${happened}`}`,
        words: `${words} ${Object.values(row.fields).join(' ')}`,
        run: () => {
          store.setState({ place: 'account', tab: 'timeline' });
          void actions.selectRecord(row.index);
        },
      };
    }),
    ...lots.map(({ index, row }): PaletteItem => ({
      ...{ id: `lot:${row.id}`, heading: 'Lots', title: `Lot ${row.id}`, icon: Layers, words },
      detail: `${amountText(row.remaining, { digits })} of ${amountText(row.amount, { digits })} ${currency} left`,
      run: () => {
        store.setState({ place: 'account', tab: 'lots' });
        void actions.selectLot(index);
      },
    })),
    ...invoices.map((row): PaletteItem => {
      const title = `Invoice of ${monthText(row.period)}`;
      return {
        ...{ id: `invoice:${row.period}`, heading: 'Invoices', title, icon: Receipt, words: `${words} ${row.period}` },
        run: () => {
          store.setState({ place: 'account', tab: 'invoices' });
          void actions.selectInvoice(row.index);
        },
      };
    }),
  ];
}
