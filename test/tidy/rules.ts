/**
 * The house rules as tables: who may import whom, which package is known where, which words are not used and what to use
 * instead. Read by `inspect.ts`; change a rule here, with its reason.
 */

export interface Layer {
  readonly name: string;
  /** A folder (ending in `/`) or one file. The longest that fits a path is its layer. */
  readonly path: string;
  /** Layers that it may import, besides itself. */
  readonly may: readonly string[];
  /** Layers of which it may import types alone. */
  readonly mayTypes?: readonly string[];
  /** What to do about a breach. */
  readonly use: string;
}

const PURE = 'pass it in as an argument, or move what both need to shared/domain';
const SHARED = ['domain', 'engine', 'scenario', 'import', 'reconcile', 'export', 'storage', 'session', 'contract'];

export const LAYERS: readonly Layer[] = [
  { name: 'domain', path: 'shared/domain/', may: [], use: PURE },
  { name: 'engine', path: 'shared/engine/', may: ['domain'], use: PURE },
  { name: 'contract', path: 'shared/contract/', may: [], mayTypes: ['domain'], use: 'plain types in shared/contract' },
  { name: 'scenario', path: 'shared/scenario/', may: ['domain', 'reconcile'], mayTypes: ['contract'], use: PURE },
  { name: 'import', path: 'shared/import/', may: ['domain'], mayTypes: ['contract'], use: PURE },
  { name: 'reconcile', path: 'shared/reconcile/', may: ['domain'], mayTypes: ['contract'], use: PURE },
  { name: 'storage', path: 'shared/storage/', may: ['domain'], mayTypes: ['contract'], use: PURE },
  { name: 'export', path: 'shared/export/', may: ['domain'], use: PURE },
  { name: 'reconcile', path: 'shared/reconcile/', may: ['domain'], mayTypes: ['contract'], use: PURE },
  {
    name: 'session',
    path: 'shared/session/',
    may: ['domain', 'engine', 'scenario', 'import', 'reconcile', 'export', 'storage', 'contract'],
    use: 'an argument that main/ or renderer/ passes in',
  },
  {
    name: 'worker',
    path: 'renderer/worker/',
    may: SHARED,
    use: 'shared/session for logic; the page calls by shared/contract',
  },
  { name: 'platform', path: 'renderer/platform/', may: ['domain', 'contract'], use: 'shared/contract/host.ts' },
  { name: 'ui', path: 'renderer/ui/', may: ['domain'], mayTypes: ['contract'], use: 'a property of the component' },
  {
    name: 'features',
    path: 'renderer/features/',
    may: ['domain', 'contract', 'ui'],
    mayTypes: ['platform'],
    use: 'a property or the slice, filled in by renderer/app; engine work goes through shared/contract/engine.ts',
  },
  {
    name: 'app',
    path: 'renderer/app/',
    may: ['domain', 'contract', 'ui', 'features', 'platform', 'scenarios'],
    use: 'shared/contract/engine.ts, behind which the worker does it',
  },
  {
    name: 'page',
    path: 'renderer/',
    may: ['app', 'features', 'ui', 'platform', 'domain', 'contract', 'scenarios'],
    use: 'shared/contract/engine.ts, behind which the worker does it',
  },
  {
    name: 'shell',
    path: 'main/',
    may: ['contract', 'security', 'files'],
    use: 'the page; the shell only gives it files and a window',
  },
  { name: 'assets', path: 'main/setup/assets.mjs', may: [], use: 'nothing; every server imports it' },
  { name: 'security', path: 'main/security.ts', may: ['assets'], use: 'main/setup/assets.mjs' },
  { name: 'files', path: 'main/files.ts', may: ['contract'], use: 'shared/contract' },
  {
    name: 'setup',
    path: 'main/setup/',
    may: ['assets'],
    use: 'plain JavaScript and Node; it runs before anything is built',
  },
  { name: 'cli', path: 'main/cli/', may: [...SHARED, 'files', 'scenarios'], use: 'shared/session' },
  { name: 'scenarios', path: 'scenarios/', may: [], use: '' },
  { name: 'test', path: 'test/', may: ['*'], use: '' },
  { name: 'config', path: '', may: ['assets', 'setup'], use: 'main/setup' },
];

export interface Home {
  readonly packages: readonly string[];
  readonly paths: readonly string[];
  /** Among those paths, not here. */
  readonly except?: readonly string[];
  readonly use: string;
}

export const HOMES: readonly Home[] = [
  { packages: ['decimal.js'], paths: ['shared/domain/', 'test/'], use: 'shared/domain/money.ts' },
  {
    packages: ['sql.js'],
    paths: ['shared/storage/', 'renderer/worker/', 'main/cli/', 'test/'],
    use: 'shared/storage',
  },
  { packages: ['yaml', 'zod'], paths: ['shared/scenario/', 'test/'], use: 'shared/scenario' },
  { packages: ['unpdf'], paths: ['shared/import/statements/', 'test/'], use: 'shared/import/statements/pdfText.ts' },
  { packages: ['hash-wasm'], paths: ['shared/import/', 'shared/session/', 'test/'], use: 'shared/import' },
  {
    packages: ['hyparquet', 'hyparquet-compressors', 'hyparquet-writer'],
    paths: ['shared/import/containers/', 'test/'],
    use: 'shared/import/containers/unpack.ts',
  },
  {
    packages: ['fflate'],
    paths: ['shared/import/containers/', 'shared/export/', 'test/'],
    use: 'shared/import/containers/unpack.ts to read, shared/export/xlsx.ts to write',
  },
  {
    packages: ['electron'],
    paths: ['main/', 'test/standin/', 'test/e2e/', 'test/main/'],
    except: ['main/cli/', 'main/setup/'],
    use: 'shared/contract/host.ts',
  },
  {
    packages: ['recharts'],
    paths: ['renderer/ui/charts/', 'test/'],
    use: 'a component of renderer/ui/charts; the balance chart draws its own axes, which move with every frame',
  },
  {
    packages: [
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/lang-yaml',
      '@codemirror/language',
      '@codemirror/lint',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/highlight',
    ],
    paths: ['renderer/features/scenario/', 'test/'],
    use: 'renderer/features/scenario/editor.ts, which is loaded when the place is opened',
  },
  {
    packages: ['zustand'],
    paths: ['renderer/app/', 'test/'],
    use: "the feature's slice, which renderer/app puts in the store",
  },
  {
    packages: ['react', 'react-dom', 'lucide-react'],
    paths: ['renderer/', 'test/'],
    use: 'renderer/ui',
  },
  { packages: ['node:'], paths: ['main/', 'test/', 'vite.config.ts'], use: 'an argument that main/ passes in' },
];

export interface Word {
  readonly pattern: RegExp;
  /** Where it is used all the same. */
  readonly except: readonly string[];
  readonly use: string;
  /** Looked for in comments too. */
  readonly inComments?: boolean;
}

/** Where clocks and generators are made and handed on. */
const ROOTS = [
  'shared/domain/time.ts',
  'main/main.ts',
  'main/cli/',
  'main/setup/',
  'renderer/main.tsx',
  'renderer/worker/worker.ts',
  'renderer/worker/queryWorker.ts',
  'vite.config.ts',
  'test/',
];

export const WORDS: readonly Word[] = [
  {
    pattern: /\bnew Date\b|\bDate\.(now|parse)\b/,
    except: ROOTS,
    use: 'the instant or clock that is passed in, and shared/domain/time.ts',
  },
  { pattern: /\bperformance\.now\b/, except: ROOTS, use: 'the clock that is passed in' },
  { pattern: /\bMath\.random\b/, except: ['test/'], use: 'the generator that is passed in' },
  { pattern: /\bparseFloat\b/, except: [], use: 'shared/domain/money.ts, or Number() behind a pattern' },
  {
    pattern: /\.toFixed\(/,
    except: ['shared/domain/money.ts', 'renderer/ui/chart/', 'main/setup/', 'test/'],
    use: 'shared/domain/money.ts or renderer/ui/format.ts',
  },
  { pattern: /\bipcMain\b/, except: ['main/ipc.ts', 'test/'], use: 'main/ipc.ts' },
  { pattern: /\b(test|it|describe|suite)(\.\w+)*\.only\b/, except: [], use: 'the -t option' },
  { pattern: /\bTODO\b|\bFIXME\b|\bXXX\b/, except: [], use: 'an issue, or the work itself', inComments: true },
  {
    pattern: /@ts-(ignore|nocheck)\b/,
    except: [],
    use: '@ts-expect-error with a reason, or the right type',
    inComments: true,
  },
  {
    pattern: /eslint-disable(?!.* -- \S)/,
    except: [],
    use: '`eslint-disable-next-line rule -- reason`',
    inComments: true,
  },
];

/** Files that nobody imports because something else starts with them. */
export const ENTRIES: readonly RegExp[] = [
  /^main\/(main|preload)\.ts$/,
  /^main\/cli\/drawdown\.ts$/,
  /^main\/setup\/(bench|check|dev|drawdown|fuzz|serve|start|test)\.mjs$/,
  /^renderer\/main\.tsx$/,
  /^renderer\/worker\/worker\.ts$/,
  /\.d\.ts$/,
  /^test\//,
  /^[^/]+$/,
];

export const MAX_FILE_LINES = 400;
export const MAX_LINE_LENGTH = 200;
