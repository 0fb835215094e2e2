// Learns from a source's healthy windows what it usually says: its line types with their rates, the mix of types
// that its windows show, and how long it is ever silent.
import type { TemplateDictionary } from '../template/template.js';
import type { LineTypeKeys } from '../window/line-type.js';
import { momentsOf, momentsWhenPresent, round } from './count-moments.js';
import { learnUsualRecords } from './fall.js';
import type { KnownLineType, Vocabulary } from './feature-spec.js';
import { learnPresence } from './learn-presence.js';
import { learnSilence } from './silence.js';
import type { TrainingWindow } from './training-window.js';
import { criticalCount } from './volume.js';

/** Stretches of the rolling horizon that must have been seen before a line type can be called steady. */
const MIN_HORIZONS_FOR_STEADY = 50;

/**
 * @param windows of one source, in order of time; empty ones count as silence
 * @returns types sorted by service, template and severity, so that the same data give the same bytes
 */
export function learnVocabulary(
  source: string,
  windows: readonly TrainingWindow[],
  rollingWindows: number,
  dictionary: TemplateDictionary,
  keys: LineTypeKeys,
): Vocabulary {
  const tallies = new Map<number, Tally>();
  const speaking = windows.filter((each) => each.window.records > 0);
  windows.forEach(({ window }, index) => {
    for (const [key, count] of window.lineTypes) {
      let tally = tallies.get(key);
      if (!tally) tallies.set(key, (tally = { windows: 0, sum: 0, sumOfSquares: 0, at: [] }));
      tally.windows++;
      tally.sum += count;
      tally.sumOfSquares += count * count;
      tally.at.push(index);
    }
  });

  const horizons = countHorizons(windows, rollingWindows);
  const known = [...tallies]
    .map(([key, tally]) => {
      const { service, severityClass, templateIndex } = keys.read(key);
      const type: KnownLineType = {
        service,
        severityClass,
        templateId: dictionary.templates[templateIndex]!.id,
        windows: tally.windows,
        counts: momentsWhenPresent(tally.windows, tally.sum, tally.sumOfSquares),
        idf: round(1 + Math.log(speaking.length / (1 + tally.windows))),
        steady: horizons >= MIN_HORIZONS_FOR_STEADY && !isEverMissing(tally.at, windows, rollingWindows),
      };
      return { key, type };
    })
    .sort((a, b) => compareTypes(a.type, b.type));

  const positions = new Map(known.map(({ key }, position) => [key, position]));
  const types = known.map(({ type }) => type);
  return {
    source,
    windows: windows.length,
    types,
    presence: learnPresence(
      speaking.map(({ window }) =>
        [...window.lineTypes.keys()].map((key) => positions.get(key)!).sort((a, b) => a - b),
      ),
      types.map((type) => type.idf),
    ),
    silence: learnSilence(windows, rollingWindows),
    critical: momentsOf(speaking.map(({ window }) => criticalCount(window))),
    volume: momentsOf(speaking.map(({ window }) => window.records)),
    usualRecords: learnUsualRecords(windows),
  };
}

interface Tally {
  windows: number;
  sum: number;
  sumOfSquares: number;
  /** Indexes of the windows that hold it, ascending. */
  readonly at: number[];
}

function compareTypes(a: KnownLineType, b: KnownLineType): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  if (a.templateId !== b.templateId) return a.templateId < b.templateId ? -1 : 1;
  return a.severityClass - b.severityClass;
}

/** How many full rolling horizons lie within the stretches. */
function countHorizons(windows: readonly TrainingWindow[], length: number): number {
  let horizons = 0;
  let run = 0;
  windows.forEach((each, index) => {
    run = index > 0 && windows[index - 1]!.stretch === each.stretch ? run + 1 : 1;
    if (run >= length) horizons++;
  });
  return horizons;
}

/** Whether some full rolling horizon within a stretch lacks the type that is in the windows `at`. */
function isEverMissing(at: readonly number[], windows: readonly TrainingWindow[], length: number): boolean {
  const holds = new Set(at);
  let missing = 0;
  return windows.some((each, index) => {
    if (index > 0 && windows[index - 1]!.stretch !== each.stretch) missing = 0;
    missing = holds.has(index) ? 0 : missing + 1;
    return missing >= length;
  });
}
