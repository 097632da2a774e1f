/** Bad files, accounts, events and policies, and exactly what is said of them. */
import { describe } from 'vitest';
import { DECIMAL, HEAD, table } from './fixtures.ts';

const event = (rest: string): string => `${HEAD}events: [{at: 2025-01-02T00:00:00Z, ${rest}}]`;
const policy = (value: string): string => `${HEAD}policy: ${value}`;
const usage = (value: string): string => `${HEAD}usage: [${value}]`;

const TOP = 'known keys here are drawdown, title, account, policy, rates, until, declines, usage, events, expect';
const TYPES = 'usage, purchase, grant, adjustment, refund, auto_recharge, policy, plan';
const NO_OPENING =
  'opened is missing, and there is no event or usage source to take it from; add opened to the account, or events';

describe('the file', () => {
  table([
    ['empty', '', 'f:1:1: the file is empty; a scenario starts with drawdown: 1'],
    ['only a comment', '# nothing\n', 'f:1:1: the file is empty; a scenario starts with drawdown: 1'],
    ['a list', '[1]', 'f:1:1: a scenario must be a map that starts with drawdown: 1, found a list'],
    [
      'another version',
      HEAD.replace('1', '2'),
      'f:1:11: drawdown must be 1, the version of the format that this app reads; found the number 2',
    ],
    [
      'no version',
      'account: {opened: 2025-01-01T00:00:00Z}',
      'f:1:1: drawdown is missing; it takes the format version, 1',
    ],
    ['nothing to take the opening from', 'drawdown: 1', `f:1:1: ${NO_OPENING}`],
    ['unknown key', `${HEAD}event: []`, `f:3:1: unknown key "event"; did you mean events?; ${TOP}`],
    [
      'duplicate key',
      `${HEAD}title: a\ntitle: b`,
      'f:4:1: duplicate key "title"; a map has each key once, remove one of the two',
    ],
    [
      'duplicate key in JSON',
      '{"drawdown": 1, "account": {"opened": "2025-01-01T00:00:00Z"},\n "title": "a", "title": "b"}',
      'f:2:16: duplicate key "title"; a map has each key once, remove one of the two',
    ],
    ['list that is none', `${HEAD}events: 5`, 'f:3:9: events must be a list, found the number 5'],
    ['list that is empty text', `${HEAD}events:\n`, 'f:3:8: events must be a list, found nothing (null)'],
    [
      'title that is a number',
      `${HEAD}title: 2025`,
      'f:3:8: title must be a text, found the number 2025; put it in quotes',
    ],
    [
      'syntax errors',
      'a: 1\n  b: 2\nc: [',
      'f:1:4: not valid YAML: Nested mappings are not allowed in compact mappings',
      'f:1:4: not valid YAML: Implicit keys need to be on a single line',
      'f:3:5: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ]);
});

describe('the account', () => {
  table([
    [
      'everything wrong',
      'drawdown: 1\naccount: {currency: usd, timezone: Europe/Berlino, plan: montly, opened: 2025-01-01T00:00:00, name: x, id: 7}',
      'f:2:21: currency must be a three-letter ISO 4217 code in capitals, e.g. USD; found the text "usd"',
      'f:2:36: timezone must be an IANA time zone such as UTC, Europe/Berlin or America/New_York, found the text "Europe/Berlino"',
      'f:2:58: plan must be one of prepaid, monthly, none; found the text "montly"; did you mean monthly?',
      'f:2:74: opened has no zone, found 2025-01-01T00:00:00; add Z or an offset, e.g. 2025-01-01T00:00:00Z or 2025-01-01T00:00:00+01:00',
      'f:2:95: unknown key "name"; known keys here are id, currency, timezone, plan, opened',
      'f:2:108: id must be a text, found the number 7; put it in quotes',
    ],
    [
      'until before the opening',
      `${HEAD}until: 2024-12-31T00:00:00Z`,
      'f:3:8: until lies before the opening of the account, 2025-01-01T00:00:00.000Z; a simulation ends at its opening or later',
    ],
    [
      'until before the first event',
      'drawdown: 1\nuntil: 2024-01-01T00:00:00Z\nevents: [{at: 2025-01-01T00:00:00Z, type: adjustment, amount: 1}]',
      'f:2:8: until lies before the opening of the account, 2025-01-01T00:00:00.000Z; a simulation ends at its opening or later',
    ],
    [
      'until after a hundred years',
      `${HEAD}until: 2125-01-01T00:00:00.001Z`,
      'f:3:8: until lies more than 100 years after the opening of the account, 2025-01-01T00:00:00.000Z; end the simulation earlier',
    ],
    [
      'last event after a hundred years',
      `${HEAD}events: [{at: 2126-01-01T00:00:00Z, type: adjustment, amount: 1}]`,
      'f:3:15: at lies more than 100 years after the opening of the account, 2025-01-01T00:00:00.000Z; set until to end the simulation earlier',
    ],
    [
      'generated usage before the opening',
      usage('{generate: {from: 2024-01-01T00:00:00Z, to: 2025-02-01T00:00:00Z, seed: 1, rate: 1/h, cost: 1}}'),
      'f:3:27: from lies before account.opened, 2025-01-01T00:00:00.000Z; nothing can happen before the account opens',
    ],
  ]);
});

describe('events', () => {
  table([
    [
      'unknown type',
      event('type: purchas, amount: 5'),
      `f:3:43: type must be one of ${TYPES}; found the text "purchas"; did you mean purchase?`,
    ],
    ['no type', event('amount: 5'), `f:3:10: type is missing; it takes one of ${TYPES}`],
    [
      'no map',
      `${HEAD}events: [5, null]`,
      'f:3:10: events[0] must be a map, found the number 5',
      'f:3:13: events[1] must be a map, found nothing (null)',
    ],
    [
      'no time',
      `${HEAD}events: [{type: purchase, amount: 5}]`,
      'f:3:10: at is missing; it takes a time with a zone such as 2025-01-01T00:00:00Z',
    ],
    [
      'a date',
      `${HEAD}events: [{at: 2025-01-02, type: purchase, amount: 5}]`,
      'f:3:15: at must be a time with a zone such as 2025-01-01T00:00:00Z, found the text "2025-01-02"',
    ],
    [
      'no amount',
      event('type: purchase'),
      'f:3:10: amount is missing; it takes a decimal number above 0 such as 12.50',
    ],
    [
      'purchase of nothing',
      event('type: purchase, amount: 0'),
      'f:3:61: amount must be positive, found 0; to take credits away use an adjustment',
    ],
    [
      'grant of less',
      event('type: grant, amount: -1'),
      'f:3:58: amount must be positive, found -1; to take credits away use an adjustment',
    ],
    [
      'too fine',
      event('type: adjustment, amount: 1.0000000000001'),
      'f:3:63: amount is finer than 12 digits after the point, found 1.0000000000001; round it to 12',
    ],
    [
      'too large',
      event('type: adjustment, amount: 1e40'),
      'f:3:63: amount is too large, found 1e40; at most 30 digits may stand before the point',
    ],
    ['hexadecimal', event('type: adjustment, amount: 0x10'), `f:3:63: amount ${DECIMAL}; found the text "0x10"`],
    ['infinite', event('type: adjustment, amount: .inf'), `f:3:63: amount ${DECIMAL}; found the text ".inf"`],
    ['with a currency sign', event('type: adjustment, amount: $5'), `f:3:63: amount ${DECIMAL}; found the text "$5"`],
    ['a list for an amount', event('type: adjustment, amount: [5]'), `f:3:63: amount ${DECIMAL}; found a list`],
    [
      'negative cost',
      event('type: usage, cost: -1'),
      'f:3:56: cost must not be negative, found -1; correct the balance with an adjustment',
    ],
    [
      'usage of nothing',
      event('type: usage'),
      'f:3:10: events[0] has neither cost nor meters; give it a cost, or quantities such as input_tokens to be priced by rates',
    ],
    [
      'negative quantity',
      event('type: usage, tokens: -1'),
      'f:3:58: tokens must not be negative, found -1; it must be 0 or more',
    ],
    [
      'no meter, no text',
      event('type: usage, cost: 1, Tokens: 5, sku: 5'),
      'f:3:59: unknown key "Tokens"; known keys are at, type, id, sku, cost, any other is a meter, named in a-z, 0-9 and _ such as input_tokens',
      'f:3:75: sku must be a text, found the number 5; put it in quotes',
    ],
    [
      'two expiries',
      event('type: grant, amount: 1, expires_at: 2025-01-03T00:00:00Z, expire_after: P1D'),
      'f:3:109: expire_after and expires_at are both given; a grant takes one of them',
    ],
    [
      'expired when granted',
      event('type: grant, amount: 1, expires_at: 2025-01-02T00:00:00Z'),
      "f:3:73: expires_at is not after the grant's own instant; a grant expires after it is made",
    ],
    [
      'life of no time',
      event('type: grant, amount: 1, expire_after: PT0S'),
      'f:3:75: expire_after is no time at all; a grant expires after it is made, e.g. P30D',
    ],
    [
      'start of no plan',
      event('type: plan, action: start'),
      'f:3:10: plan is missing; a start needs plan: prepaid or plan: monthly',
    ],
    [
      'cancel of a plan',
      event('type: plan, action: cancel, plan: monthly'),
      'f:3:71: plan is given with cancel, which ends the current plan; remove it',
    ],
    ['no lot', event('type: refund'), 'f:3:10: lot is missing; it takes a name'],
    [
      'word for a truth',
      event('type: auto_recharge, enabled: yes'),
      'f:3:67: enabled must be true or false, without quotes, found the text "yes"',
    ],
    ['policy of nothing', event('type: policy'), 'f:3:10: set is missing; it takes a map'],
    [
      'unknown policy',
      event('type: policy, set: {cutof: {delay: PT5M}}'),
      'f:3:57: unknown key "cutof"; did you mean cutoff?; known keys here are purchase, credits, cutoff, exhausted, auto_recharge, tiers, tier_change, invoice',
    ],
  ]);
});

describe('the policy', () => {
  table([
    [
      'duration without a unit',
      policy('{cutoff: {delay: 5}}'),
      'f:3:26: delay is a duration and needs a unit, found "5"; e.g. PT5M for five minutes',
    ],
    [
      'duration that is none',
      policy('{cutoff: {delay: 5m}}'),
      'f:3:26: delay must be an ISO 8601 duration of at most 100 years such as PT5M, P30D or P1Y, found the text "5m"',
    ],
    ['scalar for a map', policy('{cutoff: 5}'), 'f:3:18: cutoff must be a map, found the number 5'],
    [
      'negative tax',
      policy('{invoice: {tax_rate: -0.1}}'),
      'f:3:30: tax_rate must not be negative, found -0.1; it must be 0 or more',
    ],
    [
      'unknown choice',
      policy('{exhausted: cutoff}'),
      'f:3:21: exhausted must be one of cut_off, bill_excess; found the text "cutoff"; did you mean cut_off?',
    ],
    [
      'tier twice',
      policy('{tiers: [{name: A, paid: 0, days: 0}, {name: A, paid: 5, days: 1}]}'),
      'f:3:54: name repeats the name of tiers[0]; give each tier a name of its own',
    ],
    [
      'tier without needs',
      policy('{tiers: [{name: A}]}'),
      'f:3:18: paid is missing; it takes a decimal number such as 12.50',
      'f:3:18: days is missing; it takes a whole number from 0 to 1000000',
    ],
    [
      'recharge without a threshold',
      policy('{auto_recharge: {enabled: true, amount: 5}}'),
      'f:3:25: auto-recharge is enabled without a threshold; set auto_recharge.threshold',
    ],
    [
      'recharge broken, mended and broken by events in order of time',
      `${HEAD}policy: {auto_recharge: {enabled: true, threshold: 5, amount: 10.001}}
events:
  - {at: 2025-01-04T00:00:00Z, type: policy, set: {auto_recharge: {top_up_to: 4}}}
  - {at: 2025-01-03T00:00:00Z, type: auto_recharge, enabled: true}
  - {at: 2025-01-02T00:00:00Z, type: auto_recharge, amount: 10}
`,
      'f:3:63: auto_recharge.amount must be positive and a whole number of minor units',
      'f:5:79: auto_recharge.top_up_to must not be below the threshold',
    ],
  ]);
});
