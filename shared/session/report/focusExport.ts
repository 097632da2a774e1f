/**
 * A run as a FOCUS 1.2 file (FinOps Open Cost and Usage Specification). Prepaid credits are billed when they are bought and
 * have no effective cost; usage has its effective cost and is billed nothing; what credits did not cover is another
 * purchase, on its invoice. So BilledCost summed by InvoiceId is what each invoice demands.
 */
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { formatInstant, startOfDay, startOfMonth, type Instant } from '../../domain/time.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import type { Account } from '../account.ts';
import { csvTable } from '../csv.ts';

/** The 21 mandatory columns, the invoice, the pricing currency's three, and what reads a row back to the run. */
const COLUMNS = [
  ...['BilledCost', 'BillingAccountId', 'BillingAccountName', 'BillingCurrency', 'BillingPeriodEnd'],
  ...['BillingPeriodStart', 'ChargeCategory', 'ChargeClass', 'ChargeDescription', 'ChargeFrequency'],
  ...['ChargePeriodEnd', 'ChargePeriodStart', 'ContractedCost', 'EffectiveCost', 'InvoiceId', 'InvoiceIssuerName'],
  ...['ListCost', 'PricingCurrency', 'PricingCurrencyContractedUnitPrice', 'PricingCurrencyEffectiveCost'],
  ...['PricingCurrencyListUnitPrice', 'PricingQuantity', 'PricingUnit', 'ProviderName', 'PublisherName'],
  ...['ServiceCategory', 'ServiceName', 'SkuId', 'x_Entry', 'x_LotId', 'x_UsageRows'],
] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/** What a vendor is called where nobody named it. */
const UNNAMED = 'Prepaid vendor';

interface Charge {
  readonly category: 'Usage' | 'Purchase' | 'Tax' | 'Credit' | 'Adjustment';
  readonly description: string;
  /** Charge period. */
  readonly from: Instant;
  readonly to: Instant;
  readonly billed: Atoms;
  readonly effective: Atoms;
  /** What it would cost without credits or discounts. */
  readonly list: Atoms;
  /** Credits that it is of; null where it is of none: taxes, forfeits. */
  readonly credits: Atoms | null;
  readonly invoice: string | null;
  readonly isCorrection?: boolean;
  readonly sku?: string;
  readonly lot?: string;
  readonly rows?: number;
  /** The kind of timeline record, invoice or usage that it is. */
  readonly entry: string;
}

/** @param vendor null: no name is known */
export function focusCsv(account: Account, vendor: string | null): string {
  const charges = [...recordCharges(account), ...invoiceCharges(account), ...usageCharges(account)];
  charges.sort((a, b) => a.from - b.from);
  const rows = charges.map((charge) => cellsOf(account, charge, vendor ?? UNNAMED));
  return csvTable(
    COLUMNS,
    rows.map((cells) => COLUMNS.map((name) => cells[name] ?? null)),
  );
}

function cellsOf({ parsed, run: { input } }: Account, charge: Charge, vendor: string): Cells {
  const { credits, from, to, billed, effective, list, sku } = charge;
  const month = startOfMonth(from, input.zone);
  const pricing: Cells =
    credits === null
      ? {}
      : {
          PricingCurrencyContractedUnitPrice: 1,
          PricingCurrencyListUnitPrice: 1,
          PricingQuantity: formatAtoms(credits),
          PricingUnit: 'Credit',
        };
  return {
    BilledCost: formatAtoms(billed),
    BillingAccountId: input.accountId,
    BillingAccountName: parsed.title === '' ? input.accountId : parsed.title,
    BillingCurrency: input.currency,
    BillingPeriodStart: focusInstant(month),
    BillingPeriodEnd: focusInstant(startOfMonth(month, input.zone, 1)),
    ChargeCategory: charge.category,
    ...(charge.isCorrection === true ? { ChargeClass: 'Correction' } : {}),
    ChargeDescription: charge.description,
    ChargeFrequency: charge.category === 'Usage' ? 'Usage-Based' : 'One-Time',
    ChargePeriodStart: focusInstant(from),
    ChargePeriodEnd: focusInstant(to),
    ContractedCost: formatAtoms(list),
    EffectiveCost: formatAtoms(effective),
    ...(charge.invoice === null ? {} : { InvoiceId: charge.invoice }),
    InvoiceIssuerName: vendor,
    ListCost: formatAtoms(list),
    PricingCurrency: input.currency,
    PricingCurrencyEffectiveCost: formatAtoms(effective),
    ...pricing,
    ...{ ProviderName: vendor, PublisherName: vendor },
    ...{ ServiceCategory: 'AI and Machine Learning', ServiceName: `${vendor} API` },
    ...(sku === undefined ? {} : { SkuId: sku }),
    x_Entry: charge.entry,
    ...(charge.lot === undefined ? {} : { x_LotId: charge.lot }),
    ...(charge.rows === undefined ? {} : { x_UsageRows: charge.rows }),
  };
}

/** Seconds where the instant is of a whole second, as FOCUS's own examples have it. */
function focusInstant(instant: Instant): string {
  return formatInstant(instant).replace('.000Z', 'Z');
}

/** Purchases with their tax, refunds, credits given, adjustments, and what expired. */
function* recordCharges({ run: { state, input } }: Account): Generator<Charge> {
  const lots = new Map(state.book.all.map((lot) => [lot.id, lot]));
  const pending = new Map(state.pending.map((purchase) => [purchase.id, purchase]));
  const firstClose = startOfMonth(input.opened, input.zone, 1);
  for (const { at, ...record } of state.timeline) {
    const [from, next] = [at, at + 1_000];
    const once = { from, to: next, entry: record.type, billed: 0n, effective: 0n, list: 0n, invoice: null };
    switch (record.type) {
      case 'purchase': {
        const { id, amount, tax } = record;
        const expires = (lots.get(id) ?? pending.get(id))?.expires_at ?? null;
        // of credits that never expire no end is known: that of their billing period stands for it
        const to = Math.max(expires ?? startOfMonth(at, input.zone, 1), next);
        const invoice = { invoice: id, lot: id, entry: record.kind };
        const money = { billed: amount, list: amount, credits: amount };
        yield { ...once, ...invoice, ...money, category: 'Purchase', description: 'Credits', to };
        if (tax === 0n) break;
        const taxed = { billed: tax, list: tax, credits: null };
        yield { ...once, ...invoice, ...taxed, category: 'Tax', description: 'Tax on credits' };
        break;
      }
      case 'refund': {
        const { lot, amount } = record;
        const money = { billed: -amount, list: -amount, credits: -amount, invoice: `${lot}-refund` };
        yield { ...once, ...money, lot, category: 'Purchase', description: `Refund of credits ${lot}` };
        break;
      }
      case 'grant':
        yield { ...once, lot: record.lot, category: 'Credit', description: 'Credits given', credits: record.amount };
        break;
      case 'adjustment': {
        // before the first month closed there is no closed period that it could correct
        const isCorrection = at >= firstClose;
        const money = { effective: -record.amount, list: -record.amount, credits: -record.amount };
        yield { ...once, ...money, isCorrection, category: 'Adjustment', description: 'Adjustment of the balance' };
        break;
      }
      case 'expiry': {
        const money = { effective: record.amount, credits: null };
        yield { ...once, ...money, lot: record.lot, category: 'Adjustment', description: 'Credits expired unused' };
        break;
      }
      case 'posting':
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
      case 'plan_started':
      case 'plan_rejected':
        break;
    }
  }
}

/** What credits did not cover is billed on the period's invoice, with its tax. */
function* invoiceCharges({ run: { state } }: Account): Generator<Charge> {
  const numbers = new Map<string, number>();
  for (const { period, from, to, excess_billed, debt_brought_forward, tax } of state.invoices) {
    const count = (numbers.get(period) ?? 0) + 1;
    numbers.set(period, count);
    const invoice = count === 1 ? `invoice-${period}` : `invoice-${period}-${count}`;
    const charge = (description: string, amount: Atoms): Charge => ({
      ...{ category: 'Purchase', description, from, to, invoice, entry: 'invoice' },
      ...{ billed: amount, effective: 0n, list: amount, credits: amount },
    });
    if (excess_billed > 0n) yield charge(`Usage beyond credits in ${period}`, excess_billed);
    if (debt_brought_forward > 0n) yield charge('Debt brought forward', debt_brought_forward);
    if (tax > 0n) yield { ...charge(`Tax on the invoice of ${period}`, tax), category: 'Tax', credits: null };
  }
}

/** Accepted usage, a row a day and SKU, days by the account's clock. */
function* usageCharges({ run: { state, input } }: Account): Generator<Charge> {
  const { log, zone } = input;
  let day = { from: -Infinity, to: -Infinity, totals: log.noTotals() };
  function* charges(): Generator<Charge> {
    for (const [index, sku] of log.skus.entries()) {
      const [cost, rows] = [day.totals.cost[index]!, day.totals.rows[index]!];
      if (rows === 0) continue;
      yield {
        ...{ category: 'Usage', description: `Usage of ${sku}`, from: day.from, to: day.to, invoice: null },
        ...{ billed: 0n, effective: cost, list: cost, credits: cost, sku, rows, entry: 'usage' },
      };
    }
  }
  for (const span of state.spans) {
    if (span.status !== 'accepted') continue;
    for (let row = span.from; row < span.to;) {
      const at = log.at[row]!;
      if (at >= day.to) {
        yield* charges();
        const from = startOfDay(at, zone);
        day = { from, to: startOfDay(at, zone, 1), totals: log.noTotals() };
      }
      const end = Math.min(span.to, lowerBound(log.at, day.to, row));
      log.addBySku(row, end, day.totals);
      row = end;
    }
  }
  yield* charges();
}
