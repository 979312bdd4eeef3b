import type { HandOver } from '../../client/api.js';
import { noteOf } from '../../../src/domain/describe/evidence.js';
import { colours, print, printJson } from '../../output/terminal.js';
import { apiOf, type ApiOptions } from '../options.js';

/** From one pair of hands into another, on record. */
export const handOver = async (
  crisis: string,
  { item, to, why, from, ...options }: ApiOptions & HandOver,
): Promise<void> => {
  const sent = { item, to, why, ...(from !== undefined && { from }) };
  const kept = await apiOf(options).handOverEvidence(crisis, sent);
  if (options.json) printJson(kept);
  else print(`${colours.green('✔')} ${item} went ${noteOf(kept).said}; entry ${kept.seq} of the evidence.`);
};
