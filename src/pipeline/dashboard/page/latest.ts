// Of several questions of one kind only the newest is answered: an answer that comes late must not take the place of what the
// viewer asked for since.
import type { Api, Parameters } from './http.js';

export interface Latest {
  /** Gives up the question before. @throws ApiError; AbortError when a newer one, or `abort`, took its place */
  ask<T>(path: string, parameters: Parameters): Promise<T>;
  abort(): void;
}

export function createLatest(api: Api): Latest {
  let asking: AbortController | undefined;
  return {
    ask: async <T>(path: string, parameters: Parameters) => {
      asking?.abort();
      asking = new AbortController();
      return await api.get<T>(path, parameters, asking.signal);
    },
    abort: () => asking?.abort(),
  };
}
