/** What the palette offers of the window itself: commands, documents, files, queries, values, variants. */
import { Clock, FileText, FlaskConical, ScrollText, SlidersHorizontal } from 'lucide-react';
import type { SavedQuery } from '../../../shared/contract/journal.ts';
import { draftOf, sameDraft } from '../../features/whatIf/draft.ts';
import { fieldText } from '../../features/whatIf/controlWords.ts';
import type { PaletteItem } from '../../features/palette/ranking.ts';
import { plural } from '../../ui/format.ts';
import type { Actions } from '../actions.ts';
import { titleOf, type Command } from '../commands/command.ts';
import { recentName } from '../FileMenus.tsx';
import type { AppState, AppStore } from '../store.ts';

export function windowItems(
  store: AppStore,
  state: AppState,
  actions: Actions,
  commands: readonly Command[],
): readonly PaletteItem[] {
  return [
    ...commandItems(commands, state),
    ...documentItems(state, actions),
    ...fileItems(store, state),
    ...queryItems(store, state),
    ...whatIfItems(store, state),
  ];
}

function commandItems(commands: readonly Command[], state: AppState): readonly PaletteItem[] {
  return commands
    .filter(({ keysOnly }) => keysOnly !== true)
    .map((command) => {
      const { id, group, icon, keys, words, waits, run } = command;
      const heading = group === 'Places' ? 'Places' : 'Commands';
      return {
        ...{ id, heading, icon, title: titleOf(command, state), waits: waits?.(state) ?? null, run },
        ...(heading === 'Commands' ? { detail: group } : {}),
        ...(keys === undefined ? {} : { keys }),
        ...(words === undefined ? {} : { words }),
      };
    });
}

function documentItems({ recentDocuments }: AppState, { openRecent }: Actions): readonly PaletteItem[] {
  return recentDocuments.map((recent) => ({
    ...{ id: `recent:${recent.id}`, heading: 'Recent documents', icon: Clock },
    title: recentName(recent, recentDocuments),
    words: 'open recent document workspace',
    run: () => void openRecent(recent.id),
  }));
}

function fileItems(store: AppStore, { view }: AppState): readonly PaletteItem[] {
  const files = (view?.imports ?? []).filter(({ format }) => format !== 'generated');
  return files.map(({ file, rows }) => ({
    ...{ id: `file:${file}`, heading: 'Files', title: file, icon: FileText },
    detail: plural(rows.stored, 'row'),
    run: () => {
      store.setState({ place: 'data', dataTab: 'files' });
      store.getState().sourceOpen(file, 1);
    },
  }));
}

function queryItems(store: AppStore, { sqlKept, sqlSaved, sqlShipped }: AppState): readonly PaletteItem[] {
  const item = (home: string, { name, note, sql }: SavedQuery): PaletteItem => ({
    ...{ id: `query:${home}:${name}`, heading: 'Queries', title: name, icon: ScrollText, words: `${note} sql query` },
    ...(note === '' ? {} : { detail: note }),
    run: () => {
      store.setState({ place: 'journal', journalTab: 'sql' });
      store.getState().sqlWrite(sql);
      void store.getState().sqlRun();
    },
  });
  return [
    ...sqlKept.map((query) => item('account', query)),
    ...sqlSaved.map((query) => item('computer', query)),
    ...sqlShipped.map((query) => item('app', query)),
  ];
}

/** Values and variants, once the place has been shown with this account. */
function whatIfItems(store: AppStore, { whatIf, accountNumber }: AppState): readonly PaletteItem[] {
  if (whatIf.account !== accountNumber) return [];
  const values = whatIf.controls.map((control): PaletteItem => ({
    ...{ id: `value:${control.path}`, heading: 'Values', title: control.label, icon: SlidersHorizontal },
    detail: `${fieldText(control, whatIf.draft.set[control.path] ?? control.saved)} ${control.unit}`.trim(),
    words: `${control.path} ${control.group} policy value what-if`,
    run: () => {
      store.setState({ place: 'whatIf' });
      store.getState().whatIfView({ filter: control.label, changedOnly: false });
    },
  }));
  const variants = whatIf.history.now.variants.map((variant): PaletteItem => ({
    ...{ id: `variant:${variant.id}`, heading: 'Variants', title: variant.name, icon: FlaskConical },
    detail: sameDraft(draftOf(variant), whatIf.draft) ? 'tried now' : 'try it',
    words: 'variant what-if',
    run: () => {
      store.setState({ place: 'whatIf' });
      store.getState().whatIfSelect(variant.id);
    },
  }));
  return [...variants, ...values];
}
