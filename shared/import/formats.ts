/** The formats of usage. A new one is a file beside this one and a line here; the surest of a file reads it. */
import { anthropicConsoleCost } from './anthropicConsoleCost.ts';
import { anthropicConsoleUsage } from './anthropicConsoleUsage.ts';
import { anthropicCostReport } from './anthropicCostReport.ts';
import { anthropicUsageReport } from './anthropicUsageReport.ts';
import { cloudEvents } from './cloudEvents.ts';
import { deepseekAmount } from './deepseekAmount.ts';
import { deepseekCost } from './deepseekCost.ts';
import { delimited } from './delimited.ts';
import { focusUsage } from './focusUsage.ts';
import type { Importer } from './importer.ts';
import { jsonArray } from './jsonArray.ts';
import { litellm } from './litellm.ts';
import { ndjson } from './ndjson.ts';
import { openaiCost } from './openaiCost.ts';
import { openaiCostsApi } from './openaiCostsApi.ts';
import { openaiUsage } from './openaiUsage.ts';
import { openaiUsageApi } from './openaiUsageApi.ts';
import { openrouterDaily } from './openrouterDaily.ts';
import { openrouterLog } from './openrouterLog.ts';
import type { UsageTarget } from './rowPlan.ts';

export const USAGE_FORMATS: readonly Importer<UsageTarget>[] = [
  openaiCost,
  openaiUsage,
  openaiCostsApi,
  openaiUsageApi,
  anthropicCostReport,
  anthropicUsageReport,
  anthropicConsoleCost,
  anthropicConsoleUsage,
  openrouterLog,
  openrouterDaily,
  deepseekAmount,
  deepseekCost,
  litellm,
  cloudEvents,
  focusUsage,
  ndjson,
  jsonArray,
  delimited,
];
