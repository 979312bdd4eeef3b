import { resolve } from 'node:path';
import { readSettings } from '../../src/config/settings.js';
import type { Settings } from '../../src/domain/settings.js';
import { misused } from '../output/fault.js';
import { reading, shown } from '../stack/settings.js';

/** The configuration that a rehearsal is about: `--config`, else FIREBREAK_CONFIG, else firebreak.yaml. */
export const configured = async (named: string | undefined): Promise<Settings> => {
  const file = resolve(named ?? (process.env['FIREBREAK_CONFIG'] || 'firebreak.yaml'));
  const read = await readSettings(file, reading());
  if ('faults' in read) throw misused([`${file} has faults:`, ...read.faults.map(shown)].join('\n'));
  return read.settings;
};
