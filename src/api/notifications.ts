import { z } from 'zod';
import { notificationNames, renderNotification } from '../domain/message/notification.js';
import { notificationFieldsOf } from '../domain/message/notificationFields.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';
import { liveOrStored } from './reading.js';

const NotificationBody = z.object({
  subject: z.string(),
  text: z.string().meta({ description: 'what nobody has said yet stands as [to be filled in]' }),
  missing: z
    .array(z.string())
    .readonly()
    .meta({ description: 'the fields that the law wants and nobody has filled in' }),
});

/** Drafts of what regulators are told, as far as the crisis knows it. */
export const notificationRoutes = (app: Api, context: Context): void => {
  app.get(
    '/api/v1/crises/:id/notifications/:obligation',
    {
      schema: {
        operationId: 'getNotification',
        summary: 'A draft of a regulator’s notification, to be completed and approved by people',
        tags: ['crises'],
        params: z.object({ id: z.string().min(1).max(300), obligation: z.string().min(1).max(200) }),
        response: { 200: NotificationBody, ...problems(404, 422, 500, 503) },
      },
    },
    async ({ params: { id, obligation } }) => {
      const crisis = await liveOrStored(
        context,
        async () => (await context.firebreak.view(id)).crisis,
        async (store) => (await store.crisis(id))?.crisis,
      );
      const { organisation, regulatory } = context.settings();
      const fields = notificationFieldsOf(crisis, obligation, { organisation, contact: regulatory.contact });
      const notification = renderNotification(obligation, fields, { drill: crisis.mode === 'drill' });
      if (!notification)
        throw new Problem('not-found', `expected one of ${notificationNames.join(', ')}; got ${obligation}`);
      const { subject, text, missing } = notification;
      return { subject, text, missing };
    },
  );
};
