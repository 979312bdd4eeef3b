import type { WorkflowHandle } from '@temporalio/client';
import type { CommandName } from '../domain/command.js';
import type { SigningActor } from '../domain/commandProof.js';
import { signCommand, type SigningKeys } from '../domain/signedCommand.js';

type Sent = Readonly<Record<string, unknown>>;
type Deps = { keys: SigningKeys | undefined; now: () => Date };
type ToSign = { handle: WorkflowHandle; crisisId: string | undefined; name: CommandName; sent: Sent };

/** Which crisis runs under a key, as the server itself knows it, so that no worker need be there. */
const runningIn = async (handle: WorkflowHandle): Promise<string | undefined> => {
  const { typedSearchAttributes } = await handle.describe();
  const found = typedSearchAttributes.getAll().find(({ key }) => key.name === 'CrisisId')?.value;
  return typeof found === 'string' ? found : undefined;
};

/** Adds to a command who gave it, signed for one crisis alone. Without a key or a crisis it stays as it is, unproven. */
export const createSigning =
  ({ keys, now }: Deps) =>
  async ({ handle, crisisId, name, sent }: ToSign, actor: SigningActor | undefined): Promise<Sent> => {
    if (!keys || !actor) return sent;
    const crisis = crisisId ?? (await runningIn(handle));
    if (crisis === undefined) return sent;
    return { ...sent, proof: await signCommand({ actor, crisis, command: name, input: sent }, keys, now().getTime()) };
  };
