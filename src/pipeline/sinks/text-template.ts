// The words of a notification as people may set them: text with names in braces, and nothing that computes. A name that does
// not exist is refused when the template is read, not when the alert comes.

export const PLACEHOLDERS = [
  'source',
  'severity',
  'kind',
  'status',
  'headline',
  'reasons',
  'since',
  'until',
  'duration',
  'reason',
  'score',
  'threshold',
  'peak',
  'link',
  'artifact',
  'alert',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];
export type TextTemplate = (values: Readonly<Record<Placeholder, string>>) => string;

/**
 * `{{` and `}}` stand for single braces. A line that has placeholders, all of them empty, is left out.
 *
 * @throws RangeError naming the first placeholder that does not exist, or the brace that has no partner
 */
export function compileTemplate(text: string): TextTemplate {
  const lines = text.split('\n').map(compileLine);
  return (values) => lines.flatMap((line) => line(values) ?? []).join('\n');
}

type Part = { readonly text: string } | { readonly name: Placeholder };

/** @returns what renders the line; undefined of one that has nothing to say */
function compileLine(line: string): (values: Readonly<Record<Placeholder, string>>) => string | undefined {
  const parts: Part[] = [];
  let end = 0;
  for (const match of line.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
    parts.push({ text: checkedText(line.slice(end, match.index)) });
    parts.push(match[1] === undefined ? { text: match[0][0]! } : { name: checkedName(match[1], match[0]) });
    end = match.index + match[0].length;
  }
  parts.push({ text: checkedText(line.slice(end)) });
  return (values) => {
    const named = parts.filter((part) => 'name' in part);
    if (named.length > 0 && named.every(({ name }) => values[name] === '')) return undefined;
    // put together in one pass: braces in a value are text
    return parts.map((part) => ('name' in part ? values[part.name] : part.text)).join('');
  };
}

function checkedName(name: string, written: string): Placeholder {
  const known: readonly string[] = PLACEHOLDERS;
  if (known.includes(name)) return name as Placeholder;
  throw new RangeError(
    `the template has ${written}, which stands for nothing: use ${PLACEHOLDERS.map((each) => `{${each}}`).join(', ')}, and {{ for a brace`,
  );
}

function checkedText(text: string): string {
  if (/[{}]/.test(text))
    throw new RangeError(
      `the template has a single brace in '${text.slice(0, 40)}': write {{ or }} for a brace that is to be shown`,
    );
  return text;
}
