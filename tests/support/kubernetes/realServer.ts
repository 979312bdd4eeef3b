import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';

/** A real etcd and kube-apiserver of `KUBEBUILDER_ASSETS`, the folder in which Kubernetes’ own tests look for them. */
export const startRealServer = async (assets: string, folder: string, token: string) => {
  const [etcdPort, peerPort, port] = [await getPort(), await getPort(), await getPort()];
  const [etcdUrl, peerUrl] = [`http://127.0.0.1:${etcdPort}`, `http://127.0.0.1:${peerPort}`];
  const key = join(folder, 'accounts.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  await writeFile(join(folder, 'tokens.csv'), `${token},admin,1,system:masters\n`, { mode: 0o600 });
  const options = { cwd: folder, stdio: 'ignore', reject: false, forceKillAfterDelay: 5_000 } as const;
  const etcd = execa(
    join(assets, 'etcd'),
    [
      ...[
        `--data-dir=${join(folder, 'etcd')}`,
        `--listen-client-urls=${etcdUrl}`,
        `--advertise-client-urls=${etcdUrl}`,
      ],
      ...[`--listen-peer-urls=${peerUrl}`, `--initial-advertise-peer-urls=${peerUrl}`],
      `--initial-cluster=default=${peerUrl}`,
    ],
    options,
  );
  const apiserver = execa(
    join(assets, 'kube-apiserver'),
    [
      ...[`--etcd-servers=${etcdUrl}`, '--bind-address=127.0.0.1', `--secure-port=${port}`],
      ...[`--cert-dir=${folder}`, `--token-auth-file=${join(folder, 'tokens.csv')}`, '--authorization-mode=RBAC'],
      ...[`--service-account-key-file=${key}`, `--service-account-signing-key-file=${key}`],
      ...['--service-account-issuer=https://kubernetes.default.svc', '--service-cluster-ip-range=10.0.0.0/24'],
      // Controllers would make the accounts that pods want.
      '--disable-admission-plugins=ServiceAccount',
    ],
    options,
  );
  const server = `https://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    apiserver.kill();
    await apiserver;
    etcd.kill();
    await etcd;
  };
  return { server, certificateAuthority: join(folder, 'apiserver.crt'), stop };
};
