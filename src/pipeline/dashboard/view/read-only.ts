// Why a viewer may only look, in words: said in the head of the page, since buttons that are not there say nothing.
import type { Status } from '../api.js';

/** Undefined for whoever may write. */
export function readOnlyWords({
  who,
  isStoreWritable,
}: Pick<Status, 'who' | 'isStoreWritable'>): string | undefined {
  if (who.mayWrite) return undefined;
  return isStoreWritable
    ? 'Read only: your token may not acknowledge, judge or silence'
    : 'Read only: this store takes no acknowledgement, verdict or silence';
}
