// Small notebooks to export.
import { settleFigure } from './figure-json.js';
import { DIVERGING, styled } from './figure-style.js';
import type { Notebook, NotebookOutput } from './notebook-file.js';

/** A PNG of one dot, base64. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC';

export const FIGURE = {
  'application/vnd.plotly.v1+json': {
    data: [{ y: [1, 2], name: '</script><script>' }],
    layout: { height: 300 },
  },
  'text/plain': 'Load over a day',
};

export function displayOf(data: Readonly<Record<string, unknown>>): NotebookOutput {
  return { output_type: 'display_data', data, metadata: {} };
}

/** Prose, and one cell of code with outputs. */
export function notebookOf(source: string, outputs: readonly NotebookOutput[]): Notebook {
  const metadata = {};
  return {
    cells: [
      { cell_type: 'markdown', metadata, source: ['# Which window?\n', '\n', '## The data'] },
      { cell_type: 'code', metadata, source, outputs, execution_count: 1 },
    ],
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Three figures, the first with a picture, a wide table, and outputs that mean harm. */
export function figureNotebook(): Notebook {
  const hours = Array.from({ length: 48 }, (_, hour) => Date.UTC(2026, 2, 2, hour));
  const load = hours.map((_, hour) => 100 + 40 * Math.sin(hour / 4));
  const kinds = ['silence', 'error-spike', 'latency'];
  const figures = [
    {
      data: [{ type: 'scatter', x: hours, y: load, name: '<img src=x onerror=alert(1)>' }],
      layout: { title: { text: 'Load over two days, and what a longer title does on a narrow screen' } },
    },
    {
      data: [
        {
          type: 'heatmap',
          x: kinds,
          y: kinds,
          z: [
            [1, 0, -1],
            [0, 1, 0],
            [-1, 0, 1],
          ],
          colorscale: DIVERGING,
        },
      ],
    },
    {
      data: [
        { type: 'bar', x: kinds, y: [3, 1, 2] },
        { type: 'violin', y: [1, 2, 2, 3], xaxis: 'x3', yaxis: 'y3' },
      ],
      layout: { xaxis3: {}, yaxis3: {} },
    },
  ].map((figure) => settleFigure(styled(figure)));
  const cell = '<td>a rather long cell of a wide table</td>';
  return notebookOf("await show(figure); // </script><script>alert('code')</script>", [
    ...figures.map((figure, index) =>
      displayOf({
        'application/vnd.plotly.v1+json': figure,
        ...(index === 0 && { 'image/png': PNG }),
        'text/plain': `figure ${index + 1}`,
      }),
    ),
    displayOf({ 'text/html': `<table><tbody><tr>${cell.repeat(12)}</tr></tbody></table>` }),
    displayOf({ 'text/html': '<script>alert("output")</script>', 'text/plain': 'words' }),
    { output_type: 'stream', name: 'stdout', text: '<script>alert("printed")</script>' },
  ]);
}
