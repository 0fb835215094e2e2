// How many lanes of the swimlane are shown at first, and how tall: a phone, a desk and a wall have different room.

export interface LaneRoom {
  /** Lanes beyond are shown when somebody asks for them. */
  readonly lanes: number;
  /** Pixels of one, its gap included. */
  heightPx(lanes: number): number;
}

const LEAST_LANES = 16;
const LEAST_LANE_PX = 18;
/** Read from across the room. */
const MOST_LANE_PX = 44;
/** From here on incidents stand beside the lanes and not below them: see the style of the overview. */
const WIDE_PX = 1800;
const SHARE_OF_HEIGHT = 0.32;
const WIDE_SHARE_OF_HEIGHT = 0.7;

/** @param widthPx and `heightPx` of the window */
export function laneRoom(widthPx: number, heightPx: number): LaneRoom {
  const roomPx = heightPx * (widthPx >= WIDE_PX ? WIDE_SHARE_OF_HEIGHT : SHARE_OF_HEIGHT);
  return {
    lanes: Math.max(LEAST_LANES, Math.floor(roomPx / LEAST_LANE_PX)),
    heightPx: (lanes) =>
      Math.round(Math.min(MOST_LANE_PX, Math.max(LEAST_LANE_PX, roomPx / Math.max(1, lanes)))),
  };
}
