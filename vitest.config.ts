import { defineConfig } from 'vitest/config';

// unit: seconds, nothing outside the process. e2e: the built command line in child processes, two files at a time: most of
// them wait for servers most of the time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.e2e.test.ts'],
          setupFiles: ['src/property-seed.testkit.ts'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['src/**/*.e2e.test.ts'],
          // only what hangs is to run into these, however busy the machine
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          maxWorkers: 2,
          // after the unit tests: they would take the processors from it
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
