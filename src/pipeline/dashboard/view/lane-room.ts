// How many lanes of the swimlane are shown at first, and how tall: a phone, a desk and a wall have different room.

export interface LaneRoom {
  /** Lanes beyond are shown when somebody asks for them. */
  readonly lanes: number;
  /** Pixels of one, its gap included. */
  heightPx(lanes: number): number;
}

export interface Screen {
  /** Of the window. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of its type against a desk's: lanes grow with the names beside them. */
  readonly typeScale: number;
  readonly isWall: boolean;
}

const LEAST_LANES = 16;
const LEAST_LANE_PX = 18;
const MOST_LANE_PX = 44;
/** From here on incidents stand beside the lanes and not below them: see the styles of the overview. */
const WIDE_PX = 2200;
const WIDE_WALL_PX = 1400;
const SHARE_OF_HEIGHT = 0.32;
const WIDE_SHARE_OF_HEIGHT = 0.7;
/** Its head and axis are larger, too. */
const WALL_SHARE_OF_HEIGHT = 0.62;

export function laneRoom({ widthPx, heightPx, typeScale, isWall }: Screen): LaneRoom {
  const isWide = widthPx >= (isWall ? WIDE_WALL_PX : WIDE_PX);
  const wideShare = isWall ? WALL_SHARE_OF_HEIGHT : WIDE_SHARE_OF_HEIGHT;
  const roomPx = heightPx * (isWide ? wideShare : SHARE_OF_HEIGHT);
  const leastPx = LEAST_LANE_PX * typeScale;
  return {
    lanes: Math.max(LEAST_LANES, Math.floor(roomPx / leastPx)),
    heightPx: (lanes) =>
      Math.round(Math.min(MOST_LANE_PX * typeScale, Math.max(leastPx, roomPx / Math.max(1, lanes)))),
  };
}
