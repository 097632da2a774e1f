/** Whoever changes a workspace behind the app's back is found, and where. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { verified, type Fault } from '../../../shared/session/reconcile/verify.ts';
import { openSaved } from '../../../shared/session/workspaceFile.ts';
import { rowsOf, type Database } from '../../../shared/storage/sqlite.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { CREDIT_NOTE, OCTOBER, done, opened, saved, seed, take } from './story.ts';

const SCENARIO = `drawdown: 1
title: October
account: {opened: 2026-10-01T00:00:00Z}
events:
  - {at: 2026-10-02T09:14:00Z, type: purchase, amount: 500, id: first}
until: 2026-11-01T00:00:00Z
`;

let bytes: Uint8Array;

/** An October that was sealed, with a note after the seal. */
beforeAll(async () => {
  const engine: EngineApi = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'october.yaml', text: SCENARIO, files: [] }, context));
  await take(engine, seed('stripe_invoices.csv'), seed('bank.ofx'));
  await done(engine, CREDIT_NOTE);
  const shown = await engine.reconciliation({ period: OCTOBER }, context);
  const open = shown.groups.filter(({ section }) => section === 'to_decide').map(({ id }) => id);
  await done(engine, { kind: 'accept', groups: open, reason: 'bought before this account was simulated' });
  for (const kind of ['prepare', 'review', 'seal'] as const) await done(engine, { kind });
  await done(engine, { kind: 'note', subject: 'november', text: 'ask the bank' }, '2026-11');
  bytes = await saved(engine);
});

async function faultsAfter(tamper: (database: Database) => void): Promise<readonly Fault[]> {
  const SQL = await loadSql();
  const database = new SQL.Database(bytes);
  tamper(database);
  const changed = database.export();
  database.close();
  const work = openSaved(SQL, changed, surroundings);
  if (!work.ok) throw new Error(work.problems.map(({ message }) => message).join('\n'));
  return (await verified(SQL, work, changed, surroundings, context)).faults;
}

/** As somebody who means it would. */
function withoutTriggers(database: Database): void {
  for (const [name] of rowsOf(database, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
    database.exec(`DROP TRIGGER ${String(name)}`);
}

describe('a workspace that was sealed', () => {
  test('holds as it was saved', async () => {
    expect(await faultsAfter(() => undefined)).toEqual([]);
  });

  test('refuses that entries are changed, removed or put between', async () => {
    const SQL = await loadSql();
    const database = new SQL.Database(bytes);
    expect(() => database.exec("UPDATE recon_entry SET actor = 'Z'")).toThrow('cannot be changed');
    expect(() => database.exec('DELETE FROM recon_entry WHERE seq = 1')).toThrow('cannot be removed');
    const copy =
      'INTO recon_entry SELECT seq, at_ms, actor, period, kind, body, previous, hash FROM recon_entry WHERE seq = 2';
    expect(() => database.exec(`INSERT OR REPLACE ${copy}`)).toThrow('an entry follows the last one');
    database.close();
  });

  test('an entry that was edited is named', async () => {
    const faults = await faultsAfter((database) => {
      withoutTriggers(database);
      database.exec("UPDATE recon_entry SET body = replace(body, '-250', '-249') WHERE seq = 1");
    });
    expect(faults[0]).toMatchObject({ of: 'log', seq: 1, says: 'Entry 1 was changed after it was written' });
  });

  test('an entry that was taken out of the middle is named', async () => {
    const faults = await faultsAfter((database) => {
      withoutTriggers(database);
      database.exec('DELETE FROM recon_entry WHERE seq = 2');
    });
    expect(faults[0]).toMatchObject({ of: 'log', seq: 2, says: 'Entry 2 is missing: entry 3 follows 1' });
  });

  test('a tail that was cut off after the seal is missed', async () => {
    const faults = await faultsAfter((database) => {
      withoutTriggers(database);
      database.exec('DELETE FROM recon_entry WHERE seq = 6');
    });
    expect(faults).toMatchObject([
      { of: 'log', seq: 6, says: 'Entries 6 to 6 are missing: the log was cut off after entry 5' },
    ]);
  });

  test('a row of a bank statement that is another is found, with its file and month', async () => {
    const faults = await faultsAfter((database) => {
      database.exec('UPDATE statement_line SET amount_whole = 501 WHERE amount_whole = 500 AND file_id = 2');
    });
    expect(faults).toMatchObject([
      {
        of: 'seal',
        seq: 5,
        period: OCTOBER,
        where: 'bank.ofx',
        says: 'Rows of bank.ofx are not those that October 2026 was sealed with',
      },
    ]);
  });

  test('a scenario that would have given another October is found', async () => {
    const faults = await faultsAfter((database) => {
      database.exec("UPDATE workspace SET scenario_text = replace(scenario_text, 'amount: 500', 'amount: 600')");
    });
    expect(faults.map(({ of, where }) => [of, where])).toContainEqual(['seal', 'october.yaml']);
  });

  test('a result that no replay gives is found, with its table', async () => {
    const faults = await faultsAfter((database) => {
      database.exec('UPDATE lot SET remaining_whole = 400');
    });
    expect(faults).toMatchObject([{ of: 'results', where: 'lot' }]);
  });
});
