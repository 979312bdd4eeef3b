/** Value added tax by country, as a share of the net price; reduced for food and books. */
export const taxes = {
  de: { standard: 0.19, reduced: 0.07 },
  fr: { standard: 0.2, reduced: 0.055 },
  ch: { standard: 0.081, reduced: 0.026 },
};
