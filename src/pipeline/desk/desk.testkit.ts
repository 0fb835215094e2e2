// The contract of a desk, as tests that both databases must pass.
import { expect, test } from 'vitest';
import type { Desk, NewNote, NewSilence, Silence } from './desk.js';

/** What logs hold and databases do not take, or take for something else. */
export const HOSTILE_TEXT = `'; DROP TABLE desk; -- \u0000 \ud83d \\u0000 $1 ?1 😀 loghorn.desk <script>`;

const comment = (text: string): NewNote => ({
  alertId: 'a1',
  action: { type: 'commented', text },
  who: 'kim',
  atMs: 1000.5,
});

const silence = (changes: Partial<Silence> = {}): NewSilence => ({
  match: { source: 'api' },
  fromMs: 1000,
  untilMs: 2000.5,
  cause: 'maintenance',
  reason: 'disk swap',
  who: 'kim',
  atMs: 900,
  ...changes,
});

/** @param open a desk of an empty store */
export function testDesk(name: string, open: () => Promise<Desk>): void {
  test(`${name}: notes come back in their order, of all alerts, of one, or after a number`, async () => {
    const desk = await open();
    const first = await desk.note(comment('one'));
    const other = await desk.note({ ...comment('two'), alertId: 'a2' });
    const judged = await desk.note({
      ...comment(''),
      action: { type: 'judged', verdict: 'false', text: 'a test' },
    });

    expect([first, other, judged].map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await desk.notes({})).toEqual([first, other, judged]);
    expect(await desk.notes({ alertId: 'a1' })).toEqual([first, judged]);
    expect(await desk.notes({ alertId: 'a1', after: first.sequence })).toEqual([judged]);
    expect(await desk.notes({ after: judged.sequence })).toEqual([]);
    await desk.close();
  });

  test(`${name}: a silence holds from its beginning until its end`, async () => {
    const desk = await open();
    const now = await desk.addSilence(silence());
    const later = await desk.addSilence(silence({ fromMs: 5000, untilMs: 9000, match: { kind: 'errors' } }));

    expect(await desk.silences({})).toEqual([now, later]);
    for (const [activeAtMs, active] of [
      [999.9, []],
      [1000, [now]],
      [2000.4, [now]],
      [2000.5, []],
      [5000, [later]],
    ] as const)
      expect(await desk.silences({ activeAtMs })).toEqual(active);
    await desk.close();
  });

  test(`${name}: a silence is lifted once, and only while it holds or is to come`, async () => {
    const desk = await open();
    const { id } = await desk.addSilence(silence());
    const over = await desk.addSilence(silence({ untilMs: 1200 }));

    const both = await Promise.all([desk.liftSilence(id, 'ann', 1500), desk.liftSilence(id, 'bob', 1501)]);

    const [lifted] = await desk.silences({});
    expect(lifted!.lifted).toEqual({ who: 'ann', atMs: 1500 });
    expect(lifted!.sequence).toBeGreaterThan(over.sequence);
    expect(both).toEqual([lifted, lifted]);
    expect(await desk.liftSilence(id, 'cat', 1600)).toEqual(lifted);
    expect(await desk.liftSilence(over.id, 'ann', 1200)).toEqual(over);
    expect(await desk.liftSilence(99, 'ann', 1500)).toBeUndefined();
    expect(await desk.liftSilence(Number.NaN, 'ann', 1500)).toBeUndefined();
    expect(await desk.silences({ activeAtMs: 1100 })).toEqual([over]);
    await desk.close();
  });

  test(`${name}: whatever text people give comes back as it was`, async () => {
    const desk = await open();
    const note = await desk.note({
      ...comment(HOSTILE_TEXT),
      alertId: HOSTILE_TEXT.repeat(100),
      who: HOSTILE_TEXT,
    });
    const muted = await desk.addSilence(
      silence({ match: { source: HOSTILE_TEXT, templateId: HOSTILE_TEXT }, reason: HOSTILE_TEXT }),
    );

    expect(await desk.notes({ alertId: note.alertId })).toEqual([note]);
    expect(note.action).toEqual({ type: 'commented', text: HOSTILE_TEXT });
    expect(await desk.silences({})).toEqual([muted]);
    await desk.close();
  });

  test(`${name}: what is given at once is in a row, with nobody's between, however many write at a time`, async () => {
    const desk = await open();
    const notesOf = (who: string): NewNote[] =>
      Array.from({ length: 5 }, (_, n) => ({ ...comment(`${n}`), who }));
    const silences = [silence(), silence({ match: { kind: 'errors' } }), silence({ untilMs: 1200 })];

    const [ofKim, ofAnn, added] = await Promise.all([
      desk.noteAll(notesOf('kim')),
      desk.noteAll(notesOf('ann')),
      desk.addSilences(silences),
      ...Array.from({ length: 5 }, () => desk.note(comment('alone'))),
    ]);

    for (const numbered of [ofKim, ofAnn, added]) {
      const first = numbered[0]!.sequence;
      expect(numbered.map(({ sequence }) => sequence)).toEqual(numbered.map((_, at) => first + at));
    }
    expect(ofKim).toMatchObject(notesOf('kim'));
    expect(added).toMatchObject(silences);
    expect((await desk.notes({})).filter(({ who }) => who === 'ann')).toEqual(ofAnn);
    expect(await desk.silences({})).toEqual(added);
    const ids = [...added.map(({ id }) => id), 99];
    const lifted = await desk.liftSilences(ids, 'ann', 1500);
    expect(lifted.map(({ lifted: by }) => by?.who)).toEqual(['ann', 'ann', undefined]);
    expect(await desk.silences({})).toEqual(lifted);
    expect([
      await desk.noteAll([]),
      await desk.addSilences([]),
      await desk.liftSilences([], 'ann', 1),
    ]).toEqual([[], [], []]);
    await desk.close();
  });

  test(`${name}: of what is given at once all is kept, or nothing`, async () => {
    const desk = await open();
    const unwritable = {
      toJSON: () => {
        throw new Error('no text');
      },
    };
    const wrong: unknown = { ...comment('three'), action: unwritable };

    await expect(desk.noteAll([comment('one'), comment('two'), wrong as NewNote])).rejects.toThrow('no text');

    expect(await desk.notes({})).toEqual([]);
    await desk.close();
  });

  test(`${name}: numbers are given out once, however many write at a time`, async () => {
    const desk = await open();

    const notes = await Promise.all(Array.from({ length: 20 }, (_, n) => desk.note(comment(`${n}`))));

    expect(notes.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    await desk.close();
  });
}
