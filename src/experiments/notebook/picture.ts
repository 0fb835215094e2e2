// The picture of a figure: the one that is already there for this very figure, or a new one where there is a browser.
import { writeSync } from 'node:fs';
import type { Figure } from './figure.js';
import { figureHash } from './figure-json.js';
import { findChromium } from '../../shell/chromium.js';
import { drawPicture } from './picture-browser.js';
import { readPictures } from './picture-shelf.js';

let shelf: ReadonlyMap<string, string> | null = null;
let isSaid = false;

/**
 * The notebooks in the working directory (for a kernel: the notebook's own folder) are read once, at the first figure.
 * `LOGHORN_RENDER=always` draws all pictures anew.
 *
 * @param figure settled
 * @returns a PNG, base64; null where there is neither a picture of this figure nor a browser, which is said on stderr
 * @throws Error when there is a browser, but the figure cannot be drawn
 */
export async function pictureOf(figure: Figure): Promise<string | null> {
  if (process.env['LOGHORN_RENDER'] !== 'always') {
    shelf ??= readPictures(process.cwd());
    const known = shelf.get(figureHash(figure));
    if (known !== undefined) return known;
  }
  const executablePath = findChromium();
  if (executablePath !== null) return drawPicture(figure, executablePath);
  // past the kernel's own stderr: what a machine lacks does not belong into the notebook
  if (!isSaid) writeSync(2, NO_BROWSER);
  isSaid = true;
  return null;
}

const NO_BROWSER =
  'a figure that is new or has changed goes without its picture, as there is no Chromium: install one ' +
  '(apt-get install chromium) or name yours in LOGHORN_CHROMIUM, and run the notebook again\n';
