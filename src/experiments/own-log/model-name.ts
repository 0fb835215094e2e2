// What the model of somebody's log is called: after the log, in characters that every folder and command takes.

/** @param source as the file suggests it, such as `nova-api`; `log` where nothing of it can be used */
export function modelNameOf(source: string): string {
  const name = source.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(0, 60) || 'log';
}
