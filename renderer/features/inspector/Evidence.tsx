/** Why items are taken to belong together, what each says of itself, and where that is written. */
import { Dot } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ReconBreak, ReconGroup, ReconItem, ReconLink } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, countText, isZero } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { dateText, monthText, plural } from '../../ui/format.ts';
import { ItemText } from '../../ui/recon/ItemText.tsx';
import { CATEGORY_NAMES, SIDES, SIDE_NAMES, itemName } from '../../ui/recon/reconWords.ts';
import { SourceLink } from '../../ui/recon/SourceLink.tsx';
import './inspector.css';

const BETWEEN: Readonly<Record<ReconLink['between'], string>> = {
  simulated_document: 'Simulated and document',
  document_bank: 'Document and bank',
  simulated_bank: 'Simulated and bank',
};

const RULES: Readonly<Record<ReconLink['rule'], string>> = {
  reference: 'same reference',
  exact: 'same amount, near in time',
  tolerance: 'amount within the tolerance',
  fx: 'by the exchange rate',
  group: 'by their sum',
  date_exception: 'agree but for the date',
  reversal: 'charged and given back',
  by_hand: 'matched by hand',
};

export interface EvidenceActions {
  readonly onSource: (file: string, line: number) => void;
  /** The simulated item's row in the account; null where there is none to show. */
  readonly onRecord: (record: number) => void;
  /** Null where the month cannot be changed. */
  readonly onMatch: ((items: readonly string[]) => void) | null;
  readonly onOwn: ((breakId: string, owner: string | null) => void) | null;
}

export function Evidence(props: {
  readonly group: ReconGroup;
  /** Items that it may be matched with. */
  readonly candidates: readonly ReconItem[];
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly actions: EvidenceActions;
}): ReactNode {
  const { group, digits, actions } = props;
  return (
    <>
      {group.ignored !== null && (
        <section className="inspector-section">
          <h3>Ignored</h3>
          <p>{group.ignored}</p>
        </section>
      )}
      {group.links.map((link) => (
        <Link key={link.between} link={link} digits={digits} />
      ))}
      <Missing group={group} />
      <Candidates {...props} />
      {group.break !== null && <Break key={group.break.id} open={group.break} digits={digits} onOwn={actions.onOwn} />}
      <Items {...props} />
    </>
  );
}

function Link({ link, digits }: { readonly link: ReconLink; readonly digits: number }): ReactNode {
  const { between, rule, status, ambiguous, accepted, difference, category, evidence } = link;
  const state = accepted ? 'accepted' : ambiguous ? 'ambiguous' : status;
  return (
    <section className="inspector-section">
      <h3>
        {BETWEEN[between]} <span>{state}</span>
      </h3>
      <ul className="evidence-list">
        <EvidenceLine text={RULES[rule]} />
        {evidence.map((each) => (
          <EvidenceLine key={each} text={each} />
        ))}
        {!isZero(difference) && (
          <EvidenceLine
            text={`differ by ${amountText(difference, { digits, sign: 'movement', exact: true })}${category === 'none' ? '' : `, ${CATEGORY_NAMES[category]}`}`}
          />
        )}
      </ul>
    </section>
  );
}

function EvidenceLine({ text }: { readonly text: string }): ReactNode {
  return (
    <li>
      <Dot size="0.75rem" strokeWidth={4} aria-hidden="true" />
      <span>{text}</span>
    </li>
  );
}

function Missing({ group }: { readonly group: ReconGroup }): ReactNode {
  const missing = SIDES.flatMap((side) => {
    const text = group.missing[side];
    return text === undefined ? [] : [{ side, text }];
  });
  if (missing.length === 0) return null;
  return (
    <section className="inspector-section">
      <h3>Missing</h3>
      {missing.map(({ side, text }) => (
        <p key={side}>
          <strong>{SIDE_NAMES[side]}:</strong> {text}
        </p>
      ))}
    </section>
  );
}

/** Several would do: each can be chosen. */
function Candidates(props: Parameters<typeof Evidence>[0]): ReactNode {
  const { group, candidates, actions } = props;
  const { onMatch } = actions;
  if (group.candidates.length === 0) return null;
  const own = SIDES.flatMap((side) => group.cells[side].map(({ id }) => id));
  return (
    <section className="inspector-section">
      <h3>
        Candidates <span>{plural(group.candidates.length, 'would do', 'would do')}</span>
      </h3>
      {group.candidates.map((ids) => {
        const items = ids.flatMap((id) => candidates.find((item) => item.id === id) ?? []);
        return (
          <div key={ids.join(' ')} className="evidence-choice">
            <span>
              {items.map((item) => (
                <ItemText key={item.id} item={item} {...props} />
              ))}
              {items.length === 0 && ids.join(', ')}
            </span>
            {onMatch !== null && (
              <Button small onClick={() => onMatch([...new Set([...own, ...ids])])}>
                Match
              </Button>
            )}
          </div>
        );
      })}
    </section>
  );
}

function Break(props: {
  readonly open: ReconBreak;
  readonly digits: number;
  readonly onOwn: EvidenceActions['onOwn'];
}): ReactNode {
  const { open, digits, onOwn } = props;
  const { life, since, ageDays, breakOn, owner, amount, id } = open;
  const [typed, setTyped] = useState(owner ?? '');
  return (
    <section className="inspector-section">
      <h3>
        Break <span>{`${life}, ${amountText(amount, { digits, sign: 'movement' })}`}</span>
      </h3>
      <p>{`Open since ${monthText(since)}, ${plural(ageDays, 'day')}.`}</p>
      {breakOn !== null && <p>{`Timing until ${dateText(breakOn, true)}, a break from then on.`}</p>}
      {onOwn === null ? (
        <p>{owner === null ? 'Nobody looks after it.' : `${owner} looks after it.`}</p>
      ) : (
        <form
          className="owner-form"
          onSubmit={(event) => {
            event.preventDefault();
            onOwn(id, typed.trim() === '' ? null : typed.trim());
          }}
        >
          <input
            type="text"
            className="field"
            aria-label="Who looks after it"
            placeholder="Who looks after it"
            value={typed}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" className="button outline" aria-disabled={typed.trim() === (owner ?? '')}>
            Set owner
          </button>
        </form>
      )}
    </section>
  );
}

/** Items of a side that are written out. */
const SHOWN = 100;

function Items(props: Parameters<typeof Evidence>[0]): ReactNode {
  const { group } = props;
  return SIDES.filter((side) => group.cells[side].length > 0).map((side) => (
    <section key={side} className="inspector-section">
      <h3>{SIDE_NAMES[side]}</h3>
      {group.cells[side].slice(0, SHOWN).map((item) => (
        <Item key={item.id} item={item} {...props} />
      ))}
      {group.cells[side].length > SHOWN && <p>{`and ${countText(group.cells[side].length - SHOWN)} more`}</p>}
    </section>
  ));
}

function Item({ item, ...props }: Parameters<typeof Evidence>[0] & { readonly item: ReconItem }): ReactNode {
  const { digits, actions } = props;
  const { tax, reference, original, converted, text, status, record, entry, sources } = item;
  const facts = [
    text !== '' && text !== itemName(item) ? text : '',
    reference !== null && reference !== itemName(item) ? reference : '',
    tax === null || isZero(tax) ? '' : `tax ${amountText(tax, { digits })}`,
    original === null ? '' : `${amountText(original.amount, { digits: 2 })} ${original.currency}`,
    converted === null ? '' : `worth ${amountText(converted.amount, { digits })} at ${converted.rate}`,
    status ?? '',
    entry === null ? '' : `entered by hand, entry ${entry}`,
  ].filter((fact) => fact !== '');
  return (
    <div className="evidence-item">
      <ItemText item={item} {...props} />
      <p className="evidence-facts">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {sources.map(({ file, line }) => (
          <SourceLink key={`${file}:${line}`} file={file} line={line} onOpen={actions.onSource} />
        ))}
        {record !== null && (
          <button type="button" className="source-link" onClick={() => actions.onRecord(record)}>
            show in the account
          </button>
        )}
      </p>
    </div>
  );
}
