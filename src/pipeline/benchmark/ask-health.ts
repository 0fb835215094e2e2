// What consumers in other processes say on their health ports.

export async function areReady(ports: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(ports.map(async (port) => ask(port, 'readyz')));
  return answers.every((answer) => answer?.isOk === true);
}

/** @param name of a metric without labels @returns 0 where nobody answers yet */
export async function readMetric(ports: readonly number[], name: string): Promise<readonly number[]> {
  return Promise.all(
    ports.map(async (port) => {
      const lines = (await ask(port, 'metrics'))?.text.split('\n') ?? [];
      return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? 0);
    }),
  );
}

/** Undefined where nobody answers yet. */
async function ask(
  port: number,
  path: string,
): Promise<{ readonly isOk: boolean; readonly text: string } | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`);
    return { isOk: response.ok, text: await response.text() };
  } catch {
    return undefined;
  }
}
