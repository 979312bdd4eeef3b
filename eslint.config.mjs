import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const words = (names, message) => names.map((name) => ({ name, message }));

export default tseslint.config(
  { ignores: ['node_modules', '.firebreak', 'coverage', 'dist', 'src/store/migrations', 'tests/histories'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['drizzle.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
    },
  },
  {
    // A workflow and the engine under it run again on every replay: no clock but Temporal's, no Node, no randomness.
    files: ['src/domain/**/*.ts', 'src/playbooks/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...words(
          ['process', 'setTimeout', 'setInterval', 'fetch', 'Buffer'],
          'the domain is pure: take it as an argument',
        ),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'the domain is pure: take the time as an argument' },
        { object: 'Math', property: 'random', message: 'the domain is pure: take randomness as an argument' },
      ],
    },
  },
  {
    // The Kubernetes client gives classes for what are plain things, and takes plain things for them.
    files: ['src/runbooks/kubernetes/*.ts', 'tests/support/kubernetes/*.ts', 'tests/runbooks/kubernetes.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', URL: 'readonly' } },
  },
);
