// A line type is what one service says at one severity with one template: the unit that novelty, TF-IDF and rates
// look at. On the hot path it is a single number; in a file it is spelled out.
import { SEVERITY_CLASSES, type SeverityClass } from './pane.js';

export interface LineType {
  /** Service that wrote it. */
  readonly service: string;
  readonly severityClass: SeverityClass;
  /** Index into the frozen dictionary's templates. */
  readonly templateIndex: number;
}

/** Numbers for line types, valid within one process; `services` must be stored with them. */
export interface LineTypeKeys {
  key(serviceIndex: number, severityClass: SeverityClass, templateIndex: number): number;
  /** Position of a service in `services`, adding it when it is new. */
  serviceIndex(service: string): number;
  read(key: number): LineType;
  readonly services: readonly string[];
}

/**
 * @param templateCount number of templates in the frozen dictionary
 * @param services those numbered before, in order
 */
export function createLineTypeKeys(templateCount: number, services: readonly string[]): LineTypeKeys {
  const names = [...services];
  const indexes = new Map(names.map((name, index) => [name, index]));
  return {
    services: names,
    key: (serviceIndex, severityClass, templateIndex) =>
      (serviceIndex * templateCount + templateIndex) * SEVERITY_CLASSES.length + severityClass,
    serviceIndex: (service) => {
      let index = indexes.get(service);
      if (index === undefined) {
        index = names.length;
        names.push(service);
        indexes.set(service, index);
      }
      return index;
    },
    read: (key) => {
      const rest = Math.floor(key / SEVERITY_CLASSES.length);
      return {
        service: names[Math.floor(rest / templateCount)] ?? '',
        severityClass: key % SEVERITY_CLASSES.length,
        templateIndex: rest % templateCount,
      };
    },
  };
}
