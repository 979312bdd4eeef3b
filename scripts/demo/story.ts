import type { Settings } from '../../src/domain/settings.js';
import type { Say } from '../stack/say.js';
import type { Stage } from './following.js';

/** One story that the demo can tell. */
export type Story = {
  /** The configuration of its organisation. */
  config: string;
  adjust: (settings: Settings) => Settings;
  starting: string;
  /** Starts the systems that the story is about, beside Firebreak itself, and says by the environment where they are. */
  begin: (
    folder: string,
    dataDir: string,
    say: Say,
  ) => Promise<{
    /** Answers where the post-mortem lies. */
    tell: (stage: Stage) => Promise<string>;
    stop: () => Promise<void>;
  }>;
};
