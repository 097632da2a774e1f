/** Files that were made to harm: they end in located problems, quickly, and harm nothing. */
import { describe, expect, test } from 'vitest';
import { readScenario } from '../../shared/scenario/read.ts';
import { HEAD, problemsOf, scenarioOf } from './fixtures.ts';

const BOUND = 10_000_000;

describe('aliases', () => {
  test('a hundred are read, one more is refused', () => {
    const aliases = (count: number): string =>
      `${HEAD}policy: {auto_recharge: {cooldown: &d PT1H, retry_after: [${Array<string>(count).fill('*d').join(', ')}]}}`;
    expect(scenarioOf(aliases(100)).policy.auto_recharge.retry_after).toHaveLength(100);
    expect(problemsOf(aliases(101))).toEqual(['f:3:459: more than 100 aliases; write the repeated values out']);
  });

  test('that grow exponentially are refused', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const repeated = Array<string>(9).fill(level === 0 ? 'x' : `*a${level - 1}`);
      return `a${level}: &a${level} [${repeated.join(', ')}]`;
    });
    expect(problemsOf(levels.join('\n'))).toEqual([
      expect.stringMatching(/^f:6:\d+: aliases repeat more than 100000 values; write fewer of them$/),
    ]);
  });

  test('of nothing, and of what they are part of, are refused', () => {
    expect(problemsOf('a: &a [*a]\nb: *b')).toEqual([
      'f:1:8: the alias *a repeats the node that it is part of; write the value out',
      'f:2:4: the alias *b has no anchor before it; put &b before the value to repeat',
    ]);
  });
});

describe('keys of prototypes', () => {
  test('are unknown keys, in YAML and in JSON', () => {
    const yaml = `${HEAD}__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\ntoString: 1`;
    const json =
      '{"drawdown": 1, "account": {"opened": "2025-01-01T00:00:00Z"},\n"__proto__": {"polluted": 1},\n"constructor": 1}';
    expect(problemsOf(yaml)).toEqual([
      'f:3:1: unknown key "__proto__"; no map of a scenario has it, remove it',
      expect.stringMatching(/^f:4:1: unknown key "constructor"; known keys here are /),
      expect.stringMatching(/^f:5:1: unknown key "toString"; known keys here are /),
    ]);
    expect(problemsOf(json)).toEqual([
      'f:2:1: unknown key "__proto__"; no map of a scenario has it, remove it',
      expect.stringMatching(/^f:3:1: unknown key "constructor"; known keys here are /),
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('are names like others where keys are names', () => {
    const { rates, expect: expectations } = scenarioOf(
      `${HEAD}rates: {constructor: []}\nexpect: [{at: 2025-01-01T00:00:00Z, lots: {constructor: 1, valueOf: 2}}]`,
    );
    expect(rates.get('constructor')).toEqual([]);
    const [expectation] = expectations;
    const lots = expectation?.kind === 'at' ? expectation.lots : undefined;
    expect(Object.keys(lots ?? {})).toEqual(['constructor', 'valueOf']);
    expect('toString' in (lots ?? {})).toBe(false);
  });
});

describe('YAML that a scenario has no use for', () => {
  test.each([
    [
      'tags',
      `${HEAD}title: !!binary aGk=\npolicy: !custom {}`,
      [
        'f:3:17: tags have no meaning in a scenario; remove !!binary',
        'f:4:17: tags have no meaning in a scenario; remove the tag !custom',
      ],
    ],
    [
      'merge keys',
      `${HEAD}policy: {<<: {exhausted: cut_off}}`,
      ['f:3:10: unknown key "<<": merge keys are no part of the format; write the keys out'],
    ],
    [
      'several documents',
      `${HEAD}---\ndrawdown: 1`,
      ['f:3:1: a scenario is one YAML document; remove this second one'],
    ],
    [
      'other versions of YAML',
      `%YAML 1.1\n---\n${HEAD}`,
      ['f:1:1: a scenario is YAML 1.2; remove the directive %YAML 1.1'],
    ],
    [
      'keys that are no text',
      `${HEAD}? [a]\n: 1`,
      ['f:3:3: a key must be plain text; lists, maps and aliases cannot be keys'],
    ],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});

describe('paths of usage files', () => {
  const fileOf = (path: string): string[] => problemsOf(`${HEAD}usage: [{file: ${JSON.stringify(path)}}]`);

  test.each([
    'usage.csv',
    'data/2025/usage.csv',
    './usage.csv',
    'a/../usage.csv',
    'a..b/..c.csv',
    'a b.csv',
    'usage 12:00.csv',
    '…/ü.csv',
  ])('%j is taken', (path) => {
    expect(fileOf(path)).toEqual([]);
  });

  test.each([
    ['', 'must be a path of 1 to 1000 characters'],
    ['../usage.csv', "must not leave the scenario's folder"],
    ['a/../../usage.csv', "must not leave the scenario's folder"],
    ['a/.. /../../usage.csv', 'must not have a part of dots and spaces only'],
    ['a/.../usage.csv', 'must not have a part of dots and spaces only'],
    ['/etc/passwd', 'must be a relative path, no absolute one'],
    ['//server/share/usage.csv', 'must be a relative path, no absolute one'],
    ['C:/usage.csv', 'must be a relative path, no drive and no URL'],
    ['c:usage.csv', 'must be a relative path, no drive and no URL'],
    ['https://example.com/usage.csv', 'must be a relative path, no drive and no URL'],
    ['file:usage.csv', 'must be a relative path, no drive and no URL'],
    ['..\\usage.csv', 'must have / between its parts, no backslash'],
    ['data\\usage.csv', 'must have / between its parts, no backslash'],
    ['usage.csv\u0000.png', 'must not hold control characters'],
    ['usage\n.csv', 'must not hold control characters'],
    ['data/', 'must name a file, no folder'],
    ['.', 'must name a file, no folder'],
    ['a/..', 'must name a file, no folder'],
  ])('%j is refused', (path, why) => {
    const shown = path === '' ? 'an empty text' : `the text ${JSON.stringify(path)}`;
    const right = "a usage file is named relative to the scenario's folder and lies in it, e.g. data/usage.csv";
    expect(fileOf(path)).toEqual([`f:3:16: file ${why}, found ${shown}; ${right}`]);
  });
});

describe('size', () => {
  test('ten megabytes are read, a byte more is refused; bytes are those of UTF-8', () => {
    const padded = (bytes: number): string => `${HEAD}# ${'é'.repeat((bytes - HEAD.length - 2) / 2)}`;
    expect(problemsOf(padded(BOUND))).toEqual([]);
    const refused = ['f:1:1: the file is larger than 10 MB; put usage into a file of its own and name it under usage'];
    expect(problemsOf(`${padded(BOUND)}x`)).toEqual(refused);
    expect(problemsOf(' '.repeat(BOUND + 1))).toEqual(refused);
  });

  test.each([
    ['lists', '['.repeat(1_000_000)],
    ['maps', '{a: '.repeat(300_000)],
    ['block lists', '- '.repeat(1_000_000)],
    ['closed JSON lists', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('deep nesting of %s is refused', (_, text) => {
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^f:1:\d+: nested more than 64 deep; a scenario needs eight at most$/),
    ]);
  });

  test('garbage ends after ten thousand syntax errors', () => {
    const problems = problemsOf(`a: 1\n${']'.repeat(100_000)}`);
    expect(problems).toHaveLength(10_001);
    expect(problems.at(-1)).toBe('f:2:10001: more than 10000 syntax errors; is this a scenario at all?');
  });

  test('thousands of problems in one value are one problem', () => {
    const lots = Array.from({ length: 200_000 }, (_, index) => `"k${index}": "x"`).join(', ');
    const text = `{"drawdown": 1, "account": {"opened": "2025-01-01T00:00:00Z"}, "expect": [{"at": "2025-01-01T00:00:00Z", "lots": {${lots}}}]}`;
    const problems = problemsOf(text);
    expect(problems.length === 1 || problems.length === 200_000).toBe(true);
  });

  test('a long number is refused unread', () => {
    expect(problemsOf(`${HEAD}policy: {cutoff: {floor: ${'1'.repeat(1_000_000)}}}`)).toHaveLength(1);
  });

  test('thirty thousand events read in seconds', () => {
    const events = Array.from({ length: 30_000 }, (_, index) => ({
      at: new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString(),
      type: 'usage',
      id: `row-${index}`,
      sku: `model-${index % 10}`,
      cost: `0.${String(index).padStart(8, '0')}`,
      input_tokens: index,
      output_tokens: 80,
    }));
    const json = JSON.stringify({ drawdown: 1, events });
    const yaml = `drawdown: 1\nevents:\n${events.map((event) => `  - ${JSON.stringify(event)}`).join('\n')}\n`;
    for (const [text, seconds] of [
      [json, 5],
      [yaml, 20],
    ] as const) {
      const start = performance.now();
      const result = readScenario(text, 'f');
      expect(result.ok && result.scenario.events.length).toBe(30_000);
      // generous: the machine may be busy; quadratic work would take minutes
      expect(performance.now() - start).toBeLessThan(seconds * 1000);
    }
  });
});
