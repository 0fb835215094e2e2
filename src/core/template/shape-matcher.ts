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

  return {
    templates: dictionary.templates,
    // -1 of either look-up is NEW_TEMPLATE
    match(body) {
      scanner.scan(body);
      const known = table.find(shape.a, shape.b);
      return known >= 0 ? known : slotIndex.find(shape);
    },
    describeNew(body) {
      const text = canonicalText(body);
      const tokens = scanShape(text);
      const habits = tokens.map((_, position) => ({
        position,
        glueHash: 0,
        pieceHashes: [],
        isEmpty: false,
      }));
      return { id: templateId(tokens.map((token) => token.text)), text: printTemplate(text, [], habits, 1) };
    },
  };
}
