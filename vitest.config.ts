import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// The end-to-end tests that take longest, slowest first, by the end of their paths: begun last, one of them would run on alone.
const SLOWEST = [
  'notebook/jupyter',
  'retention/group-retention',
  'faults/broker-kills',
  'adapters/kafka-source',
  'produce/produce',
  'faults/process-kills',
  'faults/topic-growth',
  'notebook/notebooks',
  'dashboard/dashboard-pictures',
  'notebook/alert-notebook',
  'export/export',
  'lanes/promote',
  'faults/store-writes',
  'faults/stop-while-away',
  'src/start',
  'canary/canary-kafka',
  'retention/consume-retention',
].map((path) => `${path}.e2e.test.ts`);

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/** Unit tests stay before all, and files of one place as they were. */
function placeOf({ moduleId, project }: TestSpecification): number {
  if (project.name !== 'e2e') return -1;
  const place = SLOWEST.findIndex((path) => moduleId.endsWith(path));
  return place < 0 ? SLOWEST.length : place;
}

// unit: seconds, nothing outside the process. e2e: the built command line in child processes, three files at a time: most of
// them wait for servers most of the time.
export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
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
          // brokers that live for seconds are not worth the compiler that is for hours
          env: { JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1' },
          // only what hangs is to run into these, however busy the machine
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          maxWorkers: 3,
          // after the unit tests: they would take the processors from it
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
