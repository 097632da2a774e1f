/** Compares the account's chart with a second run: a pinned variant, or another file opened beside it. */
import { classify } from '../features/importing/classify.ts';
import { letterOf } from '../features/whatIf/draft.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { AppStore } from './store.ts';

export interface Comparing {
  compareVariant(id: string): Promise<void>;
  /** Asks for a scenario, with the usage files it names, or a workspace. */
  compareFile(): Promise<void>;
  compareStop(): void;
}

export function createComparing(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly chooseFiles: (options: { readonly accept: string; readonly multiple: boolean }) => Promise<File[]>;
  readonly guarded: (failed: string, work: () => Promise<void>) => Promise<void>;
}): Comparing {
  const { store, engine, chooseFiles, guarded } = deps;
  const state = store.getState;

  return {
    compareVariant: (id) =>
      guarded('The variant was not compared', async () => {
        const { view } = state();
        const { variants } = await engine.variants({}).result;
        const place = variants.findIndex((variant) => variant.id === id);
        const variant = variants[place];
        const balance = variant?.figures.find(({ name }) => name === 'balance')?.value;
        if (view === null || variant === undefined || balance === undefined)
          throw new Error(variant?.problems[0]?.message ?? 'It is no longer pinned.');
        const shared = { from: view.from, to: view.to };
        state().chartCompareWith({ variant: id, name: `${letterOf(place)} ${variant.name}`, balance, shared });
      }),
    compareFile: () =>
      guarded('The file was not compared', async () => {
        const files = await chooseFiles({ accept: '', multiple: true });
        if (files.length === 0) return;
        const chosen = await classify(files);
        if (chosen.kind !== 'workspace' && chosen.kind !== 'scenario')
          throw new Error('Choose a scenario (.yaml, .json), with the usage files it names, or a saved workspace.');
        const content =
          chosen.kind === 'workspace'
            ? { bytes: new Uint8Array(await chosen.file.arrayBuffer()) }
            : {
                text: await chosen.file.text(),
                files: files.filter((file) => file !== chosen.file).map((file) => ({ name: file.name, content: file })),
              };
        const answer = await engine.openSecond({ name: chosen.file.name, content }).result;
        if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('; '));
        const { title, balance, from, to } = answer.run;
        state().chartCompareWith({ variant: null, name: title, balance, shared: { from, to } });
      }),
    compareStop: () => {
      state().chartCompareWith(null);
      void engine.closeSecond({}).result;
    },
  };
}
