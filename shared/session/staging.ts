/**
 * Files that were read and not yet taken. Each is read against the account's sources and the staged files before it, so that
 * what is counted as new is what taking them all would store; leave one out, and those behind it are read again.
 */
import type { FilePreview, NamedFile, Profiles, ReadingChoices } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Scenario } from '../domain/scenario.ts';
import { sourceOf } from '../import/containers/byteSource.ts';
import { ContainerError, unpack, type TextFile } from '../import/containers/unpack.ts';
import type { StoredSource } from '../storage/source.ts';
import type { Account } from './account.ts';
import { isCompared } from './counted.ts';
import { BLANK_SCENARIO } from './droppedUsage.ts';
import { hashOf } from './hash.ts';
import { previewOf } from './preview.ts';
import { ReadingSequence, type FileReading, type ReadRequest } from './reading.ts';
import type { Surroundings } from './surroundings.ts';

/** What the account that would take the files has. */
export interface Taker {
  readonly sources: readonly StoredSource[];
  /** Null where there is no account yet: the files make one. */
  readonly currency: string | null;
}

/** And what prices usage that states no cost. */
export interface PricedTaker extends Taker {
  readonly scenario: Scenario;
  /** Text of the user's own price list. */
  readonly priceList: string | null;
}

/** What would take files where no account is open. */
const NO_ACCOUNT: PricedTaker = { sources: [], currency: null, scenario: BLANK_SCENARIO, priceList: null };

/** @param account null where none is open */
export function takerOf(account: Account | null): PricedTaker {
  if (account === null) return NO_ACCOUNT;
  const { sources, parsed, priceList } = account;
  return { sources, currency: parsed.account.currency, scenario: parsed, priceList };
}

interface Staged {
  readonly id: number;
  readonly file: TextFile;
  readonly profiles: Profiles;
  /** Of the file as given, where it is packed. */
  readonly sha256: string | null;
  choices: ReadingChoices;
  reading: FileReading | null;
  /** What it was read behind. */
  behind: string;
}

export class Staging {
  readonly #surroundings: Surroundings;
  #staged: Staged[] = [];
  #nextId = 1;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get ids(): readonly number[] {
    return this.#staged.map(({ id }) => id);
  }

  /** Reads more files. Throws only where the call is cancelled; these files are dropped then. */
  async add(
    files: readonly NamedFile[],
    profiles: Profiles,
    choices: ReadingChoices,
    taker: Taker,
    context: CallContext,
  ): Promise<void> {
    const before = this.#staged;
    const added: Staged[] = [];
    for (const file of files) added.push(...(await this.#unpacked(file, profiles, choices)));
    this.#staged = [...before, ...added];
    try {
      await this.settle(this.ids, taker, context);
    } catch (error) {
      this.#staged = before;
      throw error;
    }
  }

  /** Reads a file again under other choices. Cancelled, the file stays as it was. */
  async choose(id: number, choices: ReadingChoices, taker: Taker, context: CallContext): Promise<void> {
    const staged = this.#staged.find((known) => known.id === id);
    if (staged === undefined) return;
    const { choices: before } = staged;
    staged.choices = choices;
    staged.behind = '';
    try {
      await this.settle(this.ids, taker, context);
    } catch (error) {
      staged.choices = before;
      throw error;
    }
  }

  /** Lets go of one file, or of all. */
  drop(id: number | null): void {
    this.#staged = id === null ? [] : this.#staged.filter((known) => known.id !== id);
  }

  /** The readings of these files, each against the account and those of them that are before it. */
  async settle(ids: readonly number[], taker: Taker, context: CallContext): Promise<readonly FileReading[]> {
    const chosen = this.#staged.filter(({ id }) => ids.includes(id));
    const settled: FileReading[] = [];
    let sequence: ReadingSequence | null = null;
    const stored = taker.sources.map((source) => `${source.textSha256}${isCompared(source) ? ' compared' : ''}`);
    let behind = `${taker.currency ?? ''} ${stored.join(' ')}`;
    for (const staged of chosen) {
      if (staged.reading === null || staged.behind !== behind) {
        sequence ??= new ReadingSequence(
          [...taker.sources, ...settled.map(({ source }) => source)],
          this.#surroundings,
        );
        staged.reading = await sequence.read(staged.file, requestOf(staged, taker), context);
        staged.behind = behind;
      } else sequence?.know(staged.reading.source);
      settled.push(staged.reading);
      behind += ` ${staged.id}:${JSON.stringify(staged.choices)}`;
    }
    return settled;
  }

  /** What the page shows of all of them. */
  async previews(taker: PricedTaker, context: CallContext): Promise<readonly FilePreview[]> {
    const held = [...this.#staged];
    const readings = await this.settle(this.ids, taker, context);
    const stored = taker.sources.map((source) => ({ source, staged: false }));
    const staged = readings.map(({ source }) => ({ source, staged: true }));
    const previews: FilePreview[] = [];
    for (const [index, { id, file }] of held.entries()) {
      const reading = readings[index];
      if (reading === undefined) continue;
      const beside = { earlier: [...stored, ...staged.slice(0, index)], later: staged.slice(index + 1), taker };
      previews.push(await previewOf(id, file, reading, beside, this.#surroundings));
    }
    return previews;
  }

  async #unpacked(file: NamedFile, profiles: Profiles, choices: ReadingChoices): Promise<Staged[]> {
    const staged = (text: TextFile, sha256: string | null): Staged => ({
      ...{ id: this.#nextId++, file: text, profiles, sha256, choices, reading: null, behind: '' },
    });
    try {
      const texts = (await unpack(file)).map((text) => dated(file, timeLimited(text, this.#surroundings.now)));
      const packed = texts.some(({ how }) => how !== null);
      const sha256 = packed ? await hashOf(file, this.#surroundings) : null;
      return texts.map((text) => staged(text, sha256));
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error;
      return [staged(damaged(file, error), await hashOf(file, this.#surroundings))];
    }
  }
}

/** A plain file's own date. */
function dated({ modified }: NamedFile, text: TextFile): TextFile {
  return text.how !== null || modified === undefined ? text : { ...text, modified };
}

/** Unpacking a gigabyte takes half a minute; a file that takes longer than this was made to. */
const MOST_UNPACKING_MS = 300_000;

/** A packed file whose unpacking ends, one way or the other. */
function timeLimited(text: TextFile, now: () => number): TextFile {
  if (text.how === null) return text;
  return {
    ...text,
    async *stream() {
      let took = 0;
      let asked = now();
      for await (const piece of text.stream()) {
        took += now() - asked;
        if (took > MOST_UNPACKING_MS)
          throw new ContainerError(`${text.name} takes too long to unpack. Unpack it first, and import what is in it.`);
        yield piece;
        asked = now();
      }
    },
  };
}

/** A file that gives its fault whenever it is read. */
function damaged({ name, content }: NamedFile, fault: ContainerError): TextFile {
  return {
    name,
    size: sourceOf(content).size,
    how: null,
    async *stream() {
      await Promise.reject(fault);
    },
  };
}

function requestOf({ choices, profiles, sha256 }: Staged, { currency }: Taker): ReadRequest {
  return { choices, profiles, currency, sha256, keepText: true };
}
