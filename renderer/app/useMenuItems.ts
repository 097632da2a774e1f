/** Commands as items of a menu. */
import { useShallow } from 'zustand/react/shallow';
import type { MenuItem } from '../ui/Menu.tsx';
import { commandById, titleOf } from './commands/command.ts';
import { useAppState, useCommands } from './context.ts';

export function useMenuItems(): (id: string) => MenuItem {
  const commands = useCommands();
  const titles = useAppState(useShallow((state) => commands.map((command) => titleOf(command, state))));
  return (id) => {
    const command = commandById(commands, id);
    const { icon, keys, run, title } = command;
    return {
      label: titles[commands.indexOf(command)] ?? title,
      icon,
      ...(keys?.[0] === undefined ? {} : { keys: keys[0] }),
      onChoose: run,
    };
  };
}
