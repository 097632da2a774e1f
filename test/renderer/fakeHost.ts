/** A shell for tests of the page: files, copies and dialogs in memory, and a record of what was asked of it. */
import type { HostApi, Recovery, SaveConflict } from '../../shared/contract/host.ts';

export interface FakeHost extends HostApi {
  /** Files by name. */
  readonly files: Map<string, Uint8Array>;
  readonly copies: Map<string, Recovery & { bytes: Uint8Array }>;
  /** Bases by their own id, in the order in which they were written. */
  readonly bases: Map<string, { of: string; bytes: Uint8Array }>;
  readonly saves: { ref: string | null; suggestedName: string; overwrite: boolean }[];
  readonly closed: string[];
  readonly exported: { name: string; size: number }[];
  /** The file that the next dialog gives; null closes it. */
  chosen: string | null;
  conflict: Omit<SaveConflict, 'kind' | 'ref' | 'name'> | null;
  /** What the next write of any kind fails with. */
  fault: Error | null;
  heldBy: string | null;
  /** The user closes the window and wants its work saved. */
  close(): void;
  readonly answers: boolean[];
}

/** @param clock when copies are dated */
export function fakeHost(clock: () => number = () => 0): FakeHost {
  let asked: () => void = () => undefined;
  const refuseOnce = (): void => {
    const { fault } = host;
    host.fault = null;
    if (fault !== null) throw fault;
  };
  const documentOf = (name: string): { ref: string; name: string; bytes: Uint8Array; heldBy: string | null } => ({
    ref: `ref of ${name}`,
    name,
    bytes: host.files.get(name) ?? new Uint8Array(4),
    heldBy: host.heldBy,
  });
  const host: FakeHost = {
    files: new Map(),
    copies: new Map(),
    bases: new Map(),
    saves: [],
    closed: [],
    exported: [],
    chosen: 'mine.drawdown',
    conflict: null,
    fault: null,
    heldBy: null,
    answers: [],
    close: () => asked(),
    describe: () => Promise.resolve({ shell: 'page', version: 'test', canSaveInPlace: true, canReveal: false }),
    openDocument: () => Promise.resolve(host.chosen === null ? null : documentOf(host.chosen)),
    launchDocument: () => Promise.resolve(null),
    reloadDocument: ({ ref }) => Promise.resolve(documentOf(ref.replace('ref of ', ''))),
    saveDocument: async ({ ref, suggestedName, bytes, overwrite }) => {
      await Promise.resolve();
      host.saves.push({ ref, suggestedName, overwrite });
      refuseOnce();
      const name = ref === null ? host.chosen : ref.replace('ref of ', '');
      if (name === null) return null;
      if (host.conflict !== null && !overwrite)
        return { kind: 'conflict', ref: `ref of ${name}`, name, ...host.conflict };
      host.files.set(name, bytes);
      return { kind: 'saved', ref: `ref of ${name}`, name };
    },
    closeDocument: ({ ref }) => {
      host.closed.push(ref);
      return Promise.resolve();
    },
    revealDocument: () => Promise.resolve(),
    recentDocuments: () =>
      Promise.resolve([...host.files.keys()].map((name) => ({ id: name, name, folder: '', openedAt: 0 }))),
    openRecent: ({ id }) => Promise.resolve(documentOf(id)),
    saveRecoveryBase: async ({ id, base, bytes }) => {
      await Promise.resolve();
      refuseOnce();
      host.bases.set(base, { of: id, bytes });
    },
    saveRecovery: async ({ id, name, base, bytes }) => {
      await Promise.resolve();
      refuseOnce();
      host.copies.set(id, { id, name, savedAt: clock(), base, bytes });
    },
    recoveries: () =>
      Promise.resolve([...host.copies.values()].map(({ id, name, savedAt, base }) => ({ id, name, savedAt, base }))),
    readRecovery: ({ id }) => {
      const copy = host.copies.get(id);
      const base = host.bases.get(copy?.base ?? '');
      if (copy === undefined || base === undefined) return Promise.reject(new Error('no such copy'));
      return Promise.resolve({ whole: base.bytes, changes: copy.bytes });
    },
    dropRecovery: ({ id, keepBase }) => {
      host.copies.delete(id);
      for (const [base, { of }] of host.bases) if (of === id && !keepBase) host.bases.delete(base);
      return Promise.resolve();
    },
    exportFile: ({ suggestedName, bytes }) => {
      host.exported.push({ name: suggestedName, size: bytes.length });
      return Promise.resolve({ name: suggestedName });
    },
    savePdf: ({ suggestedName }) => {
      host.exported.push({ name: suggestedName, size: 0 });
      return Promise.resolve({ name: suggestedName });
    },
    setUnsaved: () => Promise.resolve(),
    openWindow: () => Promise.resolve(),
    closeAsked: () =>
      new Promise((resolve) => {
        asked = resolve;
      }),
    answerClose: ({ close }) => {
      host.answers.push(close);
      return Promise.resolve();
    },
  };
  return host;
}
