// How many of what, in words: one of them is no several.

/** `0 alerts`, `1 alert`, `12,000 alerts` @param plural where an s does not make it */
export function countedWords(count: number, one: string, plural = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : plural}`;
}
