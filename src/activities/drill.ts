import type { Command } from '../domain/command.js';
import type { MomentOf, Scenario } from '../domain/scenario.js';
import type { Scorecard } from '../domain/scorecard.js';

/** One run of a scenario. `scale`: so many times faster than life. */
export type DrillRun = { drillId: string; scenario: Scenario; scale: number };

/** What a person or a fault did beside the crisis, and what the crisis said to it. */
export type DrillNote = { afterMs: number; what: string };

export type DrillReport = DrillRun & {
  startedAt: number;
  endedAt: number;
  notes: readonly DrillNote[];
  /** One a crisis; the first is judged by what the scenario expects. */
  scorecards: readonly Scorecard[];
  holds: boolean;
};

export type ScoreInput = DrillRun & {
  startedAt: number;
  endedAt: number;
  notes: readonly DrillNote[];
  crisisIds: readonly string[];
  workflowId: string;
  runId: string;
};

/** What the conductor of a drill may ask of the world; run by the ordinary worker. */
export interface DrillActivities {
  /** Refuses a scenario that does not fit the configuration of this worker, in words. */
  checkDrill(run: DrillRun): Promise<void>;
  /** Keeps the drill's own worker process alive, and starts it anew when it dies, until it is cancelled. */
  hostDrill(run: DrillRun): Promise<void>;
  drillAlert(run: DrillRun, moment: MomentOf<'alert'>, nth: number): Promise<{ crisisId: string }>;
  /** Answers with the reason when the crisis refuses it. */
  drillCommand(run: DrillRun, command: Command, id: string): Promise<string | undefined>;
  scoreDrill(input: ScoreInput): Promise<DrillReport>;
}

/** What the drill's own worker says of itself, so that the clock starts when it is there. */
export interface DrillProcessActivities {
  drillReady(): Promise<void>;
  drillBegins(startedAt: number): Promise<void>;
}
