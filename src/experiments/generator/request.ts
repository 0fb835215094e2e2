// One request on its way through the call graph: what each service writes, how long it takes, what fails and is tried again.

import { deriveRandom } from './chance.js';
import type { Random } from '../../core/random.js';
import type { Operation, Service } from './compile-system.js';
import { pickZipf } from './effect.js';
import { drawTimeMs, hex, type Draw } from './parameters.js';
import { isActive, slowingEffect, writeLine, type LineContext, type Scene } from './scene.js';

/** Names the chance of a request: purpose, tick and number within it. */
export interface RequestKey {
  readonly stream: number;
  readonly index: number;
  readonly part: number;
}

/** Work in progress. Mutable: there is one a request, and requests are what there is most of. */
interface Run extends LineContext {
  readonly scene: Scene;
  readonly random: Random;
  /** Why the whole request is there: an anomaly, or '' for a request of its own. */
  readonly cause: string;
  /** The anomaly that slowed the visit now under way, or one below it. */
  slowCause: string;
  failed: boolean;
  /** The anomaly that failed it; '' when it is the ordinary bad luck. */
  failCause: string;
}

/** Odd, so that a request's effects never share a stream with a request. */
const EFFECT_PART = 1_000_003;
const ATTEMPTS = 3;

/** Simulates a request and puts its records, of this tick and of later ones. */
export function simulateRequest(
  scene: Scene,
  key: RequestKey,
  entry: Operation,
  startMs: number,
  cause: string,
): void {
  const random = deriveRandom(scene.seed, key.stream, key.index, key.part);
  const traceId = hex(random, 16);
  const identity = random.below(4294967296);
  const draw: Draw = { random, identity, elapsedMs: 0, slowdown: 1, peer: '', progress: 0, attempt: 1 };
  let effectRandom: Random | undefined;
  const effectRoll = (): number => {
    effectRandom ??= deriveRandom(scene.seed, key.stream, key.index, key.part + EFFECT_PART);
    return effectRandom.next();
  };
  const run: Run = {
    scene,
    random,
    traceId,
    draw,
    effectRoll,
    cause,
    slowCause: '',
    failed: false,
    failCause: '',
  };
  visit(run, entry, startMs);
}

/** @returns when it ends; `run.failed` says whether it did what it should */
function visit(run: Run, operation: Operation, startMs: number): number {
  const { scene, random, draw } = run;
  const service = scene.system.services[operation.service]!;
  const slowing = scene.effects.length === 0 ? undefined : slowingEffect(scene, service.index, startMs);
  const slowdown = slowing?.slowdown?.(service.index) ?? 1;
  const slowCauseBefore = run.slowCause;
  run.slowCause = slowing?.anomaly.id ?? '';

  const ownMs = drawTimeMs(random, operation.medianMs, 0.45) * slowdown;
  let timeMs = startMs;
  draw.slowdown = slowdown;
  draw.elapsedMs = 0.1 * ownMs;
  for (const line of operation.start) {
    if (line.share < 1 && random.next() >= line.share) continue;
    write(run, line, timeMs);
    timeMs += 0.1 * ownMs;
  }
  timeMs += 0.4 * ownMs;
  writeIncidentals(run, service, timeMs);

  for (const { operation: callee, share } of operation.calls) {
    if (share < 1 && random.next() >= share) continue;
    timeMs = call(run, service, callee, timeMs + 0.5 + 1.5 * random.next());
    if (run.failed) return leave(run, slowCauseBefore, timeMs);
  }

  timeMs += 0.4 * ownMs;
  draw.slowdown = slowdown;
  draw.elapsedMs = timeMs - startMs;
  decideFailure(run, service, timeMs);
  if (run.failed) {
    // half of the ordinary failures are time-outs, which only the caller gets to see
    const isTimeout = run.failCause === '' && random.next() < 0.5;
    if (isTimeout) timeMs += 2000;
    else write(run, pickZipf(service.errors, random), timeMs, run.failCause);
    return leave(run, slowCauseBefore, timeMs);
  }
  let roll = operation.done.length === 0 ? 1 : random.next();
  for (const line of operation.done) {
    if (roll < line.share) {
      write(run, line, timeMs);
      break;
    }
    roll -= line.share;
  }
  return leave(run, slowCauseBefore, timeMs);
}

/** Calls another service, and again when that fails; leaves `run.failed` set when all attempts did. */
function call(run: Run, caller: Service, callee: Operation, startMs: number): number {
  const { scene, random, draw } = run;
  let timeMs = startMs;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    timeMs = visit(run, callee, timeMs);
    if (!run.failed) return timeMs;
    const { failCause } = run;
    if (isAbsorbed(run, caller.index, timeMs)) {
      run.failed = false;
      run.failCause = '';
      return timeMs;
    }
    // the edge does not try again: it would multiply every storm below it
    const isLast = attempt === ATTEMPTS || caller.index === scene.system.entries[0]!.operation.service;
    draw.peer = scene.system.services[callee.service]!.name;
    draw.attempt = attempt;
    draw.elapsedMs = timeMs - startMs;
    const [first, final = first, aside] = caller.upstream;
    write(run, (isLast && attempt > 1 ? final : first)!, timeMs, failCause);
    if (isLast && aside !== undefined && random.next() < 0.25) write(run, aside, timeMs + 1, failCause);
    if (isLast) return timeMs;
    run.failed = false;
    run.failCause = '';
    timeMs += 40 * 2 ** attempt * (0.5 + random.next());
  }
  return timeMs;
}

function writeIncidentals(run: Run, service: Service, timeMs: number): void {
  const { random } = run;
  for (let expected = service.incidentalPerVisit; expected > 0; expected--)
    if (random.next() < expected) write(run, pickZipf(service.incidental, random), timeMs);
}

function decideFailure(run: Run, service: Service, timeMs: number): void {
  const { scene, random } = run;
  if (random.next() < scene.trouble[service.index]!) {
    run.failed = true;
    run.failCause = '';
  }
  for (const { anomaly, failShare } of scene.effects) {
    if (failShare === undefined || !isActive(anomaly, timeMs)) continue;
    const share = failShare(service.index, timeMs);
    if (share > 0 && run.effectRoll() < share) {
      run.failed = true;
      run.failCause = anomaly.id;
    }
  }
}

function isAbsorbed(run: Run, caller: number, timeMs: number): boolean {
  if (run.failCause === '') return false;
  const effect = run.scene.effects.find(({ anomaly }) => anomaly.id === run.failCause);
  return effect?.isAbsorbedBy?.(caller, timeMs) ?? false;
}

function write(run: Run, line: Service['errors'][number], timeMs: number, failCause = ''): void {
  const slowCause = line.timed ? run.slowCause : '';
  writeLine(run.scene, line, timeMs, run, run.cause || failCause || slowCause);
}

/** A visit that was slowed, or had a slow one below it, makes its caller's times longer too; one beside it does not. */
function leave(run: Run, slowCauseBefore: string, endMs: number): number {
  if (run.slowCause === '') run.slowCause = slowCauseBefore;
  return endMs;
}
