/** Joins the controls with the store: each row listens to its own value alone, so that a moved slider redraws one row. */
import { memo, useMemo, type ReactNode } from 'react';
import type { WhatIfControl } from '../../shared/contract/whatIf.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { ControlRow } from '../features/whatIf/ControlRow.tsx';
import { ControlsPanel } from '../features/whatIf/ControlsPanel.tsx';
import { problemAt } from '../features/whatIf/slice.ts';
import { Switch } from '../features/whatIf/Switch.tsx';
import { useAppState, useAppStore } from './context.ts';
import { useZone } from './useZone.ts';

/** No path has it. */
const BETWEEN = '\n';

export function WhatIfControls(): ReactNode {
  const store = useAppStore();
  const controls = useAppState((state) => state.whatIf.controls);
  const filter = useAppState((state) => state.whatIf.filter);
  const changedOnly = useAppState((state) => state.whatIf.changedOnly);
  const folded = useAppState((state) => state.whatIf.folded);
  const paths = useAppState(({ whatIf: { draft } }) => [...Object.keys(draft.set), ...draft.hold].join(BETWEEN));
  const changed = useMemo(() => new Set(paths === '' ? [] : paths.split(BETWEEN)), [paths]);
  const zone = useZone();
  const currency = useAppState((state) => state.whatIf.view?.currency ?? '');
  const { whatIfView } = store.getState();
  return (
    <ControlsPanel
      controls={controls}
      changed={changed}
      filter={filter}
      changedOnly={changedOnly}
      folded={folded}
      onFilter={(next) => whatIfView({ filter: next })}
      onChangedOnly={(only) => whatIfView({ changedOnly: only })}
      onFold={(group) => {
        const next = new Set(folded);
        if (!next.delete(group)) next.add(group);
        whatIfView({ folded: next });
      }}
      row={(control, place) =>
        place === 'heading' ? (
          <HeadingSwitch key={control.path} control={control} />
        ) : (
          <Row key={control.path} control={control} currency={currency} zone={zone} />
        )
      }
    />
  );
}

const Row = memo(function Row(props: {
  readonly control: WhatIfControl;
  readonly currency: string;
  readonly zone: Zone;
}): ReactNode {
  const { control, currency, zone } = props;
  const { path, saved } = control;
  const store = useAppStore();
  const text = useAppState((state) => state.whatIf.draft.set[path] ?? saved);
  const held = useAppState((state) => state.whatIf.draft.hold.includes(path));
  const problem = useAppState((state) => problemAt(state.whatIf.problems, path));
  const { whatIfTry, whatIfHold, whatIfReset } = store.getState();
  return (
    <ControlRow
      control={control}
      text={text}
      held={held}
      problem={problem}
      currency={currency}
      zone={zone}
      zones={control.form.kind === 'zone' ? zoneNames() : NO_ZONES}
      onTry={whatIfTry}
      onHold={whatIfHold}
      onReset={whatIfReset}
    />
  );
});

function HeadingSwitch({ control }: { readonly control: WhatIfControl }): ReactNode {
  const { path, saved, label } = control;
  const { whatIfTry } = useAppStore().getState();
  const text = useAppState((state) => state.whatIf.draft.set[path] ?? saved);
  return <Switch label={label} on={text === 'on'} onChange={(on) => whatIfTry(path, on ? 'on' : 'off', 'resting')} />;
}

const NO_ZONES: readonly string[] = [];
let allZones: readonly string[] | null = null;

/** The zones that this platform knows; asked for once. */
function zoneNames(): readonly string[] {
  return (allZones ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]);
}
