import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heaps of this process and its workflow threads grow by a fifth between two collections instead of to the double and
 * more, and keeps the young generation of a thread at 4 MiB: what a worker holds is then what it needs, and not what it has let
 * go of. Measured in docs/decisions/0034-small-heaps.md. Before the first worker, since a thread takes its limits at its start.
 */
export const keepHeapsSmall = (): void => {
  setFlagsFromString('--heap-growing-percent=20');
  setFlagsFromString('--max-semi-space-size=4');
};
