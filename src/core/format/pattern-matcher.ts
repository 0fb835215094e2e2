// A line pattern such as `<Date> <Time> <Level> \[<Pid>\] <Component>(\[<Id>\])?: <Content>`, compiled into a matcher
// that takes time in proportion to the line, whatever the pattern: no regular expression of the user's is ever run.

export interface PatternMatcher {
  /** In the order of the pattern. */
  readonly fields: readonly string[];
  /** The text of each field ('' in an optional part that is missing); undefined when the line does not match. */
  readonly match: (line: string) => readonly string[] | undefined;
}

type Step =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'blanks' }
  | { readonly kind: 'field'; readonly index: number }
  /** Try the steps that follow; when they fail, go on at `otherwise`. */
  | { readonly kind: 'optional'; readonly otherwise: number };

const MOST_OPTIONALS = 8;

/**
 * Each field takes the shortest text with which the rest of the line matches, as `.*?` would; a blank stands for any
 * run of blanks; `(…)?` may be missing; `\` makes the next character a plain one. Everything else stands for itself.
 *
 * @throws RangeError on a field named twice, more than 8 optional parts, or an escape that is not known
 */
export function compilePattern(pattern: string): PatternMatcher {
  const fields: string[] = [];
  const steps = compileSteps(pattern, pattern, fields, 0);
  if (steps.filter((step) => step.kind === 'optional').length > MOST_OPTIONALS) {
    throw new RangeError(
      `pattern "${pattern}" has more than ${MOST_OPTIONALS} optional parts: make some of them fields`,
    );
  }
  return { fields, match: (line) => matchSteps(steps, line, fields.length) };
}

/** @param base how many steps come before these: the targets of optional parts count from the very first one */
function compileSteps(source: string, pattern: string, fields: string[], base: number): Step[] {
  const steps: Step[] = [];
  const addText = (text: string): void => {
    const last = steps.at(-1);
    if (last?.kind === 'literal') steps[steps.length - 1] = { kind: 'literal', text: last.text + text };
    else steps.push({ kind: 'literal', text });
  };
  const addBlanks = (): void => {
    if (steps.at(-1)?.kind !== 'blanks') steps.push({ kind: 'blanks' });
  };
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const field = /^<([A-Za-z_]\w*)>/.exec(rest);
    const blanks = /^(?:[ \t]+|\\[st][+*]?)/.exec(rest);
    const part = optionalPart(rest);
    if (field !== null) {
      const name = field[1] ?? '';
      if (fields.includes(name))
        throw new RangeError(`pattern "${pattern}" has <${name}> twice: give each field its own name`);
      steps.push({ kind: 'field', index: fields.push(name) - 1 });
      at += field[0].length;
    } else if (blanks !== null) {
      addBlanks();
      at += blanks[0].length;
    } else if (part !== undefined) {
      const here = base + steps.length;
      const inner = compileSteps(part.inside, pattern, fields, here + 1);
      steps.push({ kind: 'optional', otherwise: here + 1 + inner.length }, ...inner);
      at += part.length;
      // text behind an optional part must not melt into its last step
      steps.push({ kind: 'literal', text: '' });
    } else if (rest.startsWith('\\') && rest.length > 1) {
      if (/^\\\w/.test(rest)) {
        throw new RangeError(
          `pattern "${pattern}" has "${rest.slice(0, 2)}", which is not known: write a <Field> for what varies`,
        );
      }
      addText(rest.slice(1, 2));
      at += 2;
    } else {
      addText(rest.slice(0, 1));
      at += 1;
    }
  }
  return steps;
}

/** `(…)?` or `(?:…)?` at the start of a text; a parenthesis that is not optional is a plain character. */
function optionalPart(text: string): { readonly inside: string; readonly length: number } | undefined {
  if (!text.startsWith('(')) return undefined;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) {
      if (text[at + 1] !== '?') return undefined;
      return { inside: text.slice(1, at).replace(/^\?:/, ''), length: at + 2 };
    }
  }
  return undefined;
}

/**
 * Depth first, shortest field first. Linear, because what failed is never tried again: when a field failed from
 * somewhere, it fails from everywhere behind it as well, and a run of blanks ends in one place wherever it is entered.
 */
function matchSteps(steps: readonly Step[], line: string, fieldCount: number): string[] | undefined {
  const values = Array.from({ length: fieldCount }, () => '');
  const failedFrom = steps.map(() => line.length + 1);
  const failedRuns = steps.map(() => ({ start: -1, end: -1 }));

  const matchFrom = (index: number, at: number): boolean => {
    const step = steps[index];
    if (step === undefined) return at === line.length;
    if (step.kind === 'literal')
      return line.startsWith(step.text, at) && matchFrom(index + 1, at + step.text.length);
    if (step.kind === 'optional') return matchFrom(index + 1, at) || matchFrom(step.otherwise, at);
    if (step.kind === 'blanks') {
      const failed = failedRuns[index];
      if (failed !== undefined && at >= failed.start && at < failed.end) return false;
      let end = at;
      while (isBlank(line.charCodeAt(end))) end++;
      if (end > at && matchFrom(index + 1, end)) return true;
      // a field looks from left to right, so every later try inside this run comes to the same end
      if (end > at) failedRuns[index] = { start: at, end };
      return false;
    }
    const next = steps[index + 1];
    const limit = failedFrom[index] ?? 0;
    for (let end = at; end < limit; end++) {
      if (next === undefined) end = line.length;
      else if (next.kind === 'literal' && next.text !== '') end = line.indexOf(next.text, end);
      if (end < 0 || end >= limit) break;
      if (matchFrom(index + 1, end)) {
        values[step.index] = line.slice(at, end);
        return true;
      }
    }
    failedFrom[index] = Math.min(limit, at);
    return false;
  };
  return matchFrom(0, 0) ? values : undefined;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
