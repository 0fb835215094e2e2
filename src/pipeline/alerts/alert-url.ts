// Where an alert is to be looked at: its address on a dashboard, the same on the terminal and in notifications.

/** @param base of the dashboard, with or without a slash at its end */
export function alertUrl(base: string, alertId: string): string {
  return urlUnder(base, `?view=alert&id=${encodeURIComponent(alertId)}`);
}

export function urlUnder(base: string, path: string): string {
  return new URL(path, base.endsWith('/') ? base : `${base}/`).href;
}
