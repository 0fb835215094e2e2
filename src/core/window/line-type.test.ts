import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineTypeKeys } from './line-type.js';

test('a key reads as what it was made of, and no two line types share one', () => {
  const arbType = fc.record({
    service: fc.constantFrom('api', 'db', '__proto__', 'constructor', ''),
    severityClass: fc.nat(6),
    templateIndex: fc.nat(40),
  });
  fc.assert(
    fc.property(fc.uniqueArray(arbType, { selector: (type) => JSON.stringify(type) }), (types) => {
      const keys = createLineTypeKeys(41, ['db']);

      const numbers = types.map(({ service, severityClass, templateIndex }) =>
        keys.key(keys.serviceIndex(service), severityClass, templateIndex),
      );

      expect(numbers.map((number) => keys.read(number))).toEqual(types);
      expect(new Set(numbers).size).toBe(types.length);
    }),
  );
});

test('with a name for all others a million services need no more room than one', () => {
  const keys = createLineTypeKeys(3, ['api', 'db'], '(other)');

  const indexes = new Set(Array.from({ length: 1000 }, (_, n) => keys.serviceIndex(`pod-${n}`)));

  expect([...indexes]).toEqual([2]);
  expect(keys.services).toEqual(['api', 'db', '(other)']);
  expect(keys.read(keys.key(keys.serviceIndex('pod-7'), 5, 1)).service).toBe('(other)');
});
