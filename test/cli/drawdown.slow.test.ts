/** The command line as a user runs it: a process, its output and its exit status. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
let folder: string;

function drawdown(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [path.join(ROOT, 'main/setup/drawdown.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

const GOOD = `drawdown: 1
title: good
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
  - {at: 2025-01-02T00:00:00Z, type: usage, cost: 0.1}
expect:
  - {at: 2025-01-02T00:00:00Z, balance: 9.9}
`;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-cli-'));
  write('good.yaml', GOOD);
  write('unmet.yaml', GOOD.replace('9.9', '9.8').replace('good', 'unmet'));
  write('bad.yaml', GOOD.replace('amount: 10', 'amuont: 10').replace('cost: 0.1', 'cost: -1'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('drawdown import', () => {
  const usage = 'id,timestamp,model,cost\na,2025-01-03T00:00:00Z,m,1.5\nb,2025-01-04T00:00:00Z,m,2\n';

  test('makes a workspace, adds to it, and counts nothing twice', () => {
    write('first.csv', usage);
    write('second.csv', `${usage}c,2025-01-05T00:00:00Z,m,4\nd,2025-01-06T00:00:00Z,m,much\n`);
    const first = drawdown(['import', 'first.csv', '--workspace', 'w.drawdown', '--json']);
    expect(first.status).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      file: 'first.csv',
      format: 'csv',
      rows: { read: 2, stored: 2 },
      totals: { USD: '3.5' },
      problems: [],
    });
    const again = drawdown(['import', 'first.csv', '--workspace', 'w.drawdown', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ repeated_file: true, rows: { stored: 0 } });
    const second = drawdown(['import', 'second.csv', '--workspace', 'w.drawdown', '--json']);
    expect(second.status).toBe(1);
    expect(JSON.parse(second.stdout)).toMatchObject({
      rows: { read: 4, stored: 1, duplicate: 2, rejected: 1 },
      problems: [{ line: 5, field: 'cost' }],
    });
  });

  test('--lines prints what a file says, and stores nothing', () => {
    const statement =
      ':20:S\n:25:DE1\n:28C:1\n:60F:C251001EUR100,00\n:61:2510021002DR30,5NTRFREF-1\n:62F:C251002EUR69,50\n-\n';
    write('bank.sta', statement);
    const bank = drawdown(['import', '--lines', 'bank.sta']);
    expect({ status: bank.status, stderr: bank.stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(bank.stdout)).toMatchObject({
      kind: 'movement',
      date: '2025-10-02',
      amount: '30.5',
      currency: 'EUR',
      line: 5,
    });
    write('broken.sta', statement.replace('69,50', '70,00'));
    const broken = drawdown(['import', '--lines', 'broken.sta']);
    expect(broken.status).toBe(1);
    expect(broken.stderr).toContain('does not tie');
    write('first.csv', usage);
    const lines = drawdown(['import', '--lines', 'first.csv']).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      kind: 'usage',
      at: '2025-01-03T00:00:00.000Z',
      amount: '1.5',
      ref: 'a',
      sku: 'm',
      line: 2,
    });
  });

  test('a report says what became of every row, in the form that programs read', () => {
    write(
      'bank.csv',
      'Date;Payee;Amount;Balance\n01.10.2026;Halcyon;-250,00;750,00\n02.10.2026;Shop;-10,00;740,00\n13.10.2026;Shop;-1,00;700,00\n',
    );
    const { status, stdout } = drawdown([
      'import',
      'bank.csv',
      '--workspace',
      's.drawdown',
      '--json',
      '--currency',
      'EUR',
    ]);
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(report).slice(0, 11)).toEqual([
      'file',
      'sha256',
      'format',
      'why',
      'encoding',
      'rows',
      'from',
      'to',
      'totals',
      'tie',
      'problems',
    ]);
    expect(report).toMatchObject({
      format: 'bank-csv',
      encoding: 'utf-8',
      rows: { read: 3, stored: 3, duplicate: 0, rejected: 0 },
      from: '2026-10-01',
      to: '2026-10-13',
      totals: { EUR: '261' },
      tie: { opening: '1000', movements: '-261', closing: '700', holds: false },
    });
    expect(report['sha256']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what a file leaves open is answered by an option', () => {
    write('naive.csv', 'time,model,cost\n2026-10-01 10:00:00,m,1\n');
    const asked = drawdown(['import', '--lines', 'naive.csv']);
    expect(asked.status).toBe(1);
    expect(asked.stderr).toContain('zone');
    const answered = drawdown(['import', '--lines', 'naive.csv', '--zone', 'Europe/Berlin']);
    expect(answered.status).toBe(0);
    expect(JSON.parse(answered.stdout)).toMatchObject({ at: '2026-10-01T08:00:00.000Z' });
    const wrong = drawdown(['import', '--lines', 'naive.csv', '--zone', 'Berlin']);
    expect({ status: wrong.status, stdout: wrong.stdout }).toEqual({ status: 2, stdout: '' });
  });

  test('a file that cannot be used stores nothing', () => {
    write('notes.txt', 'nothing to see\n');
    const { status, stdout, stderr } = drawdown(['import', 'notes.txt', '--workspace', 'none.drawdown']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^notes\.txt:/);
    const json = drawdown(['import', 'notes.txt', '--workspace', 'none.drawdown', '--json']);
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 'unknown', rows: { stored: 0 } });
    expect(readdirSync(folder)).not.toContain('none.drawdown');
  });
});

describe('drawdown run', () => {
  test('prints a readable report and exits 0', () => {
    const { status, stdout, stderr } = drawdown(['run', 'good.yaml']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('balance 9.9 USD');
  });

  test('--json prints one result a line, for many files', () => {
    const { status, stdout } = drawdown(['run', '--json', 'good.yaml', 'good.yaml']);
    expect(status).toBe(0);
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { end: { balance: string }; expectations: { holds: boolean }[] });
    expect(results).toHaveLength(2);
    expect(results[1]).toMatchObject({
      title: 'good',
      end: { balance: '9.9' },
      usage: { accepted: { count: 1, cost: '0.1' } },
      expectations: [{ holds: true }],
    });
  });

  test('exits 1 when an expectation does not hold, and still prints', () => {
    const { status, stdout } = drawdown(['run', '--json', 'good.yaml', 'unmet.yaml']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout.trimEnd().split('\n')[1]!)).toMatchObject({
      expectations: [{ holds: false, expected: { balance: '9.8' }, actual: { balance: '9.9' } }],
    });
  });

  test('exits 2 on bad input, lists every problem with its place, and prints nothing else', () => {
    const { status, stdout, stderr } = drawdown(['run', '--json', 'good.yaml', 'bad.yaml']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^bad\.yaml:4:48: .*amuont.*amount/m);
    expect(stderr).toMatch(/^bad\.yaml:5:\d+: .*adjustment/m);
  });

  test.each([
    [['run', 'absent.yaml'], /absent\.yaml:1:1: .*no such file/],
    [['run'], /at least one scenario/],
    [['run', '--frobnicate', 'good.yaml'], /frobnicate/],
    [['fly'], /no command "fly"/],
    [['run', 'good.yaml', '--usage', 'absent.csv'], /absent\.csv:1:1/],
  ])('%s: exit 2 and a reason', (args, reason) => {
    const { status, stdout, stderr } = drawdown(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(reason);
  });

  test('reads a scenario from standard input, and usage from there too', () => {
    expect(drawdown(['run', '--json', '-'], GOOD).status).toBe(0);
    const usage = drawdown(
      ['run', '--json', 'good.yaml', '--usage', '-'],
      'timestamp,cost\n2025-01-03T00:00:00Z,1.5\n',
    );
    expect(JSON.parse(usage.stdout)).toMatchObject({ end: { balance: '8.4' } });
  });

  test('a usage row that cannot be read is bad input, located', () => {
    const { status, stdout, stderr } = drawdown(
      ['run', 'good.yaml', '--usage', '-'],
      'timestamp,cost\n2025-01-03T00:00:00Z,free\n',
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^standard input:2:22: /);
  });

  test('usage files beside the scenario are read; a link out of its folder is not', () => {
    write('usage.csv', 'timestamp,cost\n2025-01-03T00:00:00Z,1.5\n');
    write('with-file.yaml', GOOD + 'usage: [{file: usage.csv}]\n');
    expect(JSON.parse(drawdown(['run', '--json', 'with-file.yaml']).stdout)).toMatchObject({ end: { balance: '8.4' } });
    symlinkSync('/etc/hostname', path.join(folder, 'link.csv'));
    write('with-link.yaml', GOOD + 'usage: [{file: link.csv}]\n');
    expect(drawdown(['run', 'with-link.yaml'])).toMatchObject({ status: 2, stdout: '' });
  });

  test('--save writes a workspace, whole and alone', () => {
    const { status } = drawdown(['run', 'good.yaml', '--save', 'good.drawdown']);
    expect(status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('good.drawdown'))).toEqual(['good.drawdown']);
    expect(drawdown(['run', 'good.yaml', '--save', 'nowhere/good.drawdown'])).toMatchObject({ status: 2, stdout: '' });
  });

  test('--usage-rows puts usage into the timeline', () => {
    const { timeline } = JSON.parse(drawdown(['run', '--json', '--usage-rows', 'good.yaml']).stdout) as {
      timeline: { type: string }[];
    };
    expect(timeline.map(({ type }) => type)).toContain('usage');
  });

  test('--help tells the options', () => {
    expect(drawdown(['run', '--help']).stdout).toContain('--usage FILE');
    expect(drawdown(['--help']).stdout).toContain('drawdown run');
  });
});
