/** `drawdown prices`: the price list in force, and where files' costs disagree with it. */
import type { ParseArgsOptionsConfig } from 'node:util';
import type { PriceCheckView, PriceDifferenceRow } from '../../shared/contract/prices.ts';
import type { PriceList } from '../../shared/domain/priceList.ts';
import { zoneOf, type Zone } from '../../shared/domain/time.ts';
import { ABSENT, type UsageBatch } from '../../shared/domain/usage.ts';
import { readPriceList, writePriceList } from '../../shared/scenario/priceListFile.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { priceAgainst } from '../../shared/session/priceAgainst.ts';
import { priceDisagreements } from '../../shared/session/priceCheck.ts';
import { againstView, checkView } from '../../shared/session/priceCheckView.ts';
import { pricesInForce } from '../../shared/session/prices.ts';
import type { FileReading } from '../../shared/session/reading.ts';
import { Staging } from '../../shared/session/staging.ts';
import { BadInput } from './badInput.ts';
import { readArguments } from './command.ts';
import { CHOICE_OPTIONS, CHOICES_HELP, choicesFrom } from './choices.ts';
import { openUsageFile, readText } from './inputFiles.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const HELP = `drawdown prices [--list FILE]
drawdown prices --check FILE... [--list FILE] [--json]
drawdown prices --check USAGE... --costs COSTS [--list FILE] [--json]

Prints the price list in force as YAML: the published prices, and those of a list of your own over them. With --check it
prices the rows of the files that state both cost and quantities, and prints by model and day where the two disagree; with
--costs it prices the usage of the files and compares it with the costs that another file states (- is standard input).

  --check      compare costs with prices instead of printing the list
  --costs FILE a vendor's cost export for the same usage
  --list FILE  a price list of your own, YAML or JSON as this command prints it
  --json       with --check: one object a comparison as JSON, one a line
  --days Z     zone whose days are compared (default UTC)
${CHOICES_HELP}
  --help       this text

Exit status: 0; 1 a cost differs from its price; 2 a file cannot be read, and nothing is printed but what is wrong with it.`;

const OPTIONS = {
  check: { type: 'boolean', default: false },
  costs: { type: 'string' },
  list: { type: 'string' },
  json: { type: 'boolean', default: false },
  days: { type: 'string', default: 'UTC' },
  ...CHOICE_OPTIONS,
} satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function pricesCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('prices', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals: names } = asked;
  const list = pricesInForce(options.list === undefined ? null : await readList(options.list));
  if (!options.check) {
    if (names.length > 0 || options.costs !== undefined || options.json)
      throw new BadInput(['drawdown prices: files are compared with --check; see drawdown prices --help']);
    process.stdout.write(writePriceList(list));
    return 0;
  }
  if (names.length === 0) throw new BadInput(['drawdown prices: name at least one file to check']);
  const zone = zoneOf(options.days);
  if (zone === null) throw new BadInput([`drawdown prices: --days ${options.days} is no IANA time zone`]);
  const choices = choicesFrom(options);
  const checks: PriceCheckView[] = [];
  if (options.costs !== undefined)
    checks.push(compared(await read(names, choices), await read([options.costs], choices), list, zone));
  // each by itself: a row that is in two files is compared in both
  else
    for (const name of names)
      for (const reading of await read([name], choices)) checks.push(checked(reading, list, zone));
  process.stdout.write(checks.map((check) => (options.json ? jsonOf(check) : textOf(check))).join(''));
  return checks.some(({ verdicts }) => verdicts.differs > 0) ? 1 : 0;
}

async function readList(name: string): Promise<PriceList> {
  const reading = readPriceList(await readText(name), name === '-' ? 'standard input' : name);
  if (!reading.ok) throw new BadInput(reading.problems.map(formatProblem));
  return reading.list;
}

/** What the files say; rows that cannot be read are told on standard error. */
async function read(
  names: readonly string[],
  choices: ReturnType<typeof choicesFrom>,
): Promise<readonly FileReading[]> {
  const staging = new Staging(surroundings);
  const taker = { sources: [], currency: null };
  for (const name of names) await staging.add([await openUsageFile(name)], {}, choices, taker, NO_CONTEXT);
  const readings = await staging.settle(staging.ids, taker, NO_CONTEXT);
  const problems = readings.flatMap(({ source: { report } }) => report.problems.map(formatProblem));
  const bad = readings.flatMap(({ source, unreadable }) => (unreadable || !holdsUsage(source.batch) ? [source] : []));
  if (bad.length > 0) {
    const reasons = bad.map(({ report }) => `${report.file}: holds no usage whose costs could be compared`);
    throw new BadInput([...problems, ...reasons]);
  }
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(''));
  return readings;
}

function holdsUsage({ count }: UsageBatch): boolean {
  return count > 0;
}

function checked({ source }: FileReading, list: PriceList, zone: Zone): PriceCheckView {
  const currency = currencyOf([source]);
  const { batch } = source;
  if (batch.meters.size === 0 || batch.cost.whole.every((whole) => whole === ABSENT)) {
    const lacks = batch.meters.size === 0 ? 'quantities' : 'costs';
    const other = batch.meters.size === 0 ? 'with --check USAGE --costs of this one' : 'with --costs COSTS';
    throw new BadInput([`${source.report.file}: states no ${lacks}; compare two files ${other}`]);
  }
  return checkView(priceDisagreements([batch], list, { zone, currency }), {
    currency,
    listName: list.name,
    files: [source.report.file],
  });
}

function compared(
  usage: readonly FileReading[],
  costs: readonly FileReading[],
  list: PriceList,
  zone: Zone,
): PriceCheckView {
  const batches = (readings: readonly FileReading[]): UsageBatch[] => readings.map(({ source }) => source.batch);
  const currency = currencyOf(costs.map(({ source }) => source));
  return againstView(priceAgainst(batches(usage), batches(costs), list, { zone, currency }), {
    currency,
    listName: list.name,
    files: [...usage, ...costs].map(({ source }) => source.report.file),
  });
}

function currencyOf(sources: readonly FileReading['source'][]): string {
  return sources.flatMap(({ report }) => Object.keys(report.totals))[0] ?? 'USD';
}

function jsonOf({ csv: _, ...check }: PriceCheckView): string {
  return `${JSON.stringify(check)}\n`;
}

function textOf(check: PriceCheckView): string {
  const { currency, verdicts, unpriced, complimentary, outside } = check;
  const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
  const days = check.days === null ? '' : `, ${check.days.from} to ${check.days.to}`;
  const lines = [
    `${check.files.join(' and ')}: stated ${check.stated} ${currency}, priced ${check.priced}, difference ${check.difference} over ${rows(check.rows)}${days}`,
    `  models and days: ${verdicts.differs} differ, ${verdicts.rounding} by rounding alone (${check.rounding}), ${verdicts.equal} equal`,
    ...check.lines.filter(({ verdict }) => verdict !== 'rounding').map((line) => `  ${lineText(line)}`),
  ];
  if (complimentary.rows > 0)
    lines.push(`  complimentary: ${rows(complimentary.rows)} at a stated cost of 0, priced ${complimentary.priced}`);
  for (const { sku, rows: count, reason } of unpriced.skus)
    lines.push(`  without a price: ${sku}, ${rows(count)}; ${reason}`);
  if (check.withoutCost > 0) lines.push(`  not compared: ${rows(check.withoutCost)} without a cost`);
  if (check.withoutQuantity > 0) lines.push(`  not compared: ${rows(check.withoutQuantity)} without quantities`);
  if (outside.usageRows + outside.costRows > 0)
    lines.push(
      `  not compared: ${rows(outside.usageRows)} of usage and ${rows(outside.costRows)} of costs on other days`,
    );
  return [...lines, ...check.notes.map((note) => `  ${note}`)].map((line) => `${line}\n`).join('');
}

const WORDS: Readonly<Record<PriceDifferenceRow['verdict'], string>> = {
  equal: 'equal',
  rounding: 'rounding',
  differs: 'differs',
  complimentary: 'complimentary',
  unpriced: 'without a price',
  cost_only: 'costs alone',
  usage_only: 'usage alone',
};

function lineText({ sku, day, stated, priced, difference, verdict, hint }: PriceDifferenceRow): string {
  const why = hint === null ? '' : `; the stated cost ${hint}`;
  return `${day} ${sku}: ${WORDS[verdict]}, stated ${stated}, priced ${priced}, difference ${difference}${why}`;
}
