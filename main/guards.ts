/**
 * What a page may pass to the host: `unknown` in, a request of the contract out, or a refusal that names the field. The
 * page is our own, but its process reads foreign files, so its word is not taken.
 */
import type { HostApi, PaperSize } from '../shared/contract/host.ts';
import type { HostMethod } from './answer.ts';

/** Larger than any workspace can be (SQLite in memory is held to less), small enough not to exhaust the process. */
export const MAX_BYTES = 1_024 * 1_024 * 1_024;
const MAX_NAME_LENGTH = 200;
const REF = /^[0-9a-f]{32}$/;

/** The kinds of export, with the extension that each is saved under. */
export const EXPORT_KINDS: ReadonlyMap<string, { readonly name: string; readonly extensions: readonly string[] }> =
  new Map([
    ['image/png', { name: 'PNG image', extensions: ['png'] }],
    ['image/svg+xml', { name: 'SVG image', extensions: ['svg'] }],
    ['text/csv', { name: 'CSV table', extensions: ['csv'] }],
    ['application/json', { name: 'JSON', extensions: ['json'] }],
    ['text/yaml', { name: 'Scenario', extensions: ['yaml', 'yml'] }],
    ['application/yaml', { name: 'Scenario', extensions: ['yaml', 'yml'] }],
    [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      { name: 'Spreadsheet', extensions: ['xlsx'] },
    ],
    ['text/x-hledger', { name: 'hledger journal', extensions: ['hledger', 'journal'] }],
    ['text/x-beancount', { name: 'beancount journal', extensions: ['beancount'] }],
    ['text/plain', { name: 'Text', extensions: ['txt'] }],
  ]);

/** The argument breaks the contract: a fault of the program, not of the user. */
export class BadArgument extends Error {
  override readonly name = 'BadArgument';
}

type Fields = Readonly<Record<string, unknown>>;

/** A plain object with exactly these fields: a surplus one would be a field that somebody believes is read. */
function fieldsOf(argument: unknown, names: readonly string[]): Fields {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) {
    throw new BadArgument('the argument is not an object');
  }
  for (const name of Object.keys(argument)) if (!names.includes(name)) throw new BadArgument(`unknown field: ${name}`);
  for (const name of names) if (!Object.hasOwn(argument, name)) throw new BadArgument(`missing field: ${name}`);
  return argument as Fields;
}

function nothing(argument: unknown): undefined {
  if (argument !== undefined) throw new BadArgument('no argument is taken');
  return undefined;
}

function bytesOf(fields: Fields): Uint8Array {
  const bytes = fields['bytes'];
  if (!(bytes instanceof Uint8Array)) throw new BadArgument('bytes: not bytes');
  if (bytes.byteLength > MAX_BYTES) throw new BadArgument('bytes: too many');
  return bytes;
}

function suggestedNameOf(fields: Fields): string {
  const name = fields['suggestedName'];
  if (typeof name !== 'string') throw new BadArgument('suggestedName: not text');
  if (name.length === 0 || name.length > MAX_NAME_LENGTH) throw new BadArgument('suggestedName: empty or too long');
  return safeFileName(name);
}

/** A reference that the host made up, or an id that the page did; never a name of anything. */
function madeUpOf(fields: Fields, name: 'ref' | 'id' | 'base'): string {
  const value = fields[name];
  if (typeof value !== 'string' || !REF.test(value)) throw new BadArgument(`${name}: not a reference`);
  return value;
}

function mimeTypeOf(fields: Fields): string {
  const mimeType = fields['mimeType'];
  if (typeof mimeType !== 'string' || !EXPORT_KINDS.has(mimeType)) throw new BadArgument('mimeType: not an export');
  return mimeType;
}

function switchOf(fields: Fields, name: 'unsaved' | 'overwrite' | 'close' | 'keepBase'): boolean {
  const value = fields[name];
  if (typeof value !== 'boolean') throw new BadArgument(`${name}: neither true nor false`);
  return value;
}

function paperOf(fields: Fields): PaperSize {
  const { paper } = fields;
  if (paper !== 'A4' && paper !== 'Letter') throw new BadArgument('paper: neither A4 nor Letter');
  return paper;
}

/** What a copy is called, for showing only. */
function nameOf(fields: Fields): string {
  const name = fields['name'];
  if (typeof name !== 'string' || name.length > MAX_NAME_LENGTH) throw new BadArgument('name: no text, or too long');
  return name;
}

function onlyRef(argument: unknown): { ref: string } {
  return { ref: madeUpOf(fieldsOf(argument, ['ref']), 'ref') };
}

function onlyId(argument: unknown): { id: string } {
  return { id: madeUpOf(fieldsOf(argument, ['id']), 'id') };
}

/** A name and no path: what separates folders, or means something to a system, becomes a dash. */
export function safeFileName(name: string): string {
  const plain = name
    .replace(/[\0-\x1f\x7f<>:"/\\|?*]/g, '-')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '');
  return plain === '' ? 'untitled' : plain;
}

type Guards = { readonly [M in HostMethod]: (argument: unknown) => Parameters<HostApi[M]>[0] };

export const GUARDS: Guards = {
  describe: nothing,
  openDocument: nothing,
  launchDocument: nothing,
  reloadDocument: onlyRef,
  saveDocument: (argument) => {
    const fields = fieldsOf(argument, ['ref', 'suggestedName', 'bytes', 'overwrite']);
    const ref = fields['ref'] === null ? null : madeUpOf(fields, 'ref');
    const overwrite = switchOf(fields, 'overwrite');
    return { ref, suggestedName: suggestedNameOf(fields), bytes: bytesOf(fields), overwrite };
  },
  closeDocument: onlyRef,
  revealDocument: onlyRef,
  recentDocuments: nothing,
  openRecent: onlyId,
  saveRecoveryBase: (argument) => {
    const fields = fieldsOf(argument, ['id', 'base', 'bytes']);
    return { id: madeUpOf(fields, 'id'), base: madeUpOf(fields, 'base'), bytes: bytesOf(fields) };
  },
  saveRecovery: (argument) => {
    const fields = fieldsOf(argument, ['id', 'name', 'base', 'bytes']);
    const [id, base] = [madeUpOf(fields, 'id'), madeUpOf(fields, 'base')];
    return { id, name: nameOf(fields), base, bytes: bytesOf(fields) };
  },
  recoveries: nothing,
  readRecovery: onlyId,
  dropRecovery: (argument) => {
    const fields = fieldsOf(argument, ['id', 'keepBase']);
    return { id: madeUpOf(fields, 'id'), keepBase: switchOf(fields, 'keepBase') };
  },
  exportFile: (argument) => {
    const fields = fieldsOf(argument, ['suggestedName', 'mimeType', 'bytes']);
    return { suggestedName: suggestedNameOf(fields), mimeType: mimeTypeOf(fields), bytes: bytesOf(fields) };
  },
  savePdf: (argument) => {
    const fields = fieldsOf(argument, ['suggestedName', 'paper']);
    return { suggestedName: suggestedNameOf(fields), paper: paperOf(fields) };
  },
  setUnsaved: (argument) => ({ unsaved: switchOf(fieldsOf(argument, ['unsaved']), 'unsaved') }),
  openWindow: nothing,
  closeAsked: nothing,
  answerClose: (argument) => ({ close: switchOf(fieldsOf(argument, ['close']), 'close') }),
};
