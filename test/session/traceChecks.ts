/** Walks a derivation to its last page and holds it to what the contract says of it. */
import { expect } from 'vitest';
import type { TraceApi, TraceNode, TraceTarget } from '../../shared/contract/trace.ts';
import { ATOMS_PER_UNIT, divideRounded, formatAtoms, parseAmount, type Atoms } from '../../shared/domain/money.ts';
import { context } from '../surroundings.ts';

/** No derivation is deeper, whatever the account. */
export const DEEPEST = 16;

export function atomsOf(node: Pick<TraceNode, 'amount'>): Atoms {
  const atoms = parseAmount(node.amount ?? '');
  if (typeof atoms !== 'bigint') throw new Error(`${String(node.amount)} is no amount`);
  return atoms;
}

export class Walker {
  readonly #api: TraceApi;
  readonly #page: number;
  /** Height of every node that was checked. */
  readonly #checked = new Map<string, number>();

  constructor(api: TraceApi, page = 7) {
    this.#api = api;
    this.#page = page;
  }

  get nodes(): number {
    return this.#checked.size;
  }

  /** Checks a figure's whole derivation. @returns its root. */
  async check(of: TraceTarget): Promise<TraceNode> {
    const root = await this.#api.trace({ of }, context);
    expect(root.sign).toBe('=');
    expect(await this.#height(root)).toBeLessThanOrEqual(DEEPEST);
    return root;
  }

  async children({ key, childCount }: TraceNode): Promise<TraceNode[]> {
    const all: TraceNode[] = [];
    while (all.length < childCount) {
      const { total, rows } = await this.#api.traceChildren({ key, offset: all.length, limit: this.#page }, context);
      expect(total).toBe(childCount);
      expect(rows.length).toBe(Math.min(this.#page, total - all.length));
      all.push(...rows);
    }
    return all;
  }

  async #height(node: TraceNode): Promise<number> {
    const known = this.#checked.get(node.key);
    if (known !== undefined) return known;
    const children = await this.children(node);
    expect(new Set(children.map(({ key }) => key)).size).toBe(children.length);
    if (node.children !== null)
      expect(node.children.map(({ key }) => key)).toEqual(
        children.slice(0, node.children.length).map(({ key }) => key),
      );
    if (node.kind === 'sum') checkSum(node, children);
    else if (node.kind === 'product') checkProduct(node, children);
    else for (const { sign } of children) expect(sign).toBe('=');
    if (node.kind === 'rule') expect(node.rule).toBeDefined();
    let height = 0;
    for (const child of children) height = Math.max(height, await this.#height(child));
    this.#checked.set(node.key, height + 1);
    return height + 1;
  }
}

function checkSum(node: TraceNode, children: readonly TraceNode[]): void {
  let sum = 0n;
  for (const child of children) {
    expect(['+', '-', '=']).toContain(child.sign);
    if (child.sign !== '=') expect(child.unit).toBe(node.unit);
    if (child.sign === '+') sum += atomsOf(child);
    if (child.sign === '-') sum -= atomsOf(child);
  }
  expect(`${node.key} ${formatAtoms(sum)}`).toBe(`${node.key} ${node.amount ?? ''}`);
}

function checkProduct(node: TraceNode, children: readonly TraceNode[]): void {
  let [over, under] = [ATOMS_PER_UNIT, 1n];
  for (const child of children) {
    expect(['*', '/']).toContain(child.sign);
    if (child.sign === '*') [over, under] = [over * atomsOf(child), under * ATOMS_PER_UNIT];
    else [over, under] = [over * ATOMS_PER_UNIT, under * atomsOf(child)];
  }
  expect(`${node.key} ${formatAtoms(divideRounded(over, under, 'half_even'))}`).toBe(
    `${node.key} ${node.amount ?? ''}`,
  );
}
