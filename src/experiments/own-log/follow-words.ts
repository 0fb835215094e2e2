// The words of the `loghorn consume` that goes on with a log as it grows.

/** @param logPath the newest file of the log; one that ends in .gz is never appended to, so it is read to its end */
export function followWords(logPath: string, modelFolder: string): readonly string[] {
  return [
    'consume',
    '--from',
    `file:${logPath}`,
    logPath.endsWith('.gz') ? '--until-end' : '--follow',
    '--model',
    modelFolder,
    '--store',
    'sqlite:results.db',
  ];
}
