// Turns the description of the system into what the simulator runs on: message texts cut into literals and parameters,
// calls resolved to operations, and the expected number of records a request leaves at each service.

import { PARAMETERS, TIMED_PARAMETERS, type Draw, type Parameter } from './parameters.js';
import type { JobSpec, Level, LineSpec, OperationSpec, Runtime } from './system-spec.js';
import type { SystemSpec } from './system.js';

export interface Wording {
  readonly text: string;
  /** One more than there are parameters: text before, between and after them. */
  readonly literals: readonly string[];
  readonly parameters: readonly Parameter[];
}

/** One kind of line that a service can write. */
export interface LineTemplate {
  /** Position in `System.lines`. */
  readonly index: number;
  readonly service: number;
  readonly level: Level;
  readonly text: string;
  readonly share: number;
  readonly wording: Wording;
  readonly reworded?: Wording;
  /** The deploy of its service that brings the other wording, from 1 on; 0 = none does. */
  readonly rewordedByDeploy: number;
  /** Whether a parameter shows how long something took. */
  readonly timed: boolean;
}

export interface Operation {
  readonly name: string;
  readonly service: number;
  readonly start: readonly LineTemplate[];
  readonly calls: readonly { readonly operation: Operation; readonly share: number }[];
  readonly done: readonly LineTemplate[];
  readonly medianMs: number;
}

export interface Job extends Omit<JobSpec, 'begin' | 'step' | 'end'> {
  readonly service: number;
  readonly begin: readonly LineTemplate[];
  readonly step: readonly LineTemplate[];
  readonly end: readonly LineTemplate[];
}

export interface Periodic {
  readonly line: LineTemplate;
  readonly everyMs: number;
  readonly jitter: number;
}

export interface Service {
  readonly index: number;
  readonly name: string;
  readonly runtime: Runtime;
  readonly codeRoot: string;
  readonly operations: readonly Operation[];
  readonly incidental: readonly LineTemplate[];
  readonly incidentalPerVisit: number;
  readonly errors: readonly LineTemplate[];
  readonly upstream: readonly LineTemplate[];
  readonly rare: readonly LineTemplate[];
  readonly startup: readonly LineTemplate[];
  readonly maintenance: readonly LineTemplate[];
  /** Indexes of the services that call it, in the order of the system. */
  readonly callers: readonly number[];
  /** Names of the services it calls. */
  readonly callees: readonly string[];
  /** Expected records it writes for one request, in health. */
  readonly recordsPerRequest: number;
  /** Expected records it writes by the clock, a second. */
  readonly clockRecordsPerSecond: number;
}

export interface System {
  readonly services: readonly Service[];
  readonly lines: readonly LineTemplate[];
  readonly entries: readonly { readonly operation: Operation; readonly share: number }[];
  readonly periodic: readonly Periodic[];
  readonly jobs: readonly Job[];
  /** Expected records of a line for one request, by line index: only the lines of operations. */
  readonly linesPerRequest: readonly number[];
}

/** A rare line comes once in this time, anywhere in it. */
export const RARE_EVERY_MS = 75 * 60_000;

/** @throws Error naming the text when a `{parameter}` is unknown, an operation is missing or calls itself in a circle */
export function compileSystem(spec: SystemSpec): System {
  const lines: LineTemplate[] = [];
  const rewordings = spec.services.map(() => 0);
  const compileLines = (service: number, specs: readonly LineSpec[] = []): LineTemplate[] => {
    return specs.map((line) => {
      const rewordedByDeploy = line.reworded === undefined ? 0 : (rewordings[service]! += 1);
      const template = compileLine(line, lines.length, service, rewordedByDeploy);
      lines.push(template);
      return template;
    });
  };

  const operations = new Map<string, Operation>();
  const compileOperation = (path: string, callers: readonly string[]): Operation => {
    const known = operations.get(path);
    if (known !== undefined) return known;
    if (callers.includes(path))
      throw new Error(`operation ${path} calls itself through ${callers.join(' → ')}`);
    const [serviceName = '', name = ''] = path.split('.');
    const service = spec.services.findIndex((candidate) => candidate.name === serviceName);
    const body: OperationSpec | undefined = spec.services[service]?.operations[name];
    if (body === undefined)
      throw new Error(`no operation ${path}, wanted by ${callers.at(-1) ?? 'the entries'}`);
    const operation: Operation = {
      name,
      service,
      start: compileLines(service, body.start),
      calls: (body.calls ?? []).map(([callee, share]) => ({
        operation: compileOperation(callee, [...callers, path]),
        share,
      })),
      done: compileLines(service, body.done),
      medianMs: body.medianMs,
    };
    operations.set(path, operation);
    return operation;
  };
  for (const service of spec.services)
    for (const name of Object.keys(service.operations)) compileOperation(`${service.name}.${name}`, []);
  const entries = spec.entries.map(([path, share]) => ({ operation: compileOperation(path, []), share }));

  const periodic: Periodic[] = [];
  const jobs: Job[] = [];
  const drafts = spec.services.map((service, index) => {
    const rare = compileLines(index, service.rare);
    const ownPeriodic = service.periodic.flatMap((item) =>
      compileLines(index, [item.line]).map((line) => ({ ...item, line })),
    );
    ownPeriodic.push(...rare.map((line) => ({ line, everyMs: RARE_EVERY_MS, jitter: 1 })));
    periodic.push(...ownPeriodic);
    const ownJobs = (service.jobs ?? []).map((job) => ({
      ...job,
      service: index,
      begin: compileLines(index, job.begin),
      step: compileLines(index, job.step),
      end: compileLines(index, job.end),
    }));
    jobs.push(...ownJobs);
    const own = [...operations.values()].filter((operation) => operation.service === index);
    return {
      index,
      name: service.name,
      runtime: service.runtime,
      codeRoot: service.codeRoot,
      operations: own,
      incidental: compileLines(index, service.incidental),
      incidentalPerVisit: service.incidentalPerVisit,
      errors: compileLines(index, service.errors),
      upstream: compileLines(index, service.upstream),
      rare,
      startup: compileLines(index, service.startup),
      maintenance: compileLines(index, service.maintenance),
      callers: callersOf(index, [...operations.values()]),
      callees: calleesOf(index, own).map((callee) => spec.services[callee]!.name),
      clockRecordsPerSecond:
        ownPeriodic.reduce((sum, item) => sum + 1000 / item.everyMs, 0) +
        ownJobs.reduce((sum, job) => sum + jobRecords(job) / (job.schedule === 'hourly' ? 3600 : 86_400), 0),
    };
  });

  const visits = countVisits(entries);
  const linesPerRequest = lines.map(() => 0);
  const recordsPerRequest = spec.services.map(() => 0);
  for (const [operation, count] of visits) {
    recordsPerRequest[operation.service]! += count * drafts[operation.service]!.incidentalPerVisit;
    for (const line of [...operation.start, ...operation.done]) {
      linesPerRequest[line.index]! += count * line.share;
      recordsPerRequest[operation.service]! += count * line.share;
    }
  }
  const services = drafts.map((draft) => ({ ...draft, recordsPerRequest: recordsPerRequest[draft.index]! }));
  return { services, lines, entries, periodic, jobs, linesPerRequest };
}

/** The message of a line, with parameters drawn anew. */
export function renderLine(template: LineTemplate, deploysOfService: number, draw: Draw): string {
  const isReworded = template.rewordedByDeploy > 0 && deploysOfService >= template.rewordedByDeploy;
  const { literals, parameters } = (isReworded && template.reworded) || template.wording;
  let message = literals[0]!;
  for (let i = 0; i < parameters.length; i++) message += parameters[i]!(draw) + literals[i + 1]!;
  return message;
}

/** How many records a run of a job leaves. */
export function jobRecords(job: Pick<Job, 'begin' | 'steps' | 'end'>): number {
  return job.begin.length + job.steps + job.end.length;
}

function compileLine(spec: LineSpec, index: number, service: number, rewordedByDeploy: number): LineTemplate {
  return {
    index,
    service,
    level: spec.level,
    text: spec.text,
    share: spec.share ?? 1,
    wording: compileText(spec.text),
    ...(spec.reworded === undefined ? {} : { reworded: compileText(spec.reworded) }),
    rewordedByDeploy,
    timed: parameterNames(spec.text).some((name) => TIMED_PARAMETERS.has(name)),
  };
}

function compileText(text: string): Wording {
  const parameters = parameterNames(text).map((name) => {
    const parameter = PARAMETERS[name];
    if (parameter === undefined) throw new Error(`unknown parameter {${name}} in "${text}"`);
    return parameter;
  });
  return { text, literals: text.split(/\{\w+\}/), parameters };
}

const parameterNames = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

function callersOf(service: number, operations: readonly Operation[]): number[] {
  const callers = operations
    .filter((operation) => operation.calls.some((call) => call.operation.service === service))
    .map((operation) => operation.service);
  return [...new Set(callers)].filter((caller) => caller !== service).sort((a, b) => a - b);
}

function calleesOf(service: number, operations: readonly Operation[]): number[] {
  const callees = operations.flatMap((operation) => operation.calls.map((call) => call.operation.service));
  return [...new Set(callees)].filter((callee) => callee !== service);
}

/** Expected visits of each operation for one request, in health. */
function countVisits(entries: System['entries']): Map<Operation, number> {
  const visits = new Map<Operation, number>();
  const visit = (operation: Operation, share: number): void => {
    visits.set(operation, (visits.get(operation) ?? 0) + share);
    for (const call of operation.calls) visit(call.operation, share * call.share);
  };
  for (const entry of entries) visit(entry.operation, entry.share);
  return visits;
}
