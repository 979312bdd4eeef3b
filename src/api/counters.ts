const meanings = {
  firebreak_alerts_accepted_total: 'Alerts taken, by the format they came in.',
  firebreak_requests_refused_total: 'Requests answered with a problem, by status.',
  firebreak_delivery_reports_total: 'What providers reported on messages, by channel and by what became of them.',
  firebreak_commands_total: 'Commands to crises, by command and by what became of them.',
} as const;
export type CounterName = keyof typeof meanings;

/** Counts since the start of this process, in Prometheus' text format. Labels hold only values from short lists. */
export const createCounters = () => {
  const counts = new Map<CounterName, Map<string, number>>();
  return {
    add(name: CounterName, labels: Readonly<Record<string, string | number>>, count = 1): void {
      const series = counts.get(name) ?? new Map<string, number>();
      const key = Object.entries(labels)
        .map(([label, value]) => `${label}="${value}"`)
        .join(',');
      counts.set(name, series.set(key, (series.get(key) ?? 0) + count));
    },
    text: (): string =>
      (Object.keys(meanings) as CounterName[])
        .flatMap((name) => [
          `# HELP ${name} ${meanings[name]}`,
          `# TYPE ${name} counter`,
          ...[...(counts.get(name) ?? [])].map(([labels, count]) => `${name}{${labels}} ${count}`),
        ])
        .join('\n') + '\n',
  };
};
export type Counters = ReturnType<typeof createCounters>;
