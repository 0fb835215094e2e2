// `--from` as people write it.

export type SourceAddress =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'synthetic' };

/** @throws RangeError saying what a source looks like */
export function parseSourceAddress(text: string): SourceAddress {
  if (text === 'stdin' || text === '-') return { kind: 'stdin' };
  if (text === 'synthetic') return { kind: 'synthetic' };
  const path = text.startsWith('file:') ? text.slice('file:'.length) : '';
  if (path === '') throw new RangeError(`'${text}' is no source: write file:PATH, stdin or synthetic`);
  return { kind: 'file', path };
}
