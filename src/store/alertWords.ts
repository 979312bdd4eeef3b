import type { Alert } from '../domain/alert.js';
import type { Classification } from '../domain/classification.js';
import type { Crisis } from '../domain/crisis.js';
import { isRestrictedKey } from '../domain/crisisId.js';
import { isSealed, type Kept, type Vault } from './vault.js';

/** An alert with its classification; of a restricted crisis both in one column, encrypted. */
type Words = { alert: Alert; classification?: Classification | undefined };
type Row = Words & { id: string; crisisId: string | null };

export const keptAlert = (vault: Vault, { id, crisisId, alert, classification }: Row) =>
  isRestrictedKey(crisisId ?? '')
    ? {
        alert: vault.kept<Words>(crisisId, `alert ${id}`, { alert, classification }) as Kept<Alert>,
        classification: null,
      }
    : { alert, classification: classification ?? null };

type Found = {
  row: { id: string; crisisId: string | null; alert: Kept<Alert> };
  /** As the database finds it, where it can read. */
  classification: Classification;
  /** The state of a restricted crisis, which counts for an alert that was not classified by itself. */
  state: Kept<Crisis> | null;
};

/** Throws Unreadable when the key is not here. */
export const readAlert = (
  vault: Vault,
  { row, classification, state }: Found,
): { alert: Alert; classification: Classification } => {
  const { id, crisisId } = row;
  if (!isSealed(row.alert)) return { alert: row.alert, classification };
  const words = vault.read<Words>(crisisId, `alert ${id}`, row.alert);
  return {
    alert: words.alert,
    classification:
      words.classification ?? (state ? vault.read(crisisId, 'state', state).classification : classification),
  };
};
