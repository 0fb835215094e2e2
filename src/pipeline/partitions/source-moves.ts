// Following a topic that grew. A partition that meets a source it does not know stops before it and wishes for it from all
// other partitions; each of them, in whatever process, reads on to where its log ended when it saw the wish, commits, and
// gives what it remembers of the source. Two that wait for each other go in the order in which the broker took what they
// stand at: the one that stands at the later message has read all that came before the earlier one.
//
// Nobody waits for ever. Who is asked reads on, unless it waits, too; of all that wait, whoever stands at the message that
// the broker took first is answered by those that stand behind it. That they read with different artifacts ends by itself:
// in the turn that each who waits takes again and again no wish is open, so it can follow every promotion that the others
// followed; and no artifact goes anywhere before it is done everywhere, so what only one of two reads is of no more use.
import { createPartitionMoves, type PartitionMoves } from './partition-moves.js';
import type { SourceMovesOptions } from './source-moves-options.js';
import type { Growth } from './topic-growth.js';

export interface SourceMoves {
  /** A loop begins to read a partition. */
  enter(partition: number): PartitionMoves;
  /** It does no more. */
  leave(place: PartitionMoves): void;
  /** Looks what others wish for: to be called about twice a second, and with all news. */
  look(): Promise<void>;
}

export function createSourceMoves(options: SourceMovesOptions): SourceMoves {
  const { topic, onNotice } = options;
  const places = new Set<PartitionMoves>();
  let isGrowthTold = false;
  const tellGrowth = ({ before, now }: Growth): void => {
    if (isGrowthTold) return;
    isGrowthTold = true;
    onNotice(
      `topic ${topic} has ${now} partitions and had ${before} when its results began: a source that comes in another one than before is read there to the end first, and then goes on`,
    );
  };
  return {
    enter: (partition) => {
      const place = createPartitionMoves(partition, options, tellGrowth);
      places.add(place);
      return place;
    },
    leave: (place) => void places.delete(place),
    look: async () => {
      for (const place of places) await place.serve();
    },
  };
}
