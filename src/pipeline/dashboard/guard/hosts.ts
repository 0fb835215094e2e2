// By which names the server may be called: a page of somebody else whose name was made to lead here (DNS rebinding) calls it
// by the wrong one.
import { isIP } from 'node:net';

export interface Names {
  /** Whether a request with this Host header is meant for us. */
  isOurs(hostHeader: string | undefined): boolean;
  /** Whether a change may come from a page of this origin, as the Origin header has it. */
  isOurOrigin(origin: string, hostHeader: string | undefined): boolean;
  /** For people. */
  readonly listed: string;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * @param bound the address that the server listens on
 * @param publicUrl as people open it, where a proxy stands before the server
 * @param allowed further names, without port
 */
export function createNames(bound: string, publicUrl: URL | undefined, allowed: readonly string[]): Names {
  const names = new Set([
    ...LOOPBACK_NAMES,
    bound.includes(':') ? `[${bound}]` : bound.toLowerCase(),
    ...(publicUrl ? [publicUrl.hostname] : []),
    ...allowed.map((each) => each.toLowerCase()),
  ]);
  // to listen on every address is no name
  names.delete('0.0.0.0');
  names.delete('[::]');
  const isOurs = (hostHeader: string | undefined): boolean => {
    const match = /^(\[[0-9a-f:.]+\]|[^:@/\s]+)(:\d{1,5})?$/i.exec(hostHeader ?? '');
    return match !== null && names.has(match[1]!.toLowerCase());
  };
  return {
    isOurs,
    isOurOrigin: (origin, hostHeader) => {
      if (publicUrl !== undefined && origin === publicUrl.origin) return true;
      // without https before it the page's origin is the very host that it calls
      return isOurs(hostHeader) && origin.toLowerCase() === `http://${hostHeader!.toLowerCase()}`;
    },
    listed: [...names].join(', '),
  };
}
