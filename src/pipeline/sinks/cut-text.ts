// Text cut to what a sink takes.

/** @param most characters (UTF-16 units), the mark of the cut among them; no pair is cut in two */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
