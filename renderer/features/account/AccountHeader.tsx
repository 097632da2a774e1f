/** Whose account this is, on which plan and in which currency, and the commands at its right. */
import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/contract/engine.ts';
import './account.css';

export function AccountHeader(props: {
  readonly view: AccountView;
  readonly updating: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { view, updating, children } = props;
  const plan = view.plan === 'none' ? 'no plan' : view.plan;
  const facts = [view.account, plan, view.currency].filter((fact) => fact !== '' && fact !== view.title);
  return (
    <header className="account-header">
      <h1>{view.title === '' ? view.account : view.title}</h1>
      <span className="account-facts">{facts.join(' · ')}</span>
      {updating && (
        <span className="updating" role="status">
          updating
        </span>
      )}
      <div className="account-commands">{children}</div>
    </header>
  );
}
