/** There is no month to show: what belongs here, or why it cannot be shown. */
import { CirclePause, Scale, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';

export function ReconcileEmpty(): ReactNode {
  const store = useAppStore();
  const { addFiles } = useActions();
  const hasAccount = useAppState((state) => state.view !== null);
  const failure = useAppState((state) => state.recon.failure);
  const cancelled = useAppState((state) => state.recon.cancelled);
  const months = useAppState((state) => state.recon.periods?.length ?? null);
  if (hasAccount && failure !== null) {
    return (
      <div className="reconcile-empty" role="alert">
        <Notice icon={TriangleAlert} tone="debt" title="The month cannot be matched">
          <p>{failure}</p>
          <p>The account and all files are as they were.</p>
          <p>
            <Button onClick={() => void store.getState().reconLoad()}>Try again</Button>
          </p>
        </Notice>
      </div>
    );
  }
  if (hasAccount && cancelled) {
    return (
      <div className="reconcile-empty">
        <Notice icon={CirclePause} title="Matching was cancelled">
          <p>No month is shown until its items are matched. The account and all files are as they were.</p>
          <p>
            <Button onClick={() => void store.getState().reconLoad()}>Go on matching</Button>
          </p>
        </Notice>
      </div>
    );
  }
  // the months are being read, or the first one is being matched: the bar above says so
  if (hasAccount && months !== 0) return <div className="reconcile-empty" />;
  return (
    <div className="reconcile-empty">
      <Notice icon={Scale} title={hasAccount ? 'There is no month to reconcile yet' : 'No account is open'}>
        <p>Three sides of a month stand beside each other here, and every difference between them gets a name:</p>
        <ul>
          <li>what the replayed account was charged,</li>
          <li>what the vendor’s documents say: invoices, receipts, credit notes,</li>
          <li>what left the bank or the card.</li>
        </ul>
        <p>Drop statements and invoices anywhere in the window: OFX, CAMT, MT940, CSV, or the vendor’s PDF.</p>
        <p>
          <Button onClick={() => void addFiles()}>Choose files</Button>
        </p>
      </Notice>
    </div>
  );
}
