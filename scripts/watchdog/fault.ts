/** Something that is wrong with Firebreak itself. The same fault has the same id at every look. */
export type Fault = { id: string; what: string; todo: string };

/** One thing that is looked at. It throws when it cannot look, which says nothing about the faults it knew. */
export type Check = { name: string; look: (signal: AbortSignal) => Promise<readonly Fault[]> };

/** What one check has seen, or why it could not look. */
export type Seen = { check: string; faults: readonly Fault[] } | { check: string; blind: string };
