// What the parts of the simulation share during one tick: where records go, which effects are near, how reworded the lines are.

import type { Random, RandomState } from '../../core/random.js';
import { renderLine, type LineTemplate, type Service, type System } from './compile-system.js';
import type { Effect, LineSink, LineSubject } from './effect.js';
import type { Draw } from './parameters.js';
import type { Level } from './system-spec.js';

export interface GeneratedRecord {
  /** Whole milliseconds since epoch, UTC. */
  readonly tsMs: number;
  readonly service: string;
  readonly level: Level;
  readonly message: string;
  /** 32 hex digits; empty outside of requests and in what databases write. */
  readonly traceId: string;
  /** The anomaly that wrote or changed it; empty = it would be there, just so, in health. */
  readonly cause: string;
}

/** A record on its way; a hidden one is only there to say that an anomaly kept it from being written. */
export interface PendingRecord extends GeneratedRecord {
  readonly hidden: boolean;
}

export interface Scene {
  readonly system: System;
  readonly seed: RandomState;
  /** All that act now or in the next minute. Mostly empty. */
  effects: readonly Effect[];
  /** How often each service was deployed so far. */
  readonly deploys: number[];
  /** Share of a service's visits that fail in health, now. */
  readonly trouble: number[];
  readonly put: (record: PendingRecord) => void;
}

/** Where a line stands: its request, what made it, and the chance that effects on it are drawn from. */
export interface LineContext {
  readonly draw: Draw;
  readonly traceId: string;
  readonly effectRoll: () => number;
}

export function writeLine(
  scene: Scene,
  template: LineTemplate,
  timeMs: number,
  context: LineContext,
  cause: string,
): void {
  const message = renderLine(template, scene.deploys[template.service]!, context.draw);
  const tsMs = Math.floor(timeMs);
  let hiddenBy = '';
  for (const { anomaly, hides } of scene.effects)
    if (hides !== undefined && isActive(anomaly, tsMs) && hides(template, context.effectRoll))
      hiddenBy = anomaly.id;
  const { name, runtime } = scene.system.services[template.service]!;
  scene.put({
    tsMs,
    service: name,
    level: template.level,
    message,
    // databases and caches know nothing of traces
    traceId: runtime === 'native' ? '' : context.traceId,
    cause: hiddenBy === '' ? cause : hiddenBy,
    hidden: hiddenBy !== '',
  });
}

/** The first effect that slows the service at the moment, if any. */
export function slowingEffect(scene: Scene, service: number, timeMs: number): Effect | undefined {
  return scene.effects.find(
    ({ anomaly, slowdown }) => slowdown !== undefined && isActive(anomaly, timeMs) && slowdown(service) !== 1,
  );
}

/** Writes lines outside of requests. */
export function createLineSink(scene: Scene, cause: string): LineSink {
  return {
    line: (template, timeMs, random, about) => {
      const slowing = template.timed ? slowingEffect(scene, template.service, timeMs) : undefined;
      const draw = createDraw(random, scene.system.services[template.service]!, about);
      draw.slowdown = slowing?.slowdown?.(template.service) ?? 1;
      const context = { draw, traceId: '', effectRoll: () => 0 };
      writeLine(scene, template, timeMs, context, cause === '' ? (slowing?.anomaly.id ?? '') : cause);
    },
    text: (service, level, message, timeMs) => {
      const { name } = scene.system.services[service]!;
      const tsMs = Math.floor(timeMs);
      scene.put({ tsMs, service: name, level, message, traceId: '', cause, hidden: false });
    },
  };
}

export function isActive(
  span: { readonly startMs: number; readonly endMs: number },
  timeMs: number,
): boolean {
  return timeMs >= span.startMs && timeMs < span.endMs;
}

/** Parameters of a line that no request wrote: some requester, and a peer that the service really calls. */
function createDraw(random: Random, service: Service, about: LineSubject = {}): Draw {
  return {
    random,
    identity: about.identity ?? random.below(4294967296),
    progress: about.progress ?? random.next(),
    elapsedMs: 20 + 80 * random.exponential(),
    slowdown: 1,
    peer: about.peer ?? service.callees[random.below(service.callees.length)] ?? service.name,
    attempt: 1,
  };
}
