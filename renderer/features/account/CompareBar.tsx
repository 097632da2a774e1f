/** Chooses the run that the account is compared with, and says which one it is. */
import { FileInput, GitCompareArrows, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';

export interface ComparableVariant {
  readonly id: string;
  readonly letter: string;
  readonly name: string;
}

export function CompareBar(props: {
  readonly variants: readonly ComparableVariant[];
  /** What is compared with: a variant by its id, a file, or nothing. */
  readonly compared: { readonly variant: string | null; readonly name: string } | null;
  readonly onVariant: (id: string) => void;
  readonly onFile: () => void;
  readonly onStop: () => void;
}): ReactNode {
  const { variants, compared, onVariant, onFile, onStop } = props;
  const pinned = variants.map(({ id, letter, name }): MenuItem => ({
    label: `${letter} ${name}`,
    icon: GitCompareArrows,
    checked: compared?.variant === id,
    onChoose: () => onVariant(id),
  }));
  return (
    <span className="compare-bar">
      {compared !== null && (
        <span className="compare-name">
          <svg className="legend-line" viewBox="0 0 22 8" width="22" height="8" aria-hidden="true">
            <path className="baseline-line" d="M0 4H22" />
          </svg>
          {compared.name}
          <button
            type="button"
            className="icon-button"
            aria-label={`Stop comparing with ${compared.name}`}
            title="Stop comparing"
            onClick={onStop}
          >
            <X size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
          </button>
        </span>
      )}
      <Menu
        label="Compare with"
        icon={GitCompareArrows}
        small
        groups={[
          ...(pinned.length === 0 ? [] : [pinned]),
          [{ label: 'Another scenario or workspace…', icon: FileInput, onChoose: onFile }],
        ]}
      />
    </span>
  );
}
