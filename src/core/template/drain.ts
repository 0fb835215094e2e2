// Drain as the field's baseline, behind the same two verbs as the shape miner.
// It depends on the order of messages by nature: which cluster a message joins depends on those that came before.

import { canonicalText } from './canonical-text.js';
import { maskNumbers } from './drain-mask.js';
import { createDrainTree } from './drain-tree.js';
import { SLOT } from './shape.js';
import { templateId } from './template-text.js';
import {
  NEW_TEMPLATE,
  type MinerOptions,
  type Template,
  type TemplateDictionary,
  type TemplateMatcher,
  type TemplateMiner,
} from './template.js';

/** Drain3's defaults. */
const DEPTH = 4;
const SIMILARITY = 0.4;
const MAX_CHILDREN = 100;
const DEFAULT_MAX_CLUSTERS = 16_384;

/**
 * Other orders of the same messages may give other templates.
 *
 * @param options `maxShapesPerSource` bounds the clusters of all sources together; messages that would open another
 *   are counted in `overflowCount`
 */
export function createDrainMiner(options: MinerOptions = {}): TemplateMiner {
  const { maxShapesPerSource: maxClusters = DEFAULT_MAX_CLUSTERS } = options;
  const tree = createDrainTree({
    depth: DEPTH,
    similarity: SIMILARITY,
    maxChildren: MAX_CHILDREN,
    maxClusters,
  });
  let overflowCount = 0;
  return {
    learn(body) {
      if (!tree.add(drainTokens(body))) overflowCount++;
    },
    freeze() {
      // clusters of different branches can have become equal
      const counts = new Map<string, number>();
      for (const { tokens, count } of tree.clusters()) {
        const text = tokens.join(' ');
        counts.set(text, (counts.get(text) ?? 0) + count);
      }
      const templates: Template[] = [...counts].map(([text, count]) => ({
        id: templateId(text.split(' ')),
        text,
        count,
      }));
      templates.sort((x, y) => (x.id < y.id ? -1 : 1));
      return { miner: 'drain', version: 1, templates, aliases: {}, overflowCount, tables: null };
    },
  };
}

/**
 * A read-only search over the frozen templates: of those that agree with the message in every constant token,
 * the one with the most constants; of equals, the first by id.
 */
export function createDrainMatcher(dictionary: TemplateDictionary): TemplateMatcher {
  const { templates } = dictionary;
  /** By token count and first token, which is `<*>` for templates that begin with a variable. */
  const byStart = new Map<string, { readonly tokens: readonly string[]; readonly index: number }[]>();
  templates.forEach(({ text }, index) => {
    const tokens = text.split(' ');
    const key = startKey(tokens.length, tokens[0]!);
    const list = byStart.get(key);
    if (list === undefined) byStart.set(key, [{ tokens, index }]);
    else list.push({ tokens, index });
  });

  return {
    templates,
    match(body) {
      const tokens = drainTokens(body);
      let best = NEW_TEMPLATE;
      let bestConstants = -1;
      for (const first of tokens[0] === SLOT ? [SLOT] : [tokens[0]!, SLOT]) {
        for (const template of byStart.get(startKey(tokens.length, first)) ?? []) {
          const constants = countConstants(template.tokens, tokens);
          if (
            constants > bestConstants ||
            (constants === bestConstants && constants >= 0 && template.index < best)
          ) {
            best = template.index;
            bestConstants = constants;
          }
        }
      }
      return best;
    },
    describeNew(body) {
      const tokens = drainTokens(body);
      return { id: templateId(tokens), text: tokens.join(' ') };
    },
  };
}

/** At least one token: an empty message is one empty token. */
function drainTokens(body: string): string[] {
  return maskNumbers(canonicalText(body)).trim().split(/\s+/);
}

function startKey(length: number, first: string): string {
  return `${length} ${first}`;
}

/** Constant tokens of the template, or -1 if one differs from the message. */
function countConstants(template: readonly string[], tokens: readonly string[]): number {
  let constants = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (template[i] === SLOT) continue;
    if (template[i] !== tokens[i]) return -1;
    constants++;
  }
  return constants;
}
