import type { Command } from 'commander';
import { describeDue } from '../../src/domain/describe/describeDue.js';
import { oneLine, personCalled } from '../../src/domain/describe/words.js';
import { severities, Severity } from '../../src/domain/severity.js';
import type { ApiClient, Listed, View } from '../client/api.js';
import { namesFor, playbookOf } from '../client/names.js';
import { misused } from '../output/fault.js';
import { severityShown, statusShown } from '../output/severity.js';
import { table } from '../output/table.js';
import { colours, columns, print, printJson } from '../output/terminal.js';
import { away, moment, short } from '../output/times.js';
import { cut } from '../output/wrap.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

type Options = ApiOptions & { all?: boolean; silenced?: boolean; severity?: string; service?: string };

/** So many are asked at a time what happens next in them. */
const atATime = 8;

/** Each with what happens next; one that does not answer in time stays as the list has it. */
const withNext = async (api: ApiClient, listed: readonly Listed[]): Promise<View[]> => {
  const views: View[] = [];
  for (let from = 0; from < listed.length; from += atATime)
    views.push(
      ...(await Promise.all(
        listed
          .slice(from, from + atATime)
          .map(async (each) =>
            each.crisis.status === 'closed'
              ? { ...each, next: [] }
              : api.view(each.crisis.crisisId).catch(() => ({ ...each, next: [] })),
          ),
      )),
    );
  return views;
};

const nextOf = (view: View, now: number): string => {
  const [due] = view.next;
  if (view.crisis.status === 'closed') return '';
  if (!due) return colours.dim('does not answer just now; this is what was last heard');
  return `${colours.bold(away(due.at, now))} (${moment(due.at, now)}): ${describeDue(due, namesFor(view))}`;
};

const answered = (view: View): string => {
  const { acknowledgedBy } = view.crisis;
  if (acknowledgedBy !== undefined) return personCalled(namesFor(view), acknowledgedBy);
  return view.crisis.type === 'watch' ? '–' : colours.red('nobody');
};

const rowsOf = (view: View, now: number, titleWidth: number) => {
  const { crisis } = view;
  const { severity } = crisis.classification;
  const phase = playbookOf(view).phases[crisis.phase]?.title.replace(/\s*\(.*\)$/, '') ?? '';
  const next = nextOf(view, now);
  return [
    [
      severityShown(severity),
      crisis.crisisId,
      `${crisis.mode === 'drill' ? '[DRILL] ' : ''}${cut(oneLine(crisis.title), titleWidth)}`,
      statusShown(crisis.status),
      `${crisis.phase + 1} ${phase}`,
      `${moment(crisis.declaredAt, now)} ${colours.dim(short(now - crisis.declaredAt))}`,
      answered(view),
    ],
    ...(next ? [{ across: `   ${colours.dim('└')} ${cut(next, Math.max(60, columns() - 6))}` }] : []),
  ];
};

const worstFirst = (a: View, b: View): number =>
  severities.indexOf(a.crisis.classification.severity) - severities.indexOf(b.crisis.classification.severity) ||
  a.crisis.declaredAt - b.crisis.declaredAt;

/** What silences and maintenance windows kept from calling anybody: somebody should look at it once they are over. */
const listSilenced = async (options: ApiOptions): Promise<void> => {
  const listed = await apiOf(options).silenced();
  if (options.json) {
    printJson(listed);
    return;
  }
  const now = Date.now();
  const rows = listed.silences.map((one) => [
    oneLine(one.name),
    oneLine(one.by ?? '–'),
    one.until === undefined ? '' : `${moment(one.until, now)}${one.ended ? ', over' : ''}`,
    String(one.alerts),
    `${moment(one.firstAt, now)} to ${moment(one.lastAt, now)}`,
    cut(oneLine(one.reason ?? ''), 50),
  ]);
  print(
    rows.length > 0 ? table(['hidden by', 'who', 'until', 'alerts', 'from', 'why'], rows) : 'Nothing was silenced.',
  );
};

const list = async ({ all, silenced, severity, service, ...options }: Options): Promise<void> => {
  if (silenced) return listSilenced(options);
  const wanted = severity === undefined ? undefined : Severity.safeParse(severity.toUpperCase());
  if (wanted && !wanted.success) throw misused(`--severity: expected P0, P1, P2 or P3; got "${severity ?? ''}"`);
  const api = apiOf(options);
  const listed = await api.list({
    ...(all !== true && { open: true }),
    ...(wanted && { severity: wanted.data }),
    ...(service !== undefined && { service }),
  });
  const views = (await withNext(api, listed)).sort(worstFirst);
  if (options.json) {
    printJson({ crises: views });
    return;
  }
  if (views.length === 0) {
    print(all ? 'There has been no crisis.' : 'No crisis is open. (--all shows those that are over)');
    return;
  }
  const now = Date.now();
  const titleWidth = Math.max(20, columns() - 110);
  print(
    table(
      ['sev', 'id', 'title', 'status', 'phase', 'since', 'answered'],
      views.flatMap((view) => rowsOf(view, now, titleWidth)),
    ),
  );
};

export const register = (program: Command): void => {
  const command = withApi(program.command('list'))
    .option('--all', 'also those that are closed')
    .option('--severity <severity>', 'only P0, P1, P2 or P3')
    .option('--silenced', 'instead, what silences and maintenance windows hid')
    .option('--service <service>', 'only those of a service')
    .description('List the crises, the worst first: who is on it, and what happens next and when.')
    .action(list);
  withExamples(
    command,
    ['list', 'what is going on'],
    ['list --severity P0 --service shop', 'only the worst of one service'],
    ["list --json | jq -r '.crises[].crisis.crisisId'", 'the ids, for a program'],
  );
};
