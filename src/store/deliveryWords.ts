import type { Delivery } from '../domain/delivery.js';
import { isRestrictedKey } from '../domain/crisisId.js';
import type { deliveries } from './tables/deliveries.js';
import type { Vault } from './vault.js';

/** To whom a message went and what about; of a restricted crisis all of it in one column, encrypted. */
type Words = Pick<Delivery, 'key' | 'about' | 'person' | 'to' | 'reason'>;

export const keptWords = (vault: Vault, crisisId: string, { key, about, person, to, reason }: Words) =>
  isRestrictedKey(crisisId)
    ? {
        key: vault.blindKey(crisisId, key),
        about: vault.keptText(crisisId, 'delivery', JSON.stringify({ key, about, person, to, reason })),
        person: '',
        to: '',
        reason: null,
      }
    : { key, about, person, to, reason: reason ?? null };

/** Throws Unreadable when the key is not here. */
export const readWords = (
  vault: Vault,
  { crisisId, key, about, person, to, reason }: typeof deliveries.$inferSelect,
): Words =>
  isRestrictedKey(crisisId) && person === ''
    ? (JSON.parse(vault.readText(crisisId, 'delivery', about)) as Words)
    : { key, about, person, to, ...(reason !== null && { reason }) };
