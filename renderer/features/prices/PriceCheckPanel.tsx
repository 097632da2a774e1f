/** Stated costs against prices: what differs by model and day, what rounding explains, what could not be compared. */
import { Copy, Diff, Equal, Gift, Info } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { DraftEntry, PriceCheckView, PriceFile } from '../../../shared/contract/prices.ts';
import { amountText, isZero } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { dateText, plural } from '../../ui/format.ts';
import { PriceDifferences } from './PriceDifferences.tsx';
import { PriceEditor } from './PriceEditor.tsx';
import { PricePairing } from './PricePairing.tsx';
import type { FilePair } from './slice.ts';
import { UnpricedList } from './UnpricedList.tsx';
import './prices.css';

export interface PriceCheckPanelProps {
  /** Files that a check can be about. */
  readonly files: readonly PriceFile[];
  /** Null where nothing can be checked; `waiting` until it was. */
  readonly check: PriceCheckView | null | 'waiting';
  /** What it is of; null: of all rows that state both cost and quantities. */
  readonly pair: FilePair | null;
  /** Digits after the point of the currency. */
  readonly digits: number;
  /** Why the last change of a price was not made. */
  readonly problems: readonly LocatedProblem[];
  readonly busy: boolean;
  readonly onForgetProblems: () => void;
  readonly onCheck: (pair: FilePair | null) => void;
  readonly onSetPrices: (sku: string, currency: string, entries: readonly DraftEntry[] | null) => Promise<boolean>;
  readonly onCopy: (text: string) => void;
}

export function PriceCheckPanel(props: PriceCheckPanelProps): ReactNode {
  const { files, check, pair, digits, problems, busy, onForgetProblems, onCheck, onSetPrices, onCopy } = props;
  const [selected, setSelected] = useState<number | null>(null);
  const [adding, setAdding] = useState<string | null>(null);
  const add = (sku: string | null): void => {
    onForgetProblems();
    setAdding(sku);
  };
  if (check === 'waiting')
    return (
      <p className="prices-waiting" role="status">
        Pricing the account’s usage
      </p>
    );
  return (
    <div className={busy ? 'price-check dimmed' : 'price-check'}>
      <PricePairing files={files} pair={pair} onCheck={onCheck} />
      {check === null ? (
        <NothingToCheck files={files} />
      ) : (
        <>
          <Headline check={check} digits={digits} onCopy={() => onCopy(check.csv)} />
          <div className="price-check-table">
            <PriceDifferences
              lines={check.lines}
              currency={check.currency}
              digits={digits}
              selected={selected !== null && selected < check.lines.length ? selected : null}
              onSelect={setSelected}
            />
          </div>
          <UnpricedList unpriced={check.unpriced} onAdd={add} />
        </>
      )}
      {adding !== null && check !== null && (
        <PriceEditor
          sku={adding}
          entries={[]}
          currency={check.currency}
          problems={problems}
          busy={busy}
          onKeep={(sku, entries) => onSetPrices(sku, check.currency, entries)}
          onClose={() => add(null)}
        />
      )}
    </div>
  );
}

function NothingToCheck({ files }: { readonly files: readonly PriceFile[] }): ReactNode {
  return (
    <div className="prices-none">
      <h2>Nothing to check yet</h2>
      <p>
        {files.length === 0
          ? 'A check needs usage that states what it cost. Add a usage export with costs, or a usage file and the vendor’s cost file.'
          : 'No file states both costs and quantities. Add the vendor’s cost file beside the usage file, and compare the two.'}
      </p>
    </div>
  );
}

function Headline(props: {
  readonly check: PriceCheckView;
  readonly digits: number;
  readonly onCopy: () => void;
}): ReactNode {
  const { check, digits, onCopy } = props;
  const { stated, priced, difference, rows, currency, days, listName, files } = check;
  const figure = (text: string, sign: 'negative' | 'movement' = 'negative'): string =>
    amountText(text, { digits, sign });
  const over = days === null ? '' : `, ${dateText(days.from, true)} – ${dateText(days.to, true)}`;
  return (
    <header className="price-check-head">
      <div>
        <h2>
          {`Stated ${figure(stated)} ${currency}, priced ${figure(priced)}, difference ${figure(difference, 'movement')} over ${plural(rows, 'row')}`}
        </h2>
        <p className="price-second">{`${filesText(files)} by ${listName}${over}`}</p>
        <Classes check={check} digits={digits} />
        {asideOf(check).map((text) => (
          <p key={text} className="price-second">
            {text}
          </p>
        ))}
      </div>
      <Button icon={Copy} disabled={check.lines.length === 0} onClick={onCopy}>
        {check.lines.length === 0 ? 'Nothing to copy' : `Copy ${plural(check.lines.length, 'line')} as CSV`}
      </Button>
    </header>
  );
}

function filesText(files: readonly string[]): string {
  const [first = '', ...more] = files;
  return more.length < 2 ? files.join(' and ') : `${first} and ${more.length} more`;
}

function Classes({ check, digits }: { readonly check: PriceCheckView; readonly digits: number }): ReactNode {
  const { verdicts, disagreements, rounding, complimentary } = check;
  const one = 'model and day';
  const many = 'models and days';
  const off = amountText(disagreements.difference, { digits, sign: 'movement' });
  return (
    <ul className="price-classes">
      {verdicts.differs > 0 && (
        <li>
          <Chip icon={Diff} tone="balance">
            {`${plural(verdicts.differs, one, many)} ${verdicts.differs === 1 ? 'differs' : 'differ'}, ${off}`}
          </Chip>
        </li>
      )}
      <li>
        <Chip icon={Equal} tone="ink-2">
          {`${plural(verdicts.equal, one, many)} equal`}
        </Chip>
      </li>
      {verdicts.rounding > 0 && (
        <li>
          <Chip icon={Equal} tone="ink-2">
            {`${plural(verdicts.rounding, one, many)} by rounding alone, ${amountText(rounding, { digits, exact: true, sign: 'movement' })}`}
          </Chip>
        </li>
      )}
      {complimentary.rows > 0 && (
        <li>
          <Chip icon={Gift} tone="ink-2">
            {`${plural(complimentary.rows, 'row')} complimentary: stated 0.00, priced ${amountText(complimentary.priced, { digits })}`}
          </Chip>
        </li>
      )}
      {verdicts.cost_only + verdicts.usage_only > 0 && (
        <li>
          <Chip icon={Info} tone="expiry">
            {oneSided(verdicts)}
          </Chip>
        </li>
      )}
    </ul>
  );
}

function oneSided({ cost_only: costs, usage_only: usage }: PriceCheckView['verdicts']): string {
  const parts = [
    costs === 0 ? '' : `${plural(costs, 'model and day', 'models and days')} with a cost alone`,
    usage === 0 ? '' : `${plural(usage, 'model and day', 'models and days')} with usage alone`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What was left out of the comparison, and what it cannot know. */
function asideOf({
  withoutCost,
  withoutQuantity,
  outside,
  notes,
  disagreements,
  lines,
  verdicts,
}: PriceCheckView): string[] {
  const texts: string[] = [];
  if (withoutCost > 0) texts.push(`${plural(withoutCost, 'row')} without a cost, not compared.`);
  if (withoutQuantity > 0) texts.push(`${plural(withoutQuantity, 'row')} without quantities, not compared.`);
  const { usageRows, costRows } = outside;
  if (usageRows + costRows > 0)
    texts.push(
      `On days that only one file covers, not compared: ${plural(usageRows, 'row')} of usage, ${plural(costRows, 'row')} of costs.`,
    );
  const unequal = Object.entries(verdicts).reduce((sum, [verdict, n]) => (verdict === 'equal' ? sum : sum + n), 0);
  if (unequal > lines.length)
    texts.push(`The first ${plural(lines.length, 'line')} of ${unequal}; the sums are of all.`);
  if (verdicts.differs > 0 && !isZero(disagreements.stated))
    texts.push('What reproduces a stated cost is named; that it does is evidence, no proof.');
  return [...texts, ...notes];
}
