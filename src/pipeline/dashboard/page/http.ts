// Questions to the server and orders to it: JSON in and out, a sentence for whatever goes wrong.
import type { Failure } from '../api.js';

export type Parameters = Readonly<Record<string, string | number | null | undefined>>;

export interface Api {
  /**
   * @param path such as `/incidents`, below /api
   * @param parameters those that are null, undefined or empty are left out
   * @throws ApiError with a sentence for the viewer; AbortError when the signal says so
   */
  get<T>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<T>;
  /** @throws ApiError */
  post<T>(path: string, body: unknown): Promise<T>;
}

/** What the server said, or that it said nothing. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** @param csrfToken of the newest status: it goes along with every change */
export function createApi(csrfToken: () => string): Api {
  return {
    get: async <T>(path: string, parameters: Parameters = {}, signal?: AbortSignal) =>
      await ask<T>(`/api${path}${queryOf(parameters)}`, signal === undefined ? {} : { signal }),
    post: async <T>(path: string, body: unknown) =>
      await ask<T>(`/api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-loghorn-csrf': csrfToken() },
        body: JSON.stringify(body),
      }),
  };
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** `?from=1&to=2`; empty where nothing is given. */
export function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

async function ask<T>(address: string, request: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, { ...request, credentials: 'same-origin', cache: 'no-store' });
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new ApiError('The dashboard does not answer: is `loghorn dashboard` still running?', 0, { cause });
  }
  // the session is over: the page's own address leads to the login and back. What somebody typed is not thrown away for it
  if (response.status === 401 && request.method === undefined) location.reload();
  if (!response.ok) throw new ApiError(await sentenceOf(response), response.status);
  return (await response.json()) as T;
}

async function sentenceOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as Failure;
    if (typeof error === 'string' && error !== '') return error;
  } catch {
    // a proxy's page, not the server's answer
  }
  return `The server answered ${response.status} ${response.statusText}`.trimEnd();
}
