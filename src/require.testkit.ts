// Tests that need something outside of Node: skipped with a line that says how to enable them where it is missing,
// and failed for that where LOGHORN_REQUIRE names it, so that a green verdict cannot come from tests that never ran.

/** What a test may need: names as LOGHORN_REQUIRE=kafka,postgres,browser,jupyter,alertmanager lists them. */
export type Need = (typeof NEEDS)[number];

const NEEDS = ['kafka', 'postgres', 'browser', 'jupyter', 'alertmanager'] as const;

/**
 * For `describe.runIf(requireOrSkip('browser', findChromium() !== undefined, 'apt install chromium'))`.
 *
 * @param howToEnable what to do about it, as words after "to enable them: "
 * @returns whether the tests can run; where not, a line on standard error has said so
 * @throws Error when it is missing and required, or LOGHORN_REQUIRE names something unknown
 */
export function requireOrSkip(
  need: Need,
  isThere: boolean,
  howToEnable: string,
  { required = process.env['LOGHORN_REQUIRE'] ?? '', say = sayOnStandardError } = {},
): boolean {
  const names = required.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !NEEDS.includes(name as Need));
  if (unknown !== undefined)
    throw new Error(`LOGHORN_REQUIRE must list some of ${NEEDS.join(', ')}, got "${unknown}"`);
  if (isThere) return true;
  if (names.includes(need))
    throw new Error(`LOGHORN_REQUIRE wants ${need}, which is missing; to enable its tests: ${howToEnable}`);
  say(`SKIPPED: the tests that need ${need}; to enable them: ${howToEnable}\n`);
  return false;
}

/** Past the test runner's capture of `console`, which is not shown for skipped tests. */
function sayOnStandardError(sentence: string): void {
  process.stderr.write(sentence);
}
