/** The window: title bar, rail, the place, status bar; drops, paste and keys work everywhere in it. */
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import './app.css';
import './layers.css';
import './narrow.css';
import { useActions, useAppState, useAppStore, useCommands } from './context.ts';
import { DocumentPart } from './DocumentPart.tsx';
import { DropLayer } from './DropLayer.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { PLACES } from './places.ts';
import { PalettePart } from './PalettePart.tsx';
import { Rail } from './Rail.tsx';
import { ReportPart } from './ReportPart.tsx';
import { SettingsPart } from './SettingsPart.tsx';
import { SourcePart } from './SourcePart.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useKeys } from './useKeys.ts';
import { usePaste } from './usePaste.ts';

export function App(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  useKeys(store, useCommands());
  usePaste(actions);
  const view = useAppState((state) => state.view);
  const keysShown = useAppState((state) => state.keysShown);
  const paletteShown = useAppState((state) => state.paletteShown);
  const settingsShown = useAppState((state) => state.settingsShown);
  // the forms of figures and the height of rows are not passed to every part: what shows them is drawn anew
  const forms = useAppState(({ locale, density, textSize }) => `${locale} ${density} ${textSize}`);
  const spoken = useAppState((state) => state.spoken);
  const broken = useAppState((state) => state.broken);
  const hasReport = useAppState((state) => state.report !== null);
  if (hasReport && broken === null) return <ReportPart />;
  return (
    <div className="app">
      <TitleBar />
      {broken === null && <DocumentPart />}
      {broken !== null ? (
        <main className="app-broken">
          <Notice icon={TriangleAlert} tone="debt" title="The ledger stopped">
            <p>{broken}</p>
            <p>Files on disk are as they were. What was not saved is lost.</p>
            <p>
              <Button onClick={() => window.location.reload()}>Start again</Button>
            </p>
          </Notice>
        </main>
      ) : (
        <>
          <Rail />
          <Stage key={forms} />
        </>
      )}
      <StatusBar key={forms} view={view} />
      <DropLayer onFiles={(files) => void actions.openFiles(files)} />
      {paletteShown && <PalettePart />}
      {settingsShown && <SettingsPart />}
      {keysShown && <KeysDialog onClose={() => store.setState({ keysShown: false })} />}
      <div className="visually-hidden" role="status" aria-live="polite">
        {spoken}
      </div>
    </div>
  );
}

/** The place that is shown, and the source of a row over it. */
function Stage(): ReactNode {
  const here = useAppState((state) => state.place);
  const Place = (PLACES.find(({ id }) => id === here) ?? PLACES[0])?.component;
  return (
    <div className="stage">
      {Place !== undefined && <Place />}
      <SourcePart />
    </div>
  );
}
