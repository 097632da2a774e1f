/** The way in of a worker for tests: which preview a file gets is told by its name. */
import type { AccountView, EngineApi, Opened } from '../../shared/contract/engine.ts';
import type {
  FilePreview,
  ImportReport,
  NamedFile,
  ReadingChoices,
  StoredFile,
} from '../../shared/contract/importing.ts';
import type { CallContext } from '../../shared/contract/rpc.ts';
import {
  NO_ROWS,
  dailyCosts,
  manyProblems,
  openQuestions,
  preview,
  report,
  unreadable,
  usageLog,
} from './fakePreviews.ts';
import { bankCsv, mt940, repeatedFile } from './fakeStatements.ts';

type StagingApi = Pick<
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

interface Held {
  readonly id: number;
  readonly name: string;
  readonly choices: ReadingChoices;
  readonly fromProfile: boolean;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const SCENARIO_FILE: StoredFile = {
  id: 900,
  report: report('usage-2026.ndjson', {
    format: 'usage-ndjson',
    why: 'each line is an object with timestamp, model and cost',
    size: 41_200_300,
    sha256: '77aa92d0a3b5c7e90f1122334455667788990011aabbccddeeff00112233e7a3',
    rows: { ...NO_ROWS, read: 231_515, stored: 231_515 },
    from: Date.UTC(2025, 9, 6),
    to: Date.UTC(2026, 9, 14),
    totals: { USD: '10835.1294' },
  }),
  placement: null,
  importedAt: null,
  ofScenario: true,
};

/** A file with `broken` in its name cannot be taken, one with `slow` is read for seconds. */
export function fakeStaging(account: { current: AccountView }): StagingApi {
  let held: Held[] = [];
  let stored: StoredFile[] = [SCENARIO_FILE];
  let nextId = 1;

  const previewOf = ({ id, name, choices, fromProfile }: Held): FilePreview => {
    const other = held.find((each) => each.id !== id && each.name.includes('costs'));
    const read = ((): FilePreview => {
      if (stored.some(({ report: { file } }) => file === name)) return repeatedFile(id, name);
      if (name.includes('bank')) return bankCsv(id, name);
      if (name.includes('mt940')) return mt940(id, name, choices);
      if (name.includes('ndjson')) return usageLog(id, name);
      if (name.includes('costs')) return dailyCosts(id, name, choices, other?.name ?? null);
      if (name.includes('question')) return openQuestions(id, name, choices);
      if (name.includes('problems')) return manyProblems(id, name);
      if (name.includes('unreadable')) return unreadable(id, name);
      return preview(
        id,
        report(name, {
          sha256: `${name}-sha`,
          rows: { ...NO_ROWS, read: 3, stored: 3 },
          totals: { USD: '12.5' },
          from: Date.UTC(2026, 9, 1),
          to: Date.UTC(2026, 9, 2),
        }),
      );
    })();
    return { ...read, choices, fromProfile };
  };
  const previews = (): readonly FilePreview[] => held.map(previewOf);

  const view = (imports: readonly ImportReport[]): Opened => {
    account.current = {
      ...account.current,
      counts: { ...account.current.counts, files: stored.length },
      imports,
    };
    return { ok: true, view: account.current };
  };

  return {
    stageFiles: async ({ files, profiles }, context) => {
      await read(files, context);
      for (const { name } of files) {
        const id = nextId++;
        const bare = previewOf({ id, name, choices: {}, fromProfile: false });
        const profile = bare.fingerprint === null ? undefined : profiles[bare.fingerprint];
        held.push({ id, name, choices: profile ?? {}, fromProfile: profile !== undefined });
      }
      return previews();
    },
    restage: async ({ id, choices }, context) => {
      await wait(20);
      context.throwIfCancelled();
      held = held.map((each) => (each.id === id ? { ...each, choices, fromProfile: false } : each));
      return previews();
    },
    staged: () => Promise.resolve(previews()),
    unstage: ({ id }) => {
      held = id === null ? [] : held.filter((each) => each.id !== id);
      return Promise.resolve(previews());
    },
    takeStaged: async ({ ids }, context) => {
      await wait(20);
      context.throwIfCancelled();
      const taken = previews().filter(({ id }) => ids.includes(id));
      const broken = taken.find(({ report: { file } }) => file.includes('broken'));
      if (broken !== undefined) {
        const message = 'the file changed while it was read';
        return { ok: false, problems: [{ file: broken.report.file, line: 8112, column: 14, field: 'cost', message }] };
      }
      held = [];
      stored = [
        ...stored,
        ...taken.map(({ id, report: of, buckets, choices }) => ({
          id: 1000 + id,
          report: of,
          placement: buckets === null ? null : (choices.placement ?? ('spread' as const)),
          ...(choices.role === 'compare' ? { compared: true } : {}),
          importedAt: Date.UTC(2026, 10, 2, 9, 14),
          ofScenario: false,
        })),
      ];
      return view(stored.map(({ report: of }) => of));
    },
    files: () => Promise.resolve(stored),
    undoImport: async ({ id }) => {
      await wait(10);
      stored = stored.filter((each) => each.id !== id);
      return view(stored.map(({ report: of }) => of));
    },
    place: async ({ id, placement }) => {
      await wait(10);
      stored = stored.map((each) => (each.id === id ? { ...each, placement } : each));
      return view(stored.map(({ report: of }) => of));
    },
    compareOnly: async ({ id }) => {
      await wait(10);
      stored = stored.map((each) => (each.id === id ? { ...each, compared: true } : each));
      return view(stored.map(({ report: of }) => of));
    },
    countUsage: async ({ id }) => {
      await wait(10);
      stored = stored.map((each) => (each.id === id ? { ...each, compared: false } : each));
      return view(stored.map(({ report: of }) => of));
    },
    sourceAt: async ({ file, line, around }) => {
      await wait(5);
      if (file.includes('gone')) throw new Error(`${file} is not part of this account.`);
      const first = Math.max(1, line - around);
      return {
        file,
        lines: Array.from({ length: line + around - first + 1 }, (_, index) => ({
          line: first + index,
          text: `{"id":"evt_${first + index}","timestamp":"2026-09-25T16:32:02.113Z","model":"hm-large","input_tokens":1840,"output_tokens":310,"cost":0.0421,"region":"eu-west"}`,
        })),
        cells: [
          { header: 'id', value: `evt_${line}` },
          { header: 'timestamp', value: '2026-09-25T16:32:02.113Z' },
          { header: 'model', value: 'hm-large' },
          { header: 'cost', value: '0.0421' },
          { header: 'region', value: 'eu-west' },
          { header: 'note', value: '' },
        ],
      };
    },
  };
}

async function read(files: readonly NamedFile[], context: CallContext): Promise<void> {
  const pause = files.some(({ name }) => name.includes('slow')) ? 150 : 2;
  for (let step = 0; step <= 20; step += 1) {
    context.throwIfCancelled();
    context.progress({ what: `Reading ${files[0]?.name ?? ''}`, done: step * 900, total: 18_000 });
    await wait(pause);
  }
}
