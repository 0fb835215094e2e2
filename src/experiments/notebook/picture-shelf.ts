// The pictures that the notebooks on disk already hold, by the figure they show. A figure that did not change keeps its
// picture to the byte, on a machine with other fonts and on one without a browser.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.js';
import { figureHash } from './figure-json.js';

export const FIGURE_TYPE = 'application/vnd.plotly.v1+json';
export const PICTURE_TYPE = 'image/png';

/** @returns PNGs (base64) by the hash of their figure. What cannot be read as a notebook holds none. */
export function readPictures(folder: string): ReadonlyMap<string, string> {
  const pictures = new Map<string, string>();
  for (const name of namesIn(folder)
    .filter((each) => each.endsWith('.ipynb'))
    .sort()) {
    for (const { data } of outputsOf(join(folder, name))) {
      const figure = data?.[FIGURE_TYPE];
      const picture = data?.[PICTURE_TYPE];
      if (isFigure(figure) && picture !== undefined)
        pictures.set(figureHash(figure), joined(picture).replaceAll('\n', ''));
    }
  }
  return pictures;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

interface Output {
  readonly data?: { readonly [FIGURE_TYPE]?: unknown; readonly [PICTURE_TYPE]?: string | readonly string[] };
}

function outputsOf(path: string): readonly Output[] {
  try {
    const { cells } = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly cells: readonly { readonly outputs?: readonly Output[] }[];
    };
    return cells.flatMap(({ outputs = [] }) => outputs);
  } catch {
    // half-written by somebody's editor, or no notebook at all: its pictures are drawn anew
    return [];
  }
}

function isFigure(value: unknown): value is Figure {
  return typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data);
}

function joined(text: string | readonly string[]): string {
  return typeof text === 'string' ? text : text.join('');
}
