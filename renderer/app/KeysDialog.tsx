/** All keys, as the listener knows them. */
import type { ReactNode } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { KEY_LIST } from './keys.ts';
import { PLACES } from './places.ts';

const PLACE_KEYS: (typeof KEY_LIST)[number] = {
  title: 'Places',
  keys: PLACES.map(({ key, label }) => [[key], label]),
};

export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog title="All keys" onClose={onClose}>
      <div className="keys">
        {[PLACE_KEYS, ...KEY_LIST].map(({ title, keys }) => (
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
