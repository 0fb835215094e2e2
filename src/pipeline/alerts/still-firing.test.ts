import { expect, test } from 'vitest';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { ModelSwitch } from '../lanes/promotion.js';
import type { ResultStore, StoredAlert } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { stillFiringWords } from './still-firing.js';

const sinceMs = Date.UTC(2026, 2, 2, 18);
const [v1, v2] = ['1', '2'].map((version) => ({ name: 'shop', version })) as [ArtifactKey, ArtifactKey];
const alertOf = (source: string, minute: number, isOpen = true): StoredAlert =>
  ({
    alertId: source,
    source,
    sinceMs: sinceMs + minute * 60_000,
    peakScore: 0.912,
    isOpen,
  }) as StoredAlert;
const storeOf = (
  alerts: Readonly<Record<string, readonly StoredAlert[]>>,
  switches: readonly ModelSwitch[] = [],
): Pick<ResultStore, 'alerts' | 'modelSwitches'> => ({
  alerts: async ({ artifact: { version } }) => alerts[version] ?? [],
  modelSwitches: async () => switches,
});
const nothingSaid = async () => ({});

test('what fires is named with since when, whichever artifact of the stream it came from', async () => {
  const store = storeOf(
    { 1: [alertOf('cart', 5), alertOf('over', 1, false), alertOf(CANARY_SOURCE, 1)], 2: [alertOf('pay', 2)] },
    [{ requestId: 1, streamId: 'list', from: v1, to: v2, refused: null } as ModelSwitch],
  );

  expect(await stillFiringWords(store, v1, nothingSaid, 'list')).toBe(
    '2 alerts are still firing: pay since 2026-03-02 18:02:00Z (peak score 0.91), cart since 2026-03-02 18:05:00Z (peak score 0.91)',
  );
  expect(await stillFiringWords(store, v1, nothingSaid)).toMatch(/^2 alerts/);
});

test('who silenced it or has it in hand is said, and of many the first five', async () => {
  const store = storeOf({ 1: Array.from({ length: 7 }, (_, n) => alertOf(`s${n}`, n)) });
  const said = async ({ source }: { readonly source: string }) => ({
    acknowledgedBy: source === 's1' ? 'anna' : undefined,
  });

  const words = await stillFiringWords(store, v1, said, 'list');

  expect(words).toContain('s1 since 2026-03-02 18:01:00Z (peak score 0.91, anna has it in hand)');
  expect(words).toMatch(/s4 since [^,]+, and 2 more$/);
});

test('where nothing fires there is nothing to say', async () => {
  expect(await stillFiringWords(storeOf({ 1: [alertOf('a', 0, false)] }), v1, nothingSaid)).toBeUndefined();
});
