// Rows of a table as plain objects: what notebooks pass around, with or without a frame around them.

/** What a cell of a table may hold. */
export type Cell = string | number | boolean | null;

export type Row = Readonly<Record<string, Cell>>;

/** As much of a danfojs DataFrame as showing one takes; importing danfojs for that would cost each notebook a second. */
export interface FrameLike {
  readonly columns: readonly string[];
  readonly values: unknown;
}

/** The rows of a frame as plain objects, in its order. */
export function rowsOf(frame: FrameLike): Row[] {
  return (frame.values as Cell[][]).map((cells) =>
    Object.fromEntries(frame.columns.map((column, index) => [column, cells[index]!])),
  );
}
