/** What the user should know or decide about the chosen file beside its questions; nothing where there is nothing. */
import { BookmarkCheck, CalendarRange, CopyMinus, Files, Scale, Tag, TriangleAlert, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilePreview, Mend, ReadingChoices } from '../../../shared/contract/importing.ts';
import type { Placement } from '../../../shared/domain/usage.ts';
import { amountText } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { canBeCompared } from '../../ui/fileKind.ts';
import { middleCut, plural } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { coverText, PLACEMENTS } from '../../ui/placements.ts';
import { Segmented, type SegmentedOption } from '../../ui/Segmented.tsx';
import { stateOf } from './fileState.ts';
import { tieFigures } from './tieFigures.ts';

type Role = NonNullable<ReadingChoices['role']>;

export interface NoticeActions {
  readonly onMend: (mend: Mend) => void;
  readonly onInclude: (include: boolean) => void;
  readonly onPlacement: (placement: Placement) => void;
  readonly onRole: (role: Role) => void;
  readonly onLeaveOut: () => void;
  readonly onLeaveOther: (() => void) | null;
  readonly onAfresh: () => void;
  readonly onAdd: () => void;
  readonly onPrices: () => void;
}

export function FileNotices(
  props: NoticeActions & { readonly preview: FilePreview; readonly isIncluded: boolean },
): ReactNode {
  const { preview, isIncluded } = props;
  const { mends, doubleCount, buckets, fromProfile, choices } = preview;
  const off = stateOf(preview).kind === 'off';
  const role = choices.role ?? 'counts';
  return (
    <>
      {fromProfile && (
        <div className="file-notice">
          <Notice icon={BookmarkCheck} title="Read as you read the last file with this header">
            <p>
              <Button small onClick={props.onAfresh}>
                Read it afresh
              </Button>
            </p>
          </Notice>
        </div>
      )}
      {off && (
        <div className="file-notice">
          <TieNotice preview={preview} />
          {mends.map((mend) => (
            <div key={mend.label} className="file-mend">
              <Wrench size="1rem" strokeWidth={1.9} aria-hidden="true" />
              <p>{mend.says}</p>
              <Button small onClick={() => props.onMend(mend)}>
                {mend.label}
              </Button>
            </div>
          ))}
          <Checkbox label="Import although it does not tie" checked={isIncluded} onChange={props.onInclude} />
        </div>
      )}
      {doubleCount !== null && (
        <div className="file-notice">
          <Notice icon={CopyMinus} tone="expiry" title={`Counts the same usage as ${doubleCount.other}`}>
            <p>{doubleCount.says}</p>
            <p className="file-offers">
              <Button small onClick={props.onLeaveOut}>
                Leave this file out
              </Button>
              {doubleCount.otherStaged && props.onLeaveOther !== null && (
                <Button small onClick={props.onLeaveOther}>
                  Leave the other out
                </Button>
              )}
            </p>
          </Notice>
        </div>
      )}
      {!preview.unreadable && !preview.report.repeatedFile && canBeCompared(preview.report) && (
        <div className="file-notice">
          <Notice icon={Scale} title="It states what usage costs">
            <p>{ROLE_SAYS[role]}</p>
          </Notice>
          <Segmented<Role> label="What the file is for" value={role} onChange={props.onRole} options={ROLES} />
        </div>
      )}
      {preview.lacksNextPage && (
        <div className="file-notice">
          <Notice icon={Files} tone="expiry" title="This is a page of a query that goes on">
            <p>The page that follows it is neither here nor in the account. Without it the figures end early.</p>
          </Notice>
          <Button small onClick={props.onAdd}>
            Add the next page
          </Button>
        </div>
      )}
      {preview.unpriced.length > 0 && (
        <div className="file-notice">
          <Notice icon={Tag} tone="expiry" title={`No price is known for ${skusText(preview.unpriced)}`}>
            <p>{unpricedSentence(preview.unpriced)}</p>
          </Notice>
          <Button small onClick={props.onPrices}>
            Open prices
          </Button>
        </div>
      )}
      {buckets !== null && role === 'counts' && (
        <div className="file-notice">
          <Notice
            icon={CalendarRange}
            title={`${plural(buckets.rows, 'row')} cover ${coverText(buckets.longestMs)} each`}
          >
            <p>{placementSentence(buckets.longestMs)}</p>
          </Notice>
          <Segmented<Placement>
            label="Where the usage of a row is placed"
            value={choices.placement ?? 'spread'}
            onChange={props.onPlacement}
            options={PLACEMENTS}
          />
        </div>
      )}
    </>
  );
}

const ROLES: readonly SegmentedOption<Role>[] = [
  { value: 'counts', label: 'Counts as usage', title: 'Its rows are the usage of the account, or part of it' },
  {
    value: 'compare',
    label: 'Only compare (evidence)',
    title: 'Its rows count for nothing; Reconcile sets them beside the simulated usage',
  },
];

const ROLE_SAYS: Readonly<Record<Role, string>> = {
  counts:
    'Its rows become usage of the account. A vendor’s own cost export, beside a log of yours, is evidence instead.',
  compare: 'Its rows count for nothing. Reconcile sets their costs beside the simulated ones, by month, SKU and day.',
};

/** Names that are said; more are counted. */
const NAMED = 3;

function skusText(unpriced: FilePreview['unpriced']): string {
  const more = unpriced.length - NAMED;
  const named = unpriced
    .slice(0, NAMED)
    .map(({ sku }) => middleCut(sku, 40))
    .join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

function unpricedSentence(unpriced: FilePreview['unpriced']): string {
  const rows = unpriced.reduce((sum, each) => sum + each.rows, 0);
  const which = unpriced.length === 1 ? 'Its' : 'Their';
  return `${which} ${plural(rows, 'row')} will count as nothing until one is added (Data, Prices).`;
}

function placementSentence(longestMs: number): string {
  const cover = coverText(longestMs);
  return (
    `The file cannot tell when within ${cover} the usage was. The chart shows the band between the earliest and the ` +
    'latest; recharges and overruns depend on it.'
  );
}

function TieNotice({ preview: { report, mends } }: { readonly preview: FilePreview }): ReactNode {
  const figures = report.tie === null ? null : tieFigures(report.tie);
  const line = report.tie?.firstBreakLine ?? null;
  const off = figures === null ? '' : ` by ${amountText(figures.off, { digits: 2, exact: true, sign: 'movement' })}`;
  const where = line === null ? '' : `, first at line ${line}`;
  return (
    <Notice
      icon={TriangleAlert}
      tone="debt"
      title={`Opening and movements miss the stated closing balance${off}${where}`}
    >
      <p>
        {mends.length === 0 ? 'No other way of reading it makes it tie. It stays out.' : 'It stays out until it ties.'}
      </p>
    </Notice>
  );
}
