// How a wrong value is shown in an error message: as JSON, cut so that a broken file does not fill the screen.

const MAX_LENGTH = 80;

export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 3)}...` : text;
}
