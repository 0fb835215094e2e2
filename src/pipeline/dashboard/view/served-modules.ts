// The modules of the core that the page imports as they are: its server serves these, below /core, and no others.

/** Names in src/core, as compiled. A relative import from /assets/page or /assets/view ends at /core. */
export const CORE_MODULES: readonly string[] = [
  'duration.js',
  'feature-words.js',
  'number-text.js',
  'unsafe-characters.js',
  'usual-words.js',
];
