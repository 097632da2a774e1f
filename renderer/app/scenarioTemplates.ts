/** The shipped scenarios as templates, with the usage files that they name. Loaded when they are first asked for. */
import type { NamedFile } from '../../shared/contract/importing.ts';
import { templateOf, type Template } from '../features/scenario/templates.ts';

const TEXTS = import.meta.glob<string>('../../scenarios/*.yaml', { query: '?raw', import: 'default', eager: true });
const FILES = import.meta.glob<string>('../../scenarios/*.csv', { query: '?raw', import: 'default', eager: true });

export const TEMPLATES: readonly Template[] = Object.entries(TEXTS)
  .map(([path, text]) => templateOf(baseName(path), text))
  .sort((one, other) => one.title.localeCompare(other.title, 'en'));

/** The files that a text names. */
export function filesNamedIn(text: string): readonly NamedFile[] {
  return Object.entries(FILES).flatMap(([path, content]) =>
    text.includes(baseName(path)) ? [{ name: baseName(path), content: new TextEncoder().encode(content) }] : [],
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
