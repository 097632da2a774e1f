/** What settings would change in the month on screen, before they are saved: in one sentence, and group by group. */
import type { ReactNode } from 'react';
import type { SettingsEffect } from '../../../shared/contract/reconSettings.ts';
import { amountText } from '../../ui/amountText.ts';
import { dateText, plural } from '../../ui/format.ts';

export function EffectNote(props: {
  /** Null while it is worked out. */
  readonly effect: SettingsEffect | null;
  readonly month: string;
}): ReactNode {
  const { effect, month } = props;
  return (
    <p className="form-note" role="status">
      {effect === null ? `Working out what changes in ${month}.` : sentence(effect, month)}
    </p>
  );
}

function sentence({ toDecide, matched, changed }: SettingsEffect, month: string): string {
  return changed === 0
    ? `Changes nothing in ${month}.`
    : `Changes ${plural(changed, 'group')} of ${month}: ${turn(toDecide)} to decide, ${turn(matched)} matched.`;
}

export function EffectList({
  effect,
  digits,
}: {
  readonly effect: SettingsEffect;
  readonly digits: number;
}): ReactNode {
  const { examples, changed } = effect;
  if (examples.length === 0) return null;
  return (
    <ul className="form-list" aria-label="What would change" tabIndex={0}>
      {examples.map(({ text, date, amount, now, then }, index) => (
        <li key={index}>
          <span>
            {dateText(date)} <strong>{amountText(amount, { digits, sign: 'movement' })}</strong> {text}
          </span>
          <span className="form-turn">
            {now} → {then}
          </span>
        </li>
      ))}
      {changed > examples.length && <li>{`and ${plural(changed - examples.length, 'more', 'more')}`}</li>}
    </ul>
  );
}

function turn({ now, then }: SettingsEffect['toDecide']): string {
  return now === then ? String(now) : `${now} → ${then}`;
}
