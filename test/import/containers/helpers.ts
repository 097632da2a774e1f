/** Files built by the tests, and what becomes of them. */
import { readFileSync } from 'node:fs';
import type { NamedFile } from '../../../shared/contract/importing.ts';
import { BOUNDS, unpack, type Bounds, type TextFile } from '../../../shared/import/containers/unpack.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A usage log of any length, always the same. */
export function usageText(rows: number): string {
  const models = ['north-small', 'north-large', 'écho-8b', 'vector, wide'];
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const lines = ['time,model,input,output,cost'];
  for (let row = 0; row < rows; row++) {
    const second = String(row % 60).padStart(2, '0');
    const minute = String(Math.floor(row / 60) % 60).padStart(2, '0');
    const model = models[next(models.length)] ?? '';
    const cell = model.includes(',') ? `"${model}"` : model;
    lines.push(
      `2026-10-03T12:${minute}:${second}Z,${cell},${next(90000)},${next(4000)},0.${String(next(999999)).padStart(6, '0')}`,
    );
  }
  return lines.join('\n') + '\n';
}

export async function bytesOf(file: TextFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.stream()) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

export async function textOf(file: TextFile): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await bytesOf(file));
}

export async function unpacked(
  content: NamedFile['content'],
  name = 'file',
  bounds: Bounds = BOUNDS,
): Promise<{ name: string; how: string | null; text: string }[]> {
  const files = await unpack({ name, content }, bounds);
  const all = [];
  for (const file of files) all.push({ name: file.name, how: file.how, text: await textOf(file) });
  return all;
}

export async function onlyText(content: NamedFile['content'], name = 'file', bounds: Bounds = BOUNDS): Promise<string> {
  const all = await unpacked(content, name, bounds);
  if (all.length !== 1) throw new Error(`${all.length} texts`);
  return all[0]?.text ?? '';
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}

/** Reads a file to its end: how many texts, or the message of the error by its class. */
export async function outcome(content: NamedFile['content'], name = 'file', bounds: Bounds = BOUNDS): Promise<string> {
  try {
    const files = await unpack({ name, content }, bounds);
    for (const file of files) for await (const _ of file.stream());
    return `${files.length} texts`;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
  }
}
