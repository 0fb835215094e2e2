// Exceptions nobody has seen: names put together from two lists, with frames in the style of the service's language.

import type { Random } from '../../core/random.js';
import type { Runtime } from './system-spec.js';

const WHAT = [
  'Voucher',
  'Ledger',
  'Quota',
  'Locale',
  'Schema',
  'Tenant',
  'Pricing',
  'Lease',
  'Cursor',
  'Manifest',
  'Checksum',
  'Rounding',
];
const WENT_WRONG = [
  'Overflow',
  'Mismatch',
  'NotNegotiated',
  'AlreadyClosed',
  'Underrun',
  'Poisoned',
  'OutOfOrder',
  'Ambiguous',
  'Detached',
  'Unresolvable',
];
const VERBS = ['resolve', 'apply', 'advance', 'merge', 'decode', 'commit', 'refresh', 'normalise', 'expand'];

/** How many different exceptions there are. */
export const EXCEPTION_COUNT = WHAT.length * WENT_WRONG.length;

/**
 * One exception's message, the same type and frames for the same number; only ids in it are drawn.
 *
 * @param n whole number from 0; numbers below `EXCEPTION_COUNT` give different types
 */
export function writeException(n: number, runtime: Runtime, codeRoot: string, random: Random): string {
  const what = WHAT[n % WHAT.length]!;
  const wrong = WENT_WRONG[Math.floor(n / WHAT.length) % WENT_WRONG.length]!;
  const verb = VERBS[n % VERBS.length]!;
  const outer = VERBS[(n + 4) % VERBS.length]!;
  const id = random.below(90_000) + 10_000;
  // frames belong to the code, so their line numbers stay
  const line = 20 + ((n * 37) % 300);
  const lower = what.toLowerCase();
  switch (runtime) {
    case 'java':
      return (
        `${codeRoot}.${lower}.${what}${wrong}Exception: ${lower} ${id} cannot ${verb}\n` +
        `\tat ${codeRoot}.${lower}.${what}Resolver.${verb}(${what}Resolver.java:${line})\n` +
        `\tat ${codeRoot}.${lower}.${what}Service.${outer}(${what}Service.java:${line + 41})\n` +
        '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)\n' +
        '\tat java.base/java.lang.Thread.run(Thread.java:1583)\n' +
        `Caused by: java.lang.IllegalStateException: ${wrong} in state ${id % 7}\n\t... 3 more`
      );
    case 'python':
      return (
        'Traceback (most recent call last):\n' +
        `  File "/app/${codeRoot}/${lower}.py", line ${line}, in ${outer}\n    return self.${verb}(${lower}_id)\n` +
        `  File "/app/${codeRoot}/${lower}.py", line ${line + 22}, in ${verb}\n    raise ${what}${wrong}Error(${lower}_id)\n` +
        `${codeRoot}.${lower}.${what}${wrong}Error: ${id}`
      );
    case 'go':
      return (
        `panic recovered: ${lower}: ${wrong} for id ${id}\n\ngoroutine ${id % 900} [running]:\n` +
        `${codeRoot}.(*${what}).${verb}(...)\n\t/src/${codeRoot}/${lower}.go:${line}\n` +
        `${codeRoot}.${outer}${what}(...)\n\t/src/${codeRoot}/server.go:${line + 63}`
      );
    default:
      return (
        `${what}${wrong}Error: ${lower} ${id} cannot ${verb}\n` +
        `    at ${what}.${verb} (/app/${codeRoot}/${lower}.js:${line}:13)\n` +
        `    at async ${outer}${what} (/app/${codeRoot}/${lower}.js:${line + 30}:9)\n` +
        '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)'
      );
  }
}
