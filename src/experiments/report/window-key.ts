// What tells one window of a replay from every other, as a key of maps.

export interface WindowName {
  /** Where each input was scored from fresh state. */
  readonly file?: string | undefined;
  readonly source: string;
  readonly startMs: number;
}

export function windowKey({ file, source, startMs }: WindowName): string {
  return JSON.stringify([file ?? '', source, startMs]);
}
