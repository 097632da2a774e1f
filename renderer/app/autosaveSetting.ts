/** Whether documents are saved by themselves; remembered on this computer only, and on until it is turned off. */
const KEY = 'drawdown.autosave';

export function readAutosave(storage: Pick<Storage, 'getItem'>): boolean {
  return storage.getItem(KEY) !== 'off';
}

export function writeAutosave(on: boolean, storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(KEY, on ? 'on' : 'off');
}
