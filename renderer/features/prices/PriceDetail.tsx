/** One model: its dated prices, what marks make of them, and how to change them. */
import { Pencil, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PriceEntry, PriceRow, PriceRule } from '../../../shared/contract/prices.ts';
import { Button } from '../../ui/Button.tsx';
import {
  fromText,
  isUndated,
  otherPrices,
  perMillion,
  ruleText,
  shownPrice,
  TOKEN_METERS,
  vendorName,
} from './priceText.ts';
import './prices.css';

export function PriceDetail(props: {
  readonly row: PriceRow;
  readonly rules: readonly PriceRule[];
  readonly currency: string;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onBack: () => void;
}): ReactNode {
  const { row, rules, currency, busy, onEdit, onBack } = props;
  const applied = row.rules.flatMap((place) => rules[place] ?? []);
  return (
    <aside className="price-detail" aria-label={row.sku} tabIndex={0}>
      <h2>{row.sku}</h2>
      <p className="price-second">{`${vendorName(row)}, ${originText(row)}`}</p>
      {row.entries.length === 0 ? (
        <p>Usage of it has no price.</p>
      ) : (
        <ol className="price-entries" aria-label={`Prices in ${currency}`}>
          {row.entries
            .map((entry, index) => (
              <li key={entry.from} aria-current={index === row.current ? 'date' : undefined}>
                <h3>{sinceText(row, entry, index)}</h3>
                <EntryPrices entry={entry} />
              </li>
            ))
            .reverse()}
        </ol>
      )}
      {applied.length > 0 && (
        <section className="price-marks" aria-label="Marks">
          <h3>Marks behind the name</h3>
          <ul>
            {applied.map((rule) => (
              <li key={rule.mark}>{ruleText(rule, row)}</li>
            ))}
          </ul>
        </section>
      )}
      <div className="price-commands">
        <Button icon={Pencil} disabled={busy} onClick={onEdit}>
          Edit prices
        </Button>
        {row.own && (
          <Button icon={Undo2} look="quiet" disabled={busy} onClick={onBack}>
            {row.published ? 'Back to published' : 'Take out of the list'}
          </Button>
        )}
      </div>
    </aside>
  );
}

function originText({ own, published }: PriceRow): string {
  if (!own) return 'published';
  return published ? 'own prices instead of the published ones' : 'own prices';
}

function sinceText(row: PriceRow, { from }: PriceEntry, index: number): string {
  const since = isUndated(row, from) ? 'First day not known' : `From ${fromText(from)}`;
  return index === row.current && row.entries.length > 1 ? `${since}, in force` : since;
}

/** Exact prices of one entry; those by the token for a million. */
export function EntryPrices({ entry }: { readonly entry: PriceEntry }): ReactNode {
  const tokens = TOKEN_METERS.flatMap(({ meter, label }) => {
    const price = perMillion(entry, meter);
    return price === null ? [] : [{ label, price }];
  });
  return (
    <>
      {tokens.length > 0 && (
        <dl className="price-figures">
          {tokens.map(({ label, price }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{shownPrice(price)}</dd>
            </div>
          ))}
        </dl>
      )}
      {otherPrices(entry).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </>
  );
}
