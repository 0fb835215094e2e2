// The events of a running dashboard, as a program that is no browser reads them.

/** Whether it can be asked. */
export async function isServing(url: string): Promise<boolean> {
  return fetch(`${url}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @param ids gets the alert of each */
export async function followAlerts(url: string, ids: string[], signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/api/events`, { signal });
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body!) {
    text += decoder.decode(bytes, { stream: true });
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      const message = text.slice(0, end);
      if (message.startsWith('event: alert\n'))
        ids.push((JSON.parse(/^data: (.*)$/m.exec(message)![1]!) as { alertId: string }).alertId);
    }
  }
}
