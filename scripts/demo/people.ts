import { execa } from 'execa';
import type { Stage } from './following.js';

/** What a person does: reads the mail, opens the link, which only shows, and presses the button. */
export const acknowledgeByLink = async (
  { stack, narrator }: Stage,
  crisisId: string,
  address: string,
): Promise<void> => {
  const mail = await stack.mailbox.waitFor(
    ({ to, text }) => to.some((one) => one.address === address) && text.includes(crisisId) && text.includes('/a/'),
    20_000,
  );
  const link = /https?:\/\/\S+\/a\/[\w.-]+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error(`there is no link in the mail "${mail.subject}"`);
  const shown = await fetch(link);
  narrator.say(`GET  ${link.slice(0, 48)}…  ${shown.status}, which changes nothing`);
  const done = await fetch(link, { method: 'POST' });
  narrator.say(`POST ${link.slice(0, 48)}…  ${done.status}`);
};

/** What whoever is asked for an approval does: opens the link in the mail, which only shows, and presses the button. */
export const approveByLink = async ({ stack, narrator }: Stage, address: string): Promise<void> => {
  const mail = await stack.mailbox.waitFor(
    ({ to, text }) => to.some((one) => one.address === address) && text.includes('/approve/'),
    20_000,
  );
  const link = /https?:\/\/\S+\/approve\/[\w.-]+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error(`there is no link in the mail "${mail.subject}"`);
  const shown = await fetch(link);
  narrator.say(`GET  ${link.slice(0, 48)}…  ${shown.status}, which changes nothing`);
  const done = await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) });
  narrator.say(`POST ${link.slice(0, 48)}…  ${done.status}`);
};

/** A person with a key of their own: what they ask the API, and what they type. */
export type Keyed = {
  get: (path: string) => Promise<{ status: number; text: string }>;
  act: (crisis: string, body: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Runs the command line, tells what was typed and what came; answers with its exit code. */
  type: (...words: string[]) => Promise<number>;
};

/** Makes a person a key, as the administrator of the machine does, and answers with what they can do by it. */
export const giveKey = async ({ stack, narrator }: Stage, person: string): Promise<Keyed> => {
  const made = await fetch(`${stack.url}/api/v1/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stack.newKey ?? ''}` },
    body: JSON.stringify({
      label: person,
      holder: { kind: 'person', id: person },
      scopes: ['crises:read', 'crises:command', 'evidence:read'],
    }),
  });
  const { text: key } = (await made.json()) as { text?: string };
  if (key === undefined) throw new Error(`no key for ${person}: HTTP ${made.status}`);
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    get: async (path) => {
      const answer = await fetch(`${stack.url}${path}`, { headers: { authorization: headers.authorization } });
      return { status: answer.status, text: await answer.text() };
    },
    act: async (crisis, body) => {
      const path = `/api/v1/crises/${encodeURIComponent(crisis)}/commands`;
      const answer = await fetch(`${stack.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${String(body['command'])}: ${await answer.text()}`);
    },
    type: async (...words) => {
      narrator.say(`$ firebreak ${words.join(' ')}`);
      const env = { FIREBREAK_URL: stack.url, FIREBREAK_KEY: key, NO_COLOR: '1' };
      const { all, exitCode = 1 } = await execa(process.execPath, ['bin/firebreak.js', ...words], {
        env,
        reject: false,
        all: true,
      });
      for (const line of all.split('\n').filter(Boolean)) narrator.say(`  ${line}`);
      return exitCode;
    },
  };
};
