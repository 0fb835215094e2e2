import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTemplate, PLACEHOLDERS, type Placeholder } from './text-template.js';

const values = Object.fromEntries(PLACEHOLDERS.map((name) => [name, `<${name}>`])) as Record<
  Placeholder,
  string
>;

test('names in braces become their values, doubled braces become single ones', () => {
  expect(compileTemplate('{{{source}}} is {severity}')(values)).toBe('{<source>} is <severity>');
});

test('a line whose placeholders are all empty is left out, one without any stays', () => {
  const template = compileTemplate('{headline}\n{link}\nsee {link} {source}\n\nend');

  expect(template({ ...values, link: '' })).toBe('<headline>\nsee  <source>\n\nend');
});

test('law: a value is text, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const hostile = `${text}{source}{{$&$1}}`;
      expect(compileTemplate('a {headline} b')({ ...values, headline: hostile })).toBe(`a ${hostile} b`);
    }),
  );
});
