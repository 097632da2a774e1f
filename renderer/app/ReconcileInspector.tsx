/** Joins the inspector with the store: what it is about, its four tabs, and what can be done there. */
import { useEffect, type ReactNode } from 'react';
import type { ReconAct, ReconciledMonth, ReconGroup, ReconItem } from '../../shared/contract/reconcile.ts';
import { ExplainPanel } from '../features/explain/ExplainPanel.tsx';
import { causeOf, sameTarget } from '../features/explain/slice.ts';
import { groupsBetween } from '../features/groups/slice.ts';
import { Notes, HistoryList } from '../features/inspector/Entries.tsx';
import { Evidence } from '../features/inspector/Evidence.tsx';
import { Inspector } from '../features/inspector/Inspector.tsx';
import { StatedEvidence, StepEvidence } from '../features/inspector/StatedEvidence.tsx';
import { lookedAt, type InspectorTab, type Subject } from '../features/reconcile/state.ts';
import { Button } from '../ui/Button.tsx';
import { openLink } from '../ui/recon/reconWords.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import { targetOf, type ReconcileActions } from './reconcileActions.ts';
import { aboutSubject, type AboutSubject } from './reconcileSubject.ts';
import { useZone } from './useZone.ts';

/** Lines of a step whose groups are listed. */
const MOST_LINES = 200;
const NONE: readonly ReconItem[] = [];

/** A row that is only passed on the way to another is not explained. */
const REST_MS = 350;

interface PartProps {
  readonly shown: ReconciledMonth;
  readonly subject: Subject;
  readonly about: AboutSubject;
}

export function ReconcileInspector(props: {
  readonly shown: ReconciledMonth;
  readonly actions: ReconcileActions;
  readonly floats: boolean;
}): ReactNode {
  const { shown, actions, floats } = props;
  const store = useAppStore();
  const wanted = useAppState((state) => state.recon.subject);
  const looked = useAppState((state) => state.recon.looked);
  const isShown = useAppState((state) => state.recon.inspectorShown);
  const tab = useAppState((state) => state.recon.inspectorTab);
  const zone = useZone();
  const { reconInspect } = store.getState();
  const subject = lookedAt({ subject: wanted, looked });
  const about = subject === null ? null : aboutSubject(shown, subject, looked, zone);
  if (!isShown || subject === null || about === null) return null;
  const part = { shown, subject, about };
  return (
    <Inspector<InspectorTab>
      title={about.title}
      figure={about.figure}
      tab={tab}
      floats={floats}
      tabs={[
        { value: 'explain', label: 'Explain', count: null },
        { value: 'evidence', label: 'Evidence', count: about.evidence },
        { value: 'history', label: 'History', count: null },
        {
          value: 'notes',
          label: 'Notes',
          count: about.group === null || about.group.notes === 0 ? null : about.group.notes,
        },
      ]}
      onStep={subject.kind === 'group' ? (by) => void actions.step(by) : null}
      onTab={reconInspect}
      onClose={() => reconInspect(null)}
      foot={
        about.group === null ? null : (
          <Foot group={about.group} locked={shown.period.state === 'sealed'} actions={actions} />
        )
      }
    >
      {tab === 'explain' &&
        (about.group?.ignored == null ? <Explain {...part} /> : <IgnoredNote group={about.group} />)}
      {tab === 'evidence' && <EvidencePart {...part} />}
      {(tab === 'history' || tab === 'notes') && <Log {...part} tab={tab} />}
    </Inspector>
  );
}

/** What can be done with a group, by its state. */
function Foot(props: {
  readonly group: ReconGroup;
  readonly locked: boolean;
  readonly actions: ReconcileActions;
}): ReactNode {
  const { group, locked, actions } = props;
  if (locked) return null;
  const suggested = openLink(group) !== undefined;
  if (group.section === 'ignored')
    return (
      <Button small keys="I" onClick={() => void actions.ignore()}>
        Heed again
      </Button>
    );
  return (
    <>
      <Button small keys="M" onClick={() => void actions.match()}>
        {suggested ? 'Accept' : 'Match…'}
      </Button>
      {group.links.length > 0 && (
        <Button small keys="U" onClick={() => void actions.unmatch()}>
          Unmatch
        </Button>
      )}
      <Button small keys="I" onClick={() => void actions.ignore()}>
        Ignore…
      </Button>
      <Button small look="quiet" onClick={() => void actions.rule()}>
        Rule…
      </Button>
    </>
  );
}

/** What counts in no total has no difference to explain; the button at the foot takes it back. */
function IgnoredNote({ group }: { readonly group: ReconGroup }): ReactNode {
  return (
    <div className="explain">
      <p>
        <strong>{`Ignored: ${group.ignored ?? ''}.`}</strong> It counts in no total, so there is no difference to
        explain. Heed it again, and a cause is looked for.
      </p>
    </div>
  );
}

function useDo(): (act: ReconAct) => void {
  const store = useAppStore();
  return (act) => void store.getState().reconDo(act);
}

function Explain({ shown, subject, about }: PartProps): ReactNode {
  const store = useAppStore();
  const { openSource } = useActions();
  const zone = useZone();
  const decide = useDo();
  const target = targetOf(subject, shown);
  const isOfIt = useAppState((state) => sameTarget(state.explainTarget, target));
  const explained = useAppState((state) => (isOfIt ? state.explained : null));
  const explaining = useAppState((state) => isOfIt && state.explaining);
  const failure = useAppState((state) => (isOfIt ? state.explainFailure : null));
  const { explainStart, explainCancel } = store.getState();
  const locked = shown.period.state === 'sealed';
  const asks = about.waits && !isOfIt;
  const { kind, id } = subject;
  useEffect(() => {
    if (!asks) return undefined;
    const timer = setTimeout(() => {
      const { recon } = store.getState();
      if (recon.shown !== null) void store.getState().explainStart(targetOf({ kind, id }, recon.shown));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [asks, kind, id, store, shown]);
  return (
    <ExplainPanel
      about={about.sentence}
      explained={explained}
      explaining={explaining}
      failure={failure}
      solid={shown.period.toDecide > 0}
      vendor={shown.vendor === '' ? 'this vendor' : shown.vendor}
      zone={zone}
      digits={shown.minorDigits}
      onStart={() => void explainStart(target, true)}
      onCancel={explainCancel}
      actions={{
        onSource: openSource,
        onAdopt:
          locked || explained === null
            ? null
            : (explanation) => {
                const { set, sentence } = explanation;
                if (set !== null) decide({ kind: 'adopt', set, sentence, cause: causeOf(explained, explanation) });
              },
        onNote:
          locked || explained === null
            ? null
            : (explanation) => {
                const { sentence, detail } = explanation;
                const text = detail === '' ? sentence : `${sentence} ${detail}`;
                decide({ kind: 'note', subject: about.noteOn, text, cause: causeOf(explained, explanation) });
              },
      }}
    />
  );
}

function EvidencePart({ shown, subject, about }: PartProps): ReactNode {
  const store = useAppStore();
  const { openSource, selectRecord } = useActions();
  const zone = useZone();
  const decide = useDo();
  const candidates = useAppState((state) => state.recon.looked?.candidates ?? NONE);
  const groups = useAppState((state) => state.groups);
  const { minorDigits: digits, currency } = shown;
  const locked = shown.period.state === 'sealed';
  if (about.group !== null) {
    return (
      <Evidence
        group={about.group}
        candidates={candidates}
        zone={zone}
        digits={digits}
        currency={currency}
        actions={{
          onSource: openSource,
          onRecord: (record) => {
            store.setState({ place: 'account', tab: 'timeline' });
            void selectRecord(record);
          },
          onMatch: locked ? null : (items) => decide({ kind: 'match', items }),
          onOwn: locked ? null : (id, owner) => decide({ kind: 'own', break: id, owner }),
        }}
      />
    );
  }
  if (subject.kind === 'step') {
    return (
      <StepEvidence
        groups={
          groups.list?.filter.step === subject.id ? groupsBetween(groups, 0, MOST_LINES).map(({ group }) => group) : []
        }
        more={groups.lines.total > MOST_LINES}
        search={groups.list?.filter.search ?? ''}
        digits={digits}
        onGroup={(id) => void store.getState().reconSelect({ kind: 'group', id })}
        onAll={() => store.getState().groupsSearch('')}
      />
    );
  }
  const point = subject.kind === 'balance' ? shown.balances.find(({ id }) => id === subject.id) : undefined;
  const line = subject.kind === 'usage' ? shown.usage.find(({ id }) => id === subject.id) : undefined;
  return (
    <StatedEvidence
      simulated={point?.simulated ?? line?.simulated ?? null}
      stated={point?.stated ?? line?.stated ?? null}
      difference={point?.difference ?? line?.difference ?? null}
      source={point?.source ?? line?.source ?? null}
      line={point?.line ?? null}
      day={point?.day === true}
      digits={digits}
      onSource={openSource}
    />
  );
}

function Log({ shown, about, tab }: PartProps & { readonly tab: 'history' | 'notes' }): ReactNode {
  const store = useAppStore();
  const zone = useZone();
  const decide = useDo();
  const { noteOn } = about;
  const history = useAppState(({ reconHistory: of }) => (of?.subject === noteOn ? of : null));
  const { reconHistoryMore } = store.getState();
  useEffect(() => {
    store.getState().reconHistoryLoad(noteOn);
  }, [store, noteOn, shown]);
  if (tab === 'history') return <HistoryList history={history} zone={zone} onMore={reconHistoryMore} />;
  return (
    <Notes
      key={noteOn}
      history={history}
      zone={zone}
      onNote={shown.period.state === 'sealed' ? null : (text) => decide({ kind: 'note', subject: noteOn, text })}
    />
  );
}
