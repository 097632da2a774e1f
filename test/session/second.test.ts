/** A second run beside the account: opened to be compared, and never in its place. */
import { beforeEach, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { ACCOUNT } from '../e2e/statedFiles.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const OTHER = ACCOUNT.text.replace('amount: 50, id: second', 'amount: 20, id: second').replace('Halcyon', 'Smaller');
const WINDOW = { from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 10, 5), columns: 100, strip: 35 };

let engine: EngineApi;

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  const opened = await engine.openScenario({ ...ACCOUNT, files: [] }, context);
  expect(opened.ok).toBe(true);
});

/** Answers with buffers are wrapped for handing over. */
function given<T>(answer: T): T {
  return (answer as { readonly value?: T }).value ?? answer;
}

test('is drawn with its difference, and the account stays as it is', async () => {
  const before = await engine.timeline({ offset: 0, limit: 100 }, context);
  const content = { text: OTHER, files: [] };
  expect(await engine.openSecond({ name: 'other.yaml', content }, context)).toEqual({
    ok: true,
    run: { title: 'Smaller credits', balance: '0', from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 10, 5) },
  });
  const { series, difference, spans } = given(await engine.secondSeries(WINDOW, context));
  expect(series.balance.at(-1)).toBe(0);
  // the account less it: 30.00 from the second purchase on, and nothing before
  expect(difference.highest).toEqual({ at: Date.UTC(2026, 9, 20, 9), value: '30' });
  expect(difference.lowest?.value).toBe('0');
  expect(spans.some(({ reason }) => reason === 'insufficient_quota')).toBe(true);
  expect(await engine.timeline({ offset: 0, limit: 100 }, context)).toEqual(before);
  await engine.closeSecond({}, context);
  await expect(engine.secondSeries(WINDOW, context)).rejects.toThrow('no second run is open');
});

test('may be a saved workspace', async () => {
  const bytes = given(await engine.saveWorkspace({}, context));
  const answer = await engine.openSecond({ name: 'w.drawdown', content: { bytes } }, context);
  expect(answer).toMatchObject({ ok: true, run: { title: 'Halcyon credits', balance: '30' } });
  expect(given(await engine.secondSeries(WINDOW, context)).difference.highest).toBeNull();
});

test('is refused in words, and the one before it stays', async () => {
  await engine.openSecond({ name: 'other.yaml', content: { text: OTHER, files: [] } }, context);
  const refusal = async (text: string): Promise<string | undefined> => {
    const answer = await engine.openSecond({ name: 'x.yaml', content: { text, files: [] } }, context);
    return answer.ok ? undefined : answer.problems[0]?.message;
  };
  expect(await refusal(OTHER.replace('opened:', 'currency: EUR, opened:'))).toContain(
    'it is in EUR, the account in USD',
  );
  expect(await refusal(OTHER.replaceAll('2026', '2024'))).toContain('shares no time with the account');
  expect(await refusal('drawdown: 1\nacount: {}\n')).toBeDefined();
  const bytes = new Uint8Array([1, 2, 3]);
  const broken = await engine.openSecond({ name: 'w', content: { bytes } }, context);
  expect(broken).toMatchObject({ ok: false });
  expect(given(await engine.secondSeries(WINDOW, context)).difference.highest?.value).toBe('30');
});
