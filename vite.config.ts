/// <reference types="vitest/config" />
/**
 * Every build in one file: `vite build` makes the page with its worker, Electron's main process and preload, and the
 * command line, each as an environment of its own. Vitest's settings are here too.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type PluginOption } from 'vite';
import { SECURITY_HEADERS } from './main/setup/assets.mjs';
import { stampBuild } from './main/setup/ensure.mjs';

const root = import.meta.dirname;
const at = (...parts: string[]): string => path.join(root, ...parts);

/** Comes with Electron, or (for the benchmark alone) is loaded from node_modules. */
const EXTERNAL = ['electron', 'electron/main', 'electron/renderer', 'playwright-core'];

/** What runs in Node is bundled whole, so that the package needs no node_modules. */
function nodeBundle(entry: string, outFile: string, format: 'es' | 'cjs' = 'es'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: EXTERNAL },
    build: {
      ssr: true,
      target: 'node20.19',
      outDir: path.dirname(outFile),
      // Two environments share dist/main.
      emptyOutDir: false,
      copyPublicDir: false,
      emitAssets: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entry,
        // One file each: a sandboxed preload cannot load a second one.
        output: { format, entryFileNames: path.basename(outFile), codeSplitting: false },
      },
    },
  };
}

/** Node's entry points by environment; those whose source is not there are left out. */
function nodeEnvironments(mode: string): Record<string, EnvironmentOptions> {
  // The shell that knows a dev server never lands in dist, so it can never be packaged.
  const shell = mode === 'development' ? at('node_modules/.cache/drawdown-dev/main') : at('dist/main');
  const entries: Record<string, [entry: string, outFile: string, format?: 'es' | 'cjs']> = {
    main: [at('main/main.ts'), path.join(shell, 'main.js')],
    preload: [at('main/preload.ts'), path.join(shell, 'preload.cjs'), 'cjs'],
    cli: [at('main/cli/drawdown.ts'), at('dist/cli/drawdown.js')],
    bench: [at('test/bench/bench.ts'), at('dist/bench/bench.js')],
    benchExplain: [at('test/bench/explain.ts'), at('dist/bench/explain.js')],
  };
  return Object.fromEntries(
    Object.entries(entries)
      .filter(([, [entry]]) => existsSync(entry))
      .map(([name, [entry, outFile, format]]) => [name, nodeBundle(entry, outFile, format)]),
  );
}

/** Every build writes every file of its own, so what is older belongs to a former one. */
function removeOlder(folder: string, than: number): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && statSync(file).mtimeMs < than) rmSync(file);
  }
}

/** The dev server needs inline scripts and styles and a socket for hot reload; nothing that is built does. */
const developmentHeaders = {
  ...SECURITY_HEADERS,
  'Content-Security-Policy': (SECURITY_HEADERS['Content-Security-Policy'] ?? '')
    .replace('script-src', "script-src 'unsafe-inline'")
    .replace('style-src', "style-src 'unsafe-inline'")
    .replace('worker-src', 'worker-src blob:')
    .replace('connect-src', 'connect-src ws:'),
};

export default defineConfig(({ mode, command }) => {
  // A test may run a build, which then inherits the variable and is a build all the same.
  const testing = command === 'serve' && process.env['VITEST'] !== undefined;
  const devServerUrl = mode === 'development' && command === 'build' ? process.env['DRAWDOWN_DEV_URL'] : undefined;
  const plugins: PluginOption[] = testing ? [] : [react()];
  return {
    root: at('renderer'),
    base: './',
    publicDir: false,
    cacheDir: at('node_modules/.cache/vite'),
    plugins,
    define: { __DEV_SERVER_URL__: JSON.stringify(devServerUrl ?? null) },
    worker: { format: 'es' },
    server: { port: 5173, strictPort: true, host: '127.0.0.1', headers: developmentHeaders, fs: { allow: [root] } },
    preview: { port: 4173, strictPort: true, host: '127.0.0.1', headers: SECURITY_HEADERS },
    build: {
      target: 'chrome140',
      outDir: at('dist/renderer'),
      // What a server or a test is reading stays until its successor is written; `buildApp` clears up after.
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
    },
    ...(testing
      ? {}
      : {
          environments: nodeEnvironments(mode),
          builder: {
            async buildApp(builder) {
              const started = Date.now();
              rmSync(at('dist/.built'), { force: true });
              for (const environment of Object.values(builder.environments)) {
                // Vite's own default for server rendering, which nothing here has.
                if (environment.name !== 'ssr') await builder.build(environment);
              }
              removeOlder(at('dist'), started);
              stampBuild(started);
            },
          },
        }),
    test: {
      root,
      include: ['test/**/*.test.ts'],
      exclude: ['test/e2e/**', 'node_modules/**'],
      environment: 'node',
      // Two cores, and a child process costs more to start than most test files take.
      pool: 'threads',
      maxWorkers: 2,
      testTimeout: 120_000,
    },
  };
});
