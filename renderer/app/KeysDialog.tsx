/** All keys, as the listener knows them. */
import type { ReactNode } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { useCommands } from './context.ts';
import { keyGroups } from './keys.ts';

export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const commands = useCommands();
  return (
    <Dialog title="All keys" onClose={onClose}>
      <div className="keys">
        {keyGroups(commands).map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, meaning]) => (
                <div key={meaning}>
                  <dt>
                    {names.map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
