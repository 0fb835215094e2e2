// Two dictionaries of one miner as one, so that something can be added to what was mined without mining it again, and
// without a change of any template that is there.
import type { ShapeTables } from './shape-dictionary.js';
import type { Template, TemplateDictionary } from './template.js';

/**
 * A body that both know by its very shape goes by the template of the first; otherwise the most specific template is taken,
 * as ever. So nothing changes for bodies that look like no template of the second.
 *
 * @throws RangeError when they come from different miners
 */
export function joinDictionaries(first: TemplateDictionary, second: TemplateDictionary): TemplateDictionary {
  if (first.miner !== second.miner)
    throw new RangeError(
      `dictionaries of one miner can be joined, got '${first.miner}' and '${second.miner}': mine both with the same`,
    );
  const byId = new Map<string, Template>();
  for (const template of [...second.templates, ...first.templates]) byId.set(template.id, template);
  const templates = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const indexOf = new Map(templates.map(({ id }, index) => [id, index]));
  const moved = ({ templates: own }: TemplateDictionary) => own.map(({ id }) => indexOf.get(id)!);
  return {
    ...first,
    templates,
    aliases: { ...second.aliases, ...first.aliases },
    overflowCount: first.overflowCount + second.overflowCount,
    tables:
      first.miner === 'shape'
        ? joinTables(
            movedTables(first.tables as ShapeTables, moved(first)),
            movedTables(second.tables as ShapeTables, moved(second)),
          )
        : first.tables,
  };
}

function movedTables({ shapes, templateOf, patterns }: ShapeTables, moved: readonly number[]): ShapeTables {
  return {
    shapes,
    templateOf: templateOf.map((index) => moved[index]!),
    patterns: patterns.map((pattern) => ({ ...pattern, template: moved[pattern.template]! })),
  };
}

function joinTables(first: ShapeTables, second: ShapeTables): ShapeTables {
  const templateOf = new Map<string, number>();
  for (const { shapes, templateOf: own } of [second, first])
    shapes.forEach((shape, index) => templateOf.set(shape, own[index]!));
  const shapes = [...templateOf.keys()].sort();
  const known = new Set(first.patterns.map(keyOfPattern));
  return {
    shapes,
    templateOf: shapes.map((shape) => templateOf.get(shape)!),
    patterns: [
      ...first.patterns,
      ...second.patterns.filter((pattern) => !known.has(keyOfPattern(pattern))),
    ].sort((a, b) => (a.hash === b.hash ? a.template - b.template : a.hash < b.hash ? -1 : 1)),
  };
}

function keyOfPattern({ hash, length, slots }: ShapeTables['patterns'][number]): string {
  return `${hash} ${length} ${slots.join(',')}`;
}
