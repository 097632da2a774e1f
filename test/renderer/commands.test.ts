/** Commands: one table for keys, menus, palette and the list on `?`. */
import { describe, expect, test, vi } from 'vitest';
import type { Actions } from '../../renderer/app/actions.ts';
import { chordOf, commandFor, type Command, type KeyPress } from '../../renderer/app/commands/command.ts';
import { createCommands } from '../../renderer/app/commands/commands.ts';
import { keyGroups } from '../../renderer/app/keys.ts';
import { createAppStore } from '../../renderer/app/store.ts';
import type { EngineClient } from '../../renderer/ui/slice.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...more,
});

function made(): { store: ReturnType<typeof createAppStore>; commands: readonly Command[]; done: string[] } {
  const store = createAppStore({ engine: {} as EngineClient, theme: 'system', profiles: [] });
  const done: string[] = [];
  const actions = new Proxy({} as Actions, {
    get: (_, name) => (value?: string) => done.push(value === undefined ? String(name) : `${String(name)} ${value}`),
  });
  return { store, commands: createCommands(store, actions), done };
}

describe('keys', () => {
  test.each([
    [press('o', { ctrlKey: true }), 'account', 'openScenario'],
    [press('S', { metaKey: true, shiftKey: true }), 'account', 'saveAs'],
    [press('+', { shiftKey: true }), 'account', 'zoomIn'],
    [press('?', { shiftKey: true }), 'data', 'help'],
    [press('T', { shiftKey: true }), 'account', 'trace'],
    [press('k', { ctrlKey: true }), 'scenario', 'palette'],
    [press(',', { ctrlKey: true }), 'account', 'settings'],
    [press('w'), 'account', 'tryOther'],
    [press('7'), 'account', 'go:data'],
    [press('p'), 'whatIf', 'pin'],
    [press('Enter', { ctrlKey: true }), 'data', 'takeStaged'],
    [press('Escape'), 'trace', 'escape'],
    [press('m'), 'reconcile', 'recon:match'],
    [press('z', { ctrlKey: true }), 'reconcile', 'recon:undo'],
    [press('z', { ctrlKey: true }), 'account', 'undo'],
  ] as const)('%o at %s', (event, place, id) => {
    expect(commandFor(made().commands, event, place)?.id).toBe(id);
  });

  test.each([
    [press('0', { ctrlKey: true }), 'account'],
    [press('s', { altKey: true, ctrlKey: true }), 'account'],
    [press('p'), 'account'],
    [press('Enter', { ctrlKey: true }), 'journal'],
    [press('a'), 'account'],
    [press('Shift', { shiftKey: true }), 'account'],
  ] as const)('%o at %s does nothing', (event, place) => {
    expect(commandFor(made().commands, event, place)).toBeNull();
  });

  test('no two commands share an id, or a key at one place; every key can be pressed', () => {
    const { commands } = made();
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    const keyed = commands.flatMap(({ id, keys = [], places }) =>
      keys.flatMap((key) => (places ?? ['*']).map((place) => ({ id, key, place }))),
    );
    expect(new Set(keyed.map(({ key, place }) => `${place} ${key}`)).size).toBe(keyed.length);
    for (const { key } of keyed) {
      const parts = key.split(' ');
      const named = parts.at(-1) === 'Esc' ? 'Escape' : (parts.at(-1) ?? '');
      const event = press(named, { ctrlKey: parts.includes('Ctrl'), shiftKey: parts.includes('Shift') });
      expect(chordOf(event)).toBe(key);
    }
  });

  test('all of the design are there, and the list on ? has every key once a heading', () => {
    const { commands } = made();
    const groups = keyGroups(commands);
    const listed = groups.flatMap(({ keys }) => keys.flatMap(([names]) => names));
    for (const key of ['Ctrl K', '1', '7', '?', 'Ctrl Z', 'Ctrl Shift Z', 'T', 'W', 'P', '/', '+', '-', '0', 'Esc'])
      expect(listed).toContain(key);
    for (const key of commands.flatMap(({ keys = [] }) => keys)) expect(listed).toContain(key);
    for (const { keys } of groups) {
      const meanings = keys.map(([, meaning]) => meaning);
      expect(new Set(meanings).size).toBe(meanings.length);
    }
  });
});

describe('what a command waits for', () => {
  test('is said while there is no account', () => {
    const { store, commands } = made();
    // whether a list can be filtered is seen on screen
    const known = commands.filter(({ id }) => id !== 'filter');
    const waiting = Object.fromEntries(known.map(({ id, waits }) => [id, waits?.(store.getState()) ?? null]));
    expect(waiting).toMatchObject({
      ...{ save: 'no account is open', exportChart: 'no account is open', undo: 'nothing to undo' },
      ...{ takeStaged: 'no files to import', 'csv:answer': 'no answer yet', reveal: 'only in the desktop app' },
      ...{ newAccount: null, addFiles: null, settings: null, help: null },
    });
  });

  test('undo is that of the place', () => {
    const { store, commands, done } = made();
    const undo = commands.find(({ id }) => id === 'undo');
    undo?.run();
    expect(done).toEqual(['undo']);
    const whatIfUndo = vi.fn(() => true);
    store.setState({ place: 'whatIf', whatIfUndo });
    undo?.run();
    expect(whatIfUndo).toHaveBeenCalledOnce();
    expect(done).toEqual(['undo']);
  });
});
