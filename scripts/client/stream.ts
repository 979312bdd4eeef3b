import type { Request } from './request.js';

/** A crisis has changed, up to this number of its timeline. */
export type Change = { crisisId: string; seq?: number };

const dataOf = (block: string): Change | undefined => {
  const lines = block.split('\n');
  const data = lines.flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : [])).join('\n');
  return lines.includes('event: crisis') ? (JSON.parse(data) as Change) : undefined;
};

/** Reads the API's server-sent events, one `Change` each. Ends when the API does; throws when there is no stream. */
export async function* changesOf(request: Request, signal: AbortSignal): AsyncGenerator<Change> {
  const { body } = await request('/api/v1/stream', { accept: 'text/event-stream', signal });
  if (!body) return;
  let unread = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${unread}${text}`.split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) {
      const change = dataOf(block);
      if (change) yield change;
    }
  }
}
