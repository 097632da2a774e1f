/**
 * What every host holds to, whichever shell it is of: the same cases run on Electron's half over real files (`host.test.ts`)
 * and on the plain page's half in a real browser (`hostPage.spec.ts`). Nothing of a test runner is in here.
 */
import type { HostApi, SaveConflict, SavedDocument } from '../../shared/contract/host.ts';

/** One kind of host, with a user and other programs around it. */
export interface Half {
  /** Another window. */
  open(): Promise<HostApi>;
  /** The window ends, as in a crash: nobody is asked, nothing is cleared up by the page. */
  end(host: HostApi): Promise<void>;
  /** What the user chooses in the next dialogs; null closes them. */
  choose(name: string | null): void;
  /** What another program does, and what it finds. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  read(name: string): Promise<string | null>;
}

export interface Case {
  readonly name: string;
  readonly run: (half: Half) => Promise<void>;
}

const ID = '0123456789abcdef'.repeat(2);
const OTHER = 'fedcba9876543210'.repeat(2);
const BASE = 'b'.repeat(32);
const NEXT_BASE = 'c'.repeat(32);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : new TextDecoder().decode(bytes);

function same(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no refusal';
  } catch (error) {
    return error instanceof Object && 'message' in error ? String(error.message) : String(error);
  }
}

async function save(
  host: HostApi,
  ref: string | null,
  text: string,
  overwrite = false,
): Promise<SavedDocument | SaveConflict | null> {
  return host.saveDocument({ ref, suggestedName: 'a.drawdown', bytes: bytesOf(text), overwrite });
}

/** A document that was saved in a new window. */
async function saved(half: Half, name: string, text: string): Promise<{ host: HostApi; ref: string }> {
  const host = await half.open();
  half.choose(name);
  const answer = await save(host, null, text);
  if (answer?.kind !== 'saved' || answer.ref === null) throw new Error(`not saved: ${JSON.stringify(answer)}`);
  same(answer.name, name, 'name');
  return { host, ref: answer.ref };
}

function conflict(answer: SavedDocument | SaveConflict | null): SaveConflict {
  if (answer?.kind !== 'conflict') throw new Error(`no conflict: ${JSON.stringify(answer)}`);
  return answer;
}

/** The copy's base and its changes, as text. */
async function copyIn(host: HostApi): Promise<(string | null)[]> {
  const { whole, changes } = await host.readRecovery({ id: ID });
  return [textOf(whole), textOf(changes)];
}

export const CASES: readonly Case[] = [
  {
    name: 'saves where the user says, then in place, then opens it again',
    run: async (half) => {
      const { host, ref } = await saved(half, 'a.drawdown', 'one');
      same((await save(host, ref, 'two'))?.kind, 'saved', 'in place');
      same(await half.read('a.drawdown'), 'two', 'file');
      const opened = await host.openDocument();
      same([opened?.name, textOf(opened?.bytes), opened?.heldBy], ['a.drawdown', 'two', null], 'opened');
    },
  },
  {
    name: 'a dialog that was closed is null, and changes nothing',
    run: async (half) => {
      const host = await half.open();
      half.choose(null);
      same(await host.openDocument(), null, 'opened');
      same(await save(host, null, 'x'), null, 'saved');
      same(await host.recentDocuments(), [], 'recent');
    },
  },
  {
    name: 'a change by another program is noticed before it is overwritten',
    run: async (half) => {
      const { host, ref } = await saved(half, 'a.drawdown', 'one');
      await half.write('a.drawdown', 'by another');
      const { reason, at, name } = conflict(await save(host, ref, 'two'));
      same([reason, name], ['changed', 'a.drawdown'], 'conflict');
      if (at === null || Math.abs(at - Date.now()) > 60_000) throw new Error(`changed at ${String(at)}`);
      same(await half.read('a.drawdown'), 'by another', 'file');
      same((await save(host, ref, 'three', true))?.kind, 'saved', 'overwritten');
      same((await save(host, ref, 'four'))?.kind, 'saved', 'known again');
      same(await half.read('a.drawdown'), 'four', 'file');
    },
  },
  {
    name: 'what was read again may be overwritten',
    run: async (half) => {
      const { host, ref } = await saved(half, 'a.drawdown', 'one');
      await half.write('a.drawdown', 'by another');
      same(textOf((await host.reloadDocument({ ref })).bytes), 'by another', 'read again');
      same((await save(host, ref, 'two'))?.kind, 'saved', 'saved');
    },
  },
  {
    name: 'a file that is gone is said to be, and written again only when asked to',
    run: async (half) => {
      const { host, ref } = await saved(half, 'a.drawdown', 'one');
      await half.remove('a.drawdown');
      same(conflict(await save(host, ref, 'two')).reason, 'gone', 'reason');
      same(await half.read('a.drawdown'), null, 'file');
      same((await save(host, ref, 'two', true))?.kind, 'saved', 'written');
      same(await half.read('a.drawdown'), 'two', 'file');
    },
  },
  {
    name: 'two windows on one file notice each other; two on two files do not',
    run: async (half) => {
      const first = await saved(half, 'a.drawdown', 'one');
      const second = await half.open();
      const opened = await second.openDocument();
      same(opened?.heldBy, 'another window', 'held by');
      const ref = opened?.ref ?? '';
      const { reason, heldBy } = conflict(await save(second, ref, 'by the second'));
      same([reason, heldBy], ['held', 'another window'], 'conflict');
      same(await half.read('a.drawdown'), 'one', 'file');
      half.choose('b.drawdown');
      same((await save(second, null, 'two'))?.kind, 'saved', 'another file');
      await first.host.closeDocument({ ref: first.ref });
      same((await save(second, ref, 'by the second'))?.kind, 'saved', 'after it was closed');
    },
  },
  {
    name: 'who overwrites all the same has the file then, and the other hears of it at its next save',
    run: async (half) => {
      const first = await saved(half, 'a.drawdown', 'one');
      const second = await half.open();
      const ref = (await second.openDocument())?.ref ?? '';
      same((await save(second, ref, 'by the second', true))?.kind, 'saved', 'by force');
      same(conflict(await save(first.host, first.ref, 'two')).reason, 'held', 'first');
      same(await half.read('a.drawdown'), 'by the second', 'file');
    },
  },
  {
    name: 'a window that ends lets go of its file',
    run: async (half) => {
      const first = await saved(half, 'a.drawdown', 'one');
      await half.end(first.host);
      const second = await half.open();
      same((await second.openDocument())?.heldBy, null, 'held by');
    },
  },
  {
    name: 'recent documents come last first, once each, and are opened by their id',
    run: async (half) => {
      const { host } = await saved(half, 'a.drawdown', 'one');
      half.choose('b.drawdown');
      await save(host, null, 'two');
      half.choose('a.drawdown');
      await host.openDocument();
      const other = await half.open();
      const recent = await other.recentDocuments();
      same(
        recent.map(({ name }) => name),
        ['a.drawdown', 'b.drawdown'],
        'names',
      );
      const opened = await other.openRecent({ id: recent[1]?.id ?? '' });
      same([opened?.name, textOf(opened?.bytes)], ['b.drawdown', 'two'], 'opened');
    },
  },
  {
    name: 'a recent document that is not there any more says so, and is forgotten',
    run: async (half) => {
      const { host } = await saved(half, 'a.drawdown', 'one');
      const [recent] = await host.recentDocuments();
      await half.remove('a.drawdown');
      const why = await refusal(host.openRecent({ id: recent?.id ?? '' }));
      if (!why.includes('a.drawdown')) throw new Error(why);
      same(await host.recentDocuments(), [], 'recent');
      same((await refusal(host.openRecent({ id: ID }))).includes('not in the list'), true, 'unknown');
    },
  },
  {
    name: 'a copy is offered after its window has ended, and not before',
    run: async (half) => {
      const first = await half.open();
      await first.saveRecoveryBase({ id: ID, base: BASE, bytes: bytesOf('base') });
      await first.saveRecovery({ id: ID, name: 'Ledger', base: BASE, bytes: bytesOf('one') });
      await first.saveRecovery({ id: ID, name: 'Ledger', base: BASE, bytes: bytesOf('two') });
      const second = await half.open();
      same(await second.recoveries(), [], 'while it is open');
      await half.end(first);
      const found = await second.recoveries();
      same(
        found.map(({ id, name, base }) => [id, name, base]),
        [[ID, 'Ledger', BASE]],
        'after it ended',
      );
      if (Math.abs((found[0]?.savedAt ?? 0) - Date.now()) > 60_000) throw new Error('when it was kept is wrong');
      same(await copyIn(second), ['base', 'two'], 'content');
      same(await (await half.open()).recoveries(), [], 'another window');
      await second.dropRecovery({ id: ID, keepBase: false });
      same(await second.recoveries(), [], 'after it was dropped');
      same((await refusal(second.readRecovery({ id: ID }))).includes('not there any more'), true, 'read');
    },
  },
  {
    name: 'a copy that nobody answered for is offered again, the last one first',
    run: async (half) => {
      const first = await half.open();
      await first.saveRecoveryBase({ id: ID, base: BASE, bytes: bytesOf('base') });
      await first.saveRecovery({ id: ID, name: 'earlier', base: BASE, bytes: bytesOf('1') });
      await new Promise((resolve) => setTimeout(resolve, 5));
      await first.saveRecoveryBase({ id: OTHER, base: NEXT_BASE, bytes: bytesOf('base') });
      await first.saveRecovery({ id: OTHER, name: 'later', base: NEXT_BASE, bytes: bytesOf('2') });
      await half.end(first);
      const second = await half.open();
      const names = async (host: HostApi): Promise<string[]> => (await host.recoveries()).map(({ name }) => name);
      same(await names(second), ['later', 'earlier'], 'offered');
      await half.end(second);
      same(await names(await half.open()), ['later', 'earlier'], 'again');
    },
  },
  {
    name: 'a window that ends between a new base and its first copy leaves the copy before it, on its own base',
    run: async (half) => {
      const first = await half.open();
      await first.saveRecoveryBase({ id: ID, base: BASE, bytes: bytesOf('base') });
      await first.saveRecovery({ id: ID, name: 'Ledger', base: BASE, bytes: bytesOf('one') });
      await first.saveRecoveryBase({ id: ID, base: NEXT_BASE, bytes: bytesOf('next base') });
      await half.end(first);
      const second = await half.open();
      same((await second.recoveries()).length, 1, 'offered');
      same(await copyIn(second), ['base', 'one'], 'the copy before');
      await second.saveRecoveryBase({ id: ID, base: NEXT_BASE, bytes: bytesOf('next base') });
      await second.saveRecovery({ id: ID, name: 'Ledger', base: NEXT_BASE, bytes: bytesOf('two') });
      await half.end(second);
      const third = await half.open();
      await third.recoveries();
      same(await copyIn(third), ['next base', 'two'], 'the next copy');
    },
  },
  {
    name: 'a base that no copy came to is not offered, and goes; one that is kept after a copy was dropped takes the next',
    run: async (half) => {
      const first = await half.open();
      await first.saveRecoveryBase({ id: ID, base: BASE, bytes: bytesOf('base') });
      await first.saveRecovery({ id: ID, name: 'Ledger', base: BASE, bytes: bytesOf('one') });
      await first.dropRecovery({ id: ID, keepBase: true });
      await first.saveRecovery({ id: ID, name: 'Ledger', base: BASE, bytes: bytesOf('two') });
      await half.end(first);
      const second = await half.open();
      await second.recoveries();
      same(await copyIn(second), ['base', 'two'], 'told against the base that was kept');
      await second.dropRecovery({ id: ID, keepBase: true });
      await half.end(second);
      const third = await half.open();
      same(await third.recoveries(), [], 'nothing to recover');
      await third.saveRecovery({ id: ID, name: 'Ledger', base: BASE, bytes: bytesOf('three') });
      await half.end(third);
      same(await (await half.open()).recoveries(), [], 'the base is gone, so that this is no copy');
    },
  },
  {
    name: 'a reference that this window was never given is refused',
    run: async (half) => {
      const host = await half.open();
      for (const call of [save(host, ID, 'x'), host.reloadDocument({ ref: ID })])
        same((await refusal(call)).includes('not open in this window'), true, 'refusal');
      await host.closeDocument({ ref: ID });
    },
  },
];
