import { onPath, versionOf } from './executable.js';
import { firstLine, PartMissing, type Search } from './part.js';

/** A Chromium to drive, and where it came from, in words. */
export type FoundChromium = { path: string; source: string };

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Finds a Chromium: the PATH, then the npm package `@sparticuz/chromium` where it is installed. */
export async function findChromium(
  { env, say }: Pick<Search, 'env' | 'say'>,
  packaged: () => Promise<string> = unpackNpmChromium,
): Promise<FoundChromium> {
  const tried: string[] = [];
  for (const path of await onPath(env, ...names)) {
    // Ubuntu's chromium-browser is a stub that only advises to install a snap.
    const failure = await versionOf(path, /^(Chromium|Google Chrome) \d/, env).then(() => undefined, firstLine);
    if (failure === undefined) return { path, source: 'PATH' };
    tried.push(failure);
    say(failure);
  }
  if (tried.length === 0) tried.push(`none of ${names.join(', ')} on the PATH`);
  try {
    return { path: await packaged(), source: 'npm @sparticuz/chromium' };
  } catch (error) {
    throw new PartMissing('A Chromium', [...tried, `npm @sparticuz/chromium: ${firstLine(error)}`], advice);
  }
}

/** The package unpacks its browser into the temporary folder once and answers its path. */
async function unpackNpmChromium(): Promise<string> {
  const name = '@sparticuz/chromium';
  const loaded = (await import(name)) as { default: { executablePath: () => Promise<string> } };
  return loaded.default.executablePath();
}

const advice = 'Install it ("apt-get install chromium"), or run "npm install --no-save @sparticuz/chromium".';
