// `loghorn templates`: which template each record has, after all of them were seen.
import { type Command, Option } from 'commander';
import { createMatcher, createMiner } from '../../core/template/miner.js';
import { type MinerName, NEW_TEMPLATE } from '../../core/template/template.js';
import { readRecords } from '../input/read-records.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { spoolStandardInput } from '../input/spool.js';
import { createTally, describeTally } from '../input/tally.js';
import { addInputOptions, type InputFlags, inputOptionsOf } from './input-options.js';
import { STOPPED_EXIT_CODE, stopOnInterrupt } from './interrupt.js';
import { createLineOutput } from './output.js';
import { createProgress } from './progress.js';

interface TemplatesFlags extends InputFlags {
  readonly miner: MinerName;
  readonly summary?: boolean;
}

export function registerTemplates(program: Command): void {
  const command = program
    .command('templates')
    .summary('mine templates')
    .description(
      'Mines templates from logs. NDJSON on standard output, one line a record: line, templateId, template, and file when there are several. With --summary one line a template instead, most frequent first.',
    )
    .argument('<input...>', 'files, globs, folders or - for standard input')
    .addOption(
      new Option('--miner <name>', 'how templates are found').choices(['shape', 'drain']).default('shape'),
    )
    .option('--summary', 'one line a template: templateId, template, count');
  addInputOptions(command).action(async (named: string[], flags: TemplatesFlags) => {
    const signal = stopOnInterrupt();
    const files = await spoolStandardInput(resolveInputs(named));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const progress = createProgress();
    const reading = (stage: string) => ({
      ...inputOptionsOf(flags),
      signal,
      onProgress: (done: number) => progress.show(stage, done, bytes),
    });
    const onWarning = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

    const miner = createMiner(flags.miner);
    const tally = createTally();
    await readRecords(files, { ...reading('mining'), onWarning }, (read, file) => {
      tally.onRead(read, file.path);
      if (read.ok) miner.learn(read.record.body, read.record.source);
    });
    const dictionary = miner.freeze();
    const output = createLineOutput();
    if (flags.summary) {
      const ranked = [...dictionary.templates].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
      for (const { id, text, count } of ranked)
        output.write(JSON.stringify({ templateId: id, template: text, count }));
    } else {
      const matcher = createMatcher(dictionary);
      // file by file: which line comes from which file is the point here, not their order in time
      for (const file of files) {
        await readRecords([file], reading('matching'), (read) => {
          if (!read.ok) return;
          const index = matcher.match(read.record.body);
          const { id, text } =
            index === NEW_TEMPLATE ? matcher.describeNew(read.record.body) : matcher.templates[index]!;
          output.write(
            JSON.stringify({
              line: read.line,
              templateId: id,
              template: text,
              ...(files.length > 1 ? { file: file.path } : {}),
            }),
          );
        });
      }
    }
    progress.stop();
    output.close();
    process.stderr.write(`${describeTally(tally.tally())}; ${dictionary.templates.length} templates\n`);
    if (dictionary.overflowCount > 0)
      process.stderr.write(
        `${dictionary.overflowCount} records are in the overflow template: their source has too many shapes\n`,
      );
    if (signal.aborted) process.exitCode = STOPPED_EXIT_CODE;
  });
}
