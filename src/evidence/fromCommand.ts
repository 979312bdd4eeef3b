import { hostname } from 'node:os';
import type { Blob, BlobStore } from './blobs.js';
import { NotCollectable, type Taken } from './fromFile.js';
import { startProgram, type Command } from './program.js';

/**
 * Keeps what a program prints, both streams apart. That it failed or ran out of time is part of the evidence and throws
 * nothing; one that cannot be started or was called off is NotCollectable, and more than `maxBytes` is TooLarge.
 */
export const takeOutput = async (
  blobs: Pick<BlobStore, 'put'>,
  command: Command,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Taken> => {
  const { program, args } = command;
  const running = await startProgram(command, signal).catch((error: unknown) => {
    throw new NotCollectable(`${program} did not start: ${error instanceof Error ? error.message : 'unknown reason'}`);
  });
  const keep = (stream: AsyncIterable<Uint8Array>): Promise<Blob> =>
    blobs.put(stream, maxBytes).catch(async (error: unknown) => {
      await running.stop('its output could not be kept');
      throw error;
    });
  const kept = await Promise.allSettled([keep(running.stdout), keep(running.stderr)]);
  const { how, stopped } = await running.ended();
  if (signal?.aborted) throw new NotCollectable(`${program}: called off`);
  const [stdout, stderr] = kept.map(valueOf);
  return {
    source: { kind: 'command', host: hostname(), program, args: [...args], ended: how },
    parts: [
      { name: 'stdout', ...stdout! },
      { name: 'stderr', ...stderr! },
    ],
    caveats: stopped === undefined ? [] : [`It was ${stopped}, so its output may be cut off.`],
  };
};

const valueOf = <Value>(settled: PromiseSettledResult<Value>): Value => {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
};
