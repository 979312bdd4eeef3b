/** Value added tax by country, as a share of the net price. */
export const taxes = { DE: 0.19, FR: 0.2, CH: 0.081 };
