// Examples at the end of a command's help: what somebody types who has just read it.

/** For `addHelpText('after', …)`. @param lines whole commands */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
