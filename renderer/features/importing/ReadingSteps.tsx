/** How the file was read, in the four steps that every reading takes, and the one click that changes the format. */
import { Check, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilePreview } from '../../../shared/contract/importing.ts';
import { countText } from '../../ui/amountText.ts';
import { encodingName } from '../../ui/encodingName.ts';
import { middleCut, plural, sizeText } from '../../ui/format.ts';
import { Menu } from '../../ui/Menu.tsx';
import { totalsText } from '../../ui/totals.ts';

type Tone = 'credit' | 'expiry' | 'debt';

export function ReadingSteps(props: {
  readonly preview: FilePreview;
  readonly onFormat: (format: string) => void;
}): ReactNode {
  const { preview, onFormat } = props;
  const { report, formats } = preview;
  const format = formats.find((known) => known.format === report.format);
  const unread = report.kind === 'unknown';
  const lines = preview.text.length;
  return (
    <ol className="steps" aria-label="How it was read">
      <Step
        number={1}
        name="Bytes"
        tone={report.repeatedFile ? 'expiry' : 'credit'}
        fact={`${sizeText(report.size)}, sha-256 ${report.sha256.slice(0, 4)}…`}
        title={`SHA-256 ${report.sha256}`}
        detail={
          preview.repeats === 'staged'
            ? 'the same bytes are in this list'
            : report.repeatedFile
              ? 'the same bytes are in the account'
              : 'not imported before'
        }
      />
      <Step
        number={2}
        name="Text"
        tone={preview.unreadable && report.encoding === null ? 'debt' : 'credit'}
        fact={encodingName(report.encoding)}
        detail={
          lines === 0
            ? preview.unreadable
              ? 'no line of it was read'
              : 'a format of its own'
            : lines === 1
              ? 'the first line is below'
              : `the first ${lines} lines are below`
        }
      />
      <Step
        number={3}
        name="Format"
        tone={unread ? 'debt' : preview.questions.length > 0 ? 'expiry' : 'credit'}
        fact={unread ? 'Not recognised' : (format?.label ?? report.format)}
        title={report.why}
        detail={report.why}
      >
        {formats.length > 0 && (
          <Menu
            label="Change format"
            small
            groups={[
              formats.map(({ format: name, label }) => ({
                label,
                icon: Check,
                checked: name === report.format,
                onChoose: () => onFormat(name),
              })),
            ]}
          />
        )}
      </Step>
      <Step
        number={4}
        name="Rows"
        tone={rowsTone(preview)}
        fact={rowsFact(preview)}
        title={rowsDetail(preview)}
        detail={rowsDetail(preview)}
      />
    </ol>
  );
}

function rowsTone({ report: { rows, tie, problemCount }, questions }: FilePreview): Tone {
  if (rows.read === 0 || (tie !== null && !tie.holds)) return 'debt';
  if (questions.length > 0) return 'expiry';
  return problemCount > 0 || rows.duplicate > 0 ? 'expiry' : 'credit';
}

function rowsFact({ report: { rows } }: FilePreview): string {
  if (rows.stored === rows.read) return `${plural(rows.read, 'row')} to store`;
  return `${countText(rows.read)} read, ${countText(rows.stored)} to store`;
}

function rowsDetail({ report, questions }: FilePreview): string {
  const { rows, repeated, tie } = report;
  const repeats = totalsText(repeated);
  const parts: readonly (readonly [number, string])[] = [
    [rows.duplicate, repeats === '' ? 'repeated' : `repeated, ${repeats}`],
    [rows.rejected, 'rejected'],
    [rows.complimentary, 'complimentary'],
    [rows.rounded, 'rounded'],
    [rows.adjustments, 'negative'],
    [rows.superseded, 'replaced'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${countText(count)} ${what}`);
  if (said.length > 0) return said.join(' · ');
  if (questions.length > 0) return 'more once the questions are answered';
  return tie?.holds === true ? 'each balance follows from the one before' : 'none repeated, none rejected';
}

function Step(props: {
  readonly number: number;
  readonly name: string;
  readonly tone: Tone;
  readonly fact: string;
  readonly title?: string;
  readonly detail: string;
  readonly children?: ReactNode;
}): ReactNode {
  const { number, name, tone, fact, title, detail, children } = props;
  const Icon = tone === 'credit' ? Check : tone === 'debt' ? TriangleAlert : Info;
  return (
    <li className="step">
      <span className="step-name">
        <span aria-hidden="true">{number}</span> {name}
        <Icon className={`step-sign tone-${tone}`} size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      </span>
      <strong title={title}>{middleCut(fact, 44)}</strong>
      <span className="step-detail" title={title}>
        {detail}
      </span>
      {children}
    </li>
  );
}
