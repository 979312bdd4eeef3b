import { taxes } from './taxes.js';

const pricesInCents = { tea: 490, mug: 1250, kettle: 3990 };

/** What an order costs. Throws a RangeError that names what is wrong with the order. */
export const checkout = ({ country, items }) => {
  if (!Object.hasOwn(taxes, country)) throw new RangeError(`country: we do not deliver to ${JSON.stringify(country)}`);
  if (!Array.isArray(items) || items.length === 0) throw new RangeError('items: expected at least one');
  const netCents = items.reduce((sum, { product, count }) => {
    if (!Object.hasOwn(pricesInCents, product)) throw new RangeError(`product: no ${JSON.stringify(product)} in stock`);
    if (!Number.isInteger(count) || count < 1) throw new RangeError('count: expected a whole number from 1 on');
    return sum + pricesInCents[product] * count;
  }, 0);
  const taxCents = Math.round(netCents * taxes[country]);
  return { netCents, taxCents, totalCents: netCents + taxCents };
};
