/** Serves what the page does with files: staging, taking, taking back, placing, opening their text. */
import type { EngineApi, Opened } from '../contract/engine.ts';
import type { Profiles } from '../contract/importing.ts';
import type { Account } from './account.ts';
import { asCounted, asEvidence } from './counting.ts';
import { filesOf, profilesOf, sourceTextOf, takeReadings, withPlacement, withoutFile } from './imports.ts';
import { filesInWords, type OpenDocument } from './openDocument.ts';
import { Staging, takerOf, type PricedTaker } from './staging.ts';
import type { Surroundings } from './surroundings.ts';

type ImportApi = Pick<
  EngineApi,
  | 'stageFiles'
  | 'restage'
  | 'staged'
  | 'unstage'
  | 'takeStaged'
  | 'files'
  | 'undoImport'
  | 'place'
  | 'compareOnly'
  | 'countUsage'
  | 'sourceAt'
>;

/** @param ownPrices text of the user's price list: the account's, or what an account that files make begins with */
export function importService(
  open: OpenDocument,
  ownPrices: () => string | null,
  surroundings: Surroundings,
): ImportApi {
  const staging = new Staging(surroundings);
  const current = (): Account => open.current();
  const taker = (): PricedTaker => ({ ...takerOf(open.receiver), priceList: ownPrices() });
  /** The user's profiles, and how files with the same header were read before. */
  const profilesFor = (saved: Profiles): Profiles => ({ ...profilesOf(open.receiver?.sources ?? []), ...saved });

  return {
    stageFiles: async ({ files, profiles }, context) => {
      await staging.add(files, profilesFor(profiles), {}, taker(), context);
      return staging.previews(taker(), context);
    },
    restage: async ({ id, choices }, context) => {
      await staging.choose(id, choices, taker(), context);
      return staging.previews(taker(), context);
    },
    staged: (_request, context) => staging.previews(taker(), context),
    unstage: ({ id }, context) => {
      staging.drop(id);
      return staging.previews(taker(), context);
    },
    takeStaged: async ({ ids }, context) => {
      const readings = await staging.settle(ids, taker(), context);
      const { outcome, reports } = takeReadings(open.receiver, readings, surroundings, ownPrices());
      const names = readings.map(({ source }) => source.report.file);
      const opened: Opened =
        outcome === null
          ? { ok: true, view: open.view() }
          : open.change(`Import of ${filesInWords(names)}`, outcome, { isOwn: true });
      if (!opened.ok) return opened;
      staging.drop(null);
      return { ok: true, view: { ...opened.view, imports: reports } };
    },
    files: () => Promise.resolve(open.account === null ? [] : filesOf(open.account)),
    undoImport: async ({ id }, context) => {
      const name = open.fileName(id);
      const outcome = await withoutFile(current(), id, surroundings, context);
      return open.change(`Taking back of ${name}`, outcome, { isOwn: false });
    },
    place: ({ id, placement }) => {
      const outcome = withPlacement(current(), id, placement, surroundings);
      return Promise.resolve(open.change(`Placement of ${open.fileName(id)}`, outcome, { isOwn: false }));
    },
    compareOnly: async ({ id }, context) => {
      const name = open.fileName(id);
      const outcome = await asEvidence(current(), id, open.log.records, surroundings, context);
      return open.change(`Comparing with ${name}`, outcome, { isOwn: false });
    },
    countUsage: async ({ id }, context) => {
      const name = open.fileName(id);
      const outcome = await asCounted(current(), id, open.log.records, surroundings, context);
      return open.change(`Counting of ${name}`, outcome, { isOwn: false });
    },
    sourceAt: (request) => sourceTextOf(current(), request, surroundings),
  };
}
