/** What people outside hear of each stage; fixed words, so that no cause, name of ours or estimate slips through. */
export const being = `{% case stage %}{% when 'investigating' %}We are looking into it with priority.{% when 'identified' %}We know where the problem lies and are working on it.{% when 'monitoring' %}The service should work again. We are watching it closely.{% when 'resolved' %}The problem is solved and the service works as usual again.{% endcase %}`;
/** What they notice, in their own terms. */
export const hit = `{% if impact != '' %}{{ impact }}{% else %}Some of you may be unable to use parts of our service.{% endif %}`;
/** When they hear again. */
export const promise = `{% if stage == 'resolved' %}This is our last message about it.{% elsif nextUpdateAt != '' %}We will write again by {{ nextUpdateAt | utc }}.{% else %}We will write again as soon as there is news.{% endif %}`;
/** What became of their data, said at the end. */
export const data = `{% if dataLoss != '' %}{{ dataLoss }}{% else %}We are still checking whether any data was affected and will tell you.{% endif %}`;
