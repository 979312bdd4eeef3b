import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflows } from '../../src/workers/bundle.js';

/** The workflows' bundle, made once for all test files and processes as long as no source changes. */
export const bundleOnce = () => bundleWorkflows(join(tmpdir(), 'firebreak-test-bundles'));
