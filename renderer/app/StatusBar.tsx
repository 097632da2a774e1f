/** Always carries the proof: whether the journal ties, and from how much it was computed. */
import { Check, TriangleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountView } from '../../shared/contract/engine.ts';
import { amountText, countText, isZero } from '../ui/amountText.ts';
import { useAppStore } from './context.ts';

const ICON = { size: '0.8125rem', strokeWidth: 2.1, 'aria-hidden': true } as const;

export function StatusBar({ view }: { readonly view: AccountView | null }): ReactNode {
  return (
    <footer className="status-bar">
      {view !== null && <Proof view={view} />}
      {view !== null && (
        <>
          <span>{usageText(view)}</span>
          <span>{`replay ${replayText(view.replayMs)}`}</span>
          <Unpriced view={view} />
          <Expectations view={view} />
        </>
      )}
      <span className="status-end">
        <WifiOff {...ICON} /> Offline, nothing leaves this computer
      </span>
      {view !== null && (
        <>
          <span>{view.currency}</span>
          <span>{view.timezone}</span>
        </>
      )}
    </footer>
  );
}

function Proof({ view }: { readonly view: AccountView }): ReactNode {
  const ties = isZero(view.trialBalance);
  const amount = amountText(view.trialBalance, { digits: view.minorDigits, ...(ties ? {} : { exact: true }) });
  return ties ? (
    <span className="status-proof tone-credit">
      <Check {...ICON} /> {`Trial balance ties, ${amount}`}
    </span>
  ) : (
    <span className="status-proof tone-debt">
      <TriangleAlert {...ICON} /> {`Trial balance is off by ${amount} ${view.currency}`}
    </span>
  );
}

function Unpriced({ view: { unpriced } }: { readonly view: AccountView }): ReactNode {
  const store = useAppStore();
  if (unpriced === null) return null;
  const { rows, skus } = unpriced;
  return (
    <button
      type="button"
      className="status-proof tone-expiry"
      title={`No price is known for ${skus.join(', ')}; add one under Data, Prices`}
      onClick={() => store.setState({ place: 'data', dataTab: 'prices' })}
    >
      <TriangleAlert {...ICON} /> {`Incomplete: ${plural(rows, 'row')} without a price`}
    </button>
  );
}

function Expectations({ view: { expectations } }: { readonly view: AccountView }): ReactNode {
  const { held, failed, failures } = expectations;
  if (held + failed === 0) return null;
  return failed === 0 ? (
    <span>{held === 1 ? '1 expectation holds' : `${countText(held)} expectations hold`}</span>
  ) : (
    <span className="status-proof tone-debt" title={failures.join('\n')}>
      {`${countText(failed)} of ${plural(held + failed, 'expectation')} failed`}
    </span>
  );
}

function usageText({ counts: { usage, files } }: AccountView): string {
  const rows = plural(usage, 'usage row');
  return files === 0 ? rows : `${rows}, ${plural(files, 'file')}`;
}

function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Two significant digits are what a clock in a worker is good for. */
function replayText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toPrecision(2)} s`;
  return `${ms >= 10 ? Math.round(ms) : ms.toPrecision(2)} ms`;
}
