/**
 * The most pairs at the least cost, between kinds of equal items: a transport network, solved by augmenting along
 * cheapest paths (primal-dual, all paths of one length at once).
 *
 * Items that are alike in everything a rule looks at are one kind with a count. A recharge storm of 100,000 equal
 * amounts is thus a network of some days, not of 100,000 items.
 */

/** An edge between a kind of the left and one of the right; any number of their items may pair. */
export interface Edge {
  readonly left: number;
  readonly right: number;
  /** Not negative; whole. */
  readonly cost: number;
}

export interface Solution {
  /** Pairs along each edge. */
  readonly pairs: readonly number[];
  /** Another solution with as many pairs at the same cost leaves other items over. */
  readonly ambiguous: boolean;
}

type Side = 'left' | 'right';
const SIDES: readonly Side[] = ['left', 'right'];

const NOWHERE = Infinity;

/**
 * @param left items of each kind of the left, in stable order; @param right of the right.
 * Where several solutions are equally good, of two kinds that could be left over the later one is. Yields between rounds.
 */
export function* solve(
  left: readonly number[],
  right: readonly number[],
  edges: readonly Edge[],
): Generator<undefined, Solution> {
  const network = new Network(left, right, edges);
  yield* network.fill();
  const ambiguous = network.isAmbiguous();
  if (ambiguous) network.leaveLaterOver();
  return { pairs: network.pairs(), ambiguous };
}

/** Nodes: the source, the left, the right, the sink. Arcs are in twins: an arc and, at the odd place after it, its return. */
class Network {
  readonly #leftCount: number;
  readonly #rightCount: number;
  readonly #sink: number;
  readonly #edgeCount: number;
  /** Arcs of each node. */
  readonly #arcs: number[][];
  readonly #target: Int32Array;
  readonly #room: Float64Array;
  readonly #cost: Float64Array;
  /** Cheapest way from the source so far: no arc with room is cheaper than the difference of its ends'. */
  readonly #potential: Float64Array;

  constructor(left: readonly number[], right: readonly number[], edges: readonly Edge[]) {
    this.#leftCount = left.length;
    this.#rightCount = right.length;
    this.#edgeCount = edges.length;
    this.#sink = 1 + left.length + right.length;
    const arcs = 2 * (edges.length + left.length + right.length);
    this.#arcs = Array.from({ length: this.#sink + 1 }, () => []);
    this.#target = new Int32Array(arcs);
    this.#room = new Float64Array(arcs);
    this.#cost = new Float64Array(arcs);
    this.#potential = new Float64Array(this.#sink + 1);
    let next = 0;
    const add = (from: number, to: number, room: number, cost: number): void => {
      this.#arcs[from]?.push(next);
      this.#arcs[to]?.push(next + 1);
      this.#target[next] = to;
      this.#target[next + 1] = from;
      this.#room[next] = room;
      this.#cost[next] = cost;
      this.#cost[next + 1] = -cost;
      next += 2;
    };
    for (const edge of edges) add(1 + edge.left, 1 + left.length + edge.right, Infinity, edge.cost);
    left.forEach((count, index) => {
      add(0, 1 + index, count, 0);
    });
    right.forEach((count, index) => {
      add(1 + left.length + index, this.#sink, count, 0);
    });
  }

  pairs(): number[] {
    // what went along an edge is the room of its return
    return Array.from({ length: this.#edgeCount }, (_, edge) => this.#room[2 * edge + 1] ?? 0);
  }

  *fill(): Generator<undefined> {
    while (this.#findCheapest()) {
      yield;
      const next = new Int32Array(this.#arcs.length);
      const seenBy = new Int32Array(this.#arcs.length);
      for (let path = 1; this.#augment(next, seenBy, path); path++);
    }
  }

  /** Cheapest ways from the source to all (Dijkstra on what arcs cost beyond the potentials). @returns whether one leads to the sink. */
  #findCheapest(): boolean {
    const distance = new Float64Array(this.#arcs.length).fill(NOWHERE);
    distance[0] = 0;
    const heap = new Heap();
    heap.push(0, 0);
    for (let node = heap.pop(); node !== null; node = heap.pop()) {
      const from = distance[node.value] ?? NOWHERE;
      if (node.key > from) continue;
      // farther ones count as far as the sink
      if (node.value === this.#sink) break;
      for (const arc of this.#arcs[node.value] ?? []) {
        if ((this.#room[arc] ?? 0) === 0) continue;
        const to = this.#target[arc] ?? 0;
        const reached = from + this.#beyond(node.value, arc);
        if (reached >= (distance[to] ?? NOWHERE)) continue;
        distance[to] = reached;
        heap.push(reached, to);
      }
    }
    const toSink = distance[this.#sink] ?? NOWHERE;
    if (toSink === NOWHERE) return false;
    for (let node = 0; node < distance.length; node++)
      this.#potential[node] = (this.#potential[node] ?? 0) + Math.min(distance[node] ?? NOWHERE, toSink);
    return true;
  }

  #beyond(from: number, arc: number): number {
    const to = this.#target[arc] ?? 0;
    return (this.#cost[arc] ?? 0) + (this.#potential[from] ?? 0) - (this.#potential[to] ?? 0);
  }

  #isFree(from: number, arc: number): boolean {
    return (this.#room[arc] ?? 0) > 0 && this.#beyond(from, arc) === 0;
  }

  /** One path of free arcs from source to sink; arcs that led nowhere are not tried again. @returns whether there was one. */
  #augment(next: Int32Array, seenBy: Int32Array, search: number): boolean {
    const path: number[] = [];
    let node = 0;
    seenBy[0] = search;
    while (node !== this.#sink) {
      const arcs = this.#arcs[node] ?? [];
      const arc = arcs[next[node] ?? 0];
      if (arc === undefined) {
        const back = path.pop();
        if (back === undefined) return false;
        node = this.#target[back ^ 1] ?? 0;
        next[node] = (next[node] ?? 0) + 1;
        continue;
      }
      const to = this.#target[arc] ?? 0;
      if (seenBy[to] !== search && this.#isFree(node, arc)) {
        path.push(arc);
        seenBy[to] = search;
        node = to;
      } else next[node] = (next[node] ?? 0) + 1;
    }
    this.#move(path);
    return true;
  }

  #move(path: readonly number[]): void {
    const moved = path.reduce((least, arc) => Math.min(least, this.#room[arc] ?? 0), Infinity);
    for (const arc of path) {
      this.#room[arc] = (this.#room[arc] ?? 0) - moved;
      this.#room[arc ^ 1] = (this.#room[arc ^ 1] ?? 0) + moved;
    }
  }

  /**
   * Whether what is left over could change places with what is matched, at no cost: a round of free arcs from a kind that
   * has items left over to one that has matched items, which may be itself.
   */
  isAmbiguous(): boolean {
    return SIDES.some((side) => {
      const leftOver = this.#kinds(side).filter((kind) => this.#canMatchMore(side, kind));
      return this.#reach(side, leftOver).matched.length > 0;
    });
  }

  /** Changes such places until of any two kinds the later one is left over. */
  leaveLaterOver(): void {
    for (const side of SIDES)
      for (const kind of this.#kinds(side))
        while (this.#canMatchMore(side, kind)) {
          const { matched, cameBy } = this.#reach(side, [kind]);
          const latest = matched.reduce((best, node) => Math.max(best, node), kind);
          if (latest === kind) break;
          this.#move(this.#round(side, kind, latest, cameBy));
        }
  }

  #kinds(side: Side): number[] {
    const [first, count] = side === 'left' ? [1, this.#leftCount] : [1 + this.#leftCount, this.#rightCount];
    return Array.from({ length: count }, (_, index) => first + index);
  }

  /** The arc from the source to a kind of the left, from a kind of the right to the sink. */
  #endOf(kind: number): number {
    return 2 * (this.#edgeCount + kind - 1);
  }

  #canMatchMore(side: Side, kind: number): boolean {
    return this.#isFree(side === 'left' ? 0 : kind, this.#endOf(kind));
  }

  /**
   * Kinds that free arcs reach from some of their side and that have matched items to give; on the right the way leads
   * against the arcs. `cameBy`: the arc by which each was reached.
   */
  #reach(side: Side, from: readonly number[]): { matched: number[]; cameBy: Map<number, number> } {
    const hub = side === 'left' ? 0 : this.#sink;
    const cameBy = new Map(from.map((kind) => [kind, -1]));
    const matched: number[] = [];
    // a map's keys come in the order in which they are set, also those that are set meanwhile
    for (const node of cameBy.keys())
      for (const arc of this.#arcs[node] ?? []) {
        const to = this.#target[arc] ?? 0;
        const way = side === 'left' ? arc : arc ^ 1;
        if (!this.#isFree(side === 'left' ? node : to, way)) continue;
        if (to === hub) matched.push(node);
        else if (to !== 0 && to !== this.#sink && !cameBy.has(to)) cameBy.set(to, way);
      }
    return { matched, cameBy };
  }

  #round(side: Side, kind: number, latest: number, cameBy: ReadonlyMap<number, number>): number[] {
    const path = [this.#endOf(kind), this.#endOf(latest) ^ 1];
    for (let node = latest; node !== kind;) {
      const way = cameBy.get(node) ?? 0;
      path.push(way);
      node = this.#target[side === 'left' ? way ^ 1 : way] ?? 0;
    }
    return path;
  }
}

/** A binary heap, the least key first. */
class Heap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  push(key: number, value: number): void {
    let at = this.#keys.length;
    this.#keys.push(key);
    this.#values.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#keys[parent] ?? 0) <= (this.#keys[at] ?? 0)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): { readonly key: number; readonly value: number } | null {
    const key = this.#keys[0];
    const value = this.#values[0];
    if (key === undefined || value === undefined) return null;
    this.#swap(0, this.#keys.length - 1);
    this.#keys.pop();
    this.#values.pop();
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if ((this.#keys[child] ?? Infinity) < (this.#keys[least] ?? Infinity)) least = child;
      if (least === at) break;
      this.#swap(at, least);
      at = least;
    }
    return { key, value };
  }

  #swap(one: number, other: number): void {
    const { [one]: key = 0, [other]: otherKey = 0 } = this.#keys;
    const { [one]: value = 0, [other]: otherValue = 0 } = this.#values;
    this.#keys[one] = otherKey;
    this.#keys[other] = key;
    this.#values[one] = otherValue;
    this.#values[other] = value;
  }
}
