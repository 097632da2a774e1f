/** The October of the sample files: vendor documents and a card statement, through the worker's door. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AccountView, EngineApi, Opened } from '../../../shared/contract/engine.ts';
import type { NamedFile } from '../../../shared/contract/importing.ts';
import type { ReconAct, Reconciliation, ReconGroup, ReconSide } from '../../../shared/contract/reconcile.ts';
import { Transfer } from '../../../shared/contract/rpc.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';

const SEEDS = path.join(import.meta.dirname, '../../fuzz/seeds');
export const OCTOBER = '2026-10';

/** One of the files that tests carry with them. */
export function seed(name: string): NamedFile {
  return { name, content: new Uint8Array(readFileSync(path.join(SEEDS, name))) };
}

export function csv(name: string, ...lines: readonly string[]): NamedFile {
  return { name, content: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')) };
}

export async function opened(answer: Promise<Opened>): Promise<AccountView> {
  const given = await answer;
  if (!given.ok) throw new Error(given.problems.map(({ message }) => message).join('\n'));
  return given.view;
}

export async function take(engine: EngineApi, ...files: readonly NamedFile[]): Promise<AccountView> {
  const previews = await engine.stageFiles({ files, profiles: {} }, context);
  return opened(engine.takeStaged({ ids: previews.map(({ id }) => id) }, context));
}

/** Does something and expects it to be done. */
export async function done(
  engine: EngineApi,
  act: ReconAct,
  period = OCTOBER,
  actor = 'A. Example',
): Promise<Reconciliation> {
  const answer = await engine.reconAct({ period, actor, act }, context);
  if (!answer.ok) throw new Error(answer.message);
  return engine.reconciliation({ period }, context);
}

export async function refusal(engine: EngineApi, act: ReconAct, period = OCTOBER): Promise<string> {
  const answer = await engine.reconAct({ period, actor: 'A. Example', act }, context);
  return answer.ok ? 'it was done' : answer.message;
}

export const CREDIT_NOTE: ReconAct = {
  kind: 'document',
  document: {
    ...{ kind: 'credit_note', number: 'HLCN2K7Q-0014-CN-01', date: '2026-10-20', amount: '-250.00', tax: null },
    text: 'Refund of API credits',
  },
};

/** The group that an item is in, by a part of the item's id. */
export function groupOf({ groups }: Reconciliation, part: string): ReconGroup {
  const found = groups.filter(({ cells }) =>
    Object.values(cells).some((items) => items.some(({ id }) => id.includes(part))),
  );
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} groups have ${part}`);
  return found[0];
}

export function cell(group: ReconGroup, side: ReconSide): string[] {
  return group.cells[side].map(({ amount }) => amount);
}

/** What saving gives: the worker hands the bytes over instead of copying them. */
export async function saved(engine: EngineApi): Promise<Uint8Array> {
  const answer: unknown = await engine.saveWorkspace({}, context);
  if (!(answer instanceof Transfer) || !(answer.value instanceof Uint8Array)) throw new Error('no bytes were saved');
  return answer.value;
}

/** The document, saved and opened anew. */
export async function reopened(engine: EngineApi): Promise<EngineApi> {
  const again: EngineApi = engineService(loadSql, surroundings);
  await opened(again.openWorkspace({ name: 'october.drawdown', bytes: await saved(engine) }, context));
  return again;
}
