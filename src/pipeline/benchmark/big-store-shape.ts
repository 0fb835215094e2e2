// What the parts of a big store agree on.

export const WINDOW_MS = 30_000;
export const THRESHOLD = 0.9;

export function serviceName(index: number): string {
  return `service-${String(index).padStart(2, '0')}`;
}
