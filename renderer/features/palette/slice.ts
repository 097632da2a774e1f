/** The palette: what is typed, the rows of the account that were found for it, what was chosen lately. */
import type { Found, FindRequest } from '../../../shared/contract/find.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { chosen } from './ranking.ts';

export interface PaletteSlice {
  readonly paletteShown: boolean;
  readonly paletteQuery: string;
  /** Rows for what was typed; null until they are there, or where nothing is looked for. */
  readonly paletteFound: { readonly query: string; readonly found: Found } | null;
  readonly paletteLooking: boolean;
  /** Ids, the last first. */
  readonly paletteChosen: readonly string[];
  paletteOpen(): void;
  paletteClose(): void;
  /** @param request what to look for in the account; null: nothing */
  paletteWrite(query: string, request: FindRequest | null): void;
  paletteChoose(id: string): void;
}

export function createPaletteSlice(
  set: SetSlice<PaletteSlice>,
  get: GetSlice<PaletteSlice>,
  { engine, failed }: SliceDeps,
  recent: readonly string[],
): PaletteSlice {
  const finder = latestOnly({
    ask: async ({ query, request }: { readonly query: string; readonly request: FindRequest }) => ({
      query,
      found: await engine.find(request).result,
    }),
    take: (paletteFound) => {
      if (paletteFound.query === get().paletteQuery) set({ paletteFound, paletteLooking: false });
    },
    failed: (error) => {
      set({ paletteLooking: false });
      failed(error);
    },
  });
  return {
    paletteShown: false,
    paletteQuery: '',
    paletteFound: null,
    paletteLooking: false,
    paletteChosen: recent,
    paletteOpen: () => set({ paletteShown: true, paletteQuery: '', paletteFound: null, paletteLooking: false }),
    paletteClose: () => {
      finder.forget();
      set({ paletteShown: false });
    },
    paletteWrite: (paletteQuery, request) => {
      if (request === null) finder.forget();
      else finder.ask({ query: paletteQuery, request });
      set({ paletteQuery, paletteFound: null, paletteLooking: request !== null });
    },
    paletteChoose: (id) => set({ paletteChosen: chosen(get().paletteChosen, id) }),
  };
}
