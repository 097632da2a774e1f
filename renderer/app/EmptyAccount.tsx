/** What a place shows of an account in which nothing has happened: what belongs there, and how it comes in. */
import type { ReactNode } from 'react';
import type { AccountView } from '../../shared/contract/engine.ts';
import { Button } from '../ui/Button.tsx';
import { useActions, useAppStore } from './context.ts';
import './emptyAccount.css';

/** No usage, and nothing that the scenario says. */
export function isEmptyAccount({ counts }: Pick<AccountView, 'counts'>): boolean {
  return counts.usage === 0 && counts.timeline === 0;
}

/** @param props.children what the place will show */
export function EmptyAccount({ children }: { readonly children: ReactNode }): ReactNode {
  const store = useAppStore();
  const { addFiles } = useActions();
  return (
    <section className="empty-account" aria-label="Empty account">
      <h2>Nothing has happened in this account yet</h2>
      <p>{children}</p>
      <p>Drop usage logs, cost exports or statements anywhere in the window.</p>
      <div className="empty-account-acts">
        <Button look="solid" onClick={() => void addFiles()}>
          Choose files
        </Button>
        <Button onClick={() => store.setState({ place: 'scenario' })}>Write its purchases and grants</Button>
      </div>
    </section>
  );
}
