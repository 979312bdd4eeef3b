/**
 * Where a table has its rows as lists. A symbol is passed over by JSON, and by whoever goes through a table by name. A spread
 * takes it along, so what is changed by `putRow` is made here and nowhere else.
 */
const lists = Symbol('lists');

type Lists<Row> = { readonly names: string[]; readonly rows: Row[] };

/**
 * For rows whose names are a crisis's own. Without a prototype it is a hash table from its first row on; an object as usual
 * would be given a shape of its own for every row that is put in, and be read as slowly as if for the first time. Going
 * through a hash table is slow too, and every clock and every copy does: hence the lists.
 */
export type Table<Row> = Readonly<Record<string, Row>> & { readonly [lists]?: Lists<Row> };

type Growing<Row> = Record<string, Row> & { [lists]?: Lists<Row> };

/** Those of a table that came over continue-as-new are made anew: it has none, and is nobody's to change. */
const listsOf = <Row>(table: Table<Row>): Lists<Row> =>
  table[lists] ?? { names: Object.keys(table), rows: Object.values(table) };

const tableOf = <Row>(names: string[], rows: Row[]): Table<Row> => {
  const table = Object.create(null) as Growing<Row>;
  table[lists] = { names, rows };
  for (let i = 0; i < names.length; i++) table[names[i]!] = rows[i]!;
  return table;
};

export const emptyTable = <Row>(): Table<Row> => tableOf<Row>([], []);

/** The rows in the order in which they were put in. */
export const rowsOf = <Row>(table: Table<Row>): readonly Row[] => listsOf(table).rows;

/** A table of the same rows, to be changed without changing this one. */
export const copyOfTable = <Same extends Table<unknown>>(table: Same): Same => {
  const { names, rows } = listsOf(table);
  return tableOf(names.slice(), rows.slice()) as Same;
};

/** A table of those rows that are to be kept. */
export const keptOf = <Row>(table: Table<Row>, isKept: (row: Row) => boolean): Table<Row> => {
  const { names, rows } = listsOf(table);
  const kept = tableOf<Row>([], []);
  for (let i = 0; i < names.length; i++) if (isKept(rows[i]!)) putRow(kept, names[i]!, rows[i]!);
  return kept;
};

/** Puts a row into a table that was made here, in the place of the one before it with that name. */
export const putRow = <Row>(table: Table<Row>, name: string, row: Row): void => {
  const growing: Growing<Row> = table;
  const { names, rows } = listsOf(table);
  const before = growing[name];
  if (before !== undefined) rows[rows.lastIndexOf(before)] = row;
  else {
    rows.push(row);
    names.push(name);
  }
  growing[name] = row;
};
