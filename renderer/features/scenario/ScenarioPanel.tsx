/** Beside the text: whether it runs, what is wrong, what it expects, what its generators make. A click goes to the line. */
import { Check, CircleAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { ExpectationResult, ScenarioCheck } from '../../../shared/contract/scenario.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { countText } from '../../ui/amountText.ts';
import { durationText } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { placeText } from '../../ui/problemPlaces.ts';
import { RunCurve, type RunSeries } from './RunCurve.tsx';
import type { GeneratorView } from './slice.ts';
import { UsageShape } from './UsageShape.tsx';
import { differenceText, expectationName, signed, verdictOf } from './verdict.ts';

/** Of each list; the rest is counted. */
const MOST_SHOWN = 200;
const ICON = { size: '0.875rem', strokeWidth: 2.1, 'aria-hidden': true } as const;

export function ScenarioPanel(props: {
  readonly view: AccountView | null;
  readonly zone: Zone;
  /** Null until a text was judged. */
  readonly check: ScenarioCheck | null;
  readonly waiting: boolean;
  /** Of the last text that ran. */
  readonly expectations: readonly ExpectationResult[];
  readonly generators: readonly GeneratorView[];
  readonly series: RunSeries | null;
  readonly onGo: (line: number, column: number) => void;
}): ReactNode {
  const { view, zone, check, waiting, expectations, generators, series, onGo } = props;
  const bad = check !== null && !check.ok;
  return (
    <aside className="scenario-panel" aria-label="Run of the scenario">
      {check !== null && <VerdictPart check={check} waiting={waiting} />}
      {view !== null && <Figures {...{ view, zone, series }} stale={bad} />}
      {bad && <Problems problems={check.problems} onGo={onGo} />}
      {expectations.length > 0 && <Expectations results={expectations} zone={zone} stale={bad} onGo={onGo} />}
      {generators.map((generator) => (
        <section key={generator.index} className={bad ? 'dimmed' : undefined}>
          <Heading title="Generated usage" line={generator.line} onGo={onGo} />
          {'message' in generator.usage ? (
            <p className="second">{generator.usage.message}</p>
          ) : (
            <UsageShape usage={generator.usage} zone={zone} digits={view?.minorDigits ?? 2} />
          )}
        </section>
      ))}
    </aside>
  );
}

function VerdictPart({ check, waiting }: { readonly check: ScenarioCheck; readonly waiting: boolean }): ReactNode {
  const { tone, title, detail } = verdictOf(check);
  const icon = tone === 'debt' ? (check.ok ? X : TriangleAlert) : Check;
  return (
    <div className={waiting ? 'scenario-verdict waiting' : 'scenario-verdict'} role="status">
      <Notice icon={icon} tone={tone} title={title}>
        {detail !== '' && <p>{detail}</p>}
      </Notice>
    </div>
  );
}

function Figures(props: {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly series: RunSeries | null;
  readonly stale: boolean;
}): ReactNode {
  const { view, zone, series, stale } = props;
  const { figures, counts, minorDigits: digits, currency, replayMs } = view;
  return (
    <section>
      <h2>{stale ? 'Last good run' : 'Run'}</h2>
      {series !== null && <RunCurve series={series} zone={zone} />}
      <dl className="scenario-figures">
        <dt>{`Balance ${currency}`}</dt>
        <dd>
          <Amount value={figures.balance} digits={digits} strong />
        </dd>
        <dt>{`Overrun ${currency}`}</dt>
        <dd>
          <Amount value={figures.overrun} digits={digits} />
        </dd>
        <dt>Cut-offs</dt>
        <dd>{countText(counts.cutoffs)}</dd>
        <dt>Usage rows</dt>
        <dd>{countText(counts.usage)}</dd>
        <dt>Replay</dt>
        <dd>{replayMs < 1 ? 'under 1 ms' : durationText(replayMs)}</dd>
      </dl>
    </section>
  );
}

function Problems(props: {
  readonly problems: readonly LocatedProblem[];
  readonly onGo: (line: number, column: number) => void;
}): ReactNode {
  const { problems, onGo } = props;
  return (
    <section>
      <h2>Problems</h2>
      <ol className="scenario-lines">
        {problems.slice(0, MOST_SHOWN).map((problem) => (
          <li key={`${placeText(problem)} ${problem.message}`}>
            <button type="button" onClick={() => onGo(problem.line ?? 1, problem.column ?? 1)}>
              <CircleAlert {...ICON} className="tone-debt" />
              <span className="mono">{placeText(problem)}</span>
              <span className="scenario-said">{problem.message}</span>
            </button>
          </li>
        ))}
      </ol>
      <More total={problems.length} />
    </section>
  );
}

function Expectations(props: {
  readonly results: readonly ExpectationResult[];
  readonly zone: Zone;
  readonly stale: boolean;
  readonly onGo: (line: number, column: number) => void;
}): ReactNode {
  const { results, zone, stale, onGo } = props;
  const failedFirst = [...results].sort((a, b) => Number(a.held) - Number(b.held));
  return (
    <section className={stale ? 'dimmed' : undefined}>
      <h2>Expectations</h2>
      <ol className="scenario-lines">
        {failedFirst.slice(0, MOST_SHOWN).map((result) => (
          <li key={`${result.line}:${result.column}`}>
            <button type="button" onClick={() => onGo(result.line, result.column)}>
              {result.held ? <Check {...ICON} className="tone-credit" /> : <X {...ICON} className="tone-debt" />}
              <span>
                <span className="visually-hidden">{result.held ? 'Holds: ' : 'Fails: '}</span>
                {expectationName(result.of, zone)}
                <span className="scenario-line">{`line ${result.line}`}</span>
              </span>
              <span className={result.held ? 'scenario-said' : 'scenario-said scenario-failed'}>
                {signed(result.held ? result.expected : result.differences.map(differenceText).join(', '))}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <More total={results.length} />
    </section>
  );
}

function Heading(props: {
  readonly title: string;
  readonly line: number;
  readonly onGo: (line: number, column: number) => void;
}): ReactNode {
  const { title, line, onGo } = props;
  return (
    <h2>
      {title}
      <button type="button" className="scenario-line" onClick={() => onGo(line, 1)}>{`line ${line}`}</button>
    </h2>
  );
}

function More({ total }: { readonly total: number }): ReactNode {
  if (total <= MOST_SHOWN) return null;
  return <p className="second">{`The first ${MOST_SHOWN} are shown; ${countText(total - MOST_SHOWN)} more.`}</p>;
}
