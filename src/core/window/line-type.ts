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
  /** Position of a service in `services`, adding it when it is new and there is no name for all others. */
  serviceIndex(service: string): number;
  read(key: number): LineType;
  readonly services: readonly string[];
}

/**
 * @param templateCount number of templates in the frozen dictionary
 * @param services those numbered before, in order
 * @param others what every further service is counted as, so that a million of them need no memory; when left out,
 *   each gets a number of its own
 */
export function createLineTypeKeys(
  templateCount: number,
  services: readonly string[],
  others?: string,
): LineTypeKeys {
  const names = others === undefined ? [...services] : [...services, others];
  const indexes = new Map(names.map((name, index) => [name, index]));
  return {
    services: names,
    key: (serviceIndex, severityClass, templateIndex) =>
      (serviceIndex * templateCount + templateIndex) * SEVERITY_CLASSES.length + severityClass,
    serviceIndex: (service) => {
      let index = indexes.get(service);
      if (index === undefined && others !== undefined) return services.length;
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
