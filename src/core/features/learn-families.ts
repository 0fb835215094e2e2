// Template families: templates that share their words, found by TF-IDF on the template texts (natural) and
// single-pass leader clustering by cosine. A window's weight by family is a summary of what it is about.
import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import type { Template } from '../template/template.js';
import type { TemplateFamily } from './feature-spec.js';

const MAX_FAMILIES = 12;
/** Templates looked at, the most frequent first: natural's cost grows with documents × words. */
const MAX_TEMPLATES = 500;
/** Cosine from which on a template belongs to a family's leader. */
const MIN_SIMILARITY = 0.2;
const WORDS_IN_NAME = 2;

/** @returns at most 12 families, largest first, in an order that depends on the templates alone */
export function learnFamilies(templates: readonly Template[]): readonly TemplateFamily[] {
  const ranked = [...templates]
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_TEMPLATES);
  const tfidf = new TfIdf();
  for (const template of ranked) tfidf.addDocument(wordsOf(template.text));
  const vectors = ranked.map((_, index) => unitVector(tfidf, index));

  const clusters: { readonly leader: ReadonlyMap<string, number>; readonly members: number[] }[] = [];
  vectors.forEach((vector, index) => {
    if (vector.size === 0) return;
    const best = clusters
      .map((cluster) => ({ cluster, similarity: cosine(vector, cluster.leader) }))
      .reduce<{ cluster?: (typeof clusters)[number]; similarity: number }>(
        (top, each) => (each.similarity > top.similarity ? each : top),
        { similarity: MIN_SIMILARITY },
      ).cluster;
    if (best) best.members.push(index);
    else clusters.push({ leader: vector, members: [index] });
  });

  const taken = new Set<string>();
  return clusters
    .filter((cluster) => cluster.members.length > 1)
    .sort((a, b) => b.members.length - a.members.length || a.members[0]! - b.members[0]!)
    .slice(0, MAX_FAMILIES)
    .map(({ members }) => ({
      name: nameOf(
        members.map((index) => vectors[index]!),
        taken,
      ),
      templateIds: members.map((index) => ranked[index]!.id).sort(),
    }));
}

/** Words of a template, without its variable parts; prefixed so that no word is a property of Object. */
function wordsOf(text: string): string[] {
  const words = text.replaceAll('<*>', ' ').match(/\p{L}{3,}/gu) ?? [];
  return words.map((word) => `w:${word.toLowerCase()}`);
}

function unitVector(tfidf: TfIdf, document: number): ReadonlyMap<string, number> {
  const terms = tfidf.listTerms(document).map(({ term, tfidf: weight }) => [term, weight] as const);
  const norm = Math.sqrt(terms.reduce((sum, [, weight]) => sum + weight * weight, 0));
  return new Map(norm > 0 ? terms.map(([term, weight]) => [term, weight / norm] as const) : []);
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, weight] of a) sum += weight * (b.get(term) ?? 0);
  return sum;
}

/** The words that weigh most over the members, made unique. */
function nameOf(vectors: readonly ReadonlyMap<string, number>[], taken: Set<string>): string {
  const weights = new Map<string, number>();
  for (const vector of vectors)
    for (const [term, weight] of vector) weights.set(term, (weights.get(term) ?? 0) + weight);
  const words = [...weights]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, WORDS_IN_NAME)
    .map(([term]) => term.slice(2));
  const base = words.join('_');
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
  taken.add(name);
  return name;
}
