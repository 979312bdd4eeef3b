import { expect, test } from '@jest/globals';
import { resolve } from 'node:path';
import { readEnvironment } from '../../src/config/environment.js';

test('has a default for everything', () => {
  expect(readEnvironment({ PATH: '/bin', FIREBREAK_PORT: '' })).toEqual({
    environment: {
      config: resolve('firebreak.yaml'),
      host: '127.0.0.1',
      port: 7400,
      data: resolve('.firebreak'),
      databaseUrl: undefined,
      temporalCli: undefined,
      signingKey: undefined,
      temporalPort: 7233,
      temporalUiPort: 8233,
      smtpPort: 1025,
      mailboxPort: 8025,
    },
  });
});

test('takes what is set', () => {
  const key = 'k'.repeat(32);
  const databaseUrl = 'postgres://fire:break@db:5432/firebreak';

  expect(
    readEnvironment({
      FIREBREAK_CONFIG: '/etc/firebreak.yaml',
      FIREBREAK_HOST: '::',
      FIREBREAK_PORT: '0',
      FIREBREAK_DATABASE_URL: databaseUrl,
      FIREBREAK_SIGNING_KEY: key,
    }),
  ).toMatchObject({
    environment: { config: '/etc/firebreak.yaml', host: '::', port: 0, databaseUrl, signingKey: key },
  });
});

test('names every wrong variable with what was expected and what came, but never a secret', () => {
  expect(
    readEnvironment({
      FIREBREAK_PORT: '74000',
      FIREBREAK_SMTP_PORT: 'smtp',
      FIREBREAK_HOST: 'http://here',
      FIREBREAK_DATABASE_URL: 'mysql://root:hunter2@db/x',
      FIREBREAK_SIGNING_KEY: 'short',
      FIREBREAK_COMMAND_KEYS: 'new=too-short,derived',
      FIREBREAK_PROT: '1',
    }),
  ).toEqual({
    faults: [
      { name: 'FIREBREAK_HOST', message: 'expected a host name or an address, such as 127.0.0.1; got "http://here"' },
      { name: 'FIREBREAK_PORT', message: 'expected a port, 0 to 65535; got "74000"' },
      { name: 'FIREBREAK_DATABASE_URL', message: 'expected postgresql://user:password@host:port/database' },
      { name: 'FIREBREAK_SIGNING_KEY', message: 'expected at least 32 characters' },
      {
        name: 'FIREBREAK_COMMAND_KEYS',
        message: 'expected id=secret,id=secret with at least 32 characters a secret, or derived among them',
      },
      { name: 'FIREBREAK_SMTP_PORT', message: 'expected a port, 0 to 65535; got "smtp"' },
    ],
  });
});

test('takes a variable that is nearly one of ours for a slip, unless that one is set as well', () => {
  const message = 'is no setting of ours; did you mean FIREBREAK_PORT?';

  expect(readEnvironment({ FIREBREAK_PROT: '1' })).toEqual({ faults: [{ name: 'FIREBREAK_PROT', message }] });
  expect(readEnvironment({ FIREBREAK_PORT_2: '1', FIREBREAK_PORT: '2' })).toHaveProperty('environment');
  expect(readEnvironment({ FIREBREAK_SOMETHING_ELSE: '1' })).toHaveProperty('environment');
});
