// How far the notebooks are: one line that changes for a person at a terminal, one line a notebook for a log.
import type { NotebookResult } from './run-notebooks.js';

export interface RunLog {
  /** A notebook goes on to the next of its code cells. */
  readonly cell: (name: string, done: number, total: number) => void;
  readonly finished: (result: NotebookResult, seconds: number) => void;
}

const CLEAR_LINE = '\r\u001B[K';

export function createRunLog(stream: { write(text: string): unknown; readonly isTTY?: boolean }): RunLog {
  const running = new Map<string, string>();
  const show = (): void => {
    if (stream.isTTY) stream.write(`${CLEAR_LINE}${[...running.values()].join(' · ')}`);
  };
  return {
    cell: (name, done, total) => {
      running.set(name, `${name} cell ${done + 1} of ${total}`);
      show();
    },
    finished: ({ name, cells, status }, seconds) => {
      running.delete(name);
      const line = `${name}: ${status}, ${cells} cells, ${seconds.toFixed(1)} s\n`;
      stream.write(stream.isTTY ? `${CLEAR_LINE}${line}` : line);
      show();
    },
  };
}
