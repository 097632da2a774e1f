/** An open account of a scenario's text, by the door that the app and the command line use. */
import { openScenario, type Account } from '../../shared/session/account.ts';
import { context, surroundings } from '../surroundings.ts';

/** @param more usage files by name */
export async function accountOf(text: string, more: Readonly<Record<string, string>> = {}): Promise<Account> {
  const given = Object.entries(more).map(([name, log]) => ({ name, content: new TextEncoder().encode(log) }));
  const files = { find: () => Promise.resolve(null), more: given };
  const outcome = await openScenario({ name: 'scenario.yaml', text }, files, surroundings, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}
