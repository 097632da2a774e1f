/** Where items come from, and what of the settings of matching each of these has of its own. */
import type { ReconSettings, ReconSide } from '../../contract/reconcile.ts';
import type { ReconSource, SourceTerms } from '../../contract/reconSettings.ts';
import { normalisedDescriptor } from '../../reconcile/descriptor.ts';
import type { MatchSettings, MatchTerms } from '../../reconcile/match/types.ts';
import type { StoredSource } from '../../storage/source.ts';
import type { AllItems } from './allItems.ts';
import { isBankSource } from './bankItems.ts';
import { isDocumentSource } from './documentMentions.ts';
import type { Item } from './item.ts';
import { atomsOf } from './settings.ts';

/**
 * The account that a statement is of. A CSV that does not name it is known by its columns: the next export of the same
 * bank has them too.
 */
export function accountSource({ statement, fingerprint, report }: StoredSource): string {
  return `bank/${statement?.account ?? fingerprint ?? report.format}`;
}

export function issuerSource(party: string | null): string {
  return `document/${normalisedDescriptor(party ?? '')}`;
}

/** What is set for the source of some items; the account's where they are of several that differ. */
export function settingsOfItems(settings: ReconSettings, items: readonly Pick<Item, 'source'>[]): SourceTerms {
  const [first] = items;
  const isOne = first !== undefined && items.every(({ source }) => source === first.source);
  const own = isOne ? settings.sources.find(({ source }) => source === first.source) : undefined;
  return own === undefined ? settings : { ...settings, ...own.set };
}

export function termsOf(settings: SourceTerms): MatchTerms {
  return {
    dateWindow: { before: settings.before, after: settings.after },
    exceptionWindowDays: settings.exceptionDays,
    amountTolerance: { abs: atomsOf(settings.tolerance), bps: settings.toleranceBps },
    graceDays: settings.graceDays,
    group: { enabled: settings.groups, maxSize: settings.groupSize },
    duplicateDays: settings.duplicateDays,
    feeBps: settings.feeBps ?? 0,
  };
}

/** Those of sources of a side that have their own. */
export function termsOfSources(settings: ReconSettings, side: ReconSide): MatchSettings['sources'] {
  return ofSide(settings, side).map(({ source, set }) => ({ source, terms: termsOf({ ...settings, ...set }) }));
}

/** Days after which nothing of a side is still on its way. */
export function slowestOf(settings: ReconSettings, side: ReconSide): number {
  const days = ofSide(settings, side).map(({ set }) => ({ ...settings, ...set }));
  return Math.max(...[settings, ...days].map(({ after, graceDays }) => after + graceDays));
}

function ofSide({ sources }: ReconSettings, side: ReconSide): ReconSettings['sources'] {
  return sources.filter(({ source }) => source.startsWith(`${side}/`));
}

/** All that are known: of the items, and those that have settings and no items any more. */
export function sourcesOf(
  stored: readonly StoredSource[],
  { bank, documents }: Pick<AllItems, 'bank' | 'documents'>,
  settings: ReconSettings,
): ReconSource[] {
  const found = new Map<string, ReconSource>();
  const accounts = new Map(
    stored
      .filter((source) => isBankSource(source) && !isDocumentSource(source))
      .map((source) => [accountSource(source), source.statement?.account ?? `lines as in ${source.report.file}`]),
  );
  const add = (source: string, side: ReconSource['side'], name: string): void => {
    const known = found.get(source);
    found.set(source, { source, side, name: known?.name ?? name, items: (known?.items ?? 0) + 1 });
  };
  for (const { source } of bank) if (source !== null) add(source, 'bank', accounts.get(source) ?? source);
  for (const { source, party } of documents)
    if (source !== null) add(source, 'document', party ?? 'documents without an issuer');
  for (const { source, name } of settings.sources)
    if (!found.has(source))
      found.set(source, { source, side: source.startsWith('bank/') ? 'bank' : 'document', name, items: 0 });
  return [...found.values()];
}
