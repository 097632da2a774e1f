/**
 * The step before a format is recognised: whatever a dropped file is packed in, it becomes one or more texts, unpacked as
 * they are read. What a file is packed in is told by its first bytes, never by its name.
 */
import type { NamedFile } from '../../contract/importing.ts';
import { Allowance, BOUNDS, ContainerError, damaged, type Bounds } from './bounds.ts';
import { firstBytes, gathered, held, sliced, sourceOf, type ByteSource, type ByteStream } from './byteSource.ts';
import { gunzipped } from './deflate.ts';
import { HEAD_BYTES, noText, packingOf, refuseUnread, type Packing } from './packing.ts';
import { parquetText } from './parquet.ts';
import { spreadsheetTexts, workbookPart } from './spreadsheet.ts';
import type { TextFile } from './textFile.ts';
import { zipMembers } from './zip.ts';
import { unzstd } from './zstd.ts';

export { BOUNDS, ContainerError, type Bounds } from './bounds.ts';
export type { TextFile } from './textFile.ts';

/** One packing inside another is read, a third is not: nobody packs so, except to do harm. */
const DEEPEST = 2;

/** Something on the way to its texts. */
interface Layer {
  readonly name: string;
  readonly size: number | null;
  readonly how: readonly string[];
  readonly stream: ByteStream;
  /** Where it can be read at any place without holding it in memory. */
  readonly source: ByteSource | null;
}

/** @throws ContainerError where the file cannot be read, or must not be. */
export async function unpack(file: NamedFile, bounds: Bounds = BOUNDS): Promise<readonly TextFile[]> {
  const source = sourceOf(file.content);
  const layer: Layer = { name: file.name, size: source.size, how: [], stream: () => sliced(source), source };
  return await textsOf(layer, 0, new Allowance(bounds));
}

async function textsOf(layer: Layer, depth: number, allowance: Allowance): Promise<TextFile[]> {
  const { name } = layer;
  const head = await firstBytes(layer.stream(), HEAD_BYTES);
  refuseUnread(name, head);
  const packing = packingOf(head);
  if (packing === null) {
    const refusal = noText(name, head);
    if (refusal === null) return [textFile(layer)];
    if (depth === 0) throw refusal;
    // what is beside it in an archive is read all the same
    const stream = (): never => {
      throw refusal;
    };
    return [{ ...textFile(layer), stream }];
  }
  if (depth === DEEPEST) {
    throw new ContainerError(
      `${name} is packed more than twice over and is not read. Unpack it and import what is inside.`,
    );
  }
  try {
    return await unpacked(layer, packing, depth, allowance);
  } catch (error) {
    throw damaged(name, error);
  }
}

async function unpacked(layer: Layer, packing: Packing, depth: number, allowance: Allowance): Promise<TextFile[]> {
  const { name } = layer;
  if (packing === 'gzip' || packing === 'zstd') {
    const reader = packing === 'gzip' ? gunzipped : unzstd;
    const stream = (): AsyncIterable<Uint8Array> => reader(name, layer.stream(), allowance.bounds);
    const how = [...layer.how, `Unpacked from ${packing === 'gzip' ? 'gzip' : 'Zstandard'}.`];
    return await textsOf({ name, size: null, how, stream, source: null }, depth + 1, allowance);
  }
  const source = layer.source ?? sourceOf(await held(name, layer.stream(), allowance));
  if (packing === 'zip') return await archiveTexts(layer, source, depth, allowance);
  const text = await parquetText(name, source, allowance.bounds);
  return [{ ...text, how: [...layer.how, text.how].join(' ') }];
}

async function archiveTexts(
  layer: Layer,
  source: ByteSource,
  depth: number,
  allowance: Allowance,
): Promise<TextFile[]> {
  const { name } = layer;
  const members = await zipMembers(name, source, allowance);
  const parts = new Map(members.map((member) => [member.name.toLowerCase(), member]));
  const workbook = workbookPart(name, parts);
  if (workbook !== null) {
    const sheets = await spreadsheetTexts(name, parts, workbook, allowance);
    return sheets.map((sheet) => ({ ...sheet, how: [...layer.how, sheet.how].join(' ') }));
  }
  if (members.length === 0)
    throw new ContainerError(`${name} is an archive without files; there is nothing to import.`);
  const how = [...layer.how, 'Unpacked from a zip archive.'];
  const texts: TextFile[] = [];
  for (const { name: member, size, stream } of members) {
    const inside: Layer = { name: `${name}/${member}`, size, how, stream, source: null };
    texts.push(...(await textsOf(inside, depth + 1, allowance)));
  }
  return texts;
}

function textFile({ name, size, how, stream }: Layer): TextFile {
  return {
    name,
    size,
    how: how.length === 0 ? null : how.join(' '),
    stream: () => (how.length === 0 ? stream() : gathered(stream())),
  };
}
