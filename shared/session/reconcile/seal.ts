/** What a month is sealed with, and the month as it was when it was. */
import type { ReconciledMonth, Reconciliation } from '../../contract/reconcile.ts';
import { canonicalJson } from '../../reconcile/log/canonical.ts';
import type { Seal, SealedInput } from '../../reconcile/log/acts.ts';
import { OPEN_PERIOD } from '../../reconcile/log/fold.ts';
import type { StoredSource } from '../../storage/source.ts';
import { replayAccount, type Account } from '../account.ts';
import type { Surroundings } from '../surroundings.ts';
import { atOnce } from '../inPieces.ts';
import { adoptedIn } from './adopted.ts';
import { basisSteps, type Basis } from './basis.ts';
import type { Hashing } from './digest.ts';

/** Of what matching and replaying yield: another number, where they yield something else for the same inputs. */
export const ENGINE_VERSION = 'drawdown reconcile 2';

/** What is hashed of a month: everything it concludes, and nothing that later months or the day of looking change. */
export function resultHash(shown: Reconciliation, { text }: Hashing): string {
  const { period, verdict, lacks, bridge, groups, usage, balances, sums } = shown;
  return text(
    canonicalJson({
      period: period.period,
      ...{ verdict, lacks, bridge, usage, balances, sums },
      groups: groups.map(({ id, section, cells, links, category, difference, ignored, break: found }) => ({
        ...{ id, section, links, category, difference, ignored },
        cells: Object.values(cells).map((items) => items.map((item) => ({ ...item, entry: null }))),
        break:
          found === null
            ? null
            : { id: found.id, category: found.category, amount: found.amount, breakOn: found.breakOn },
      })),
    }),
  );
}

export function inputOf(source: StoredSource, { rows }: Hashing): SealedInput {
  const { report, placement, choices } = source;
  return {
    ...{ name: report.file, sha256: report.sha256, rows: rows(source), placement },
    compared: choices.role === 'compare',
  };
}

export function sealOf({ account }: Basis, shown: ReconciledMonth, result: string, hashes: Hashing): Seal {
  const { scenario, priceList, sources } = account;
  return {
    engine: ENGINE_VERSION,
    inputs: sources.map((source) => inputOf(source, hashes)),
    scenario: { ...scenario, sha256: hashes.text(scenario.text) },
    priceList: { text: priceList, sha256: hashes.text(priceList ?? '') },
    ...(shown.adopted.length === 0 ? {} : { adopted: shown.adopted }),
    totals: Object.fromEntries(Object.entries(shown.sums).map(([side, { total }]) => [side, total])),
    bridge: shown.bridge.steps.map(({ id, amount, items }) => ({ id, amount, items })),
    verdict: shown.verdict,
    result,
  };
}

/** What a seal stands for and is no longer there as it was. */
export interface MissingInput {
  readonly name: string;
  /** It is there, with other rows. */
  readonly changed: boolean;
}

/** The files of a seal, as they counted then, of those that the document still has. */
export function sealedSources(
  now: Account,
  seal: Seal,
  hashes: Hashing,
): { readonly sources: readonly StoredSource[]; readonly missing: readonly MissingInput[] } {
  const free = [...now.sources];
  const missing: MissingInput[] = [];
  const sources = seal.inputs.flatMap((input): StoredSource[] => {
    const isFile = ({ report }: StoredSource): boolean => report.sha256 === input.sha256 && report.file === input.name;
    const place = free.findIndex((source) => isFile(source) && hashes.rows(source) === input.rows);
    const [source] = place === -1 ? [] : free.splice(place, 1);
    if (source !== undefined) return [asSealed(source, input)];
    missing.push({ name: input.name, changed: free.some(isFile) });
    return [];
  });
  return { sources, missing };
}

/** The account of a seal, made of what the document still has; null where something is not there. */
export function accountAsSealed(
  now: Account,
  seal: Seal,
  hashes: Hashing,
  surroundings: Surroundings,
): { readonly account: Account | null; readonly missing: readonly MissingInput[] } {
  const { sources, missing } = sealedSources(now, seal, hashes);
  if (missing.length > 0) return { account: null, missing };
  const { name, text } = seal.scenario;
  const isSame =
    text === now.scenario.text &&
    seal.priceList.text === now.priceList &&
    sources.length === now.sources.length &&
    sources.every((source, index) => source === now.sources[index]);
  if (isSame) return { account: now, missing };
  const outcome = replayAccount({ name, text }, sources, surroundings, seal.priceList.text);
  return outcome.ok ? { account: outcome.account, missing } : { account: null, missing: [{ name, changed: true }] };
}

function asSealed(source: StoredSource, { placement, compared }: SealedInput): StoredSource {
  const isCompared = source.choices.role === 'compare';
  if (source.placement === placement && isCompared === compared) return source;
  const { role: _role, ...choices } = source.choices;
  return { ...source, placement, choices: compared ? { ...choices, role: 'compare' } : choices };
}

/** The month's basis as it was sealed: its account, and the log up to the seal. */
export function sealedBasis(basis: Basis, account: Account, seq: number): Basis {
  return atOnce(
    basisSteps(
      account,
      basis.log.filter((entry) => entry.seq < seq),
    ),
  );
}

/** What is another now than when the month was sealed, in words. */
export function changesSince(basis: Basis, month: string, hashes: Hashing): string[] {
  const { sealed } = basis.decisions.periods.get(month) ?? OPEN_PERIOD;
  if (sealed === null) return [];
  const { inputs, scenario, priceList, adopted = [] } = sealed.seal;
  const { account } = basis;
  const changes: string[] = [];
  if (account.scenario.text !== scenario.text) changes.push('The scenario was changed');
  if ((account.priceList ?? '') !== (priceList.text ?? '')) changes.push('The price list was changed');
  const adoptedNow = adoptedIn({ ...basis.decisions, periods: new Map() }, month);
  if (canonicalJson(adoptedNow) !== canonicalJson(adopted)) changes.push('What is adopted for the vendor was changed');
  const now = account.sources.map((source) => inputOf(source, hashes));
  const same = (a: SealedInput, b: SealedInput): boolean => a.name === b.name && a.sha256 === b.sha256;
  for (const input of inputs) {
    const found =
      now.find((known) => same(known, input) && known.rows === input.rows) ?? now.find((known) => same(known, input));
    if (found === undefined) changes.push(`${input.name} was taken back`);
    else if (found.rows !== input.rows) changes.push(`Rows of ${input.name} are others`);
    else if (found.placement !== input.placement) changes.push(`${input.name} has its usage placed otherwise`);
    else if (found.compared !== input.compared)
      changes.push(`${input.name} ${found.compared ? 'no longer counts' : 'counts now'}`);
  }
  for (const input of now) {
    if (!inputs.some((known) => same(known, input))) changes.push(`${input.name} was imported`);
  }
  return changes;
}
