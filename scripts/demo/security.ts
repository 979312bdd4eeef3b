import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { evidenceChain, type EvidenceEntry } from '../../src/domain/evidence.js';
import type { Settings } from '../../src/domain/settings.js';
import { sha256 } from '../../src/evidence/hashing.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { followed, sendAlert, summarise, type Following, type Stage } from './following.js';
import { seconds } from './pace.js';
import { acknowledgeByLink, approveByLink, giveKey, type Keyed } from './people.js';
import { startPortal, type Portal } from './portal.js';
import { proveEvidence } from './proving.js';
import type { Story } from './story.js';
import { until } from './watching.js';

/** Nobody watches a demo for a day. */
const atDemoPace = (settings: Settings): Settings => {
  const { contain, restoreClean, ...others } = securityIncident.procedures;
  const hurried = restoreClean && {
    ...restoreClean,
    steps: restoreClean.steps.map((step) => ({ ...step, bakeMs: Math.min(step.bakeMs, 500) })),
  };
  const procedures = { ...others, ...(contain && { contain }), ...(hurried && { restoreClean: hurried }) };
  const playbook = { ...securityIncident, procedures, regressionWatchMs: seconds(2) };
  return { ...settings, playbooks: { ...settings.playbooks, securityIncident: playbook } };
};

const report = async (stage: Stage): Promise<void> => {
  const summary = 'customers’ data leaves the portal for an unknown address';
  const status = await sendAlert(stage, { summary, service: 'portal', alertname: 'CustomersLeave' });
  stage.narrator.say(`the alarm on the way out of the network tells Firebreak: HTTP ${status}`);
};

/** What the last run of an action printed, line by line. */
const printedBy = async ({ stack }: Stage, key: string, action: string): Promise<string[]> => {
  const events = (await stack.firebreak.timeline(key)).map(({ event }) => event);
  const ended = events.findLast((event) => event.type === 'actionEnded' && event.action === action);
  return ended?.type === 'actionEnded' ? ended.result.output.split('\n').filter(Boolean) : [];
};

const sayPrinted = async (stage: Stage, key: string, action: string): Promise<void> => {
  for (const line of await printedBy(stage, key, action)) stage.narrator.say(line);
};

/** The same bytes lie on the stopped host and in the evidence. */
const compare = async ({ stack, narrator }: Stage, crisisId: string, portal: Portal): Promise<void> => {
  const chain = stack.ground.kept.now()?.chains<EvidenceEntry>(sha256);
  const entries = (await chain?.read(evidenceChain(crisisId))) ?? [];
  const kept = entries.flatMap(({ entry }) => (entry.type === 'collected' ? entry.parts : []));
  const [name, there] = Object.entries(portal.hashes()).find(([file]) => file.startsWith('pictures/')) ?? ['', ''];
  const here = kept.find((part) => part.name === name)?.sha256;
  narrator.say(`${name} on the host:      SHA-256 ${there}`);
  narrator.say(`${name} in the evidence:  SHA-256 ${here ?? 'missing'}`);
  if (here !== there) throw new Error('what is kept is not what is there');
};

/** From the alarm until nothing leaves any more, and nothing that was stolen opens a door. */
const contain = async (
  stage: Stage,
  key: string,
  portal: Portal,
  { when, scene, upToNow }: Following,
): Promise<void> => {
  const { narrator } = stage;
  const opened = await when('a crisis', () => true);
  await scene(
    `${opened.classification.severity}: ${opened.classification.why}. Seen only by those it names, under a code name; containment begins by itself, as policy allows in the first minutes.`,
  );
  await when('the isolation', ({ tasks }) => tasks['isolate']?.status === 'done');
  await upToNow();
  const then = portal.stolen();
  await sleep(500);
  if (portal.stolen() > then) throw new Error('customers still leave');
  const found = await portal.process();
  narrator.say(`the portal: ${(await portal.visit()) ?? 'no answer'}; process ${found?.pid} is stopped, not ended`);
  narrator.say(`${then} customers had left by then; half a second later ${portal.stolen()}`);

  const { crisisId } = await when('the question', (crisis) =>
    Object.values(crisis.approvals).some(({ status }) => status === 'open'),
  );
  await scene('The traces are kept off the host, byte by byte, and it is known how far it went.');
  await compare(stage, crisisId, portal);
  await sayPrinted(stage, key, 'read-customers');
  await scene(
    'The next step locks out everybody at work, which is destructive: no machine does it alone. Sam is on call, and looks at the request.',
  );
  await acknowledgeByLink(stage, crisisId, 'sam@example.com');
  await approveByLink(stage, 'sam@example.com');
  await when('the end of containment', ({ procedures }) => procedures['contain']?.status === 'succeeded');
  await upToNow();
  narrator.say(
    `the stolen token: HTTP ${await portal.stolenToken()}; the back office: HTTP ${await portal.deskToken()}`,
  );
};

const lookFromOutside = async ({ narrator }: Stage, crisisId: string, sam: Keyed, dana: Keyed): Promise<void> => {
  const path = `/api/v1/crises/${encodeURIComponent(crisisId)}`;
  const [hers, his] = [await dana.get(path), await sam.get(path)];
  const { crises } = JSON.parse((await dana.get('/api/v1/crises')).text) as { crises: unknown[] };
  narrator.say(`Sam asks the API for it: HTTP ${his.status}. Dana, who runs the portal: HTTP ${hers.status}`);
  narrator.say(`in Dana’s list there are ${crises.length} crises`);
  if (hers.status !== 404 || crises.length > 0) throw new Error('a restricted crisis is seen by whom it does not name');
};

const restore = async (stage: Stage, key: string, portal: Portal, sam: Keyed, { when, upToNow }: Following) => {
  await sam.act(key, { command: 'run', what: 'restoreClean' });
  await when('the question', ({ approvals }) =>
    Object.values(approvals).some(({ status, action }) => status === 'open' && action === 'restore-portal'),
  );
  await approveByLink(stage, 'ben@example.com');
  await when('the restoration', ({ procedures }) => procedures['restoreClean']?.status === 'succeeded');
  await upToNow();
  await sayPrinted(stage, key, 'restore-portal');
  stage.narrator.say(`the portal: ${(await portal.visit()) ?? 'no answer'}`);
};

const validated = ['verify-eradicated', 'verify-operational', 'check-data'];

const close = async (key: string, sam: Keyed, { when, scene }: Following): Promise<void> => {
  const { declaredAt } = await when('the crisis', () => true);
  await sam.act(key, { command: 'mark', anchor: 'aware', at: new Date(declaredAt).toISOString() });
  await sam.act(key, { command: 'file', obligation: 'gdpr-authority', reference: 'LDA-1077' });
  for (const task of validated)
    await sam.act(key, { command: 'complete', task, note: 'looked at by Sam, with the evidence' });
  await sam.act(key, { command: 'resolve' });
  await scene('Resolved. The regression watch runs a little longer.');
};

const tell = async (stage: Stage, portal: Portal, key: string, following: Following): Promise<string> => {
  const { stack, narrator, folder } = stage;
  const { when, scene } = following;

  narrator.scene('A savings bank: a portal for its customers, and the customer service that the portal may ask.');
  narrator.say(`${portal.url}: ${(await portal.visit()) ?? 'no answer'}`);

  narrator.scene('02:58. Somebody uploads a picture that is a program, and the portal runs it.');
  narrator.say(`PUT /pictures/thumbnail.js: HTTP ${await portal.breakIn()}`);
  await until('customers to leave', () => portal.stolen() >= 20 || undefined);
  narrator.say(`${portal.stolen()} customers have left the house so far`);
  await report(stage);
  await contain(stage, key, portal, following);
  const { crisisId } = await when('the crisis', () => true);

  await scene('To whoever is not named it looks as if there were no crisis.');
  const [sam, dana] = [await giveKey(stage, 'sam'), await giveKey(stage, 'dana')];
  await lookFromOutside(stage, crisisId, sam, dana);

  await scene('What was collected must hold in court. Somebody changes one byte of it.');
  await proveEvidence(stage, { crisisId, portal, sam });

  await scene('The portal comes back from a clean backup: Sam asks, Ben approves.');
  await restore(stage, key, portal, sam, following);

  await scene('The authority has to hear of it within 72 hours: Sam marks when they knew, and files it.');
  await close(key, sam, following);
  const archived = await until('the archive', () => stack.ground.kept.store.archived(crisisId));
  const file = join(folder, `postmortem-${crisisId.replaceAll(':', '-')}.md`);
  await writeFile(file, archived.postmortem, { mode: 0o600 });
  await following.upToNow();
  await summarise(stage, crisisId, archived.history);
  return file;
};

/** A breach on real processes: isolated, preserved, proven, restored. */
export const securityStory: Story = {
  config: resolve('examples/portal/firebreak.yaml'),
  adjust: atDemoPace,
  starting: 'starting the portal, the customer service, Temporal, a mailbox, a worker and the API',
  begin: async (folder) => {
    const portal = await startPortal(folder);
    Object.assign(process.env, { PORTAL_URL: portal.url, PORTAL_STATE: portal.state });
    return {
      tell: (stage) => {
        const key = createOpaqueKeys(stage.stack.ground.signingKey)('portal');
        return followed(stage, key, (following) => tell(stage, portal, key, following));
      },
      stop: portal.stop,
    };
  },
};
