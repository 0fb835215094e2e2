import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArtifactError, decodeArtifact, encodeArtifact } from './artifact.js';
import { type Files, filesOf, smallArtifact } from './artifact.testkit.js';
import { loadArtifact } from './load-artifact.js';

const artifact = smallArtifact();
const files = filesOf(artifact);
const names = [...files.keys()];

/** The sentence with which changed files are refused; undefined when they are not. */
function refusal(change: (files: Files) => void): string | undefined {
  const changed = new Map(files);
  change(changed);
  try {
    decodeArtifact((file) => changed.get(file));
    return undefined;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return error.message;
  }
}
const rewrite = (files: Files, file: string, edit: (text: string) => string): void => {
  files.set(file, new TextEncoder().encode(edit(new TextDecoder().decode(files.get(file)))));
};

test('what was encoded is what is loaded, under the version it was given', () => {
  const loaded = loadArtifact((file) => files.get(file));

  expect(loaded).toEqual({ ...artifact, version: encodeArtifact(artifact).version });
});

test('the same artifact has the same bytes, another has another version', () => {
  const again = encodeArtifact(smallArtifact());
  const other = encodeArtifact({ ...artifact, threshold: { ...artifact.threshold, value: 0.41 } });

  expect([...again.files]).toEqual([...encodeArtifact(artifact).files]);
  expect(other.version).not.toBe(again.version);
});

test('flipping any bit of any byte of any file is refused by the name of the file', () => {
  const arbFlip = fc.record({
    file: fc.constantFrom(...names),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    bit: fc.nat(7),
  });
  fc.assert(
    fc.property(arbFlip, ({ file, at, bit }) => {
      const sentence = refusal((changed) => {
        const bytes = changed.get(file)!.slice();
        bytes[Math.floor(at * bytes.length)]! ^= 1 << bit;
        changed.set(file, bytes);
      });

      expect(sentence).toContain(file);
    }),
    { numRuns: 400 },
  );
});

test('each byte of the manifest is under its protection', () => {
  const bytes = files.get('manifest.json')!;
  for (let at = 0; at < bytes.length; at++) {
    const sentence = refusal((changed) => {
      const flipped = bytes.slice();
      flipped[at]! ^= 1;
      changed.set('manifest.json', flipped);
    });

    expect(sentence).toContain('manifest.json');
  }
});

test.each(names)('%s is refused when it is longer, shorter, empty or missing', (file) => {
  const bytes = files.get(file)!;

  expect(refusal((changed) => changed.set(file, Uint8Array.of(...bytes, 32)))).toContain(file);
  expect(refusal((changed) => changed.set(file, bytes.slice(0, -1)))).toContain(file);
  expect(refusal((changed) => changed.set(file, new Uint8Array()))).toContain(file);
  expect(refusal((changed) => changed.delete(file))).toMatch(
    new RegExp(`^${file} is missing: an artifact's folder holds manifest.json, `),
  );
});

test('files that changed places are refused', () => {
  const sentence = refusal((changed) => {
    changed.set('model.json', files.get('threshold.json')!);
    changed.set('threshold.json', files.get('model.json')!);
  });

  expect(sentence).toContain('model.json was changed');
});

test('another schema version is refused with what this build reads', () => {
  const sentence = refusal((changed) =>
    rewrite(changed, 'manifest.json', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 3')),
  );

  expect(sentence).toBe('manifest.json has schema version 3, this build reads 1 and 2: refit it');
});

test.each([
  ['nothing', ''],
  ['null', 'null'],
  ['another JSON', '[1, 2]'],
  ['text', 'hello'],
])('%s is no manifest', (_what, text) => {
  expect(refusal((changed) => rewrite(changed, 'manifest.json', () => text))).toContain('manifest.json');
});

test('a changed file under a manifest that was made to fit it is refused by its content hash', () => {
  const sentence = refusal((changed) => {
    const forged = encodeArtifact({ ...artifact, threshold: { ...artifact.threshold, value: 0.1 } }).files;
    changed.set('threshold.json', new TextEncoder().encode(forged.get('threshold.json')));
    const hash = /"threshold.json": "\w+"/;
    rewrite(changed, 'manifest.json', (text) =>
      text.replace(hash, hash.exec(forged.get('manifest.json')!)![0]),
    );
  });

  expect(sentence).toMatch(/^manifest.json was changed: it wants content hash/);
});

test('bytes that decode to the same text are refused all the same', () => {
  const [first = '', ...others] = artifact.probe.lines;
  const odd = filesOf({ ...artifact, probe: { ...artifact.probe, lines: [`${first} \ufffd`, ...others] } });
  const probe = odd.get('probe.json')!;
  const at = probe.findIndex(
    (byte, index) => byte === 0xef && probe[index + 1] === 0xbf && probe[index + 2] === 0xbd,
  );

  // a byte that is no UTF-8 is read as U+FFFD, and a byte order mark as nothing
  const replaced = Uint8Array.of(...probe.slice(0, at), 0xff, ...probe.slice(at + 3));
  const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...probe);

  expect(() => decodeArtifact((file) => (file === 'probe.json' ? replaced : odd.get(file)))).toThrow(
    'probe.json was changed: it is not valid UTF-8 any more',
  );
  expect(() => decodeArtifact((file) => (file === 'probe.json' ? marked : odd.get(file)))).toThrow(
    'probe.json was changed',
  );
});
