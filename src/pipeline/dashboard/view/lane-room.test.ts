import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { laneRoom } from './lane-room.js';

test('a wide screen shows fifty services at once, a desk the strangest, and few lanes grow tall', () => {
  const screen = { widthPx: 1400, heightPx: 900, typeScale: 1, isWall: false };
  const desk = laneRoom(screen);
  const wide = laneRoom({ ...screen, widthPx: 2560, heightPx: 1440 });

  expect([desk.lanes, wide.lanes >= 50]).toEqual([16, true]);
  expect([desk.heightPx(16), desk.heightPx(11), desk.heightPx(3)]).toEqual([18, 26, 44]);
});

test('no window is so small or so large that lanes vanish or fill it', () => {
  assert(
    property(
      integer({ min: 200, max: 8000 }),
      integer({ min: 200, max: 5000 }),
      integer({ min: 0, max: 500 }),
      (widthPx, heightPx, lanes) => {
        const screen = { widthPx, heightPx, isWall: false };
        const laneHeightPx = laneRoom({ ...screen, typeScale: 1 }).heightPx(lanes);
        const onWallPx = laneRoom({ ...screen, typeScale: 2, isWall: true }).heightPx(lanes);

        expect(laneHeightPx >= 18 && laneHeightPx <= 44).toBe(true);
        // a name that is twice as tall still has a lane to stand beside
        expect(onWallPx >= 36 && onWallPx <= 88).toBe(true);
      },
    ),
  );
});
