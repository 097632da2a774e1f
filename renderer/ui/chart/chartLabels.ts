/** Which labels the chart asks for, and where each could stand: cut-offs, overruns, expiries, now, the threshold. */
import type { ChartOverrun, ChartSpan } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { amountText, isZero, negated } from '../amountText.ts';
import { durationText } from '../format.ts';
import { pixelValue, spanEdges, type PlotGeometry } from './geometry.ts';
import { boxAt, textWidth, type Box, type LabelRequest } from './labels.ts';
import type { LaidOutMark } from './markLayout.ts';

const CLOSED: Readonly<Record<ChartSpan['reason'], string>> = {
  insufficient_quota: 'Cut off',
  monthly_limit: 'Monthly limit',
  no_plan: 'No plan',
};

interface LabelInput {
  readonly plot: PlotGeometry;
  readonly rem: number;
  readonly digits: number;
  readonly end: Instant;
  readonly spans: readonly ChartSpan[];
  readonly overruns: readonly ChartOverrun[];
  readonly marks: readonly LaidOutMark[];
  readonly threshold: string | null;
  readonly balance: string;
  readonly balanceY: number | null;
  /** Of the run, where others are compared with it; else empty. */
  readonly letter: string;
  readonly baseline: { readonly balance: string; readonly y: number } | null;
  readonly lineTop: (left: number, right: number) => number | null;
}

export function labelRequests(input: LabelInput): LabelRequest[] {
  return [...now(input), ...cutoffs(input), ...overruns(input), ...expiries(input), ...threshold(input)];
}

export function overrunKey({ from }: Pick<ChartOverrun, 'from'>): string {
  return `overrun${from}`;
}

export function expiryKey({ x, marks: [mark] }: Pick<LaidOutMark, 'x' | 'marks'>): string {
  return `expiry${mark?.record ?? x}`;
}

function sized(text: string, rem: number): { readonly width: number; readonly height: number } {
  return { width: textWidth(text, 11 * rem) * 1.05, height: 14 * rem };
}

/** The last balance of the run, and of the one that it is compared with: the higher one stands above. */
function now(input: LabelInput): LabelRequest[] {
  const { balance, balanceY, letter, baseline, digits } = input;
  if (balanceY === null) return [];
  const tone = balance.startsWith('-') && !isZero(balance) ? 'debt' : 'balance';
  const text = amountText(balance, { digits });
  const run = ending(input, 'now', letter === '' ? text : `${letter} ${text}`, tone, balanceY);
  if (baseline === null) return run;
  const other = ending(input, 'baseline', amountText(baseline.balance, { digits }), 'ink-2', baseline.y);
  return baseline.y < balanceY ? [...other, ...run] : [...run, ...other];
}

function ending(
  { plot, rem, end }: LabelInput,
  key: string,
  text: string,
  tone: string,
  balanceY: number,
): LabelRequest[] {
  const x = plot.x(end);
  if (x < plot.left || x > plot.right) return [];
  const { width, height } = sized(text, rem);
  const candidates = [-8, 10, -22, 24].flatMap((dy) => [
    boxAt(x + 7, balanceY + dy, width, height),
    boxAt(x - 7 - width, balanceY + dy, width, height),
  ]);
  return [{ key, text, tone, candidates }];
}

function cutoffs({ plot, rem, end, spans }: LabelInput): LabelRequest[] {
  return (
    spans
      // Before its first credit an account is closed too, but nothing was cut off.
      .filter(({ record }) => record !== null)
      .sort((a, b) => (b.to ?? end) - b.from - ((a.to ?? end) - a.from))
      .map((span) => {
        const text = `${span.about === true ? '~ ' : ''}${CLOSED[span.reason]} ${durationText((span.to ?? end) - span.from)}`;
        const { left, right } = spanEdges(span, plot, end);
        const { width, height } = sized(text, rem);
        const y = plot.top + 14;
        return {
          key: `cutoff${span.from}`,
          text,
          tone: 'closed',
          candidates: [
            boxAt(left - 7 - width, y, width, height),
            boxAt(right + 7, y, width, height),
            ...(right - left > width + 60 ? [boxAt((left + right) / 2 + 14, y, width, height)] : []),
          ],
        };
      })
  );
}

function overruns({ plot, rem, digits, end, overruns: found }: LabelInput): LabelRequest[] {
  return (
    found
      // One that lasts is named by the last balance already.
      .filter(({ to }) => to < end)
      .sort((a, b) => pixelValue(a.lowest) - pixelValue(b.lowest))
      .map((overrun) => {
        const { from, to, lowest } = overrun;
        const amount = amountText(lowest.startsWith('-') ? lowest : negated(lowest), { digits });
        const text = overrun.about === true ? `~ ${amount}` : amount;
        const { width, height } = sized(text, rem);
        const y = plot.y(-Math.abs(pixelValue(lowest)));
        const left = plot.x(from);
        const right = plot.x(to);
        return {
          key: overrunKey(overrun),
          text,
          tone: 'debt',
          candidates: [
            boxAt(left - 8 - width, y - 3, width, height),
            boxAt(right + 10, y - 3, width, height),
            boxAt((left + right - width) / 2, y + 12, width, height),
          ],
        };
      })
  );
}

function expiries({ plot, rem, digits, marks, lineTop }: LabelInput): LabelRequest[] {
  return marks
    .filter(({ kind }) => kind === 'expiry')
    .map((placed) => {
      const {
        x,
        from,
        marks: [mark],
      } = placed;
      const text = `Expired ${amountText(mark?.amount?.replace('-', '') ?? '', { digits })}`;
      const { width, height } = sized(text, rem);
      const left = x - width / 2;
      const top = lineTop(left - 2, left + width + 2) ?? from ?? plot.top;
      const above = Math.min(top, from ?? top) - 9;
      return {
        key: expiryKey(placed),
        text,
        tone: 'expiry',
        candidates: [
          boxAt(left, above, width, height),
          boxAt(left, above - 14, width, height),
          boxAt(x + 9, (from ?? above) + 4, width, height),
          boxAt(left, plot.top + 14, width, height),
        ],
      };
    });
}

function threshold({ plot, rem, digits, threshold: value }: LabelInput): LabelRequest[] {
  if (value === null) return [];
  const y = plot.y(pixelValue(value));
  if (y < plot.top + 8 || y > plot.bottom - 4) return [];
  const text = `threshold ${amountText(value, { digits })}`;
  const { width, height } = sized(text, rem);
  const candidates: Box[] = [];
  // Below the line, above it, or else below its marks.
  for (const dy of [9.5 * rem, -8.5 * rem, 20 + 7 * rem]) {
    for (let x = plot.left + 8; x + width < plot.right; x += 14) candidates.push(boxAt(x, y + dy, width, height));
  }
  return [{ key: 'threshold', text, tone: 'ink-2', candidates }];
}
