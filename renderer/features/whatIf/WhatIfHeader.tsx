/** The place's name, what is replayed, and its commands: compare with, reset, pin, save. */
import { Pin, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { MAX_VARIANTS, type Variant } from '../../../shared/contract/whatIf.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { letterOf } from './draft.ts';
import './whatIf.css';

export function WhatIfHeader(props: {
  readonly facts: string;
  readonly updating: boolean;
  readonly changes: number;
  readonly variants: readonly Variant[];
  readonly against: string;
  /** Why nothing can be pinned; null where it can. */
  readonly pinWaits: string | null;
  readonly onCompareWith: (run: string) => void;
  readonly onReset: () => void;
  readonly onPin: () => void;
  readonly onApply: () => void;
  readonly onSave: () => void;
}): ReactNode {
  const { facts, updating, changes, variants, against, pinWaits } = props;
  const none = changes === 0;
  return (
    <header className="what-if-header">
      <h1>What-if</h1>
      <span className="what-if-facts" title={facts}>
        {facts}
      </span>
      {updating && (
        <span className="updating" role="status">
          updating
        </span>
      )}
      <div className="what-if-commands">
        {variants.length > 0 && (
          <label className="baseline-choice">
            <span>Baseline</span>
            <Select
              label="Baseline"
              value={against}
              options={[
                { value: 'saved', label: 'Saved run' },
                ...variants.map(({ id, name }, place) => ({ value: id, label: `${letterOf(place)} ${name}` })),
              ]}
              onChange={props.onCompareWith}
            />
          </label>
        )}
        {!none && (
          <Button icon={RotateCcw} onClick={props.onReset}>
            {`Reset ${changes} ${changes === 1 ? 'change' : 'changes'}`}
          </Button>
        )}
        <Button
          icon={Pin}
          {...(pinWaits === null ? { keys: 'P' } : {})}
          disabled={pinWaits !== null}
          hint={`Keeps what is tried beside the others, at most ${MAX_VARIANTS}`}
          onClick={props.onPin}
        >
          {pinWaits ?? 'Pin'}
        </Button>
        <Button disabled={none} hint="Runs this account under these values from now on" onClick={props.onApply}>
          Apply to account
        </Button>
        <Button look="solid" disabled={none} onClick={props.onSave}>
          Save as scenario
        </Button>
      </div>
    </header>
  );
}
