/** The Scenario place: the text of the account with its run beside it. */
import { Download, LayoutTemplate, Redo2, RotateCcw, Search, Undo2 } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { ExpectationResult, MapDoc, ScenarioCheck, ScenarioFile } from '../../../shared/contract/scenario.ts';
import type { LocatedProblem } from '../../../shared/contract/importing.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import './scenario.css';
import type { RunSeries } from './RunCurve.tsx';
import { ScenarioEditor, type EditorCommands, type EditorSteps } from './ScenarioEditor.tsx';
import { ScenarioPanel } from './ScenarioPanel.tsx';
import type { GeneratorView, ShownText } from './slice.ts';
import type { Template } from './templates.ts';
import { TemplatesDialog } from './TemplatesDialog.tsx';

export interface ScenarioPageProps {
  readonly state: {
    readonly name: string | null;
    readonly shown: ShownText | null;
    readonly kept: unknown;
    readonly base: string | null;
    readonly draft: string | null;
    readonly docs: readonly MapDoc[] | null;
    readonly check: ScenarioCheck | null;
    readonly waiting: boolean;
    readonly expectations: readonly ExpectationResult[];
    readonly generators: readonly GeneratorView[];
    readonly series: RunSeries | null;
  };
  readonly view: AccountView | null;
  readonly zone: Zone;
  readonly loadTemplates: () => Promise<readonly Template[]>;
  readonly onType: (read: () => string) => void;
  readonly onKeep: (kept: unknown) => void;
  readonly onRevert: () => void;
  readonly onBegin: (template: ScenarioFile) => void;
  readonly onExport: (name: string, text: string) => void;
  readonly onFailed: (error: unknown) => void;
}

const NONE: readonly LocatedProblem[] = [];
/** The least that can be read, with an account to begin with. */
const EMPTY: ScenarioFile = {
  name: 'scenario.yaml',
  text: `drawdown: 1
title: Untitled
account: {opened: 2025-01-01T00:00:00Z}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10}
until: 2025-02-01T00:00:00Z
`,
};

export function ScenarioPage(props: ScenarioPageProps): ReactNode {
  const { state, view, zone } = props;
  const { shown, docs, check, waiting, expectations, generators, series } = state;
  const editor = useRef<EditorCommands>(null);
  const [steps, setSteps] = useState<EditorSteps>({ undo: false, redo: false });
  const [templates, setTemplates] = useState<'closed' | readonly Template[] | null>('closed');
  const openTemplates = (): void => {
    setTemplates(null);
    props.loadTemplates().then(setTemplates, props.onFailed);
  };
  const goTo = (line: number, column: number): void => editor.current?.goTo(line, column);
  const files = view === null ? 0 : view.imports.filter(({ format }) => format !== 'generated').length;
  return (
    <main className="scenario-place">
      <Header
        {...{ state, steps }}
        onUndo={() => editor.current?.undo()}
        onRedo={() => editor.current?.redo()}
        onFind={() => editor.current?.find()}
        onTemplates={openTemplates}
        onRevert={props.onRevert}
        onExport={props.onExport}
      />
      {shown === null ? (
        <Empty ready={docs !== null} onTemplates={openTemplates} onEmpty={() => props.onBegin(EMPTY)} />
      ) : (
        <div className="scenario-body">
          <ScenarioEditor
            ref={editor}
            shown={shown}
            kept={state.kept}
            docs={docs}
            expectations={expectations}
            problems={check === null || check.ok ? NONE : check.problems}
            onType={props.onType}
            onSteps={setSteps}
            onKeep={props.onKeep}
            onFailed={props.onFailed}
          />
          <ScenarioPanel {...{ view, zone, check, waiting, expectations, generators, series }} onGo={goTo} />
        </div>
      )}
      {templates !== 'closed' && (
        <TemplatesDialog
          templates={templates}
          note={templatesNote(shown !== null, files)}
          onChoose={(template) => {
            setTemplates('closed');
            props.onBegin(template);
          }}
          onClose={() => setTemplates('closed')}
        />
      )}
    </main>
  );
}

function templatesNote(replaces: boolean, files: number): string {
  if (!replaces) return 'The one you choose opens as an account.';
  const kept = files === 0 ? '' : ` What was imported stays and runs with it.`;
  return `The one you choose takes the place of the text; undo brings the text back.${kept}`;
}

function Header(props: {
  readonly state: ScenarioPageProps['state'];
  readonly steps: EditorSteps;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onFind: () => void;
  readonly onTemplates: () => void;
  readonly onRevert: () => void;
  readonly onExport: (name: string, text: string) => void;
}): ReactNode {
  const { steps } = props;
  const { name, shown, base, draft, waiting } = props.state;
  const changed = shown !== null && (waiting || draft !== null) && draft !== base;
  return (
    <header className="scenario-header">
      <h1>Scenario</h1>
      {name !== null && (
        <span className="scenario-name">
          {changed && <span className="scenario-dot" role="img" aria-label="changed" />}
          {name}
        </span>
      )}
      <span className="scenario-facts">runs as you type; undo brings everything back</span>
      {shown !== null && (
        <div className="scenario-tools">
          <span className={steps.undo ? undefined : 'scenario-off'}>
            <IconButton
              icon={Undo2}
              label={`Undo in the text${steps.undo ? ' (Ctrl Z)' : ', nothing to undo'}`}
              onClick={props.onUndo}
            />
          </span>
          <span className={steps.redo ? undefined : 'scenario-off'}>
            <IconButton
              icon={Redo2}
              label={`Redo in the text${steps.redo ? ' (Ctrl Y)' : ', nothing to redo'}`}
              onClick={props.onRedo}
            />
          </span>
          <IconButton icon={Search} label="Find (Ctrl F)" onClick={props.onFind} />
          <Button
            icon={RotateCcw}
            disabled={!changed}
            hint={
              changed ? 'Back to the text as it was opened or saved; undo brings yours back' : 'Nothing was changed'
            }
            onClick={props.onRevert}
          >
            Revert
          </Button>
          <Button icon={Download} onClick={() => props.onExport(name ?? 'scenario.yaml', draft ?? shown.text)}>
            Export
          </Button>
          <Button icon={LayoutTemplate} onClick={props.onTemplates}>
            Templates
          </Button>
        </div>
      )}
    </header>
  );
}

function Empty(props: {
  readonly ready: boolean;
  readonly onTemplates: () => void;
  readonly onEmpty: () => void;
}): ReactNode {
  if (!props.ready) return null;
  return (
    <div className="scenario-empty">
      <h2>No account is open</h2>
      <p>
        A scenario is an account as text: its policy, what happened, and what is expected. Begin from a template or
        write one; a scenario file can be dropped anywhere.
      </p>
      <p className="scenario-offers">
        <Button look="solid" icon={LayoutTemplate} onClick={props.onTemplates}>
          Choose a template
        </Button>
        <Button onClick={props.onEmpty}>Begin with an empty account</Button>
      </p>
    </div>
  );
}
