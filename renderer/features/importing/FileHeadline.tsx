/** A file's own arithmetic as the first figures of the page, and what follows from it at the right. */
import { Check, CircleMinus, Info, TriangleAlert } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { FilePreview, TieReport } from '../../../shared/contract/importing.ts';
import { minorDigitsOf } from '../../../shared/domain/money.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { Chip } from '../../ui/Chip.tsx';
import { plural, spanText } from '../../ui/format.ts';
import { totalText } from '../../ui/totals.ts';
import { currencyOf, rowNoun, stateOf } from './fileState.ts';
import { tieFigures } from './tieFigures.ts';

interface Term {
  readonly figure: string;
  readonly detail: string;
  /** What stands before it. */
  readonly mark: '' | '+' | '=' | '≠';
}

export function FileHeadline({ preview, zone }: { readonly preview: FilePreview; readonly zone: Zone }): ReactNode {
  const terms = preview.report.tie === null ? countTerms(preview, zone) : tieTerms(preview, preview.report.tie);
  return (
    <header className="headline">
      <h2 className="visually-hidden">{preview.report.file}</h2>
      <div className="headline-terms">
        {terms.map(({ figure, detail, mark }, index) => (
          <Fragment key={detail}>
            {index > 0 && (
              <span
                className={mark === '≠' ? 'headline-mark tone-debt' : 'headline-mark'}
                aria-label={MARK_NAMES[mark]}
              >
                {mark}
              </span>
            )}
            <div className="headline-term">
              <strong>{figure}</strong>
              <span>{detail}</span>
            </div>
          </Fragment>
        ))}
      </div>
      <Verdict preview={preview} />
    </header>
  );
}

const MARK_NAMES = { '': undefined, '+': 'plus', '=': 'equals', '≠': 'is not' } as const;

function tieTerms(preview: FilePreview, tie: TieReport): readonly Term[] {
  const { report, rows, marks } = preview;
  const digits = minorDigitsOf(currencyOf(preview));
  const figures = tieFigures(tie);
  const amount = (text: string): string => amountText(text, { digits, exact: true });
  const movements = amountText(tie.movements, { digits, exact: true, sign: 'movement' });
  const [first, last] = [rows[0]?.line ?? null, rows.at(-1)?.line ?? null];
  const opening = marks.find(({ says }) => says === 'opening')?.line ?? null;
  const closing = marks.findLast(({ says }) => says === 'closing')?.line ?? null;
  const lines = rows.length === report.rows.read && first !== null && last !== null ? `, lines ${first} – ${last}` : '';
  return [
    {
      figure: amount(tie.opening),
      detail: opening === null ? 'opening balance' : `opening, line ${opening}`,
      mark: '',
    },
    { figure: plural(report.rows.read, 'movement'), detail: `${movements}${lines}`, mark: '+' },
    ...(figures === null ? [] : [{ figure: amount(figures.computed), detail: 'as computed', mark: '=' } as const]),
    {
      figure: amount(tie.closing),
      detail: closing === null ? 'as stated' : `as stated, line ${closing}`,
      mark: tie.holds ? '=' : '≠',
    },
  ];
}

function countTerms({ report }: FilePreview, zone: Zone): readonly Term[] {
  const { rows, kind, totals } = report;
  const span = spanText(report, zone);
  const sums = Object.entries(totals);
  const shown = sums.slice(0, 3).map(([currency, amount]): Term => {
    const digits = minorDigitsOf(currency);
    const exact = totalText('', amount);
    const figure = amountText(amount, { digits });
    const what = kind === 'usage' ? 'cost' : 'in all';
    return { figure, detail: exact === figure ? `${currency} ${what}` : `${currency} ${what}, ${exact}`, mark: '' };
  });
  const more = sums.length - shown.length;
  return [
    { figure: plural(rows.read, rowNoun(report)), detail: span === '' ? 'read' : span, mark: '' },
    ...shown,
    ...(more > 0 ? [{ figure: `+${countText(more)}`, detail: 'more currencies', mark: '' } as const] : []),
  ];
}

function Verdict({ preview }: { readonly preview: FilePreview }): ReactNode {
  const state = stateOf(preview);
  const { tie } = preview.report;
  if (state.kind === 'ties') {
    return (
      <Chip icon={Check} tone="credit" large>
        This file ties
      </Chip>
    );
  }
  if (state.kind === 'off' && tie !== null) {
    const figures = tieFigures(tie);
    const off = figures === null ? '' : amountText(figures.off, { digits: 2, exact: true, sign: 'movement' });
    return (
      <Chip icon={TriangleAlert} tone="debt" large>
        {off === '' ? 'Does not tie' : `Off by ${off}`}
      </Chip>
    );
  }
  const icon =
    state.tone === 'credit'
      ? Check
      : state.tone === 'debt'
        ? TriangleAlert
        : state.tone === 'ink-2'
          ? CircleMinus
          : Info;
  return (
    <Chip icon={icon} tone={state.tone} large>
      {state.text.charAt(0).toUpperCase() + state.text.slice(1)}
    </Chip>
  );
}
