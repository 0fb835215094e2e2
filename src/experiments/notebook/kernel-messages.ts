// What a kernel process and the one that started it tell each other, one JSON message at a time.

export type ToKernel =
  | { readonly kind: 'run'; readonly code: string }
  /** Wait for what is still to come, then end. */
  | { readonly kind: 'finish' };

export type FromKernel =
  /** With the `language_info` that Jupyter puts into a notebook's metadata. */
  | { readonly kind: 'ready'; readonly languageInfo: Readonly<Record<string, unknown>> }
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'display';
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly displayId?: string;
      /** Whether it takes the place of what was shown under the same id. */
      readonly isUpdate: boolean;
    }
  /** An error that nobody awaited or caught: a promise's, or one thrown after the cell. */
  | { readonly kind: 'floating'; readonly text: string }
  | { readonly kind: 'done'; readonly isGood: boolean }
  | { readonly kind: 'finished' };
