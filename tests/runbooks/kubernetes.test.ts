import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KubernetesAction } from '../../src/domain/action.js';
import { createKinds } from '../../src/runbooks/kinds.js';
import { startCluster, type TestCluster } from '../support/kubernetes/cluster.js';
import { createController } from '../support/kubernetes/controller.js';
import { until } from '../support/until.js';

const namespace = 'shop';
let cluster: TestCluster;
let controller: ReturnType<typeof createController>;
beforeAll(async () => {
  cluster = await startCluster();
  controller = createController(cluster);
}, 180_000);
afterAll(() => cluster.stop(), 30_000);
beforeEach(() => {
  controller.control.pods = 'ready';
});

let count = 0;
const run = (
  work: object,
  { key = `C-1/run/${(count += 1)}`, ...changes }: { key?: string; [field: string]: unknown } = {},
  { signal = new AbortController().signal, progress = (_: string): void => undefined, parameters = {} } = {},
) =>
  createKinds().kubernetes.run(
    KubernetesAction.parse({
      kind: 'kubernetes',
      title: 'test',
      cluster: { kubeconfig: cluster.kubeconfig },
      everyMs: 20,
      timeoutMs: 20_000,
      work,
      ...changes,
    }),
    parameters,
    { key, signal, progress },
  );

/** The controller looks at the deployment for as long as something is waited for. */
const withController = async <Made>(name: string, work: Promise<Made>): Promise<Made> => {
  const waiting = { is: true };
  const settled = work.finally(() => (waiting.is = false));
  while (waiting.is) {
    await controller.see(name).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return settled;
};

const imageOf = async (name: string): Promise<string | undefined> =>
  (await cluster.apps.readNamespacedDeployment({ name, namespace })).spec?.template.spec?.containers[0]?.image;
const replicasOf = async (name: string): Promise<number | undefined> =>
  (await cluster.apps.readNamespacedDeployment({ name, namespace })).spec?.replicas;

const setImage = async (name: string, image: string): Promise<void> => {
  const found = await cluster.apps.readNamespacedDeployment({ name, namespace });
  const [container] = found.spec?.template.spec?.containers ?? [];
  if (container) container.image = image;
  delete found.status;
  await cluster.apps.replaceNamespacedDeployment({ name, namespace, body: found });
  await controller.see(name);
};

/** A deployment that has been rolled out in each of these versions, one after the other. */
const deploy = async (name: string, ...images: string[]): Promise<void> => {
  const labels = { app: name };
  await cluster.apps.createNamespacedDeployment({
    namespace,
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: {
        replicas: 3,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'shop', image: images[0] ?? '' }] } },
      },
    },
  });
  await controller.see(name);
  for (const image of images.slice(1)) await setImage(name, image);
};

describe('rolling back', () => {
  test('goes to the revision before, and is a success only when that runs', async () => {
    await deploy('checkout', 'shop:1', 'shop:2', 'shop:3');
    controller.control.pods = 'never';
    const lines: string[] = [];
    const rolling = run({ does: 'rollBack', deployment: 'checkout' }, {}, { progress: (line) => lines.push(line) });
    await withController(
      'checkout',
      until('the rollout', () => lines.some((line) => line.includes('0 of 3 replicas are available'))),
    );
    expect(await imageOf('checkout')).toBe('shop:2');
    controller.control.pods = 'ready';

    expect(await withController('checkout', rolling)).toMatchObject({
      status: 'succeeded',
      summary:
        'checkout is rolled back from revision 3 to what revision 2 was; 3 of 3 replicas are updated and available',
    });
  });

  test('once more without a revision named does not go forward to what was broken; one named is gone to', async () => {
    const again = run({ does: 'rollBack', deployment: 'checkout' });
    expect((await withController('checkout', again)).summary).toMatch(/^checkout is back at revision 4 already;/);
    expect(await imageOf('checkout')).toBe('shop:2');

    const named = run({ does: 'rollBack', deployment: 'checkout', toRevision: '1' });
    expect(await withController('checkout', named)).toMatchObject({ status: 'succeeded' });
    expect(await imageOf('checkout')).toBe('shop:1');
  });

  test('is taken back, and only once', async () => {
    const forward = await withController('checkout', run({ does: 'rollForward', deployment: 'checkout' }));
    expect(forward).toMatchObject({ status: 'succeeded', summary: expect.stringContaining('forward again') });
    expect(await imageOf('checkout')).toBe('shop:2');
    const again = await withController('checkout', run({ does: 'rollForward', deployment: 'checkout' }));
    expect(again.summary).toMatch(/was not rolled back, or is forward again/);
    expect(await imageOf('checkout')).toBe('shop:2');
  });

  test('brings the notes of that revision along and leaves those of the deployment', async () => {
    const { metadata } = await cluster.apps.readNamespacedDeployment({ name: 'checkout', namespace });
    expect(Object.keys(metadata?.annotations ?? {})).toEqual(['deployment.kubernetes.io/revision']);
    const { items } = await cluster.apps.listNamespacedReplicaSet({ namespace, labelSelector: 'app=checkout' });
    expect(items).toHaveLength(3);
  });

  test('in another crisis goes no further unless a revision is named, and is not taken back by it', async () => {
    const other = (work: object) => withController('checkout', run(work, { key: `C-2/run/${(count += 1)}` }));
    await withController('checkout', run({ does: 'rollBack', deployment: 'checkout', toRevision: '5' }));
    expect(await other({ does: 'rollBack', deployment: 'checkout' })).toMatchObject({
      status: 'failed',
      summary: expect.stringContaining('it was rolled back in C-1 and nothing newer is deployed'),
    });
    expect((await other({ does: 'rollForward', deployment: 'checkout' })).summary).toMatch(/in C-1, and stays so/);
    expect(await imageOf('checkout')).toBe('shop:1');
    await other({ does: 'rollForward', deployment: 'checkout', anyway: true });
    expect(await imageOf('checkout')).toBe('shop:2');
  });

  test('is not taken back once something newer is deployed', async () => {
    await deploy('search', 'search:1', 'search:2');
    await withController('search', run({ does: 'rollBack', deployment: 'search' }));
    await setImage('search', 'search:3');
    expect(await run({ does: 'rollForward', deployment: 'search' })).toMatchObject({
      status: 'failed',
      summary: 'deployment search is no longer at what it was rolled back to',
    });
  });

  test('is refused with the reason where there is nothing to go back to', async () => {
    await deploy('young', 'young:1');
    const said = async (work: object) => (await run(work)).summary;
    expect(await said({ does: 'rollBack', deployment: 'young' })).toBe(
      'deployment young has no revision before the present one; it has 1',
    );
    expect(await said({ does: 'rollBack', deployment: 'young', toRevision: '9' })).toBe(
      'deployment young has no revision 9; it has 1',
    );
    expect(await said({ does: 'rollBack', deployment: 'nothing' })).toMatch(
      /^Kubernetes answered 404: .*"nothing" not found$/,
    );
  });

  test('that gets stuck has failed, in the words of the cluster', async () => {
    await deploy('slow', 'slow:1', 'slow:2');
    controller.control.pods = 'given up';
    expect(await withController('slow', run({ does: 'rollBack', deployment: 'slow' }))).toMatchObject({
      status: 'failed',
      summary: expect.stringContaining('but the rollout is stuck: ReplicaSet has timed out progressing.'),
    });
  });

  test('out of time or called off its outcome is uncertain, and says how far it came', async () => {
    controller.control.pods = 'never';
    await controller.see('slow');
    expect(await run({ does: 'checkRollout', deployment: 'slow' }, { timeoutMs: 400 })).toMatchObject({
      status: 'uncertain',
      summary: 'stopped after its time limit of 400ms; slow: 0 of 3 replicas are available',
    });
    const calledOff = new AbortController();
    const waiting = run({ does: 'checkRollout', deployment: 'slow' }, {}, { signal: calledOff.signal });
    setTimeout(() => calledOff.abort(), 200);
    expect(await waiting).toMatchObject({ status: 'uncertain', summary: 'called off while it ran' });
  });
});

describe('scaling', () => {
  test('waits for the replicas, and goes back to as many as there were at first', async () => {
    await deploy('cart', 'cart:1');
    const scaled = (replicas: number | string, parameters = {}) =>
      withController(
        'cart',
        run(
          { does: 'scale', deployment: 'cart', replicas },
          { parameters: { count: { type: 'number', default: 8 } } },
          { parameters },
        ),
      );
    expect(await scaled(6)).toMatchObject({ status: 'succeeded', summary: expect.stringContaining('from 3 to 6') });
    expect(await scaled('{{count}}', { count: 9 })).toMatchObject({ status: 'succeeded' });
    expect(await replicasOf('cart')).toBe(9);
    expect((await scaled(9)).summary).toMatch(/^cart has 9 replicas already/);

    const back = () => withController('cart', run({ does: 'scaleBack', deployment: 'cart' }));
    expect((await back()).summary).toMatch(/^cart is scaled back to 3 replicas/);
    expect((await back()).summary).toMatch(/^cart was not scaled, or is scaled back/);
    expect(await replicasOf('cart')).toBe(3);

    await scaled(5);
    const { spec, ...cart } = await cluster.apps.readNamespacedDeployment({ name: 'cart', namespace });
    if (!spec) throw new Error('the deployment has no spec');
    const changed = { ...cart, spec: { ...spec, replicas: 4 } };
    await cluster.apps.replaceNamespacedDeployment({ name: 'cart', namespace, body: changed });
    expect(await back()).toMatchObject({
      status: 'failed',
      summary: 'cart has 4 replicas by now, which somebody else has set',
    });
  });

  test('a number that is none is refused before anything is done', async () => {
    const work = { does: 'scale', deployment: 'cart', replicas: '{{count}}' };
    const summary = async (value: string) =>
      (await run(work, { parameters: { count: {} } }, { parameters: { count: value } })).summary;
    expect(await summary('a lot')).toBe('replicas: expected a whole number up to 10000; got "a lot"');
    expect(await summary('-1')).toMatch(/^replicas: expected/);
    expect(await summary('100000')).toMatch(/^replicas: expected/);
  });
});

describe('a node', () => {
  const isCordoned = async (name: string) => (await cluster.core.readNode({ name })).spec?.unschedulable === true;

  test('is cordoned and used again; what somebody else has cordoned stays so', async () => {
    for (const name of ['node-1', 'node-2']) await cluster.core.createNode({ body: { metadata: { name } } });
    expect((await run({ does: 'checkCordon', node: 'node-1' })).status).toBe('failed');
    expect((await run({ does: 'cordon', node: 'node-1' })).summary).toBe(
      'node node-1 is cordoned: nothing new is placed on it',
    );
    expect((await run({ does: 'cordon', node: 'node-1' })).summary).toBe('node node-1 is cordoned already, in C-1');
    expect((await run({ does: 'uncordon', node: 'node-1' }, { key: 'C-2/run/1' })).summary).toMatch(
      /in C-1, and stays/,
    );
    expect((await run({ does: 'checkCordon', node: 'node-1' })).status).toBe('succeeded');
    expect((await run({ does: 'uncordon', node: 'node-1' })).status).toBe('succeeded');
    expect(await isCordoned('node-1')).toBe(false);

    const node = await cluster.core.readNode({ name: 'node-2' });
    await cluster.core.replaceNode({ name: 'node-2', body: { ...node, spec: { ...node.spec, unschedulable: true } } });
    expect((await run({ does: 'uncordon', node: 'node-2' })).summary).toMatch(
      /cordoned by somebody else, and stays so/,
    );
    expect(await isCordoned('node-2')).toBe(true);
    await run({ does: 'uncordon', node: 'node-2', anyway: true });
    expect(await isCordoned('node-2')).toBe(false);
  });
});

describe('isolating', () => {
  const policies = async () =>
    (await cluster.networking.listNamespacedNetworkPolicy({ namespace })).items.map(({ metadata }) => metadata?.name);
  const addPod = (name: string, labels: Record<string, string>, more: object = {}) =>
    cluster.core.createNamespacedPod({
      namespace,
      body: { metadata: { name, labels }, spec: { containers: [{ name: 'a', image: 'a' }], ...more } },
    });

  test('denies a workload all traffic, is verified, and is taken back', async () => {
    await deploy('bank', 'bank:1');
    await addPod('bank-1', { app: 'bank' });
    await addPod('other-1', { app: 'other' });
    const work = { deployment: 'bank' };
    expect(await run({ does: 'checkIsolation', ...work })).toMatchObject({ status: 'failed' });
    for (let time = 0; time < 2; time += 1)
      expect(await run({ does: 'isolate', ...work })).toMatchObject({
        status: 'succeeded',
        summary: 'bank is isolated by NetworkPolicy firebreak-isolate-bank: 1 pod, nothing in and nothing out',
      });
    const policy = await cluster.networking.readNamespacedNetworkPolicy({ name: 'firebreak-isolate-bank', namespace });
    expect(policy.spec).toMatchObject({
      podSelector: { matchLabels: { app: 'bank' } },
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(policy.spec?.ingress ?? policy.spec?.egress).toBeUndefined();
    expect((await run({ does: 'checkIsolation', ...work })).status).toBe('succeeded');

    expect((await run({ does: 'release', ...work }, { key: 'C-2/run/2' })).summary).toMatch(/in C-1, and stays so/);
    expect((await run({ does: 'release', ...work })).summary).toMatch(/^bank is released/);
    expect((await run({ does: 'release', ...work })).summary).toBe('bank is not isolated');
    expect(await policies()).toEqual([]);
  });

  test('is no success while another policy or the host’s network lets traffic through', async () => {
    await cluster.networking.createNamespacedNetworkPolicy({
      namespace,
      body: { metadata: { name: 'bank-from-shop' }, spec: { podSelector: {}, ingress: [{}] } },
    });
    const isolated = await run({ does: 'isolate', labels: { app: 'bank' } });
    expect(isolated).toMatchObject({
      status: 'failed',
      summary: expect.stringContaining('but NetworkPolicy bank-from-shop still allows some of it'),
    });
    expect(await policies()).toContain('firebreak-isolate-app-bank');
    await cluster.networking.deleteNamespacedNetworkPolicy({ name: 'bank-from-shop', namespace });
    expect((await run({ does: 'isolate', labels: { app: 'bank' } })).status).toBe('succeeded');

    await addPod('bank-2', { app: 'bank' }, { hostNetwork: true });
    expect((await run({ does: 'checkIsolation', labels: { app: 'bank' } })).summary).toMatch(
      /pod bank-2 is on the network of its host/,
    );
  });
});

describe('what is wrong is said:', () => {
  const work = { does: 'checkCordon', node: 'node-1' };
  const said = async (changes: object) => (await run(work, changes as { key?: string })).summary;

  test('about the kubeconfig', async () => {
    const { kubeconfig, folder } = cluster;
    const garbled = join(folder, 'garbled');
    await writeFile(garbled, 'clusters: [');
    expect(await said({ cluster: { kubeconfig: '/no/such' } })).toBe('kubeconfig /no/such: there is no such file');
    expect(await said({ cluster: { kubeconfig: garbled } })).toMatch(/garbled: it is not what kubectl reads: /);
    expect(await said({ cluster: { kubeconfig, context: 'moon' } })).toBe(
      `kubeconfig ${kubeconfig}: expected a context of shop, stranger, gone, nobody, plain; got "moon"`,
    );
    expect(await said({ cluster: { kubeconfig, context: 'nobody' } })).toMatch(/names no user that is there/);
    expect(await said({ cluster: { kubeconfig, context: 'plain' } })).toMatch(
      /expected a server over https; got http:/,
    );
    expect(await said({ cluster: {} })).toMatch(/^cluster.kubeconfig: expected a path/);
  });

  test('about the cluster, without the token', async () => {
    const { kubeconfig, token } = cluster;
    expect(await said({ cluster: { kubeconfig, context: 'stranger' } })).toMatch(/^Kubernetes answered 401/);
    const gone = await run(work, { cluster: { kubeconfig, context: 'gone' } });
    expect(gone).toMatchObject({ status: 'failed', summary: expect.stringContaining('no API server answers at') });
    expect(JSON.stringify(gone)).not.toContain(token);
  });

  test('about a name that is none', async () => {
    const named = (name: string) =>
      run({ does: 'checkRollout', deployment: '{{name}}' }, { parameters: { name: {} } }, { parameters: { name } });
    expect((await named('')).summary).toMatch(/^deployment: expected a name/);
    expect((await named('../nodes/node-1')).summary).toMatch(/^deployment: expected a name/);
    expect((await run({ does: 'isolate' })).summary).toBe('expected either a deployment or labels of its pods');
  });
});

describe('when an answer is lost', () => {
  afterEach(() => {
    if (cluster.standIn) cluster.standIn.losing.times = 0;
  });

  test('what was done is found by its mark, and not done twice', async () => {
    // Only the stand-in can lose an answer when it is told to.
    if (!cluster.standIn) return;
    await deploy('ledger', 'ledger:1', 'ledger:2', 'ledger:3');
    Object.assign(cluster.standIn.losing, { text: 'rolled-back', code: 500, times: 1 });
    const rolledBack = await withController('ledger', run({ does: 'rollBack', deployment: 'ledger' }));
    expect(rolledBack.summary).toMatch(/back at revision \d already/);
    expect(await imageOf('ledger')).toBe('ledger:2');
    expect(rolledBack.output).toMatch(/^once more: Kubernetes answered 500/);
  });
});
