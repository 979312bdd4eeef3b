import { taxes } from './taxes.js';

const products = {
  tea: { cents: 490, rate: 'reduced' },
  mug: { cents: 1250, rate: 'standard' },
  kettle: { cents: 3990, rate: 'standard' },
};

/** What an order costs. Throws a RangeError that names what is wrong with the order. */
export const checkout = ({ country, items }) => {
  if (!Array.isArray(items) || items.length === 0) throw new RangeError('items: expected at least one');
  let netCents = 0;
  let taxCents = 0;
  for (const { product, count } of items) {
    if (!Object.hasOwn(products, product)) throw new RangeError(`product: no ${JSON.stringify(product)} in stock`);
    if (!Number.isInteger(count) || count < 1) throw new RangeError('count: expected a whole number from 1 on');
    const { cents, rate } = products[product];
    netCents += cents * count;
    taxCents += Math.round(cents * count * taxes[country][rate]);
  }
  return { netCents, taxCents, totalCents: netCents + taxCents };
};
