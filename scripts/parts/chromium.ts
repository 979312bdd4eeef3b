import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { cacheFolders, keep } from './cache.js';
import { isExecutable, onPath, versionOf } from './executable.js';
import { firstLine, PartMissing, type Search } from './part.js';

/** A Chromium to drive, the environment it wants beside the usual one, and where it came from, in words. */
export type FoundChromium = { path: string; env: NodeJS.ProcessEnv; source: string };

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const answer = /^(Chromium|Google Chrome|HeadlessChrome)\b/;

/** Finds a Chromium: the PATH, then the npm package `@sparticuz/chromium` where it is installed. */
export async function findChromium(
  search: Search,
  packaged: (search: Search) => Promise<Omit<FoundChromium, 'source'>> = unpackNpmChromium,
): Promise<FoundChromium> {
  const { env, say } = search;
  const tried: string[] = [];
  for (const path of await onPath(env, ...names)) {
    // Ubuntu's chromium-browser is a stub that only advises to install a snap.
    const failure = await versionOf(path, answer, env).then(() => undefined, firstLine);
    if (failure === undefined) return { path, env: {}, source: 'PATH' };
    tried.push(failure);
    say(failure);
  }
  if (tried.length === 0) tried.push(`none of ${names.join(', ')} on the PATH`);
  try {
    return { ...(await packaged(search)), source: 'npm @sparticuz/chromium' };
  } catch (error) {
    throw new PartMissing('A Chromium', [...tried, `npm @sparticuz/chromium: ${firstLine(error)}`], advice);
  }
}

/** Unpacks the browser, and the libraries that the package itself only unpacks on its usual host. */
const unpack = `
const [module, libraries] = process.argv.slice(1);
const { default: chromium, inflate } = await import(module);
await Promise.all([chromium.executablePath(), inflate(libraries)]);`;

/** The package's own names folders of its usual host, and a browser that finds no font shows no text and says nothing. */
const fontsBeside = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** The browser of the package, unpacked once into our cache, with the libraries and fonts that a bare machine lacks. */
async function unpackNpmChromium(search: Search): Promise<Omit<FoundChromium, 'source'>> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = join(dirname(main), '..', '..');
  const { version } = createRequire(import.meta.url)(join(root, 'package.json')) as { version: string };
  const name = `chromium-${version}-${process.arch}-fonts`;
  for (const folder of cacheFolders(search)) {
    const found = foundIn(join(folder, name));
    if (await isExecutable(found.path)) return found;
  }
  const folder = await keep(search, name, async (draft) => {
    const module = pathToFileURL(join(root, 'build', 'esm', 'index.mjs')).href;
    const args = ['--input-type=module', '--eval', unpack, module, join(root, 'bin', 'al2023.tar.br')];
    const { failed, stderr, shortMessage } = await execa(process.execPath, args, {
      // It unpacks into the temporary folder and takes whatever is there, also what another process has half written.
      env: { TMPDIR: draft },
      reject: false,
    });
    if (failed) throw new Error(/^\w*Error: .*/m.exec(stderr)?.[0] ?? shortMessage);
    const { path, env } = foundIn(draft);
    await writeFile(join(draft, 'fonts', 'fonts.conf'), fontsBeside);
    await versionOf(path, answer, { ...search.env, ...env });
  });
  return foundIn(folder);
}

const foundIn = (folder: string): Omit<FoundChromium, 'source'> => ({
  path: join(folder, 'chromium'),
  env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
});

const advice = 'Install it ("apt-get install chromium"), or run "npm install --no-save @sparticuz/chromium".';
