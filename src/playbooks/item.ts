import type { Task } from '../domain/playbook.js';

type Options = Partial<Pick<Task, 'does' | 'required' | 'validates'>>;

/** One item of a checklist, in the seed's words; a person does it unless `does` says otherwise. */
export const item = (
  id: string,
  group: string,
  text: string,
  role: Task['role'],
  { does, required = false, validates = false }: Options = {},
): Task => ({ id, group, text, role, required, validates, ...(does && { does }) });
