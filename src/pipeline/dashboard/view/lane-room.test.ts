import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { laneRoom } from './lane-room.js';

test('a wall shows fifty services at once, a desk the strangest, and few lanes grow tall', () => {
  const [desk, wall] = [laneRoom(1400, 900), laneRoom(2560, 1440)];

  expect([desk.lanes, wall.lanes >= 50]).toEqual([16, true]);
  expect([desk.heightPx(16), desk.heightPx(11), desk.heightPx(3)]).toEqual([18, 26, 44]);
});

test('no window is so small or so large that lanes vanish or fill it', () => {
  assert(
    property(
      integer({ min: 200, max: 8000 }),
      integer({ min: 200, max: 5000 }),
      integer({ min: 0, max: 500 }),
      (widthPx, heightPx, lanes) => {
        const laneHeightPx = laneRoom(widthPx, heightPx).heightPx(lanes);

        expect(laneHeightPx >= 18 && laneHeightPx <= 44).toBe(true);
      },
    ),
  );
});
