/** The places of the window, each an icon over its word. */
import { Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { countText } from '../ui/amountText.ts';
import { useAppState, useAppStore } from './context.ts';
import { PLACES, type Place } from './places.ts';

export function Rail(): ReactNode {
  return (
    <nav className="rail" aria-label="Places">
      <ul>
        {PLACES.map((place) => (
          <li key={place.id}>
            <RailButton place={place} />
          </li>
        ))}
      </ul>
      <SettingsButton />
    </nav>
  );
}

function SettingsButton(): ReactNode {
  const store = useAppStore();
  const shown = useAppState((state) => state.settingsShown);
  return (
    <button
      type="button"
      className="rail-place rail-end"
      aria-haspopup="dialog"
      aria-expanded={shown}
      aria-keyshortcuts="Control+,"
      title="Settings, key Ctrl ,"
      onClick={() => store.setState({ settingsShown: true })}
    >
      <Settings size="1.25rem" strokeWidth={1.6} aria-hidden="true" />
      Settings
    </button>
  );
}

function RailButton({ place }: { readonly place: Place }): ReactNode {
  const store = useAppStore();
  const isHere = useAppState((state) => state.place === place.id);
  const count = useAppState((state) => place.waiting?.(state).count ?? 0);
  const what = useAppState((state) => place.waiting?.(state).what ?? '');
  const { icon: Icon, label, key } = place;
  return (
    <button
      type="button"
      className="rail-place"
      aria-current={isHere ? 'page' : undefined}
      aria-keyshortcuts={key}
      title={`${label}, key ${key}`}
      onClick={() => store.setState({ place: place.id })}
    >
      <Icon size="1.25rem" strokeWidth={1.6} aria-hidden="true" />
      {label}
      {count > 0 && (
        <span className="rail-count">
          <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
          <span className="visually-hidden">{`, ${countText(count)} ${what}`}</span>
        </span>
      )}
    </button>
  );
}
