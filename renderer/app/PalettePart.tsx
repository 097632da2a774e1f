/** Joins the palette with the store: what can be gone to, and what is found for the letters that are typed. */
import { useMemo, type ReactNode } from 'react';
import { Palette } from '../features/palette/Palette.tsx';
import { ranked } from '../features/palette/ranking.ts';
import { useActions, useAppState, useAppStore, useCommands } from './context.ts';
import { dayItem, figureItems, foundItems, rowsFor } from './palette/accountItems.ts';
import { windowItems } from './palette/windowItems.ts';
import { useZone } from './useZone.ts';

export function PalettePart(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const commands = useCommands();
  const zone = useZone();
  const view = useAppState((state) => state.view);
  const query = useAppState((state) => state.paletteQuery);
  const found = useAppState((state) => state.paletteFound);
  const looking = useAppState((state) => state.paletteLooking);
  const chosen = useAppState((state) => state.paletteChosen);
  const groups = useMemo(() => {
    const state = store.getState();
    const ofAccount =
      view === null
        ? []
        : [
            ...dayItem(query, view, zone, store),
            ...figureItems(view, zone, actions),
            ...(found === null ? [] : foundItems(query, found.found, { view, zone, store, actions })),
          ];
    return ranked([...ofAccount, ...windowItems(store, state, actions, commands)], query, chosen);
  }, [store, actions, commands, view, zone, query, found, chosen]);
  return (
    <Palette
      query={query}
      groups={groups}
      looking={looking}
      onQuery={(text) => store.getState().paletteWrite(text, view === null ? null : rowsFor(text, view, zone))}
      onChoose={(item) => {
        actions.choseInPalette(item.id);
        item.run();
      }}
      onClose={() => store.getState().paletteClose()}
    />
  );
}
