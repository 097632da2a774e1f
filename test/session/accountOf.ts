/** An open account of a scenario's text, by the door that the app and the command line use. */
import { openScenario, type Account } from '../../shared/session/account.ts';
import { context, surroundings } from '../surroundings.ts';

export async function accountOf(text: string): Promise<Account> {
  const files = { find: () => Promise.resolve(null), more: [] };
  const outcome = await openScenario({ name: 'scenario.yaml', text }, files, surroundings, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}
