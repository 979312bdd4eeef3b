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
