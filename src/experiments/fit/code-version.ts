// The version of this code, for an artifact's provenance.
import { readFileSync } from 'node:fs';

export function codeVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
