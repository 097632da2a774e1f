/**
 * `npm run bench:explain`: causes planted in generated accounts, singles and pairs of each family, and some that no search
 * knows. How often the planted one comes first, and how often something else was called proven. `--cases N` plants fewer,
 * `--seed N` begins at another seed.
 */
import { outcomeOf, type Outcome } from '../explain/run.ts';
import type { Family } from '../explain/plants.ts';
import { tellOutcomeOf } from '../explain/tells.ts';
import { printFigure } from './figures.ts';
import { median } from './processes.ts';

interface Kind {
  readonly families: readonly (Family | 'arithmetic')[];
  /** Of 500 cases. */
  readonly share: number;
}

const KINDS: readonly Kind[] = [
  { families: ['arithmetic'], share: 40 },
  { families: ['policy'], share: 90 },
  { families: ['usage'], share: 90 },
  { families: ['data'], share: 70 },
  { families: ['policy', 'usage'], share: 40 },
  { families: ['policy', 'data'], share: 40 },
  { families: ['usage', 'data'], share: 40 },
  { families: ['policy', 'policy'], share: 20 },
  { families: ['unknown'], share: 70 },
];
const ALL = 500;

await figures(option('--cases', ALL), option('--seed', 1));

function option(name: string, preset: number): number {
  const place = process.argv.indexOf(name);
  return place < 0 ? preset : Number(process.argv[place + 1]);
}

async function figures(cases: number, first: number): Promise<void> {
  const singles: Outcome[] = [];
  const pairs: Outcome[] = [];
  const everything: Outcome[] = [];
  for (const { families, share } of KINDS) {
    const wanted = Math.max(1, Math.round((share * cases) / ALL));
    const outcomes = await outcomesOf(families, wanted, first);
    everything.push(...outcomes);
    if (!families.includes('unknown')) (families.length === 1 ? singles : pairs).push(...outcomes);
    const seeds = `seeds ${outcomes[0]?.seed ?? 0} to ${outcomes.at(-1)?.seed ?? 0}`;
    const times = `${median(outcomes.map(({ tried }) => tried))} tried in ${(median(outcomes.map(({ ms }) => ms)) / 1000).toFixed(1)} s`;
    process.stdout.write(`${families.join(' + ')}: ${summary(outcomes)}; ${times}; ${seeds}\n`);
    for (const { seed, planted, found, place } of outcomes.filter(isMissed))
      process.stdout.write(
        `  seed ${seed}: ${JSON.stringify(planted)} at ${place ?? 'none'}, first ${named(found[0])}\n`,
      );
  }
  const share = (outcomes: readonly Outcome[]): number =>
    outcomes.filter((one) => !isMissed(one)).length / outcomes.length;
  const percent = (count: number, of: readonly Outcome[]): string => `${((count / of.length) * 100).toFixed(1)} %`;
  const shown = (outcomes: readonly Outcome[]): string => {
    const alone = outcomes.filter(({ first }) => first).length;
    const all = percent(share(outcomes) * outcomes.length, outcomes);
    return `${all} of ${outcomes.length} (${percent(alone, outcomes)} where no total ties another with it)`;
  };
  printFigure({
    name: 'single causes that rank first',
    value: shown(singles),
    goal: 'at least 95 %',
    met: share(singles) >= 0.95,
  });
  printFigure({
    name: 'pairs of causes that rank first',
    value: shown(pairs),
    goal: 'at least 80 %',
    met: share(pairs) >= 0.8,
  });
  const bold = everything.filter(({ tooBold }) => tooBold);
  const proven = everything.filter(({ found }) => found.some(({ verdict }) => verdict === 'proven')).length;
  printFigure({
    name: 'called proven and not what was planted',
    value: `${bold.length} of ${everything.length} (proven in ${proven})${bold.map(({ seed, planted }) => `; seed ${seed} ${JSON.stringify(planted)}`).join('')}`,
    ...{ goal: 'none', met: bold.length === 0 },
  });
}

function isMissed({ first, indistinguishable, planted }: Outcome): boolean {
  return Object.keys(planted).length > 0 && !first && !indistinguishable;
}

async function outcomesOf(families: Kind['families'], wanted: number, first: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const others = families.filter((family) => family !== 'arithmetic');
  for (let seed = first; outcomes.length < wanted; seed++) {
    const outcome = others.length === 0 ? await tellOutcomeOf(seed) : await outcomeOf(seed, others);
    if (outcome !== null) outcomes.push(outcome);
  }
  return outcomes;
}

function summary(outcomes: readonly Outcome[]): string {
  const count = (test: (outcome: Outcome) => boolean): number => outcomes.filter(test).length;
  const proven = count(({ found }) => found.some(({ verdict }) => verdict === 'proven'));
  const first = `${count((one) => one.first)} first, ${count((one) => one.indistinguishable)} tied with the first`;
  return `${outcomes.length} planted, ${first}, ${proven} proven, ${count(({ tooBold }) => tooBold)} too bold`;
}

function named(found: Outcome['found'][number] | undefined): string {
  return found === undefined ? 'nothing' : JSON.stringify(found.changes);
}
