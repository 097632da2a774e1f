/**
 * A vendor's answer to how much credit is left: DeepSeek's `/user/balance`, OpenRouter's `/api/v1/credits`, and OpenAI's
 * older `/dashboard/billing/credit_grants` with its grants. None of them says when: that is asked.
 */
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { StatedGrant } from '../../domain/statedBalance.ts';
import { parseTime } from '../instants.ts';
import { JsonFields } from '../jsonFields.ts';
import { parseRounded } from '../numbers.ts';
import { quoted } from '../problems.ts';
import { answeredTime, type StatedTime } from './balanceTime.ts';
import { statedCurrency } from './questions.ts';
import { readingOf, type StatementReading } from './reading.ts';
import type { Source } from './source.ts';

interface Vendor {
  readonly format: string;
  readonly by: string;
  readonly why: string;
  /** Of the head of a text. */
  readonly shows: (text: string) => boolean;
  readonly read: (snapshot: Snapshot, root: JsonFields) => void;
}

const VENDORS: readonly Vendor[] = [
  {
    format: 'deepseek-balance',
    by: 'DeepSeek',
    why: "The JSON is DeepSeek's answer about the balance: granted and topped up.",
    shows: (text) => /"balance_infos"\s{0,20}:\s{0,20}\[/.test(text),
    read: readDeepseek,
  },
  {
    format: 'openrouter-credits',
    by: 'OpenRouter',
    why: "The JSON is OpenRouter's answer about credits; the balance is total_credits less total_usage.",
    shows: (text) => text.includes('"total_credits"') && text.includes('"total_usage"'),
    read: readOpenrouter,
  },
  {
    format: 'openai-credit-grants',
    by: 'OpenAI',
    why: "The JSON is OpenAI's list of credit grants; its dates may be set back to a month's end.",
    shows: (text) => /"object"\s{0,20}:\s{0,20}"credit_summary"/.test(text),
    read: readCreditGrants,
  },
];

export function snapshotFormat(text: string): Pick<Vendor, 'format' | 'why'> | null {
  if (!/^\s*\{/.test(text)) return null;
  return VENDORS.find(({ shows }) => shows(text)) ?? null;
}

/** Undefined: the text is no such answer. */
export function readBalanceSnapshot(source: Source): StatementReading | null | undefined {
  const vendor = VENDORS.find(({ format }) => format === snapshotFormat(source.text)?.format);
  if (vendor === undefined) return undefined;
  const root = JsonFields.whole(source.text);
  if (!(root instanceof JsonFields)) {
    source.problem(1, null, `the file cannot be read: expected ${root.message}; it may be cut off`);
    return null;
  }
  const snapshot = new Snapshot(source, vendor.by);
  vendor.read(snapshot, root);
  const { balances, grants } = snapshot;
  return readingOf(source, {
    format: vendor.format,
    why: source.why(vendor.why),
    currency: balances[0]?.currency ?? grants[0]?.currency ?? '',
    balances,
    grants,
  });
}

function readDeepseek(snapshot: Snapshot, root: JsonFields): void {
  const infos = root.objects('balance_infos');
  if (infos === null) {
    snapshot.fault(root, 'balance_infos', 'this is no list of balances');
    return;
  }
  const time = infos.length === 0 ? null : snapshot.time();
  for (const info of infos) {
    const total = snapshot.amount(info, 'total_balance');
    const parts = ['granted_balance', 'topped_up_balance'].map((name) => snapshot.optional(info, name));
    const sum = parts.reduce((all, part) => (all === null || part === null ? null : all + part), 0n);
    if (total !== null && sum !== null && sum !== total)
      snapshot.note(info, 'total_balance', `granted and topped up make ${formatAtoms(sum)}, not ${formatAtoms(total)}`);
    snapshot.state(info, time, total, info.scalar('currency'));
  }
}

function readOpenrouter(snapshot: Snapshot, root: JsonFields): void {
  const data = root.object('data') ?? root;
  const credits = snapshot.amount(data, 'total_credits');
  const usage = snapshot.amount(data, 'total_usage');
  const left = credits === null || usage === null ? null : credits - usage;
  // the answer names no currency; credits are US dollars
  snapshot.state(data, snapshot.time(), left, 'USD');
}

function readCreditGrants(snapshot: Snapshot, root: JsonFields): void {
  const available = snapshot.amount(root, 'total_available');
  const granted = snapshot.optional(root, 'total_granted');
  const used = snapshot.optional(root, 'total_used');
  if (available !== null && granted !== null && used !== null && granted - used !== available)
    snapshot.note(
      root,
      'total_available',
      `granted ${formatAtoms(granted)} less used ${formatAtoms(used)} is not ${formatAtoms(available)}`,
    );
  const time = snapshot.time();
  snapshot.state(root, time, available, 'USD');
  for (const grant of root.object('grants')?.objects('data') ?? []) snapshot.grant(grant);
  snapshot.tellExpired(time);
}

/** What one answer states, gathered; a figure that cannot be read is a problem, and what needs it is left out. */
class Snapshot {
  readonly balances: StatementReading['balances'][number][] = [];
  readonly grants: StatedGrant[] = [];
  readonly #source: Source;
  readonly #by: string;

  constructor(source: Source, by: string) {
    this.#source = source;
    this.#by = by;
  }

  time(): StatedTime | null {
    return answeredTime(this.#source);
  }

  amount(fields: JsonFields, name: string): Atoms | null {
    const amount = this.optional(fields, name);
    if (amount === null && fields.scalar(name) === null) this.fault(fields, name, 'there is no amount');
    return amount;
  }

  /** Null where there is none. */
  optional(fields: JsonFields, name: string): Atoms | null {
    const text = fields.scalar(name);
    if (text === null) return null;
    const read = parseRounded(text.trim());
    if (typeof read !== 'string') return read.atoms;
    this.fault(fields, name, `${quoted(text)} is no amount`);
    return null;
  }

  /** A balance; without its time or its amount it is one that was left out. */
  state(fields: JsonFields, time: StatedTime | null, amount: Atoms | null, currency: string | null): void {
    const source = this.#source;
    const line = this.#line(fields);
    source.read++;
    const code = statedCurrency(source, currency, line);
    if (time === null || amount === null || code === '') source.rejected++;
    else this.balances.push({ ...time, amount, currency: code, by: this.#by, line, raw: fields.text });
  }

  grant(fields: JsonFields): void {
    const source = this.#source;
    source.read++;
    const amount = this.amount(fields, 'grant_amount');
    const used = this.optional(fields, 'used_amount') ?? 0n;
    const effective = this.#instant(fields, 'effective_at');
    const expires = fields.scalar('expires_at') === null ? null : this.#instant(fields, 'expires_at');
    if (amount === null || effective === null) {
      source.rejected++;
      return;
    }
    const id = fields.scalar('id') ?? '';
    const line = this.#line(fields);
    const by = this.#by;
    this.grants.push({ id, amount, used, currency: 'USD', effective, expires, by, line, raw: fields.text });
  }

  /** A total that counts grants which had expired is no balance: seen, and said. */
  tellExpired(time: StatedTime | null): void {
    const at = time?.at ?? null;
    if (at === null) return;
    const expired = this.grants.filter(({ expires }) => expires !== null && expires <= at);
    const left = expired.reduce((sum, { amount, used }) => sum + amount - used, 0n);
    if (left > 0n)
      this.#source.note(`Grants that had expired by then have ${formatAtoms(left)} left, which the total may count.`);
  }

  /** A figure that is there and cannot be. */
  fault(fields: JsonFields, name: string, message: string): void {
    this.#source.problem(this.#line(fields), name, message);
  }

  /** The answer contradicts itself; its balance is taken as stated. */
  note(fields: JsonFields, name: string, message: string): void {
    this.#source.problem(this.#line(fields), name, `${message}; the stated figure was taken`);
  }

  #instant(fields: JsonFields, name: string): number | null {
    const text = fields.scalar(name);
    const time = text === null ? 'unreadable' : parseTime(text.trim());
    if (typeof time === 'number') return time;
    this.fault(fields, name, `${quoted(text ?? '')} is no Unix time in seconds`);
    return null;
  }

  #line(fields: JsonFields): number {
    return this.#source.lineAtByte(fields.from);
  }
}
