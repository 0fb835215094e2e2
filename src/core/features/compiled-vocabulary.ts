// A source's vocabulary made ready for look-ups: line-type key → position, and the models behind the text features.
import type { TemplateDictionary } from '../template/template.js';
import type { LineTypeKeys } from '../window/line-type.js';
import type { FallBasis } from './fall.js';
import type { CountMoments, FeatureSpec, KnownLineType, SilenceOdds } from './feature-spec.js';
import { createPresenceModel, type PresenceModel } from './presence.js';

export interface CompiledVocabulary {
  /** Healthy windows it was learned from; 0 for a source that the fit did not know. */
  readonly windows: number;
  readonly types: readonly KnownLineType[];
  /** Positions of the types that never were missing for long. */
  readonly steady: readonly number[];
  /** Line-type key → position in `types`. */
  readonly positions: ReadonlyMap<number, number>;
  /** Position → family, -1 for none. */
  readonly familyOf: readonly number[];
  readonly presence: PresenceModel;
  readonly silence: SilenceOdds | undefined;
  readonly critical: CountMoments | undefined;
  readonly volume: CountMoments | undefined;
  readonly fall: FallBasis;
  isKnown(key: number): boolean;
}

/** @throws Error when the spec names a template that the dictionary does not hold */
export function compileVocabularies(
  spec: FeatureSpec,
  dictionary: TemplateDictionary,
  keys: LineTypeKeys,
): (source: string) => CompiledVocabulary {
  const templateIndex = new Map(dictionary.templates.map((template, index) => [template.id, index]));
  const indexOf = (id: string): number => {
    const index = templateIndex.get(id);
    if (index === undefined)
      throw new Error(
        `feature spec names template ${id}, which the dictionary does not hold: refit the artifact`,
      );
    return index;
  };
  const familyOfTemplate = new Map(
    spec.families.flatMap((family, index) => family.templateIds.map((id) => [id, index] as const)),
  );

  // a source that the fit did not know says nothing new with a line that any other source is known to write
  const saidByAnyone = new Set<number>();
  const compiled = new Map<string, CompiledVocabulary>();
  for (const {
    source,
    windows,
    types,
    presence,
    silence,
    critical,
    volume,
    usualRecords,
  } of spec.vocabularies) {
    const positions = new Map<number, number>();
    types.forEach((type, position) => {
      const index = indexOf(type.templateId);
      positions.set(keys.key(keys.serviceIndex(type.service), type.severityClass, index), position);
      saidByAnyone.add(keys.key(0, type.severityClass, index));
    });
    compiled.set(source, {
      windows,
      types,
      steady: types.flatMap(({ steady }, position) => (steady ? [position] : [])),
      positions,
      familyOf: types.map((type) => familyOfTemplate.get(type.templateId) ?? -1),
      presence: createPresenceModel(presence),
      silence,
      critical,
      volume,
      fall: { usualRecords, spread: silence.spread },
      isKnown: (key) => positions.has(key),
    });
  }

  const unknownSource: CompiledVocabulary = {
    windows: 0,
    types: [],
    steady: [],
    positions: new Map(),
    familyOf: [],
    presence: createPresenceModel({ newIdf: 1, mean: [], components: [] }),
    silence: undefined,
    critical: spec.unknownSource?.critical,
    volume: undefined,
    fall: { usualRecords: undefined, spread: undefined },
    isKnown: (key) => {
      const type = keys.read(key);
      return saidByAnyone.has(keys.key(0, type.severityClass, type.templateIndex));
    },
  };
  return (source) => compiled.get(source) ?? unknownSource;
}
