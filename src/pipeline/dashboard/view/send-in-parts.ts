// A change of more than one request takes, as several: an incident may have more alerts than that.

/** Of a request each; the server refuses more. */
export const MOST_NOTES = 200;
export const MOST_SILENCES = 100;

/**
 * One after the other, each kept as a whole or not at all.
 *
 * @param send of at least one and at most `most`; @returns what it answered, in one list
 * @throws Error of the part that failed; where others are kept by then it says how many
 */
export async function sendInParts<Item, Answer>(
  items: readonly Item[],
  most: number,
  send: (part: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < items.length; at += most) {
    try {
      answers.push(...(await send(items.slice(at, at + most))));
    } catch (cause) {
      if (at === 0) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Only the first ${at} of ${items.length} are kept: ${why}`, { cause });
    }
  }
  return answers;
}
