// All detectors by name.
import { alwaysOnBaseline, errorCountBaseline, nullBaseline, randomBaseline } from './baselines.js';
import { combined } from './combined.js';
import { type Detector, DETECTOR_NAMES, type DetectorName } from './detector.js';
import { isolationForest } from './isolation-forest.js';
import { pcaResidual } from './pca-residual.js';
import { robustZ } from './robust-z.js';
import { countRate, newTemplates, silence, tfidfResidual } from './single-feature.js';

const DETECTORS: readonly Detector[] = [
  combined,
  isolationForest,
  pcaResidual,
  tfidfResidual,
  newTemplates,
  robustZ,
  countRate,
  silence,
  errorCountBaseline,
  nullBaseline,
  randomBaseline,
  alwaysOnBaseline,
] as readonly Detector[];

/** @throws RangeError for a name that no detector has, naming those that there are */
export function detectorByName(name: string): Detector {
  const detector = DETECTORS.find((each) => each.name === name);
  if (!detector)
    throw new RangeError(`no detector is called '${name}'; there are ${DETECTOR_NAMES.join(', ')}`);
  return detector;
}

export function isDetectorName(name: string): name is DetectorName {
  return DETECTOR_NAMES.some((each) => each === name);
}
