/**
 * What dropped or chosen files are: a workspace by its first bytes, a scenario by its name (and, for JSON, by its own
 * word for it), anything else data: usage or statements, which the worker tells apart. Reads a few kilobytes of each at most.
 */
export type Dropped<F> =
  | { readonly kind: 'workspace'; readonly file: F }
  | { readonly kind: 'scenario'; readonly file: F; readonly siblings: readonly F[] }
  | { readonly kind: 'data'; readonly files: readonly F[] }
  | { readonly kind: 'unclear'; readonly reason: string };

interface FileLike {
  readonly name: string;
  slice(start: number, end: number): { text(): Promise<string> };
}

const SQLITE = 'SQLite format 3\u0000';

export async function classify<F extends FileLike>(files: readonly F[]): Promise<Dropped<F>> {
  const workspaces: F[] = [];
  const scenarios: F[] = [];
  const others: F[] = [];
  for (const file of files) {
    const kind = await kindOf(file);
    (kind === 'workspace' ? workspaces : kind === 'scenario' ? scenarios : others).push(file);
  }
  const [workspace, secondWorkspace] = workspaces;
  const [scenario, secondScenario] = scenarios;
  if (workspace !== undefined) {
    if (secondWorkspace !== undefined)
      return { kind: 'unclear', reason: `${workspaces.length} workspaces were given; one can be open at a time.` };
    if (files.length > 1)
      return {
        kind: 'unclear',
        reason: `${workspace.name} is a workspace and opens alone. Add the other files once it is open.`,
      };
    return { kind: 'workspace', file: workspace };
  }
  if (scenario !== undefined) {
    if (secondScenario !== undefined)
      return { kind: 'unclear', reason: `${scenarios.length} scenarios were given; one can be open at a time.` };
    return { kind: 'scenario', file: scenario, siblings: others };
  }
  return { kind: 'data', files: others };
}

async function kindOf(file: FileLike): Promise<'workspace' | 'scenario' | 'data'> {
  const start = await file.slice(0, 16).text();
  if (start.startsWith(SQLITE)) return 'workspace';
  if (/\.ya?ml$/i.test(file.name)) return 'scenario';
  if (!/\.json$/i.test(file.name)) return 'data';
  // Usage exports are JSON too; a scenario says what it is.
  const head = await file.slice(0, 65_536).text();
  return /"drawdown"\s*:/.test(head) ? 'scenario' : 'data';
}
