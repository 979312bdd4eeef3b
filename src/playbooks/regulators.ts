import type { Task } from '../domain/playbook.js';
import { item } from './item.js';

/** What the law wants of whoever investigates; the deadlines are those of `src/domain/regulatory`. */
export const regulators: readonly Task[] = [
  item(
    'mark-anchors',
    'Regulators',
    'Mark when it occurred, when we knew, and whether it is major and material',
    'security-lead',
    { required: true },
  ),
  item('early-warnings', 'Regulators', 'File the early warnings and first notifications that are due', 'security-lead'),
];
