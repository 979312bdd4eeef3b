const from = (path) => ({ path: `^src/${path}/` });
const only = (name, folder, allowed) => ({
  name,
  severity: 'error',
  from: from(folder),
  to: { path: '^(src|scripts)/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
});

/** One rule per arrow that must not exist; the table stands in docs/architecture.md. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    only('domain-knows-only-itself', 'domain', []),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: from('domain'),
      to: {
        dependencyTypes: ['core', 'npm'],
        pathNot: 'node_modules/(zod|liquidjs|temporal-polyfill|ms|jose|pretty-ms)/',
      },
    },
    only('playbooks-are-data', 'playbooks', ['domain']),
    {
      name: 'workflows-run-only-domain',
      severity: 'error',
      from: from('workflows'),
      to: {
        pathNot: '^src/(workflows|domain|playbooks)/|node_modules/@temporalio/(workflow|common)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    { ...only('workflows-know-activities-as-types', 'workflows', ['domain', 'playbooks', 'activities']) },
    only('activities-never-drive', 'activities', ['domain', 'channels', 'runbooks', 'store']),
    only('channels-stand-alone', 'channels', ['domain']),
    only('runbooks-stand-alone', 'runbooks', ['domain']),
    only('intake-stands-alone', 'intake', ['domain']),
    only('store-stands-alone', 'store', ['domain']),
    only('evidence-knows-how-to-run-a-program', 'evidence', ['domain', 'runbooks']),
    only('codec-stands-alone', 'codec', ['domain']),
    only('client-never-acts', 'client', ['workflows', 'domain', 'playbooks']),
    only('api-never-acts', 'api', ['client', 'intake', 'store', 'evidence', 'domain']),
    only('config-reads-only', 'config', ['domain', 'playbooks']),
    {
      name: 'nothing-imports-workers',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/workers/' },
      to: { path: '^src/workers/' },
    },
    {
      name: 'only-channels-know-their-vendors',
      severity: 'error',
      from: { path: '^(src|scripts)/', pathNot: '^src/channels/' },
      to: { path: 'node_modules/(nodemailer|twilio|standardwebhooks)/' },
    },
    {
      name: 'only-the-store-knows-sql',
      severity: 'error',
      from: { path: '^(src|scripts)/', pathNot: '^src/(store|runbooks/postgres)/' },
      to: { path: 'node_modules/(drizzle-orm|pg|@electric-sql)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
