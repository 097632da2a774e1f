/** Serves `SecondApi`: one more account, held only to be compared with the one that is open. */
import type { NamedFile } from '../contract/importing.ts';
import { Transfer } from '../contract/rpc.ts';
import type { SecondApi, SecondRun } from '../contract/second.ts';
import { formatAtoms } from '../domain/money.ts';
import { balanceOf } from '../engine/lots.ts';
import type { SqlJsStatic } from '../storage/sqlite.ts';
import { WorkspaceError } from '../storage/workspace.ts';
import { openScenario, type Account, type AccountOutcome } from './account.ts';
import { annotationsOf, touching } from './annotations.ts';
import { inPieces } from './inPieces.ts';
import type { Surroundings } from './surroundings.ts';
import { differenceOf } from './whatIf/difference.ts';
import { openingSteps } from './workspaceFile.ts';

/** Wider than any screen. */
const MOST_COLUMNS = 10_000;

type Served = { [K in keyof SecondApi]: (...args: Parameters<SecondApi[K]>) => Promise<unknown> };
type Answer = Awaited<ReturnType<SecondApi['openSecond']>>;

export function secondService(
  current: () => Account,
  loadSql: () => Promise<SqlJsStatic>,
  surroundings: Surroundings,
): Served {
  let second: Account | null = null;

  const refused = (name: string, message: string): Answer => ({
    ok: false,
    problems: [{ file: name, line: null, column: null, field: null, message }],
  });

  return {
    openSecond: async ({ name, content }, context): Promise<Answer> => {
      let outcome: AccountOutcome;
      try {
        outcome =
          'bytes' in content
            ? await inPieces(openingSteps(await loadSql(), content.bytes, surroundings), surroundings, context)
            : await openScenario(
                { name, text: content.text },
                { find: (path) => Promise.resolve(fileOf(content.files, path)), more: [] },
                surroundings,
                context,
              );
      } catch (error) {
        if (error instanceof WorkspaceError) return refused(name, error.message);
        throw error;
      }
      if (!outcome.ok) return outcome;
      const mine = current().run.input;
      const { input } = outcome.account.run;
      if (input.currency !== mine.currency)
        return refused(
          name,
          `it is in ${input.currency}, the account in ${mine.currency}; runs of one currency compare`,
        );
      const run = sharedTime(current(), outcome.account);
      if (run.from >= run.to) return refused(name, 'it shares no time with the account; choose one that overlaps it');
      second = outcome.account;
      return { ok: true, run };
    },
    secondSeries: ({ from, to, columns, strip }) => {
      if (second === null) return Promise.reject(new Error('no second run is open'));
      const most = (wanted: number): number => Math.max(1, Math.min(Math.ceil(wanted), MOST_COLUMNS));
      const series = second.course.series(from, to, most(columns));
      const window = { from, to: Math.max(from, to), columns: most(strip) };
      const difference = differenceOf(second.course, current().course, window);
      const spans = touching(annotationsOf(second).spans, from, to);
      const arrays = [series.at, series.balance, difference.at, difference.low, difference.high];
      return Promise.resolve(
        new Transfer(
          { series, spans, difference },
          arrays.map(({ buffer }) => buffer),
        ),
      );
    },
    closeSecond: () => {
      second = null;
      return Promise.resolve();
    },
  };
}

function sharedTime(account: Account, { run }: Account): SecondRun {
  const { opened, until } = account.run.input;
  return {
    title: run.input.title,
    balance: formatAtoms(balanceOf(run.state.book)),
    from: Math.max(opened, run.input.opened),
    to: Math.min(until, run.input.until),
  };
}

function fileOf(files: readonly NamedFile[], path: string): NamedFile | null {
  return files.find(({ name }) => name === path || name === path.slice(path.lastIndexOf('/') + 1)) ?? null;
}
