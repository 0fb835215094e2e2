// All windows of a question, however many: a page at a time, so that memory holds no more than one.
import type { ResultStore, StoredWindow, WindowQuery } from '../ports.js';

const PAGE_WINDOWS = 2000;

/** By start and source. What is written meanwhile is met where it lies behind the page before. */
export async function* windowsInPages(
  store: Pick<ResultStore, 'windows'>,
  query: Omit<WindowQuery, 'order' | 'after' | 'limit'>,
): AsyncGenerator<StoredWindow> {
  for (let after: StoredWindow | undefined; ;) {
    const page = await store.windows({
      ...query,
      order: 'time',
      limit: PAGE_WINDOWS,
      ...(after === undefined ? {} : { after }),
    });
    yield* page;
    after = page.at(-1);
    if (page.length < PAGE_WINDOWS) return;
  }
}
