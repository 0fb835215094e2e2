// Which template a message has, from a frozen dictionary alone: one scan, one exact look-up,
// and for unknown shapes one masked look-up for each set of slots that templates of this length have.

import { createBodyScanner } from './body-scanner.js';
import { canonicalText } from './canonical-text.js';
import { decodeShapeTables } from './shape-dictionary.js';
import { createShapeTable } from './shape-table.js';
import { scanShape } from './shape.js';
import { createSlotIndex } from './slot-index.js';
import { printTemplate, templateId } from './template-text.js';
import type { TemplateDictionary, TemplateMatcher } from './template.js';

/** @throws Error if the dictionary's tables are damaged */
export function createShapeMatcher(dictionary: TemplateDictionary): TemplateMatcher {
  const { shapes, patterns } = decodeShapeTables(dictionary);
  const table = createShapeTable();
  for (const { hash, template } of shapes) table.set(hash.a, hash.b, template);
  const slotIndex = createSlotIndex(patterns);
  const scanner = createBodyScanner();
  const { shape } = scanner;
  // equal hashes are equal shapes, as they are for the templates that are known
  const newIds = new Map<string, string>();

  return {
    templates: dictionary.templates,
    // -1 of either look-up is NEW_TEMPLATE
    match(body) {
      scanner.scan(body);
      const known = table.find(shape.a, shape.b);
      return known >= 0 ? known : slotIndex.find(shape);
    },
    describeNew(body) {
      scanner.scan(body);
      const key = `${shape.a} ${shape.b}`;
      let id = newIds.get(key);
      if (id === undefined) {
        id = templateId(scanShape(canonicalText(body)).map((token) => token.text));
        if (newIds.size >= MOST_NEW_IDS) newIds.clear();
        newIds.set(key, id);
      }
      return {
        id,
        // asked for only where a template is shown for the first time
        get text() {
          return printNew(body);
        },
      };
    },
  };
}

/** New templates whose ids are remembered: an id is a SHA-256, and after a deploy the same few come again and again. */
const MOST_NEW_IDS = 4096;

function printNew(body: string): string {
  const text = canonicalText(body);
  const habits = scanShape(text).map((_, position) => ({
    position,
    glueHash: 0,
    pieceHashes: [],
    isEmpty: false,
  }));
  return printTemplate(text, [], habits, 1);
}
