// Drain's fixed-depth tree: messages go by token count, then by their first tokens, then to the most similar cluster.
// He et al. (2017), "Drain: an online log parsing approach with fixed depth tree", in the form of Drain3.

import { SLOT } from './shape.js';

export interface DrainCluster {
  /** Template tokens, `<*>` where messages differ. */
  tokens: string[];
  /** Messages. */
  count: number;
}

export interface DrainTree {
  /** Adds a message to its cluster, or opens one; `false` if that would take more than the allowed clusters. */
  add(tokens: readonly string[]): boolean;
  clusters(): readonly DrainCluster[];
}

export interface DrainSettings {
  /** Drain3's count: root, token count and leaf are three of the levels. */
  readonly depth: number;
  /** Share of equal tokens from which a message belongs to a cluster, (0, 1]. */
  readonly similarity: number;
  /** Children of one node; further tokens share the `<*>` child. */
  readonly maxChildren: number;
  readonly maxClusters: number;
}

interface Node {
  readonly children: Map<string, Node>;
  readonly clusters: DrainCluster[];
}

export function createDrainTree(settings: DrainSettings): DrainTree {
  const { similarity, maxChildren, maxClusters } = settings;
  const tokenLevels = Math.max(0, settings.depth - 3);
  const roots = new Map<number, Node>();
  const clusters: DrainCluster[] = [];

  return {
    add(tokens) {
      const leaf = findLeaf(tokens);
      const cluster = leaf && mostSimilar(leaf.clusters, tokens, similarity);
      if (cluster !== undefined) {
        cluster.count++;
        cluster.tokens = cluster.tokens.map((token, i) => (token === tokens[i] ? token : SLOT));
        return true;
      }
      if (clusters.length >= maxClusters) return false;
      const opened = { tokens: [...tokens], count: 1 };
      clusters.push(opened);
      makeLeaf(tokens).clusters.push(opened);
      return true;
    },
    clusters: () => clusters,
  };

  function findLeaf(tokens: readonly string[]): Node | undefined {
    let node = roots.get(tokens.length);
    for (let level = 0; level < levelsOf(tokens) && node !== undefined; level++) {
      node = node.children.get(tokens[level]!) ?? node.children.get(SLOT);
    }
    return node;
  }

  function makeLeaf(tokens: readonly string[]): Node {
    let node = roots.get(tokens.length) ?? createNode();
    roots.set(tokens.length, node);
    for (let level = 0; level < levelsOf(tokens); level++) {
      const key = keyOfChild(node, tokens[level]!);
      const child = node.children.get(key) ?? createNode();
      node.children.set(key, child);
      node = child;
    }
    return node;
  }

  function keyOfChild(node: Node, token: string): string {
    if (node.children.has(token)) return token;
    if (/[0-9]/.test(token)) return SLOT;
    // the last place is kept for <*>
    const places = node.children.has(SLOT) ? maxChildren : maxChildren - 1;
    return node.children.size < places ? token : SLOT;
  }

  /** The last token is never a level of its own: a one-token message would have a node for each text. */
  function levelsOf(tokens: readonly string[]): number {
    return Math.min(tokenLevels, Math.max(0, tokens.length - 1));
  }
}

function createNode(): Node {
  return { children: new Map(), clusters: [] };
}

/** Highest share of equal constant tokens; of equals, the one with more variables. */
function mostSimilar(
  clusters: readonly DrainCluster[],
  tokens: readonly string[],
  least: number,
): DrainCluster | undefined {
  let best: DrainCluster | undefined;
  let bestEqual = -1;
  let bestVariables = -1;
  for (const cluster of clusters) {
    let equal = 0;
    let variables = 0;
    for (let i = 0; i < tokens.length; i++) {
      if (cluster.tokens[i] === SLOT) variables++;
      else if (cluster.tokens[i] === tokens[i]) equal++;
    }
    if (equal > bestEqual || (equal === bestEqual && variables > bestVariables)) {
      best = cluster;
      bestEqual = equal;
      bestVariables = variables;
    }
  }
  const share = tokens.length === 0 ? 1 : bestEqual / tokens.length;
  return share >= least ? best : undefined;
}
