import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from './alert-event.js';
import type { AlertLifeState } from './alert-life-state.js';
import type { ArtifactTerms } from './alert-life-terms.js';
import { type AlertLife, createAlertLife } from './alert-life.js';
import { arbRows, brief, feed, hopMs, line, moved, options, row, told } from './alert-life.testkit.js';
import type { WindowRow } from './score-window.js';

const terms = (name: string, lines = 'l1', amounts = 'combined'): ArtifactTerms => ({ name, lines, amounts });
const [first, tuned, refitted, otherwise] = [
  terms('demo@1'),
  terms('demo@2'),
  terms('demo@3', 'l2'),
  terms('demo@4', 'l3', 'error-count'),
] as const;

/** Artifacts that speak one after the other. */
function heirs(...all: readonly ArtifactTerms[]): readonly AlertLife[] {
  const states = new Map<string, AlertLifeState>();
  return all.map((each) => createAlertLife({ ...options, terms: each }, states));
}
const errors = (n: number, text = 'refused'): WindowRow =>
  moved(n, { critical_excess: 40 }, [line('spike', 'ERROR', text)]);

test('an alert goes on under its id when another artifact takes over, and nobody is told', () => {
  const [before, after] = heirs(first, tuned) as [AlertLife, AlertLife];
  const events = feed(before, [errors(0), errors(1)]);

  const later = feed(after, [errors(2), errors(3), row(4, false), row(5, false)]);

  expect(told(events)).toEqual(['opened 0–1']);
  expect(told(later)).toEqual(['resolved 0–4 quiet']);
  expect(later[0]!.alertId).toBe(events[0]!.alertId);
});

test('an artifact that finds nothing strange lets the alert become quiet, window by window', () => {
  const [before, after] = heirs(first, otherwise) as [AlertLife, AlertLife];
  feed(before, [errors(0), errors(1)]);

  expect(told(feed(after, [row(2, false)]))).toEqual([]);
  expect(told(feed(after, [row(3, false)]))).toEqual(['resolved 0–2 quiet']);
});

test('lines that another dictionary names otherwise are no change and no new errors, but those that come later are', () => {
  const [before, after] = heirs(first, refitted) as [AlertLife, AlertLife];
  feed(before, [moved(0, { new_template_count: 30 }, [line('new', 'ERROR', 'ledger <*> gone')])]);
  const same = [line('new', 'ERROR', 'ledger is gone')];

  const events = feed(after, [
    ...[1, 2, 3, 4, 5].map((n) => moved(n, { new_template_count: 30 }, same)),
    moved(6, { new_template_count: 30 }, [...same, line('new', 'ERROR', 'disk is full')]),
  ]);

  expect(told(events)).toEqual(['updated 0–7 more lines']);
  expect(events[0]!.explanation!.templates[0]!.text).toBe('disk is full');
});

test('a score is not held against the score of another artifact, only against its own', () => {
  const [before, after] = heirs(first, otherwise) as [AlertLife, AlertLife];
  feed(before, [row(0, true, { score: 0.85 })]);

  const events = feed(after, [
    row(1, true, { score: 0.97 }),
    row(2, true, { score: 0.971 }),
    row(3, true, { score: 0.99 }),
  ]);

  expect(told(events)).toEqual(['updated 0–4']);
  expect(events[0]!.peakScore).toBe(0.99);
});

test('graver things that the next artifact sees at once are told as more of the same alert', () => {
  const [before, after] = heirs(first, refitted) as [AlertLife, AlertLife];
  const volume = (n: number): WindowRow => moved(n, { volume_excess: 20 });
  const opened = feed(
    before,
    Array.from({ length: 15 }, (_, n) => volume(n)),
  );

  const events = feed(after, [errors(15), errors(16)]);

  expect(told(opened)).toEqual(['opened 0–1']);
  expect(told(events)).toEqual(['updated 0–16 changed']);
});

test('back to the former artifact, the alert is still the same', () => {
  const [a, b] = heirs(first, refitted) as [AlertLife, AlertLife];

  const events = [
    ...feed(a, [errors(0)]),
    ...feed(b, [errors(1, 'connection refused')]),
    ...feed(a, [errors(2), row(3, false), row(4, false)]),
  ];

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–3 quiet']);
});

test('what was over for some minutes is the same alert again by another artifact, too, if it is for the same', () => {
  const [a, b] = heirs(first, refitted) as [AlertLife, AlertLife];
  const events = feed(a, [errors(0), row(1, false), row(2, false)]);

  events.push(...feed(b, [errors(5, 'connection refused')]));

  expect(told(events)).toEqual(['opened 0–1', 'resolved 0–1 quiet', 'opened 0–6 reopened']);
});

test('a correction by the former artifact counts for the alert that another one goes on with', () => {
  const [a, b] = heirs(first, tuned) as [AlertLife, AlertLife];
  const events = [...feed(a, [row(0, false), errors(1)]), ...feed(b, [errors(2)])];

  events.push(...feed(a, [{ ...errors(0), revision: 1 }]));
  events.push(...feed(a, [row(0, false, { revision: 2 }), row(1, false, { revision: 2 })]));
  events.push(...feed(b, [row(2, false, { revision: 2 })]));

  expect(told(events)).toEqual(['opened 1–2', 'updated 0–3', 'resolved 0–1 retracted']);
});

test('a level stays known to an artifact that weighs alike, and is told anew by one that weighs otherwise', () => {
  const level = Array.from({ length: 140 }, (_, n) => moved(n, { volume_excess: 20 }));
  const next = Array.from({ length: 5 }, (_, n) => moved(140 + n, { volume_excess: 20 }));
  const [a, alike] = heirs(first, refitted) as [AlertLife, AlertLife];
  const [c, other] = heirs(first, otherwise) as [AlertLife, AlertLife];

  expect(told(feed(a, level)).at(-1)).toMatch(/absorbed$/);
  feed(c, level);

  expect(told(feed(alike, next))).toEqual([]);
  expect(told(feed(other, next))).toEqual(['opened 140–141']);
});

const MODELS = [first, tuned, refitted, otherwise];

/** Who speaks from which window on: to and fro. */
const arbTurns = fc
  .array(fc.record({ at: fc.nat({ max: 90 }).map((n) => n + 10), who: fc.nat({ max: MODELS.length - 1 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((turns) => [{ at: -Infinity, who: 0 }, ...turns.sort((x, y) => x.at - y.at)]);

interface Step {
  readonly row: WindowRow;
  readonly before: AlertLifeState | undefined;
  readonly after: AlertLifeState;
  readonly events: readonly AlertEvent[];
}

/** Each row to who speaks for it, from states that went through JSON before the row of that number. */
function speakInTurn(
  rows: readonly WindowRow[],
  turns: readonly { readonly at: number; readonly who: number }[],
  restartAt: number,
): Step[] {
  let states = new Map<string, AlertLifeState>();
  let lives: readonly AlertLife[] = [];
  const begin = (): void => {
    states = new Map(JSON.parse(JSON.stringify([...states])) as [string, AlertLifeState][]);
    lives = MODELS.map((each) => createAlertLife({ ...brief, terms: each }, states));
  };
  begin();
  return rows.map((each, index) => {
    if (index === restartAt) begin();
    const { who } = turns.findLast(({ at }) => at * hopMs <= each.startMs)!;
    const before = states.get(each.source);
    const events = feed(lives[who]!, [each]);
    return { row: each, before, after: states.get(each.source)!, events };
  });
}

test('law: whoever speaks when, alerts of a source open and close in turn, and a restart anywhere changes nothing', () => {
  fc.assert(
    fc.property(arbRows, arbTurns, fc.nat(120), (rows, turns, restartAt) => {
      const events = speakInTurn(rows, turns, -1).flatMap((step) => step.events);

      expect(speakInTurn(rows, turns, restartAt).flatMap((step) => step.events)).toEqual(events);
      expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
      for (const source of ['api', 'db']) {
        const own = events.filter((each) => each.source === source);
        expect(own.map(({ type }) => type[0]).join('')).toMatch(/^(ou*r)*(ou*)?$/);
        own.forEach(({ type, alertId }, index) => {
          expect(type === 'opened' || alertId === own[index - 1]?.alertId).toBe(true);
        });
      }
    }),
  );
});

test('law: what alerts by the next artifact while an alert is on is of that alert: nobody hears that it is over, or of another', () => {
  let met = 0;
  fc.assert(
    fc.property(arbRows, arbTurns, (rows, turns) => {
      for (const { row: own, before, after, events } of speakInTurn(rows, turns, -1)) {
        const isFirst = before?.open?.terms !== undefined && after.terms?.name !== before.open.terms.name;
        const isNext = own.startMs === (before?.newestStartMs ?? Number.NaN) + hopMs;
        const mayBeKnown = (before?.known?.features.length ?? 0) > 0;
        if (!isFirst || !isNext || !own.alert || mayBeKnown) continue;
        met++;
        expect(events.filter(({ type }) => type === 'opened')).toEqual([]);
        expect(events.filter(({ reason }) => reason === 'quiet' || reason === 'superseded')).toEqual([]);
        expect([undefined, before.open.alertId]).toContain(after.open?.alertId);
      }
    }),
  );
  expect(met).toBeGreaterThan(20);
});
