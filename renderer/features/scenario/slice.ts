/**
 * The scenario's text between editor and worker: what is typed is judged when the hand rests, runs as soon as it can be
 * read, and the last good run stays on screen while it cannot. The text itself is the editor's; here is what was last seen of
 * it.
 */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { NamedFile } from '../../../shared/contract/importing.ts';
import type {
  ExpectationResult,
  GeneratedUsagePreview,
  GeneratorPlace,
  MapDoc,
  ScenarioCheck,
  ScenarioFile,
} from '../../../shared/contract/scenario.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { RunSeries } from './RunCurve.tsx';
import type { EngineClient, GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

/** A hand that rests this long has finished a word. */
const REST_MS = 250;
/** Texts above this take noticeably long to read, and are read less often. */
const LARGE_TEXT = 500_000;
const LARGE_REST_MS = 1_000;
/** Columns of a generator's picture, and of the balance's. */
const PREVIEW_COLUMNS = 160;
const SERIES_COLUMNS = 320;

/** Text to be put into the editor. A fresh one begins a history of its own, another can be undone. */
export interface ShownText {
  readonly text: string;
  readonly fresh: boolean;
}

export type GeneratorView = GeneratorPlace & { readonly usage: GeneratedUsagePreview | { readonly message: string } };

export interface ScenarioSlice {
  /** Name that problems carry; null before anything was loaded or where no account is open. */
  readonly scenarioName: string | null;
  readonly scenarioShown: ShownText | null;
  /** The text on which the figures on screen are. */
  readonly scenarioApplied: string | null;
  /** What Revert goes back to: the text as it was opened or last saved. */
  readonly scenarioBase: string | null;
  /** The editor's text as it was last judged. */
  readonly scenarioDraft: string | null;
  /** Null until a text was judged. */
  readonly scenarioCheck: ScenarioCheck | null;
  /** The editor has what is not judged yet. */
  readonly scenarioWaiting: boolean;
  readonly scenarioExpectations: readonly ExpectationResult[];
  readonly scenarioGenerators: readonly GeneratorView[];
  /** The balance of the last text that ran. */
  readonly scenarioSeries: RunSeries | null;
  readonly scenarioDocs: readonly MapDoc[] | null;
  /** The open account may have another text by now. */
  readonly scenarioStale: boolean;
  /** The editor's own state while it is not on screen: text, undo history, place of the cursor. */
  readonly scenarioKept: unknown;
  /** @param opened the account was opened, not changed: its text begins a history of its own */
  scenarioLoad(opened: boolean): Promise<void>;
  /** Something was typed; `read` gives the text when it is needed. */
  scenarioTyped(read: () => string): void;
  /** Judges at once what was typed. */
  scenarioFlush(): void;
  /** Puts a text into the editor in the place of what is there, as one step that can be undone. */
  scenarioPut(text: string): void;
  scenarioRevert(): void;
  /** A text that begins from a template, with the usage files that it names. */
  scenarioBegin(template: ScenarioFile, files: readonly NamedFile[]): void;
  scenarioKeep(kept: unknown): void;
  /** The workspace was saved. */
  scenarioSaved(): void;
  scenarioForget(): void;
}

export interface ScenarioDeps extends SliceDeps {
  /** The account runs under an edited text; `first`: it was opened by it. */
  readonly scenarioApplied: (view: AccountView, first: string | null) => void;
  /** First and last instant of the account on screen; null where none is open. */
  readonly span: () => { readonly from: Instant; readonly to: Instant } | null;
  /** Resolves when no other work changes the account. */
  readonly idle: () => Promise<void>;
}

export function createScenarioSlice(
  set: SetSlice<ScenarioSlice>,
  get: GetSlice<ScenarioSlice>,
  deps: ScenarioDeps,
): ScenarioSlice {
  const { engine } = deps;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let read: (() => string) | null = null;
  let files: readonly NamedFile[] = [];

  const draw = async (): Promise<void> => {
    const scenarioSeries = await seriesOf(engine, deps.span());
    if (scenarioSeries !== null) set({ scenarioSeries });
  };

  const judge = async (text: string): Promise<null> => {
    const name = get().scenarioName ?? 'scenario.yaml';
    const request = { name, text, ...(files.length === 0 ? {} : { files }) };
    const check = await engine.checkScenario(request).result;
    set({ scenarioDraft: text, scenarioCheck: check, scenarioWaiting: read !== null });
    if (!check.ok) return null;
    set({ scenarioExpectations: check.expectations });
    if (text !== get().scenarioApplied) await apply(name, text, request);
    await draw();
    set({ scenarioGenerators: await generatorViews(engine, text, check.generators) });
    return null;
  };

  const apply = async (
    name: string,
    text: string,
    request: Parameters<typeof engine.applyScenario>[0],
  ): Promise<void> => {
    await deps.idle();
    const first = get().scenarioApplied === null;
    const opened = await engine.applyScenario(request).result;
    if (!opened.ok) {
      set({ scenarioCheck: { ok: false, problems: opened.problems, expectations: [], generators: [] } });
      return;
    }
    // the files are the worker's from here on
    files = [];
    set({ scenarioApplied: text });
    deps.scenarioApplied(opened.view, first ? name : null);
  };

  const judging = latestOnly<string, null>({
    ask: judge,
    take: () => undefined,
    failed: (error) => {
      set({ scenarioWaiting: false });
      deps.failed(error);
    },
  });

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const text = read?.();
    read = null;
    if (text !== undefined) judging.ask(text);
  };

  const put = (text: string, fresh = false): void => {
    set({ scenarioShown: { text, fresh }, ...(fresh ? { scenarioKept: null } : {}), scenarioWaiting: true });
    read = () => text;
    flush();
  };

  return {
    scenarioName: null,
    scenarioShown: null,
    scenarioApplied: null,
    scenarioBase: null,
    scenarioDraft: null,
    scenarioCheck: null,
    scenarioWaiting: false,
    scenarioExpectations: [],
    scenarioGenerators: [],
    scenarioSeries: null,
    scenarioDocs: null,
    scenarioStale: true,
    scenarioKept: null,
    scenarioLoad: async (opened) => {
      set({ scenarioStale: false });
      try {
        if (get().scenarioDocs === null) set({ scenarioDocs: await engine.scenarioDocs({}).result });
        const file = await engine.scenarioText({}).result;
        const { scenarioApplied, scenarioName } = get();
        if (file === null) return;
        if (file.text === scenarioApplied && file.name === scenarioName) {
          await draw();
          return;
        }
        // the same document, changed elsewhere, is a step that can be undone
        const fresh = opened || scenarioApplied === null || file.name !== scenarioName;
        set({ scenarioName: file.name, scenarioApplied: file.text, ...(fresh ? { scenarioBase: file.text } : {}) });
        put(file.text, fresh);
      } catch (error) {
        deps.failed(error);
      }
    },
    scenarioTyped: (next) => {
      read = next;
      if (!get().scenarioWaiting) set({ scenarioWaiting: true });
      if (timer !== null) clearTimeout(timer);
      const isLarge = (get().scenarioDraft?.length ?? 0) > LARGE_TEXT;
      timer = setTimeout(flush, isLarge ? LARGE_REST_MS : REST_MS);
    },
    scenarioFlush: flush,
    scenarioPut: (text) => put(text),
    scenarioRevert: () => {
      const { scenarioBase } = get();
      if (scenarioBase !== null) put(scenarioBase);
    },
    scenarioBegin: ({ name, text }, named) => {
      files = named;
      const isFirst = get().scenarioApplied === null;
      if (isFirst) set({ scenarioName: name, scenarioBase: text });
      put(text, isFirst);
    },
    scenarioKeep: (kept) => set({ scenarioKept: kept }),
    scenarioSaved: () => set(({ scenarioApplied }) => ({ scenarioBase: scenarioApplied })),
    scenarioForget: () => set({ scenarioStale: true }),
  };
}

async function seriesOf(engine: EngineClient, span: ReturnType<ScenarioDeps['span']>): Promise<RunSeries | null> {
  if (span === null) return null;
  const window = { from: span.from, to: span.to, columns: SERIES_COLUMNS };
  return { ...window, points: await engine.series(window).result };
}

async function generatorViews(
  engine: EngineClient,
  text: string,
  generators: readonly GeneratorPlace[],
): Promise<readonly GeneratorView[]> {
  const views: GeneratorView[] = [];
  for (const place of generators) {
    const usage = await engine.generatePreview({ text, index: place.index, columns: PREVIEW_COLUMNS }).result;
    views.push({ ...place, usage });
  }
  return views;
}
