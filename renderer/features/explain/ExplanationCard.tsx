/** One explanation: how sure, one sentence, its evidence, before and after, what else it closes, and what to do with it. */
import { Check, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AlsoCloses, Explanation, MovedRow } from '../../../shared/contract/explain.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { dayText, instantText, plural, timeText } from '../../ui/format.ts';
import { SourceLink } from '../../ui/recon/SourceLink.tsx';
import { BeforeAfter } from './BeforeAfter.tsx';
import './explain.css';
import { verdictOf } from './verdictLook.ts';

export interface CardActions {
  /** Null where the month cannot be changed. */
  readonly onAdopt: ((explanation: Explanation) => void) | null;
  readonly onNote: ((explanation: Explanation) => void) | null;
  readonly onSource: (file: string, line: number) => void;
}

export function ExplanationCard(props: {
  readonly explanation: Explanation;
  readonly rank: number;
  /** The first is shown whole. */
  readonly best: boolean;
  /** Its button is the one solid button of the screen. */
  readonly solid: boolean;
  readonly vendor: string;
  readonly zone: Zone;
  readonly digits: number;
  readonly actions: CardActions;
}): ReactNode {
  const { explanation, rank, best, solid, vendor, zone, digits, actions } = props;
  const { sentence, detail, residual, also, set } = explanation;
  const { onAdopt, onNote } = actions;
  const [opened, setOpened] = useState(false);
  const [rowsShown, setRowsShown] = useState(false);
  const whole = best || opened;
  return (
    <li className={best ? 'explanation best' : 'explanation'}>
      <div className="explanation-head">
        <span className="explanation-rank">{rank}</span>
        <VerdictChip explanation={explanation} />
        <span className="explanation-left">
          left over <Amount value={residual} digits={digits} strong />
        </span>
      </div>
      <div className="explanation-body">
        <h4>{sentence}</h4>
        {detail !== '' && <p>{detail}</p>}
        {whole && <BeforeAfter explanation={explanation} digits={digits} />}
        {whole && <Also explanation={explanation} digits={digits} />}
        {whole ? (
          <div className="explanation-actions">
            {set !== null && onAdopt !== null && (
              <Button look={solid ? 'solid' : 'outline'} small onClick={() => onAdopt(explanation)}>
                {`Adopt for ${vendor}`}
              </Button>
            )}
            {onNote !== null && (
              <Button small onClick={() => onNote(explanation)}>
                Keep as note
              </Button>
            )}
            {explanation.movedCount > 0 && (
              <Button small look="quiet" expanded={rowsShown} onClick={() => setRowsShown(!rowsShown)}>
                {`Rows ${explanation.movedCount}`}
              </Button>
            )}
            {!best && (
              <Button small look="quiet" expanded onClick={() => setOpened(false)}>
                Less
              </Button>
            )}
          </div>
        ) : (
          <Button small look="quiet" expanded={false} onClick={() => setOpened(true)}>
            {also.length === 0 ? 'More' : `More, ${plural(also.length, 'other total')}`}
          </Button>
        )}
        {whole && rowsShown && (
          <Moved explanation={explanation} zone={zone} digits={digits} onSource={actions.onSource} />
        )}
      </div>
    </li>
  );
}

function VerdictChip({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const { look, icon: Icon, text } = verdictOf(explanation);
  return (
    <span className={`verdict-chip ${look}`}>
      <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      {text}
    </span>
  );
}

/** What decides between rivals: the other totals that the same change moves. */
function Also({ explanation, digits }: { readonly explanation: Explanation; readonly digits: number }): ReactNode {
  const { also, verdict } = explanation;
  if (also.length === 0) return null;
  const closes = also.filter((one) => one.closes);
  const others = also.filter((one) => !one.closes);
  return (
    <>
      <AlsoList
        title={verdict === 'proven' ? 'Also closes, and no rival does' : 'Also closes'}
        list={closes}
        digits={digits}
      />
      <AlsoList title="Leaves open" list={others} digits={digits} />
    </>
  );
}

function AlsoList(props: {
  readonly title: string;
  readonly list: readonly AlsoCloses[];
  readonly digits: number;
}): ReactNode {
  const { title, list, digits } = props;
  if (list.length === 0) return null;
  return (
    <div className="also">
      <h5>{title}</h5>
      <ul>
        {list.map((one) => (
          <li key={one.label}>
            {one.closes ? (
              <Check className="tone-credit" size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
            ) : (
              <X className="tone-ink-2" size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
            )}
            <span>{one.label}</span>
            <strong>{movedText(one, digits)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `−3.47 → 0.00`; what is no amount (`30 of 30`) is given as it is. */
function movedText({ before, after }: AlsoCloses, digits: number): string {
  const text = (value: string): string => amountText(value, { digits, sign: 'movement' });
  return before === after ? text(after) : `${text(before)} → ${text(after)}`;
}

function Moved(props: {
  readonly explanation: Explanation;
  readonly zone: Zone;
  readonly digits: number;
  readonly onSource: (file: string, line: number) => void;
}): ReactNode {
  const { explanation, zone, digits, onSource } = props;
  const { moved, movedCount } = explanation;
  return (
    <div className="moved">
      <h5>{moved.length < movedCount ? `First ${moved.length} of ${plural(movedCount, 'row')}` : 'Rows that move'}</h5>
      <ul>
        {moved.map((row, index) => (
          <li key={index}>
            <time title={instantText(row.at, zone)}>{`${dayText(row.at, zone)} ${timeText(row.at, zone)}`}</time>
            <MovedPlace row={row} onSource={onSource} />
            <Amount value={row.amount} digits={digits} exact />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MovedPlace(props: {
  readonly row: MovedRow;
  readonly onSource: (file: string, line: number) => void;
}): ReactNode {
  const { label, file, line } = props.row;
  return (
    <span className="moved-label">
      {file === null || line === null ? (
        label
      ) : (
        <SourceLink file={file} line={line} label={label} onOpen={props.onSource} />
      )}
    </span>
  );
}
