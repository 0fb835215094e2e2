// The simulated system as plain JSON, for whoever wants to draw it or to know which line a template came from.

import { compileSystem } from './compile-system.js';
import { SHOP } from './system.js';

export interface SystemDescription {
  readonly services: readonly {
    readonly name: string;
    readonly runtime: string;
    /** Lines it can write, in the order of their description. */
    readonly templates: readonly {
      readonly level: string;
      readonly text: string;
      readonly reworded?: string;
    }[];
  }[];
  /** Who calls whom. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly jobs: readonly { readonly service: string; readonly name: string; readonly schedule: string }[];
}

export function describeSystem(): SystemDescription {
  const { services, lines, jobs } = compileSystem(SHOP);
  const nameOf = (service: number): string => services[service]!.name;
  return {
    services: services.map(({ index, name, runtime }) => ({
      name,
      runtime,
      templates: lines
        .filter((line) => line.service === index)
        .map(({ level, text, reworded }) => ({ level, text, ...(reworded && { reworded: reworded.text }) })),
    })),
    edges: services.flatMap(({ name, callees }) => callees.map((to) => ({ from: name, to }))),
    jobs: jobs.map(({ service, name, schedule }) => ({ service: nameOf(service), name, schedule })),
  };
}
