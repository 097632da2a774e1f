/**
 * Two panes of what is not matched, the sums of what is chosen in both, and the difference between them: at 0.00 they
 * belong together. Below, what the line with the focus may belong to, and why.
 */
import { Check, EqualNot, Link2, Redo2, Undo2 } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { OpenLine, Pane, Suggestion } from '../../../shared/contract/reconLists.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, isZero } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { plural } from '../../ui/format.ts';
import { itemDay, itemName } from '../../ui/recon/reconWords.ts';
import './matching.css';
import { MatchPane } from './MatchPane.tsx';
import { chosenOf, differenceOf, type Chosen } from './openLines.ts';
import type { LinesModel, Step } from './lineSlice.ts';

export interface WorkbenchActions {
  readonly onNeed: (pane: Pane, first: number, last: number) => void;
  readonly onMove: (pane: Pane, to: Step) => void;
  readonly onToggle: (line: OpenLine) => void;
  readonly onToggleFocused: () => void;
  readonly onChoose: (lines: readonly OpenLine[]) => void;
  readonly onFilter: (filter: string) => void;
  readonly onMatch: () => void;
  readonly onIgnore: () => void;
  readonly onSplit: () => void;
  readonly onRule: () => void;
  readonly onDocument: () => void;
  readonly onSettings: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

export function Workbench(props: {
  readonly model: LinesModel;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly undo: string | null;
  readonly redo: string | null;
  /** Why nothing can be decided here; null where it can. */
  readonly locked: string | null;
  readonly actions: WorkbenchActions;
}): ReactNode {
  const { model, zone, digits, currency, actions } = props;
  const { suggested } = model;
  const marked = useMemo(
    () => new Set(suggested?.suggestions.flatMap(({ lines }) => lines.map(({ id }) => id)) ?? []),
    [suggested],
  );
  const show = { zone, digits, currency, chosen: model.chosen, marked };
  const pane = (which: Pane, label: string, empty: string): ReactNode => (
    <MatchPane
      {...show}
      pane={which}
      label={label}
      lines={model.lines[which]}
      focus={model.focus[which]}
      active={model.pane === which}
      empty={model.filter === '' ? empty : 'No line passes the filter.'}
      onNeed={actions.onNeed}
      onMove={(to) => actions.onMove(which, to)}
      onToggle={actions.onToggle}
      onToggleFocused={actions.onToggleFocused}
      onOther={() => document.querySelector<HTMLElement>(`[data-pane=${which === 'bank' ? 'other' : 'bank'}]`)?.focus()}
    />
  );
  return (
    <div className="workbench">
      <Tools {...props} />
      <Sums {...props} />
      {pane('bank', 'Bank lines not matched', 'Every bank line is matched.')}
      {pane('other', 'Documents and purchases not matched', 'Every document and every purchase is matched.')}
      <Suggestions
        suggested={suggested}
        zone={zone}
        digits={digits}
        onTake={(suggestion) => {
          if (suggested !== null) actions.onChoose([suggested.line, ...suggestion.lines]);
        }}
      />
    </div>
  );
}

function Tools(props: Parameters<typeof Workbench>[0]): ReactNode {
  const { model, undo, redo, locked, actions } = props;
  const waits = locked === null ? {} : { disabled: true, hint: locked };
  return (
    <div className="match-tools">
      <FilterField
        label="Filter lines"
        placeholder="Filter, key /"
        value={model.filter}
        onChange={actions.onFilter}
        list={`[data-pane=${model.pane}]`}
      />
      <Button
        small
        look="quiet"
        icon={Undo2}
        disabled={undo === null}
        hint={undo ?? 'Nothing to undo'}
        {...waits}
        onClick={actions.onUndo}
      >
        Undo
      </Button>
      <Button
        small
        look="quiet"
        icon={Redo2}
        disabled={redo === null}
        hint={redo ?? 'Nothing to redo'}
        {...waits}
        onClick={actions.onRedo}
      >
        Redo
      </Button>
      <span className="match-tools-end">
        <Button small {...waits} onClick={actions.onSplit}>
          Split…
        </Button>
        <Button small {...waits} onClick={actions.onRule}>
          Rule from it…
        </Button>
        <Button small {...waits} onClick={actions.onDocument}>
          Enter document…
        </Button>
        <Button small {...waits} onClick={actions.onSettings}>
          Settings…
        </Button>
      </span>
    </div>
  );
}

function Sums({ model, digits, locked, actions }: Parameters<typeof Workbench>[0]): ReactNode {
  const bank = chosenOf(model.chosen, 'bank');
  const other = chosenOf(model.chosen, 'other');
  const difference = differenceOf(bank, other);
  const both = bank.count > 0 && other.count > 0;
  const closes = both && difference !== null && isZero(difference);
  const none = bank.count + other.count === 0;
  const few = bank.count + other.count < 2 ? 'Choose what belongs together' : null;
  const waits = locked ?? few;
  return (
    <div className="match-sums">
      <Sum label="Bank" chosen={bank} digits={digits} />
      <div className={closes ? 'match-difference closes' : 'match-difference'} role="status" aria-label="Difference">
        {closes ? (
          <Check size="1.25rem" strokeWidth={2} aria-hidden="true" />
        ) : (
          !none && <EqualNot size="1.25rem" strokeWidth={1.6} aria-hidden="true" />
        )}
        <strong>
          {none ? '–' : difference === null ? 'other currency' : amountText(difference, { digits, sign: 'movement' })}
        </strong>
        <Button
          small
          icon={Link2}
          keys="M"
          {...(waits === null ? {} : { disabled: true, hint: waits })}
          onClick={actions.onMatch}
        >
          {both && !closes && difference !== null ? 'Match all the same…' : 'Match'}
        </Button>
        <Button
          small
          look="quiet"
          keys="I"
          disabled={locked !== null || (model.chosen.size === 0 && model.focus[model.pane] === null)}
          {...(locked === null ? {} : { hint: locked })}
          onClick={actions.onIgnore}
        >
          Ignore…
        </Button>
      </div>
      <Sum label="Documents and purchases" chosen={other} digits={digits} />
    </div>
  );
}

function Sum({
  label,
  chosen,
  digits,
}: {
  readonly label: string;
  readonly chosen: Chosen;
  readonly digits: number;
}): ReactNode {
  const { count, sum } = chosen;
  return (
    <div className="match-sum">
      <span>{label}</span>
      <span className="match-count">{count === 0 ? 'nothing chosen' : `${plural(count, 'line')} chosen`}</span>
      <strong>{sum === null ? '' : amountText(sum, { digits })}</strong>
    </div>
  );
}

function Suggestions(props: {
  readonly suggested: LinesModel['suggested'];
  readonly zone: Zone;
  readonly digits: number;
  readonly onTake: (suggestion: Suggestion) => void;
}): ReactNode {
  const { suggested, zone, digits, onTake } = props;
  const suggestions = suggested?.suggestions ?? [];
  const item = suggested?.line.items[0];
  return (
    <section className="match-suggestions" aria-label="Suggestions">
      <h2>
        {item === undefined ? 'Suggestions' : `${itemDay(item, zone)} ${itemName(item)} may belong to`}
        {suggestions.length > 1 && <span> {suggestions.length} would do</span>}
      </h2>
      {item === undefined && <p>Choose a line with the arrows to see what it may belong to.</p>}
      {item !== undefined && suggestions.length === 0 && <p>No line of the other side has this amount nearby.</p>}
      <ul>
        {suggestions.map((suggestion) => (
          <li key={suggestion.lines.map(({ id }) => id).join(' ')}>
            <Button small onClick={() => onTake(suggestion)}>
              Choose
            </Button>
            <span className="match-suggested">
              {suggestion.lines.map((line) => lineText(line, zone, digits)).join(' + ')}
            </span>
            <span className="match-reasons">{suggestion.reasons.join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function lineText({ items, amount }: OpenLine, zone: Zone, digits: number): string {
  const item = items[0];
  return item === undefined
    ? ''
    : `${itemDay(item, zone)} ${itemName(item)} ${amountText(amount ?? item.amount, { digits })}`;
}
