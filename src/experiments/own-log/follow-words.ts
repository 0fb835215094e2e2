// The words of the `loghorn consume` that goes on with a log as it grows.

/** @param logPath the newest file of the log */
export function followWords(logPath: string, modelFolder: string): readonly string[] {
  return [
    'consume',
    '--from',
    `file:${logPath}`,
    '--follow',
    '--model',
    modelFolder,
    '--store',
    'sqlite:results.db',
  ];
}
