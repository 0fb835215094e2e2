// A table on its way: as CSV with a header row, or as NDJSON with an object a row, a part at a time and no faster than it is read.
import { type Cell, csvRow } from './csv-text.js';
import type { ExportPlace } from './export-places.js';
import type { ExportTable } from './export-table.js';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

/** @param place left once it was all read, given up or failed */
export function exportStream(
  { columns, parts }: ExportTable,
  format: ExportFormat,
  place: ExportPlace,
): ReadableStream<Uint8Array> {
  const rowOf = format === 'csv' ? csvRow : ndjsonRow(columns);
  const encoder = new TextEncoder();
  const rows = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        if (format === 'csv') controller.enqueue(encoder.encode(csvRow(columns)));
        place.waiting();
      },
      pull: async (controller) => {
        place.working();
        try {
          // the store may answer at once and for ever: others are served in between
          await new Promise((resolve) => setImmediate(resolve));
          const part = await rows.next();
          if (!part.done) {
            // first, since whoever waits for it asks for the next one at once
            place.waiting();
            return controller.enqueue(encoder.encode(part.value.map(rowOf).join('')));
          }
          place.leave();
          controller.close();
        } catch (error) {
          // a file that was cut must not look like a whole one
          place.leave();
          controller.error(error);
        }
      },
      cancel: async () => {
        place.leave();
        await rows.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

function ndjsonRow(columns: readonly string[]): (cells: readonly Cell[]) => string {
  return (cells) =>
    `${JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? null])))}\n`;
}
