import type { EventOf } from '../../event.js';
import type { Draft } from './draft.js';

/** Whoever a restricted crisis calls or assigns it has named by that; whoever was dismissed stays so until admitted again. */
export const mayNowSee = ({ crisis }: Draft, people: readonly string[]): void => {
  const { restricted } = crisis;
  if (!restricted) return;
  const { named, dismissed } = restricted;
  const fresh = people.filter((person) => !named.includes(person) && !dismissed.includes(person));
  if (fresh.length > 0) crisis.restricted = { ...restricted, named: [...named, ...fresh] };
};

/** Who may see a restricted crisis. */
export const foldNaming = {
  admitted: (draft: Draft, e: EventOf<'admitted'>): void => {
    const { restricted } = draft.crisis;
    draft.crisis.lastActedAt = e.at;
    if (!restricted) return;
    const dismissed = restricted.dismissed.filter((person) => person !== e.person);
    draft.crisis.restricted = { ...restricted, dismissed };
    mayNowSee(draft, [e.person]);
  },
  dismissed: ({ crisis }: Draft, e: EventOf<'dismissed'>): void => {
    const { restricted } = crisis;
    crisis.lastActedAt = e.at;
    if (!restricted) return;
    const named = restricted.named.filter((person) => person !== e.person);
    crisis.restricted = { ...restricted, named, dismissed: [...restricted.dismissed, e.person] };
  },
};
