// The templates of a log, the most frequent and the rarest: both ends say whether the miner understood the lines.
import type { Template, TemplateDictionary } from '../../core/template/template.js';
import type { Row } from '../notebook/row.js';

const MAX_CHARACTERS = 120;

/** @param each rows at either end */
export function templateTable({ templates }: TemplateDictionary, each = 8): readonly Row[] {
  const ranked = [...templates].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  const shown = ranked.length <= 2 * each ? ranked : [...ranked.slice(0, each), ...ranked.slice(-each)];
  return shown.map((template) => ({
    rank: ranked.indexOf(template) + 1,
    records: template.count,
    template: textOf(template),
  }));
}

function textOf({ text }: Template): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
