/** The formats of usage. A new one is a file beside this one and a line here; the surest of a file reads it. */
import { delimited } from './delimited.ts';
import type { Importer } from './importer.ts';
import { ndjson } from './ndjson.ts';
import { openaiCost } from './openaiCost.ts';
import { openaiUsage } from './openaiUsage.ts';
import type { UsageTarget } from './rowPlan.ts';

export const USAGE_FORMATS: readonly Importer<UsageTarget>[] = [openaiCost, openaiUsage, ndjson, delimited];
