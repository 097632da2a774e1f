/** Holds source files against the tables of `rules.ts`. Pure: paths and texts in, breaches out. */
import path from 'node:path';
import { ENTRIES, HOMES, LAYERS, MAX_FILE_LINES, MAX_LINE_LENGTH, WORDS, type Layer } from './rules.ts';

export interface SourceFile {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typesOnly: boolean;
}

export function format({ file, line, message }: Breach): string {
  return `${file}:${line}: ${message}`;
}

const STATEMENT = /^[ \t]*(?:import|export)\b([^;'"`]*?)\bfrom\s*['"]([^'"\n]+)['"]/gm;
const SIDE_EFFECT = /^[ \t]*import\s*['"]([^'"\n]+)['"]/gm;
const EXPRESSION = /\bimport\(\s*['"]([^'"\n]+)['"]/g;
/** A file that is started or fetched and not imported, such as a worker: in use, but nobody's dependency. */
const REFERENCE = /\bnew URL\(\s*['"](\.[^'"\n]+)['"],\s*import\.meta\.url/g;

/** True for `import type ...`, and for braces in which every name is a type. */
function isTypesOnly(clause: string): boolean {
  if (/^\s+type\s+[\w{*]/.test(clause)) return true;
  const names = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1];
  if (names === undefined) return false;
  return names
    .split(',')
    .filter((name) => name.trim() !== '')
    .every((name) => name.trim().startsWith('type '));
}

export function importsOf(text: string): readonly Import[] {
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
  const found: Import[] = [];
  for (const match of text.matchAll(STATEMENT)) {
    const [whole, clause = '', specifier = ''] = match;
    // A statement over several lines is named by its last, where the module stands.
    found.push({ specifier, line: lineAt(match.index + whole.length), typesOnly: isTypesOnly(clause) });
  }
  for (const match of [...text.matchAll(SIDE_EFFECT), ...text.matchAll(EXPRESSION)]) {
    found.push({ specifier: match[1] ?? '', line: lineAt(match.index + 1), typesOnly: false });
  }
  return found;
}

/** The file that an import means, from the project's folder; `null` for a package. */
function targetOf(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, ''));
}

function layerOf(file: string): Layer {
  const fitting = LAYERS.filter((layer) =>
    layer.path.endsWith('/') ? file.startsWith(layer.path) : file === layer.path,
  );
  const [longest] = fitting.sort((a, b) => b.path.length - a.path.length);
  const rest = LAYERS.find((layer) => layer.path === '');
  if (rest === undefined) throw new Error('no layer is for the rest');
  return longest ?? rest;
}

function mayImport(from: Layer, to: Layer, typesOnly: boolean): boolean {
  if (from.name === to.name || from.may.includes('*') || from.may.includes(to.name)) return true;
  return typesOnly && from.mayTypes?.includes(to.name) === true;
}

function featureOf(file: string): string | null {
  return /^renderer\/features\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function layerBreach(file: string, target: string, { typesOnly }: Import): string | null {
  const from = layerOf(file);
  const to = layerOf(target);
  if (from.name === 'features' && to.name === 'features' && featureOf(file) !== featureOf(target)) {
    return `features/${featureOf(file) ?? ''} may not import features/${featureOf(target) ?? ''}; use renderer/ui, or compose them in renderer/app`;
  }
  if (mayImport(from, to, typesOnly)) return null;
  const values = from.mayTypes?.includes(to.name) === true ? ' but for types' : '';
  return `${from.name} may not import ${to.name}${values}; use ${from.use}`;
}

function startsWithAny(file: string, paths: readonly string[]): boolean {
  return paths.some((start) => (start.endsWith('/') ? file.startsWith(start) : file === start));
}

function packageBreach(file: string, specifier: string): string | null {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const home = HOMES.find(({ packages }) =>
    packages.some((known) => (known === 'node:' ? name.startsWith(known) : name === known)),
  );
  if (home === undefined) return null;
  if (startsWithAny(file, home.paths) && !startsWithAny(file, home.except ?? [])) return null;
  return `${layerOf(file).name} may not import ${name}; use ${home.use}`;
}

function inspectImports({ path: file, text }: SourceFile): Breach[] {
  return importsOf(text).flatMap((found) => {
    const target = targetOf(file, found.specifier);
    const message = target === null ? packageBreach(file, found.specifier) : layerBreach(file, target, found);
    return message === null ? [] : [{ file, line: found.line, message }];
  });
}

function inspectLines({ path: file, text }: SourceFile): Breach[] {
  const lines = text.split('\n');
  const breaches: Breach[] = [];
  if (lines.length - 1 > MAX_FILE_LINES) {
    breaches.push({
      file,
      line: MAX_FILE_LINES + 1,
      message: `the file has ${lines.length - 1} lines; use two files of one idea each (${MAX_FILE_LINES} at most)`,
    });
  }
  lines.forEach((line, index) => {
    const isComment = /^\s*(\/\/|\/?\*)/.test(line);
    if (line.length > MAX_LINE_LENGTH) {
      const message = `the line has ${line.length} characters; use ${MAX_LINE_LENGTH} at most`;
      breaches.push({ file, line: index + 1, message });
    }
    for (const { pattern, except, use, inComments } of WORDS) {
      if ((isComment && inComments !== true) || startsWithAny(file, except)) continue;
      const found = pattern.exec(line)?.[0];
      if (found !== undefined)
        breaches.push({ file, line: index + 1, message: `${found} is not used here; use ${use}` });
    }
  });
  return breaches;
}

/** Source files that no other source file imports. A test does not count: what only tests need is not needed. */
function inspectUse(files: readonly SourceFile[]): Breach[] {
  const used = new Set<string>();
  for (const { path: file, text } of files) {
    if (file.startsWith('test/') && !file.startsWith('test/bench/')) continue;
    const references = [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
    for (const specifier of [...importsOf(text).map((found) => found.specifier), ...references]) {
      const target = targetOf(file, specifier);
      if (target !== null) used.add(target);
    }
  }
  return files
    .filter(({ path: file }) => /\.(ts|tsx|mjs)$/.test(file))
    .filter(({ path: file }) => !used.has(file) && !ENTRIES.some((entry) => entry.test(file)))
    .map(({ path: file }) => ({ file, line: 1, message: 'nothing imports this file; use it or delete it' }));
}

export function inspect(files: readonly SourceFile[]): readonly Breach[] {
  const each = files.flatMap((file) => [...inspectImports(file), ...inspectLines(file)]);
  return [...each, ...inspectUse(files)].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}
