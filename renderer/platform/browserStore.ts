/**
 * What the plain page keeps in the browser between visits: a table each for copies of unsaved work and for recent
 * documents. A browser that keeps nothing (a private window) has empty tables; the page works on without them.
 */

export type TableName = 'recovery' | 'recent';

export interface Table<R extends { readonly id: string }> {
  all(): Promise<readonly R[]>;
  get(id: string): Promise<R | null>;
  /** @throws where the browser refuses: its room is used up, or it keeps nothing */
  put(record: R): Promise<void>;
  remove(id: string): Promise<void>;
}

const NAME = 'drawdown';
const VERSION = 1;
const TABLES: readonly TableName[] = ['recovery', 'recent'];

export class BrowserStore {
  #database: Promise<IDBDatabase> | null = null;

  table<R extends { readonly id: string }>(name: TableName): Table<R> {
    const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
      (await (this.#database ??= opened())).transaction(name, mode, { durability: 'strict' }).objectStore(name);
    return {
      all: () =>
        store('readonly').then(
          (table) => answered(table.getAll() as IDBRequest<R[]>),
          () => [],
        ),
      get: (id) =>
        store('readonly').then(
          async (table) => (await answered(table.get(id) as IDBRequest<R | undefined>)) ?? null,
          () => null,
        ),
      put: async (record) => written(await store('readwrite'), (table) => table.put(record)),
      remove: (id) =>
        store('readwrite').then(
          (table) => written(table, (there) => there.delete(id)),
          () => undefined,
        ),
    };
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.addEventListener('upgradeneeded', () => {
    for (const name of TABLES) request.result.createObjectStore(name, { keyPath: 'id' });
  });
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser gave no reason')));
  });
}

/** Resolves when the write has reached the disk, which is later than when the browser has accepted it. */
function written(table: IDBObjectStore, write: (table: IDBObjectStore) => IDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const { transaction } = table;
    const fail = (): void => reject(transaction.error ?? new Error('the browser gave no reason'));
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('error', fail);
    transaction.addEventListener('abort', fail);
    write(table);
  });
}
