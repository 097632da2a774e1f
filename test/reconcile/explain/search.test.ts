/** The search and its verdicts on models small enough to be worked out by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, Figures, Model, StatedFigure } from '../../../shared/reconcile/explain/model.ts';
import { Search } from '../../../shared/reconcile/explain/search.ts';

function change(parameter: string, prior = 2, family: Change['family'] = 'policy', value: Change['value'] = 1): Change {
  return { parameter, value, family, prior, clause: `${parameter} is ${value}` };
}

/** Each change adds its effects to figures that are all 100. */
function model(
  stated: readonly number[],
  effects: Readonly<Record<string, readonly number[]>>,
  more: Partial<Pick<Model, 'tells' | 'nearby'>> & { readonly changes?: readonly Change[] } = {},
): Model {
  const totals = stated.map((amount, index): StatedFigure => ({
    ...{ id: `t${index}`, label: `total ${index}`, stated: BigInt(amount) },
    relation: index === 0 ? 'target' : 'independent',
  }));
  return {
    totals,
    changes: Object.keys(effects).map((parameter) => change(parameter)),
    run: (changes): Figures =>
      totals.map((_, index) =>
        changes.reduce((sum, { parameter }) => sum + BigInt(effects[parameter]?.[index] ?? 0), 100n),
      ),
    ...more,
  };
}

function found(of: Model) {
  const search = new Search(of, { mostPairs: 1000 });
  search.advance(() => false);
  return search.findings();
}

function names(of: Model): string[] {
  return found(of).map(
    ({ changes, verdict, rivals }) => `${changes.map(({ parameter }) => parameter).join('+')} ${verdict} ${rivals}`,
  );
}

describe('verdicts', () => {
  test('one total alone proves nothing', () => {
    expect(names(model([120], { a: [20], b: [3] }))).toEqual(['a fits 0']);
  });

  test('two that close the same totals are rivals, however many those are', () => {
    expect(names(model([120, 130, 90], { a: [20, 30, -10], b: [20, 30, -10] }))).toEqual(['a fits 1', 'b fits 1']);
  });

  test('another total that was open, by another amount, proves; what it refutes comes behind', () => {
    expect(names(model([120, 130], { a: [20, 0], b: [20, 30] }))).toEqual(['b proven 0', 'a fits 1']);
  });

  test('a total that is open by the same amount, or stays open, or is opened, proves nothing', () => {
    expect(names(model([120, 120], { a: [20, 20] }))).toEqual(['a fits 0']);
    expect(names(model([120, 130, 105], { a: [20, 30, 0] }))).toEqual(['a fits 0']);
    expect(names(model([120, 130, 100], { a: [20, 30, 7] }))).toEqual(['a fits 0']);
  });

  test('of parts of the target one closes with it; a second by its own amount proves', () => {
    const parts = (of: Model): Model => ({
      ...of,
      totals: of.totals.map((total, index) => (index === 0 ? total : { ...total, relation: 'part' })),
    });
    expect(names(parts(model([120, 107], { a: [20, 7] })))).toEqual(['a fits 0']);
    expect(names(parts(model([120, 107, 113], { a: [20, 7, 13] })))).toEqual(['a proven 0']);
  });

  test('a pair comes after no single that closes all, and needs a witness for each of its changes', () => {
    expect(names(model([120, 130], { a: [15, 30], b: [5, 0] }))[0]).toBe('a+b fits 0');
    expect(names(model([120, 130, 111], { a: [15, 30, 0], b: [5, 0, 11] }))[0]).toBe('a+b proven 0');
    expect(names(model([120], { a: [20], b: [15], c: [5] }))).toEqual(['a fits 0']);
  });

  test('a change that does nothing by itself is tried beside others, after all that do', () => {
    const base = model([125, 130], { a: [20, 30], b: [0, 0], c: [-7, 0] });
    const of: Model = {
      ...base,
      run: (changes) => {
        const figures = base.run(changes)!;
        const together = ['a', 'b'].every((name) => changes.some(({ parameter }) => parameter === name));
        return together ? figures.map((figure, index) => figure! + (index === 0 ? 5n : 0n)) : figures;
      },
    };
    expect(names(of)[0]).toBe('a+b fits 0');
  });

  test('pairs that nearly add up are run first, also where one total is thrown off by much', () => {
    // their effects on the last total do not add up, by more than all else
    const effects = { a: [12, 5, 3, 900], b: [8, 4, 2, 900], c: [19, 0, 0, 0], d: [2, 0, 0, 0], e: [1, 0, 0, 0] };
    const base = model([120, 109, 105, 103], effects);
    const of: Model = {
      ...base,
      run: (changes) =>
        base.run(changes)!.map((figure, index) => (index === 3 && changes.length === 2 ? 103n : figure)),
    };
    const search = new Search(of, { mostPairs: 2 });
    search.advance(() => false);
    expect(search.findings()[0]?.changes.map(({ parameter }) => parameter)).toEqual(['a', 'b']);
  });

  test('most of the difference is a partial explanation, less is none', () => {
    expect(names(model([200], { a: [80], b: [79] }))).toEqual(['a partial 0']);
  });

  test('two parts of the data never make a pair', () => {
    const changes = [change('a', 3, 'data'), change('b', 3, 'data')];
    expect(names(model([120], { a: [12], b: [8] }, { changes }))).toEqual([]);
  });

  test('a tell closes the target alone and is never proven', () => {
    const tells = [change('tell.rate', 2, 'arithmetic')];
    expect(names(model([120, 130], { a: [20, 30] }, { tells }))).toEqual(['a proven 0', 'tell.rate fits 1']);
    expect(names(model([120, 130], {}, { tells }))).toEqual(['tell.rate fits 0']);
    // the same figure stated once more is no other total that it leaves open
    expect(found(model([120, 120], {}, { tells }))[0]).toMatchObject({ misses: 0, closes: [1] });
  });

  test('a neighbour on the scale that closes as much is a rival', () => {
    const nearby = (of: Change): Change[] => (of.parameter === 'a' ? [change('a', 2, 'policy', 2)] : []);
    expect(names(model([120, 130], { a: [20, 30] }, { nearby }))).toEqual(['a fits 1', 'a fits 1']);
  });
});

test('the work can be cut anywhere, and ends with the same findings', () => {
  const effects = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 3 }),
  );
  const stated = fc.array(fc.integer({ min: 80, max: 120 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(stated, effects, fc.integer({ min: 1, max: 5 }), (amounts, moves, steps) => {
      fc.pre(amounts[0] !== 100);
      const whole = found(model(amounts, moves));
      const search = new Search(model(amounts, moves), { mostPairs: 1000 });
      for (let calls = 1; calls < 1000; calls++) {
        let left = steps;
        search.advance(() => left-- === 0);
        if (search.done) break;
        expect(search.findings().every(({ verdict }) => verdict !== 'proven')).toBe(true);
      }
      expect(search.done).toBe(true);
      expect(search.findings()).toEqual(whole);
      // what closes everything is never behind what does not
      const misses = whole.filter(({ residual }) => residual === 0n).map((each) => each.misses);
      expect(misses).toEqual(misses.toSorted((a, b) => a - b));
      for (const { changes, figures, residual } of whole) {
        expect(figures).toEqual(model(amounts, moves).run(changes));
        expect(residual).toBe(BigInt(amounts[0]!) - figures[0]!);
      }
    }),
  );
});
