import type { Activities } from '../activities/activities.js';
import { keeping } from './acts.js';

/** A part of a timeline that waits for the database by itself, when it is more than its crisis can carry along. */
export async function projection(part: Parameters<Activities['project']>[0]): Promise<void> {
  await keeping.project(part);
}
