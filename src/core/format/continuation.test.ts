import { expect, test } from 'vitest';
import { continueTrace, type Trace } from './continuation.js';

/** How many of the lines go on with the record before them, one after the other. */
function joined(block: string): number {
  let trace: Trace = '';
  let count = 0;
  for (const line of block.split('\n')) {
    const next: Trace | undefined = line === '' ? trace : continueTrace(line, trace);
    if (next === undefined) break;
    trace = next;
    count++;
  }
  return count;
}

test.each([
  [
    'Java',
    `java.lang.IllegalStateException: no session
\tat com.example.App.run(App.java:5)
\tat com.example.App.main(App.java:2)
Caused by: java.io.IOException: reset
\t... 12 more
Suppressed: x`,
  ],
  [
    'Python, with a second exception while the first was handled',
    `Traceback (most recent call last):
  File "a.py", line 1, in <module>
    main()
KeyError: 'a'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 3, in <module>
my.module.Broken`,
  ],
  [
    'Node',
    `TypeError [ERR_X]: x is not a function
    at Object.<anonymous> (/app/a.js:1:7)
    at node:internal/main/run_main_module:23:47`,
  ],
  [
    'Go',
    `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4]

goroutine 1 [running]:
main.(*Server).handle(0xc000010000, {0x1, 0x2})
\t/app/main.go:12 +0x1d
created by main.main
\t/app/main.go:5 +0x2f
exit status 2`,
  ],
  [
    '.NET',
    `System.InvalidOperationException: no
   at App.Program.Main(String[] args) in /app/Program.cs:line 5
 ---> System.IO.IOException: reset
   --- End of inner exception stack trace ---
--- End of stack trace from previous location ---`,
  ],
])('a %s stack trace is one block', (_name, block) => {
  expect(joined(block)).toBe(block.split('\n').length);
});

test.each([
  'GET /index.html 200',
  '{"level":"info"}',
  'user=42 msg=x',
  'Error rate is 3 %',
  'main.go(12) ready',
  'No Exceptions today',
  'a'.repeat(1_000_000),
  `${'A.'.repeat(500_000)}Error`,
])('%.30s begins something new', (line) => {
  expect(continueTrace(line, '')).toBeUndefined();
});
