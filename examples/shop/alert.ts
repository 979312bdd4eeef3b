import { createHash } from 'node:crypto';

export type Firing = { startsAt: Date; endsAt?: Date; reason: string; shopUrl: string };

/** How Alertmanager writes that an alert has not ended. */
const notEnded = '0001-01-01T00:00:00Z';

const labels = {
  alertname: 'CheckoutFailing',
  instance: 'shop',
  job: 'blackbox',
  service: 'shop',
  severity: 'critical',
};

/** The webhook of Alertmanager, version 4, for the one alert the example knows. */
export const webhookOf = ({ startsAt, endsAt, reason, shopUrl }: Firing) => {
  const status = endsAt ? 'resolved' : 'firing';
  const annotations = {
    summary: 'Checkout fails: no order can be paid',
    description: `A sample order at ${shopUrl}/checkout failed: ${reason}`,
    runbook_url: 'runbooks/checkout-down.md',
  };
  const alert = {
    status,
    labels,
    annotations,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? notEnded,
    generatorURL: `${shopUrl}/healthz`,
    fingerprint: createHash('sha256').update(JSON.stringify(labels)).digest('hex').slice(0, 16),
  };
  return {
    version: '4',
    groupKey: '{}:{alertname="CheckoutFailing", service="shop"}',
    truncatedAlerts: 0,
    status,
    receiver: 'firebreak',
    groupLabels: { alertname: labels.alertname, service: labels.service },
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: shopUrl,
    alerts: [alert],
  };
};
